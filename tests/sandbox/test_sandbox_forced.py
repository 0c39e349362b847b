"""Forced to run without namespaces: what Landlock, limits and the filter still hold."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

import pytest

from workbench.sandbox.inside.landlock import landlock_version
from workbench.sandbox.run import run_program
from workbench.sandbox.values import (
    MIB,
    REQUIRED,
    Limits,
    Outcome,
    Permission,
    Program,
    ProgramResult,
    Protection,
)

FORCED = Permission(allowed=True, forced=True)


@pytest.fixture(autouse=True)
def reachable_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """As root the program becomes another user, who cannot use a Python in root's own folder."""
    system = Path("/usr/bin/python3")
    if os.geteuid() == 0 and system.exists():
        monkeypatch.setattr(sys, "executable", str(system.resolve()))
        monkeypatch.setattr(sys, "base_prefix", "/usr")
        monkeypatch.setattr(sys, "base_exec_prefix", "/usr")


def forced(source: str, limits: Limits | None = None) -> ProgramResult | None:
    """Run it without namespaces; None where even that is refused, with its reason."""
    mark = secrets.token_hex(12)
    program = Program(source, arguments=(mark,), limits=limits or Limits(seconds=5))
    result = run_program(program, FORCED, namespaces=False)
    left = [
        path
        for path in Path("/proc").glob("[0-9]*/cmdline")
        if mark.encode() in (path.read_bytes() if path.exists() else b"")
    ]
    assert not left
    if result.outcome is Outcome.REFUSED:
        assert os.geteuid() == 0 or not sys.platform.startswith("linux"), result
        assert result.message
        return None
    return result


def test_it_says_which_walls_are_missing() -> None:
    result = forced("print('ran')")
    if result is not None:
        assert result.stdout == "ran\n"
        assert set(result.missing) >= {Protection.PROCESSES, Protection.NETWORK, Protection.FILES}
        assert not set(REQUIRED) <= result.active
        assert Protection.LIMITS in result.active
        assert (Protection.LANDLOCK in result.active) == bool(landlock_version())


def test_writing_elsewhere_and_reading_of_others(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("dear diary")
    os.chmod(tmp_path, 0o777)  # noqa: PTH101, S103  # only the wall may be in the way
    source = f"""
import os
for path in ({str(tmp_path)!r} + "/new", "/tmp/hostile-forced", "/dev/shm/hostile-forced"):
    try: open(path, "w"); print("HARM", path)
    except OSError: pass
for path in ({str(tmp_path)!r} + "/letter", f"/proc/{{os.getppid()}}/environ", "/etc/passwd"):
    try: print("HARM", open(path).read())
    except OSError: pass
open("mine", "w").write("x")
print(os.listdir("."))
"""
    result = forced(source)
    if result is not None and Protection.LANDLOCK in result.active:
        assert result.passed, result
        assert "HARM" not in result.stdout
        assert "mine" in result.stdout
    assert not (tmp_path / "new").exists()


def test_no_network_even_so() -> None:
    result = forced("import socket; socket.socket(socket.AF_INET); print('HARM')")
    if result is not None and Protection.SYSTEM_CALLS in result.active:
        assert result.outcome is Outcome.FAILED
        assert "Operation not permitted" in result.message


def test_daemons_die_with_it() -> None:
    source = """
import os, time
for _ in range(3):
    if os.fork() == 0:
        os.setsid()
        if os.fork(): os._exit(0)
        time.sleep(600)
time.sleep(0.2)
"""
    result = forced(source)
    if result is not None:
        assert result.passed
        assert result.left_behind >= 3


def test_a_fork_bomb_is_held_and_ended() -> None:
    source = "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass"
    result = forced(source, Limits(seconds=1))
    assert result is None or result.outcome is Outcome.TIMEOUT


def test_memory_of_all_together() -> None:
    source = """
import os, time
for _ in range(6):
    if os.fork() == 0:
        held = bytearray(b"x" * (50 << 20))
        break
time.sleep(60)
"""
    result = forced(source, Limits(seconds=10, memory_bytes=128 * MIB))
    assert result is None or result.outcome is Outcome.MEMORY


def test_the_watcher_survives() -> None:
    source = """
import os, time
try: os.kill(os.getppid(), 9)
except OSError: print("denied")
time.sleep(0.1); print("still there")
"""
    result = forced(source)
    if result is not None and landlock_version() >= 6:
        assert result.stdout == "denied\nstill there\n"
