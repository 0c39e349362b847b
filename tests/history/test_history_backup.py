"""Copies of the history: while it is written, before a schema change, and what stops them."""

from __future__ import annotations

import resource
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from workbench.core.errors import UserError
from workbench.core.run import RunEnd, RunStart
from workbench.history.backup import back_up, backups_of
from workbench.history.schema import MIGRATION_NAMES
from workbench.history.store import HistoryStore, open_store

MakeStart = Callable[..., RunStart]
MakeEnd = Callable[..., RunEnd]
SameEnds = Callable[[RunEnd | None, RunEnd | None], bool]


def fill(store: HistoryStore, make_start: MakeStart, make_end: MakeEnd, n: int) -> None:
    """`n` finished runs."""
    for number in range(n):
        store.start_run(make_start(f"run-{number:03}", text=f"{number} " * 300))
        store.finish_run(f"run-{number:03}", make_end()).result()


def test_a_copy_made_while_others_write_is_whole(
    store: HistoryStore, history_path: Path, make_start: MakeStart, make_end: MakeEnd,
    same_ends: SameEnds,
) -> None:  # fmt: skip
    fill(store, make_start, make_end, 20)
    seen: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        seen.append((done, total))
        number = len(seen)
        store.start_run(make_start(f"later-{number}")).result()  # the writer does not wait

    copy = back_up(history_path, progress=progress)
    assert copy.parent == history_path.parent / "backups"
    assert backups_of(history_path) == [copy]
    assert seen[-1][0] == seen[-1][1]
    assert [p.name for p in copy.parent.iterdir()] == [copy.name], "one file, nothing half-done"
    restored = HistoryStore(copy)
    assert restored.count() == 20
    assert same_ends(restored.get("run-007").end, make_end())
    restored.close()
    assert store.count() == 20 + len(seen)


def test_nothing_is_overwritten_and_a_stopped_copy_leaves_nothing(
    store: HistoryStore, history_path: Path, tmp_path: Path
) -> None:
    there = tmp_path / "mine.db"
    there.write_text("mine")
    with pytest.raises(UserError, match="exists already"):
        back_up(history_path, there)
    assert there.read_text() == "mine"

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        back_up(history_path, tmp_path / "new" / "copy.db", stop)
    assert list((tmp_path / "new").iterdir()) == []
    two = {back_up(history_path), back_up(history_path)}
    assert len(two) == 2


def test_a_full_disk_is_named(
    store: HistoryStore, history_path: Path, make_start: MakeStart, make_end: MakeEnd
) -> None:
    fill(store, make_start, make_end, 30)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        with pytest.raises(UserError, match="disk"):
            back_up(history_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert backups_of(history_path) == []
    assert list((history_path.parent / "backups").iterdir()) == []


def older(path: Path) -> None:
    """Make the file one that an older version wrote, as far as the views go."""
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("DROP VIEW samples_readable")
        raw.execute("DROP VIEW runs_readable")
        raw.execute("DELETE FROM _sqlite_migrations WHERE name = 'm002_readable_views'")
        raw.execute("PRAGMA user_version = 1")


def test_a_schema_change_is_backed_up_first(
    history_path: Path, make_start: MakeStart, make_end: MakeEnd
) -> None:
    store = HistoryStore(history_path)
    fill(store, make_start, make_end, 3)
    store.close()
    assert backups_of(history_path) == [], "a new file is no change"
    older(history_path)
    HistoryStore(history_path).close()
    HistoryStore(history_path).close()
    (copy,) = backups_of(history_path)
    assert copy.name.startswith("history-schema-1-")
    with closing(sqlite3.connect(copy)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (1,)
        assert raw.execute("SELECT count(*) FROM runs").fetchone() == (3,)
    with closing(sqlite3.connect(history_path)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (len(MIGRATION_NAMES),)


def test_without_room_for_the_backup_the_schema_stays(
    history_path: Path, make_start: MakeStart, make_end: MakeEnd
) -> None:
    store = HistoryStore(history_path)
    fill(store, make_start, make_end, 3)
    store.close()
    older(history_path)
    (history_path.parent / "backups").write_text("in the way")
    store, problem = open_store(history_path)
    store.close()
    assert problem is not None
    assert "cannot be made" in problem.message
    with closing(sqlite3.connect(history_path)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (1,)
        assert raw.execute("SELECT count(*) FROM runs").fetchone() == (3,)
