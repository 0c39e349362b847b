"""Several processes and sudden death: real children, really killed."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from workbench.core.ids import wall_clock_us
from workbench.core.run import RunEnd, RunStart, RunStatus
from workbench.core.types import Finish
from workbench.history.owner import (
    FOREIGN_SILENCE_US,
    Owner,
    may_be_alive,
    process_start,
    this_process,
)
from workbench.history.store import HistoryStore

MakeStart = Callable[..., RunStart]
MakeEnd = Callable[..., RunEnd]

_PRELUDE = """
import runpy, sys
from pathlib import Path
from workbench.history.store import HistoryStore
made = runpy.run_path(sys.argv[1])
make_start, make_end = made["make_start"], made["make_end"]
"""

_RUNS_FOREVER = """
store = HistoryStore(Path(sys.argv[2]))
store.start_run(make_start("run-done")).result()
store.finish_run("run-done", make_end()).result()
store.start_run(make_start("run-child")).result()
store.checkpoint("run-child", ["Lim", "a"]).result()
print("ready", flush=True)
sys.stdin.read()
"""

_WRITES_MANY = """
store = HistoryStore(Path(sys.argv[2]))
print("ready", flush=True)
sys.stdin.readline()
for number in range(60):
    store.start_run(make_start(f"child-{number:03}")).result()
    store.finish_run(f"child-{number:03}", make_end()).result()
store.close()
"""

_FORGETS_TO_CLOSE = """
store = HistoryStore(Path(sys.argv[2]))
for number in range(30):
    store.start_run(make_start(f"run-{number:03}"))
    store.finish_run(f"run-{number:03}", make_end())
raise SystemExit(3)
"""

_OPENS_AT_ONCE = """
print("ready", flush=True)
sys.stdin.readline()
store = HistoryStore(Path(sys.argv[2]))
store.start_run(make_start(sys.argv[3])).result()
store.finish_run(sys.argv[3], make_end()).result()
store.close()
"""


def _child(script: str, *arguments: object) -> subprocess.Popen[str]:
    conftest = Path(__file__).parent / "conftest.py"
    return subprocess.Popen(
        [sys.executable, "-c", _PRELUDE + script, str(conftest), *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _wait_ready(child: subprocess.Popen[str]) -> None:
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"


def _go(child: subprocess.Popen[str]) -> None:
    assert child.stdin is not None
    child.stdin.write("go\n")
    child.stdin.flush()


def test_a_killed_process_leaves_a_run_that_says_so_with_its_text(
    history_path: Path, make_end: MakeEnd
) -> None:
    with _child(_RUNS_FOREVER, history_path) as child:
        _wait_ready(child)
        store = HistoryStore(history_path)
        assert store.get("run-child").status is RunStatus.RUNNING  # its process lives
        child.kill()
        child.wait()
        assert child.returncode == -signal.SIGKILL
    assert store.mark_interrupted().result() == ["run-child"]
    assert store.mark_interrupted().result() == []
    stored = store.get("run-child")
    assert stored.status is RunStatus.INTERRUPTED
    assert stored.end is not None
    assert [s.text for s in stored.end.result.samples] == ["Lim", "a"]
    assert {s.finish for s in stored.end.result.samples} == {Finish.ERROR}
    assert stored.end.result.error == "The program ended before the run did."
    assert 0 <= wall_clock_us() - stored.end.ended_us < 120_000_000  # its last sign of life
    assert store.get("run-done").status is RunStatus.DONE
    # A result that was on its way after all is taken.
    store.finish_run("run-child", make_end()).result()
    assert store.get("run-child").status is RunStatus.DONE
    store.close()


def test_opening_marks_the_runs_of_a_killed_process(history_path: Path) -> None:
    with _child(_RUNS_FOREVER, history_path) as child:
        _wait_ready(child)
        child.kill()
    store = HistoryStore(history_path)
    assert [(r.run_id, r.status, r.reply) for r in store.recent()] == [
        ("run-done", RunStatus.DONE, "Lima."),
        ("run-child", RunStatus.INTERRUPTED, "Lim"),
    ]
    store.close()
    with closing(sqlite3.connect(history_path)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_two_processes_write_at_once_and_no_run_is_lost(
    history_path: Path, make_start: MakeStart, make_end: MakeEnd
) -> None:
    store = HistoryStore(history_path)
    with _child(_WRITES_MANY, history_path) as child:
        _wait_ready(child)
        _go(child)
        for number in range(60):
            store.start_run(make_start(f"parent-{number:03}")).result()
            store.finish_run(f"parent-{number:03}", make_end()).result()
        assert child.wait() == 0
    rows = store.recent(limit=1000)
    store.close()
    assert len(rows) == 120
    assert {r.status for r in rows} == {RunStatus.DONE}


def test_processes_that_open_a_new_history_together_all_succeed(history_path: Path) -> None:
    children = [_child(_OPENS_AT_ONCE, history_path, f"run-{n}") for n in range(3)]
    for child in children:
        _wait_ready(child)
    for child in children:
        _go(child)
    for child in children:
        with child:
            assert child.wait() == 0
    store = HistoryStore(history_path)
    assert store.count() == 3
    store.close()


def test_a_program_that_forgets_to_close_still_saves_and_ends(history_path: Path) -> None:
    with _child(_FORGETS_TO_CLOSE, history_path) as child:
        try:
            assert child.wait(timeout=60) == 3
        finally:
            child.kill()
    store = HistoryStore(history_path)
    assert store.count() == 30
    assert {r.status for r in store.recent()} == {RunStatus.DONE}
    store.close()


def test_this_process_lives_and_others_are_told_apart() -> None:
    me = this_process()
    assert me.pid == os.getpid()
    assert may_be_alive(me, 0)
    assert not may_be_alive(Owner(me.host, me.pid, me.started + "0"), 0)  # the id was reused
    assert may_be_alive(Owner(me.host, me.pid, ""), 0)  # nobody knows when it started


def test_a_process_that_ended_is_gone_even_before_it_is_collected() -> None:
    with _child("") as child:
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # a zombie now
        assert process_start(child.pid) is None
    assert process_start(child.pid) is None


@pytest.mark.parametrize(("silent_us", "alive"), [(0, True), (FOREIGN_SILENCE_US, False)])
def test_runs_of_another_machine_are_left_alone_for_a_day(silent_us: int, alive: bool) -> None:
    assert may_be_alive(Owner("another machine", 1, "x"), silent_us) is alive
