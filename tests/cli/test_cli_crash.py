"""A crash of the engine's process is a failed run: one line, the signal's name, exit code 1."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from pathlib import Path

import pytest
from support.commands import Command

from workbench.core.paths import Profile
from workbench.engine.bench_model import QUICK, write_bench_model

pytestmark = pytest.mark.spawned


@pytest.fixture(scope="module")
def endless_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random model; its replies below take far longer than the test."""
    path = tmp_path_factory.mktemp("endless") / "endless.gguf"
    write_bench_model(path, QUICK)
    return path


def kill_the_child_when_it_speaks(profile: Profile, number: int, stop: threading.Event) -> None:
    """Wait until the run's row stands in the history, then kill the engine's process."""
    while not stop.wait(0.05):
        children = multiprocessing.active_children()
        if children and profile.history_file.exists():
            pid = children[0].pid
            assert pid is not None
            os.kill(pid, number)
            return


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT])
def test_a_crash_during_a_run(
    workbench: Command, own_profile: Profile, endless_model: Path, number: signal.Signals
) -> None:
    stop = threading.Event()
    killer = threading.Thread(
        target=kill_the_child_when_it_speaks, args=(own_profile, number, stop)
    )
    killer.start()
    try:
        ran = workbench(
            "run", "@Hello", "-m", endless_model, "-s", "max_tokens=8000", "-s", "n_ctx=8192",
            "-s", "ignore_eos=true", "--json",
        )  # fmt: skip
    finally:
        stop.set()
        killer.join()
    assert ran.code == 1
    assert f"signal {number.name}" in ran.line
    assert ran.document["status"] == "failed"
    assert number.name in ran.document["error"]
    assert ran.document["samples"][0]["finish_reason"] == "error"
    listed = workbench("history", "list", "--json").document
    assert [r["status"] for r in listed] == ["failed"]
    assert number.name in listed[0]["error"]
    assert workbench("run", "@Hello", "-s", "max_tokens=2").code == 0


@pytest.mark.parametrize("verb", ["run", "render"])
def test_a_crash_while_the_model_loads(workbench: Command, demo_model: Path, verb: str) -> None:
    """The child is stopped before it can answer, then killed: nothing depends on who is faster."""
    stop = threading.Event()

    def kill() -> None:
        # Not only the first one seen: that may be an earlier test's child on its way out.
        while not stop.wait(0.001):
            for child in multiprocessing.active_children():
                if child.pid is not None:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(child.pid, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        ran = workbench(verb, "@Hello", "-m", demo_model)
    finally:
        stop.set()
        killer.join()
    assert ran.code == 1
    assert "signal SIGKILL" in ran.line
    assert ran.out == ""
