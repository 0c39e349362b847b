"""Hostile programs: every one is contained, ends with a clear outcome, and leaves nothing behind.

Where the system has no namespaces every one must be refused instead, with the reason.
"""

from __future__ import annotations

import secrets
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from support.hostile_programs import PROGRAMS, Hostile

from workbench.core.cancel import CancelToken
from workbench.sandbox.probe import SandboxCheck, check_sandbox
from workbench.sandbox.run import run_program
from workbench.sandbox.values import Limits, Outcome, Permission, Program, ProgramResult

YES = Permission(allowed=True)


@pytest.fixture(scope="module")
def walls() -> SandboxCheck:
    """What this machine gives."""
    return check_sandbox()


def processes_with(mark: str) -> list[str]:
    """Processes of this machine that were started with `mark` on their command line."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (folder / "cmdline").read_bytes():
                found.append(folder.name)
        except OSError:
            continue
    return found


def run(source: str, limits: Limits, collect: tuple[str, ...] = ()) -> ProgramResult:
    """Run it and look that no process of it is left."""
    mark = secrets.token_hex(12)
    program = Program(source, arguments=(mark,), limits=limits, collect=collect)
    result = run_program(program, YES)
    assert not processes_with(mark)
    return result


def test_there_are_enough_of_them() -> None:
    assert len(PROGRAMS) >= 25
    assert len({program.name for program in PROGRAMS}) == len(PROGRAMS)


@pytest.mark.parametrize("hostile", PROGRAMS, ids=lambda hostile: hostile.name.replace(" ", "-"))
def test_contained(hostile: Hostile, walls: SandboxCheck, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = secrets.token_hex(12)
    monkeypatch.setenv("WORKBENCH_TEST_SECRET", secret)
    begin = time.monotonic()
    result = run(hostile.source, hostile.limits)
    if not walls.available:
        assert result.outcome is Outcome.REFUSED
        assert result.message
        return
    assert result.outcome in hostile.outcomes, result
    assert result.message
    assert time.monotonic() - begin < hostile.limits.seconds + 10
    assert all(text in result.stdout for text in hostile.says), result
    both = result.stdout + result.stderr
    assert not any(text in both for text in (*hostile.never, secret)), result
    assert not Path("/hostile").exists()


def test_daemons_are_counted_and_ended(walls: SandboxCheck) -> None:
    source = "import os, time\nfor _ in range(3):\n    if os.fork() == 0: time.sleep(600)"
    result = run(source, Limits(seconds=5))
    assert result.left_behind == (3 if walls.available else 0)


def test_files_of_the_person_are_not_there(walls: SandboxCheck, tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("dear diary")
    source = f"import os; print(os.path.exists({str(tmp_path)!r}), os.path.exists('/home'))"
    result = run(source, Limits(seconds=5))
    assert result.stdout == ("False False\n" if walls.available else "")


def test_sockets_of_this_machine_are_out_of_reach(walls: SandboxCheck) -> None:
    """A name without a file is found by anyone on the machine, except from another network."""
    name = f"\0workbench-{secrets.token_hex(8)}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(name)
        server.listen()
        source = f"import socket; socket.socket(socket.AF_UNIX).connect({name!r}); print('HARM')"
        result = run(source, Limits(seconds=5))
    assert result.outcome is (Outcome.FAILED if walls.available else Outcome.REFUSED)
    assert "HARM" not in result.stdout


@pytest.mark.parametrize(
    "trick",
    [
        "os.symlink('/proc/1/environ', 'result')",
        "os.symlink('/usr/bin/env', 'result')",
        "os.mkfifo('result')",
        "os.mkdir('result')",
    ],
)
def test_a_result_that_is_no_file_is_not_read(trick: str, walls: SandboxCheck) -> None:
    result = run(f"import os; {trick}", Limits(seconds=5), collect=("result",))
    assert result.files == {}
    assert result.outcome is (Outcome.PASSED if walls.available else Outcome.REFUSED)


def test_nothing_runs_without_permission(tmp_path: Path) -> None:
    result = run_program(Program(f"open({str(tmp_path / 'x')!r}, 'w')"), Permission())
    assert result.outcome is Outcome.REFUSED
    assert "switched off" in result.message
    assert not (tmp_path / "x").exists()
    assert not run_program(Program("pass"), Permission(forced=True)).passed


def test_without_namespaces_it_is_refused_with_the_reason() -> None:
    result = run_program(Program("print('ran')"), YES, namespaces=False)
    assert result.outcome is Outcome.REFUSED
    assert result.stdout == ""
    assert "namespaces" in result.message
    assert "forced" in result.message


def test_a_person_can_stop_it(walls: SandboxCheck) -> None:
    token = CancelToken()
    timer = threading.Timer(0.5, token.cancel)
    timer.start()
    begin = time.monotonic()
    result = run_program(Program("while True: pass", limits=Limits(seconds=60)), YES, token)
    timer.join()
    assert result.outcome is (Outcome.CANCELLED if walls.available else Outcome.REFUSED)
    assert time.monotonic() - begin < 10


def test_it_dies_with_the_workbench(walls: SandboxCheck) -> None:
    """The workbench is killed with -9 while a program with a daemon runs."""
    mark = secrets.token_hex(12)
    source = (
        "import os, time\nif os.fork() == 0: os.setsid()\nprint(1, flush=True)\ntime.sleep(600)"
    )
    code = (
        "from workbench.sandbox.run import run_program\n"
        "from workbench.sandbox.values import Limits, Permission, Program\n"
        f"program = Program({source!r}, arguments=({mark!r},), limits=Limits(seconds=500))\n"
        "run_program(program, Permission(allowed=True))"
    )
    with subprocess.Popen([sys.executable, "-c", code]) as workbench:
        # Itself, the program, and its daemon.
        started = until(lambda: len(processes_with(mark)) >= 3 or workbench.poll() is not None)
        workbench.kill()
    assert started
    assert until(lambda: not processes_with(mark))
    assert walls.available or workbench.returncode == 0


def until(true: Callable[[], bool], seconds: float = 20.0) -> bool:
    """Whether it came true in time."""
    ended, pause = time.monotonic() + seconds, threading.Event()
    while not true():
        if time.monotonic() > ended:
            return False
        pause.wait(0.05)
    return True


def test_no_descriptor_and_no_folder_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = len(list(Path("/proc/self/fd").iterdir()))
    for source in ("pass", "raise SystemExit(3)", "import os; os.abort()"):
        run(source, Limits(seconds=5))
    assert len(list(Path("/proc/self/fd").iterdir())) == before
    assert not list(tmp_path.iterdir())
