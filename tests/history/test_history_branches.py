"""Trees of forked runs: who belongs together, names, the trash."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from workbench.core.errors import UserError
from workbench.core.run import RunEnd, RunStart, RunStatus
from workbench.history.branches import MOST_NAME, family, rename, restore, trash
from workbench.history.store import HistoryStore

Start = Callable[..., RunStart]
End = Callable[..., RunEnd]


def put(store: HistoryStore, start: RunStart, end: RunEnd | None = None) -> None:
    """Record a run; without an end it runs on."""
    store.start_run(start).result()
    if end is not None:
        store.finish_run(start.run_id, end).result()


def grown(store: HistoryStore, make_start: Start, make_end: End) -> None:
    """A root with two forks, a fork of one of them, and a run that has nothing to do with it."""
    put(store, make_start("a", parent=None), make_end())
    put(store, make_start("b", parent=("a", 0, 3), given=(7, 8)), make_end(text=" Quito."))
    put(store, make_start("c", parent=("a", 1, 0), given=(9,)), make_end())
    put(store, make_start("d", parent=("b", 0, 5)))
    put(store, make_start("x", parent=None), make_end())


@pytest.mark.parametrize("member", ["a", "b", "c", "d"])
def test_every_member_finds_the_whole_tree(
    store: HistoryStore, make_start: Start, make_end: End, member: str
) -> None:
    grown(store, make_start, make_end)
    rows = family(store, member)
    assert [row.run_id for row in rows] == ["a", "b", "c", "d"]
    assert [row.parent for row in rows] == [None, ("a", 0, 3), ("a", 1, 0), ("b", 0, 5)]
    assert [row.n_given for row in rows] == [0, 2, 1, 0]
    assert rows[3].status is RunStatus.RUNNING
    assert [s.text for s in rows[1].samples] == [" Quito.", " Quito. 💙\n2"]
    assert [s.n_tokens for s in rows[1].samples] == [5, 5]
    assert rows[3].samples == ()


def test_what_a_fork_was_given_comes_back(store: HistoryStore, make_start: Start) -> None:
    put(store, make_start("b", parent=("a", 0, 3), given=(7, 8)))
    assert store.get("b").start.given == (7, 8)
    put(store, make_start("c", given=()))
    assert store.get("c").start.given == ()


def test_a_branch_whose_parent_is_gone_is_the_root_of_what_is_left(
    store: HistoryStore, make_start: Start
) -> None:
    put(store, make_start("b", parent=("never-there", 0, 3)))
    put(store, make_start("c", parent=("b", 0, 4)))
    assert [row.run_id for row in family(store, "c")] == ["b", "c"]


def test_an_unknown_run_has_no_tree(store: HistoryStore) -> None:
    with pytest.raises(UserError, match="no run nobody"):
        family(store, "nobody")


def test_a_deleted_parent_stays_in_the_tree_and_comes_back(
    store: HistoryStore, make_start: Start, make_end: End
) -> None:
    grown(store, make_start, make_end)
    trash(store, ["b"]).result()  # its fork d still runs
    assert [row.run_id for row in family(store, "d") if row.trashed] == ["b"]
    assert [row.run_id for row in store.recent()] == ["x", "d", "c", "a"]
    store.finish_run("d", make_end(text=" Bogotá.")).result()
    (last,) = [row for row in family(store, "a") if row.run_id == "d"]
    assert (last.status, last.samples[0].text) == (RunStatus.DONE, " Bogotá.")
    restore(store, ["b"]).result()
    assert not any(row.trashed for row in family(store, "a"))
    assert store.count() == 5


def test_deleting_a_run_that_is_not_there_changes_nothing(
    store: HistoryStore, make_start: Start, make_end: End
) -> None:
    grown(store, make_start, make_end)
    with pytest.raises(UserError, match="no run nobody"):
        trash(store, ["a", "nobody"]).result()
    assert not any(row.trashed for row in family(store, "a"))


@pytest.mark.parametrize(
    ("typed", "kept"), [("The fox", "The fox"), ("  two \n lines ", "two lines"), ("", "")]
)
def test_a_name_is_kept(
    store: HistoryStore, make_start: Start, make_end: End, typed: str, kept: str
) -> None:
    grown(store, make_start, make_end)
    rename(store, "b", "before").result()
    rename(store, "b", typed).result()
    assert [row.name for row in family(store, "a")] == ["", kept, "", ""]


def test_a_name_without_end_is_refused(store: HistoryStore, make_start: Start) -> None:
    put(store, make_start("a", parent=None))
    with pytest.raises(UserError, match="at most 200 characters, not 201"):
        rename(store, "a", "n" * (MOST_NAME + 1)).result()
    with pytest.raises(UserError, match="no run nobody"):
        rename(store, "nobody", "n").result()


def test_forks_that_could_not_be_written_stand_in_the_tree(
    store: HistoryStore, make_start: Start, make_end: End
) -> None:
    grown(store, make_start, make_end)

    limit = store.read(lambda c: int(c.execute("PRAGMA page_count").fetchone()[0]))
    store._writer.submit(lambda db: db.execute(f"PRAGMA max_page_count = {limit}").fetchone())
    noise = "".join(f"{i * 7919 % 100_003:x}" for i in range(30_000))
    large = make_start("e", parent=("d", 0, 1), given=(3,), text=noise)
    assert "disk is full" in str(store.start_run(large).exception())
    assert "disk is full" in str(store.finish_run("e", make_end(text=" Lost?")).exception())
    rows = family(store, "e")
    assert [row.run_id for row in rows] == ["a", "b", "c", "d", "e"]
    assert rows[-1].samples[0].text == " Lost?"
    assert [row.run_id for row in family(store, "a")] == ["a", "b", "c", "d", "e"]
    store._writer.submit(lambda db: db.execute("PRAGMA max_page_count = 100000").fetchone())
    assert store.retry().result() == 0
    assert [row.run_id for row in family(store, "a")] == ["a", "b", "c", "d", "e"]


def test_a_ring_in_a_damaged_file_is_read_all_the_same(
    store: HistoryStore, make_start: Start
) -> None:
    put(store, make_start("a", parent=("b", 0, 1)))
    put(store, make_start("b", parent=("a", 0, 1)))
    assert [row.run_id for row in family(store, "a")] == ["a", "b"]
