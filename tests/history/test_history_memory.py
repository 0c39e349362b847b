"""Runs that could not be written are found and listed like the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from workbench.core.errors import UserError
from workbench.core.run import RunEnd, RunStart
from workbench.history.find import find_all
from workbench.history.memory_runs import MemoryRuns
from workbench.history.query import EVERYTHING, OfVersion, Query, parse_query
from workbench.history.store import HistoryStore, open_store

MakeStart = Callable[..., RunStart]
MakeEnd = Callable[..., RunEnd]


@pytest.fixture
def memory() -> Iterator[MemoryRuns]:
    """Closed after the test."""
    made = MemoryRuns()
    yield made
    made.close()


@pytest.fixture
def full(history_path: Path, make_start: MakeStart, make_end: MakeEnd) -> Iterator[HistoryStore]:
    """A history with two runs on the disk, one of which could not be finished, and two not on it.

    The file may not grow any more, which SQLite tells like a full disk.
    """
    store = HistoryStore(history_path)
    store.start_run(make_start("a", prompt_source="one")).result()
    store.finish_run("a", make_end()).result()
    store.start_run(make_start("b", prompt_source="two")).result()
    limit_pages(store, "(SELECT page_count FROM pragma_page_count)")
    for run_id, source in (("c", "one"), ("d", "three")):
        start = make_start(
            run_id, prompt_source=source, prompt_name=f"only-{run_id}", text="long " * 9000
        )
        with pytest.raises(UserError, match="disk is full"):
            store.start_run(start).result()
    for run_id in ("b", "c"):
        with pytest.raises(UserError, match="disk is full"):
            store.finish_run(run_id, make_end(text=f"quiet words of {run_id} " * 4000)).result()
    yield store
    limit_pages(store, "1000000")
    store.close()


def limit_pages(store: HistoryStore, pages: str) -> None:
    """Let the file grow up to so many pages."""

    def limit(db) -> None:  # type: ignore[no-untyped-def]  # sqlite-utils', used once
        most = db.execute(f"SELECT {pages}").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {most}").fetchone()

    store._writer.submit(limit).result()


def names(store: HistoryStore, memory: MemoryRuns, query: Query) -> list[str]:
    """What is found in memory, newest first."""
    found = memory.find(store, query).ids.tolist()
    lines = memory.lines(found)
    return [lines[row].run_id for row in found]


def test_they_are_found_by_everything_that_finds_runs(
    full: HistoryStore, memory: MemoryRuns
) -> None:
    """Words of the reply, names, status, numbers, and the version of a prompt by its text."""
    assert names(full, memory, EVERYTHING) == ["d", "c", "b"]
    assert names(full, memory, parse_query("quiet words ")) == ["c", "b"]
    assert names(full, memory, parse_query("status:running")) == ["d"]
    assert names(full, memory, parse_query("prompt:only-c temp<1")) == ["c"]
    assert names(full, memory, parse_query("nothing-like-it")) == []
    content = "SELECT id FROM contents WHERE text = 'one'"
    one = full.read(lambda c: int(c.execute(content).fetchone()[0]))
    assert names(full, memory, Query((OfVersion(one),))) == ["c"]
    assert names(full, memory, Query((OfVersion(999),))) == []


def test_they_say_why_and_hide_their_half_in_the_file(
    full: HistoryStore, memory: MemoryRuns
) -> None:
    found = memory.find(full, EVERYTHING)
    assert (found.ids < 0).all()
    assert found.in_file.tolist() == [2]
    lines = memory.lines(found.ids.tolist())
    assert all("disk is full" in line.unsaved for line in lines.values())
    assert lines[int(found.ids[2])].reply.startswith("quiet words of b")
    assert [row for row, line in lines.items() if row != line.row] == []


def test_a_run_keeps_its_number_while_others_come_and_go(
    full: HistoryStore, memory: MemoryRuns, make_start: MakeStart
) -> None:
    """A table that still shows old numbers never shows another run in a row's place."""
    before = dict(zip("dcb", memory.find(full, EVERYTHING).ids.tolist(), strict=True))
    with pytest.raises(UserError, match="disk is full"):
        full.start_run(make_start("e", text="more " * 9000)).result()
    after = dict(zip("edcb", memory.find(full, EVERYTHING).ids.tolist(), strict=True))
    assert {name: after[name] for name in "dcb"} == before
    limit_pages(full, "1000000")
    assert full.retry().result() == 0
    assert memory.find(full, EVERYTHING).ids.tolist() == []
    assert len(find_all(full.read, EVERYTHING)) == 5


def test_a_history_that_is_only_read_shows_new_runs_too(
    history_path: Path, memory: MemoryRuns, make_start: MakeStart, make_end: MakeEnd
) -> None:
    HistoryStore(history_path).close()
    blocker = HistoryStore(history_path)
    blocker._writer.submit(lambda db: db.execute("BEGIN IMMEDIATE")).result()
    store, trouble = open_store(history_path, busy_timeout_s=0.05)
    try:
        assert trouble is not None
        with pytest.raises(UserError):
            store.start_run(make_start("a")).result()
        with pytest.raises(UserError):
            store.finish_run("a", make_end()).result()
        assert names(store, memory, parse_query("status:done")) == ["a"]
    finally:
        blocker._writer.submit(lambda db: db.execute("ROLLBACK")).result()
        blocker.close()
        store.close()
