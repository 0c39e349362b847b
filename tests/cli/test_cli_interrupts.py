"""Ctrl+C in a terminal reaches the command and its engine; `kill` and a closed terminal do too."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from support.commands import ROOT, printed

from workbench.cli.interrupts import ends_as_interrupts, interrupt_asks, interrupt_cancels
from workbench.core.cancel import CancelToken

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
LONG = ("run", "@Once upon a time", "-s", "ignore_eos=true", "-s", "max_tokens=1000")


def signalled(number: int, profile: Path) -> tuple[int, str]:
    """Exit code and stderr of a long run whose whole group gets a signal behind its first token."""
    started = subprocess.Popen(
        [sys.executable, "-m", "workbench", "--profile", str(profile), *LONG],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    with started:
        assert started.stdout is not None
        assert started.stdout.read(1)
        os.killpg(started.pid, number)
        _, err = started.communicate(timeout=60)
    return started.returncode, err.decode()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_a_signal_to_the_group_keeps_the_run(number: int, tmp_path: Path) -> None:
    code, err = signalled(number, tmp_path)
    assert (code, err) == (130, "")
    (row,) = json.loads(printed(tmp_path, "history", "list", "--json"))
    assert row["status"] == "cancelled"


def test_an_engine_that_still_starts_says_nothing(tmp_path: Path) -> None:
    """It imports for a while, and would show where Ctrl+C hit it."""
    script = (
        "import os, signal, sys\n"
        "from workbench.core.paths import demo_model_path\n"
        "from workbench.core.engine_settings import EngineSettings\n"
        "from workbench.engine.launch import launch\n"
        "def main():\n"
        "    child = launch(demo_model_path(), EngineSettings())\n"
        "    os.kill(child.process.pid, signal.SIGINT)\n"
        "    ready = child.connection.recv()\n"
        "    print(type(ready).__name__)\n"
        "    child.connection.close()\n"
        "    child.process.join()\n"
        "if __name__ == '__main__':\n"
        "    main()\n"
    )
    path = tmp_path / "starts.py"
    path.write_text(script)
    done = subprocess.run(
        [sys.executable, path],
        capture_output=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (done.stdout, done.stderr) == (b"Ready\n", b"")


def test_the_first_interrupt_only_asks() -> None:
    cancel = CancelToken()
    with interrupt_asks(cancel):
        signal.raise_signal(signal.SIGINT)
        assert cancel
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_a_cancelled_block_has_no_answer() -> None:
    cancel = CancelToken()
    reached = False

    def block() -> None:
        nonlocal reached
        with interrupt_cancels(cancel):
            signal.raise_signal(signal.SIGINT)
            reached = True

    with pytest.raises(KeyboardInterrupt):
        block()
    assert reached  # nothing was torn apart in the middle


def test_to_be_asked_to_end_is_an_interrupt() -> None:
    before = signal.getsignal(signal.SIGTERM)
    cancel = CancelToken()
    with ends_as_interrupts():
        with interrupt_asks(cancel):
            signal.raise_signal(signal.SIGTERM)
        assert cancel
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL  # a second time ends at once
    assert signal.getsignal(signal.SIGTERM) is before
    with ends_as_interrupts(), pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGTERM)


def test_what_is_ignored_stays_so() -> None:
    """As `nohup` starts a program."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with ends_as_interrupts():
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_other_threads_have_no_signals() -> None:
    said: list[str] = []

    def work() -> None:
        with ends_as_interrupts(), interrupt_asks(CancelToken()):
            said.append("done")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert said == ["done"]
