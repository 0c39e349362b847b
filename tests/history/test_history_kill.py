"""kill -9 at random moments: what was reported saved is there whole, the rest says interrupted.

Real children, really killed, several at once on one file. The children are scripts, so that a
kill hits what the program does and nothing of the test.
"""

from __future__ import annotations

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from workbench.core.run import RunEnd, RunStart, RunStatus
from workbench.history.backup import BACKUPS, back_up, backups_of
from workbench.history.run_scores import scores_of
from workbench.history.schema import APPLICATION_ID, MIGRATION_NAMES, MIGRATIONS
from workbench.history.store import HistoryStore
from workbench.history.verify import verify

MakeStart = Callable[..., RunStart]
MakeEnd = Callable[..., RunEnd]
SameEnds = Callable[[RunEnd | None, RunEnd | None], bool]

_PRELUDE = """
import itertools, runpy, sys
from dataclasses import replace
from pathlib import Path
conftest, path, name = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
def say(*words):
    print(*words, flush=True)
"""

_MADE = """
from workbench.history.store import HistoryStore
made = runpy.run_path(conftest)
make_start, make_end = made["make_start"], made["make_end"]
"""

_GENERATES = """
from workbench.core.paths import Profile, demo_model_path
from workbench.core.sampling import Sampling
from workbench.core.types import EngineSettings
from workbench.experiments.session import open_session
from workbench.templates.prompt_file import raw_prompt
class Quiet:
    def run_prefill(self, *_): pass
    def run_tokens(self, *_): pass
    def run_finished(self, *_): pass
if __name__ == "__main__":
    session, notices = open_session(Profile(path.parent))
    assert not notices, notices
    prepared = session.prepare(demo_model_path(), EngineSettings(), raw_prompt("Once " + name), {})
    sampling = Sampling(max_tokens=40, ignore_eos=True)
    say("ready")
    while True:
        outcome = session.start(prepared, sampling, None, 2, Quiet()).wait()
        if outcome.saved:
            say("saved", outcome.start.run_id)
"""

_SCORES = (
    _MADE
    + """
from workbench.history.run_scores import StoredScore, record_scores
store = HistoryStore(path)
say("ready")
for number in itertools.count():
    run_id = f"{name}-{number:05}"
    store.start_run(make_start(run_id, parent=None))
    store.checkpoint(run_id, ["so", "far"])
    store.finish_run(run_id, make_end()).result()
    say("saved", run_id)
    scores = [StoredScore(s, f"metric_{m}", 1, "{}", m / 7, "") for s in (0, 1) for m in range(12)]
    record_scores(store, run_id, scores).result()
    say("scored", run_id)
"""
)

_MIGRATES = (
    _MADE
    + """
say("ready")
store = HistoryStore(path)
say("migrated")
store.close()
"""
)

_IMPORTS = (
    _MADE
    + """
from workbench.history.bulk import import_runs
store = HistoryStore(path)
runs = ((replace(make_start(f"{name}-{n:06}"), parent=None), make_end()) for n in range(20_000))
say("ready")
import_runs(store, runs, progress=lambda done: say("added", done.added))
store.close()
"""
)

_TAKES_OVER = (
    _MADE
    + """
from workbench.history.bulk import import_history, import_runs
other = path.with_name(f"other-{name}.db")
store = HistoryStore(other)
made = ((replace(make_start(f"{name}-{n:06}"), parent=None), make_end()) for n in range(4000))
import_runs(store, made)
store.close()
store = HistoryStore(path)
say("ready")
import_history(store, other, progress=lambda done: say("added", done.added))
store.close()
"""
)

_BEFORE = "m005_finding"
"""The migration that has the most to do: it indexes every text."""
_OLD_VERSION = MIGRATION_NAMES.index(_BEFORE)

_SCRIPTS = {"generation": _GENERATES, "scoring": _SCORES, "migration": _MIGRATES,
            "import": _IMPORTS, "taking over": _TAKES_OVER}  # fmt: skip
_LONGEST_S = {
    "generation": 1.0, "scoring": 0.8, "migration": 0.3, "import": 0.9, "taking over": 0.6,
}  # fmt: skip


@pytest.fixture(scope="module")
def old_history(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """A history of the schema before there was a search index, with 300 runs."""
    import runpy

    made = runpy.run_path(str(Path(__file__).parent / "conftest.py"))
    folder = tmp_path_factory.mktemp("old")
    new, old = folder / "new.db", folder / "history.db"
    store = HistoryStore(new)
    for number in range(300):
        start = made["make_start"](f"old-{number:03}", text=f"{number} " * 200, parent=None)
        store.start_run(start)
        last = store.finish_run(start.run_id, made["make_end"]())
    last.result()
    store.close()
    _as_older(new, old)
    return old


def _as_older(new: Path, old: Path) -> None:
    from sqlite_utils import Database

    with closing(sqlite3.connect(old)) as raw:
        db = Database(raw, execute_plugins=False)
        MIGRATIONS.apply(db, stop_before=_BEFORE)
        raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        raw.execute(f"PRAGMA user_version = {_OLD_VERSION}")
        raw.execute("ATTACH ? AS new", [str(new)])
        for table in ("contents", "models", "runs", "samples"):
            there = [row[1] for row in raw.execute(f"PRAGMA main.table_info({table})")]
            known = {row[1] for row in raw.execute(f"PRAGMA new.table_info({table})")}
            names = ", ".join(name for name in there if name in known)
            raw.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM new.{table}")  # noqa: S608  # names of the schema
        raw.commit()


class Killed:
    """A child that runs a script until it is killed, and what it said before."""

    def __init__(self, kind: str, path: Path, name: str) -> None:
        conftest = Path(__file__).parent / "conftest.py"
        # The engine's process is started from a file: a script of its own.
        script = path.parent / f"{kind}-{name}.py"
        script.write_text(_PRELUDE + _SCRIPTS[kind], encoding="utf-8")
        self.kind, self.path, self.name = kind, path, name
        self._child = subprocess.Popen(
            [sys.executable, str(script), str(conftest), str(path), name],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
            env={**_environment(), "PYTHONPATH": str(Path(__file__).parents[2])},
        )

    def wait_ready(self) -> None:
        """Until it has begun."""
        assert self._child.stdout is not None
        line = self._child.stdout.readline()
        assert line == "ready\n", (line, self._child.stderr and self._child.stderr.read())

    def kill_after(self, seconds: float) -> list[list[str]]:
        """Kill it then; what it had reported by that time, in words."""
        with suppress(subprocess.TimeoutExpired):
            self._child.wait(seconds)
        self._child.kill()
        out, err = self._child.communicate()
        assert self._child.returncode in (0, -signal.SIGKILL), err
        return [line.split() for line in out.split("\n")[:-1]]  # the last may be cut


def _environment() -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONUTF8": "1"}


def kill(kind: str, folder: Path, old: Path, times: int, together: int, seed: int) -> int:
    """Kill `times` children, so many at once on one file; how many were killed at work."""
    rng = random.Random(seed)
    path = folder / "history.db"
    at_work = done = round_ = 0
    saved: set[str] = set()
    while done < times:
        if kind == "migration":
            for file in folder.glob("history.db*"):
                file.unlink()
            shutil.copyfile(old, path)
        count = min(together, times - done)
        children = [Killed(kind, path, f"{kind}{round_}x{n}") for n in range(count)]
        for child in children:
            child.wait_ready()
        longest = _LONGEST_S[kind] / count
        said = [(child, child.kill_after(rng.uniform(0.0, longest))) for child in children]
        done, round_ = done + count, round_ + 1
        at_work += sum(1 for child, _ in said if child._child.returncode != 0)
        saved |= {words[1] for _, lines in said for words in lines if words[0] == "saved"}
        _check(path, said, saved)
    return at_work


def _check(path: Path, said: list[tuple[Killed, list[list[str]]]], saved: set[str]) -> None:
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        version = raw.execute("PRAGMA user_version").fetchone()[0]
        assert version in (_OLD_VERSION, len(MIGRATION_NAMES))
        if any(child.kind == "migration" for child, _ in said):
            assert raw.execute("SELECT count(*) FROM runs").fetchone() == (300,)
    store = HistoryStore(path)  # whatever the dead left running becomes interrupted
    try:
        states = dict(store.read(lambda c: c.execute("SELECT run_id, status FROM runs").fetchall()))
        assert set(states.values()) <= {"done", "interrupted"}, set(states.values())
        assert {run_id for run_id in saved if states.get(run_id) != "done"} == set()
        for child, lines in said:
            own = [run_id for run_id in states if run_id.startswith(f"{child.name}-")]
            added = max((int(w[1]) for w in lines if w[0] == "added"), default=0)
            assert len(own) >= added
            for words in lines:
                if words[0] == "scored":
                    assert len(scores_of(store, words[1])) == 24
            for words in lines[-3:]:
                if words[0] == "saved":
                    run = store.get(words[1])
                    assert (run.status, run.problems) == (RunStatus.DONE, ())
                    assert run.end is not None
                    assert [len(s.tokens) > 0 for s in run.end.result.samples] == [True, True]
    finally:
        store.close()
    whole = verify(path)
    assert whole.is_whole, whole.problems
    back_up(path)
    left = [p.name for p in path.parent.rglob("*") if p.name.endswith(".tmp")]
    assert left == [], "the next backup takes away what the dead left"
    for copy in backups_of(path):
        with closing(sqlite3.connect(copy)) as raw:
            assert raw.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    shutil.rmtree(path.parent / BACKUPS)


@pytest.mark.parametrize("kind", list(_SCRIPTS))
def test_a_few_kills_lose_nothing(kind: str, history_path: Path, old_history: Path) -> None:
    history_path.parent.mkdir(parents=True)
    assert kill(kind, history_path.parent, old_history, times=6, together=3, seed=7) >= 2


@pytest.mark.bench
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("kind", list(_SCRIPTS))
def test_fifty_kills_of_each_kind_lose_nothing(
    kind: str, history_path: Path, old_history: Path
) -> None:
    history_path.parent.mkdir(parents=True)
    assert kill(kind, history_path.parent, old_history, times=50, together=5, seed=11) >= 20
