"""How a child ended is known, also where another thread collected it first."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from typing import Any

import pytest

from workbench.engine.exits import exit_code, how_it_ended


def test_a_child_that_another_thread_collected() -> None:
    process: Any = multiprocessing.get_context("spawn").Process(target=os._exit, args=(7,))
    process.start()
    # Between waiting for the child and writing its code down, like `_cleanup` in another thread.
    _pid, status = os.waitpid(process.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    late = threading.Timer(0.05, setattr, (process._popen, "returncode", code))
    late.start()
    assert process.exitcode is None
    assert exit_code(process, 5.0) == 7
    late.join()


def test_a_child_that_does_not_end_has_no_code() -> None:
    process = multiprocessing.get_context("spawn").Process(target=signal.pause)
    process.start()
    try:
        assert exit_code(process, 0.01) is None
    finally:
        process.kill()
        assert exit_code(process, 5.0) == -signal.SIGKILL


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (0, "with code 0"),
        (3, "with code 3"),
        (-9, "with signal SIGKILL"),
        (-99, "with signal 99"),
        (None, "without saying how"),
    ],
)
def test_the_words(code: int | None, words: str) -> None:
    assert how_it_ended(code) == words
