"""Remarks on runs, rules for what is kept, deleting for good, taking in many runs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.run import RunEnd, RunStart
from workbench.core.text import piece_text
from workbench.history import branches, bulk, curate, retention
from workbench.history.bulk import Imported, import_history, import_runs
from workbench.history.find import find_all
from workbench.history.query import parse_query
from workbench.history.store import HistoryStore
from workbench.history.unpack import forget_unpacked, unpack

MakeStart = Callable[..., RunStart]
MakeEnd = Callable[..., RunEnd]
SameEnds = Callable[[RunEnd, RunEnd], bool]

DAY_US = 86_400 * 1_000_000
CHECKS = (
    "INSERT INTO run_words(run_words) VALUES ('integrity-check')",
    "INSERT INTO prompt_words(prompt_words) VALUES ('integrity-check')",
)


def add(store: HistoryStore, make_start: MakeStart, make_end: MakeEnd, *ids: str) -> None:
    """Finished runs, each with a prompt of its own."""
    for run_id in ids:
        start = make_start(run_id, text=f"prompt of {run_id}", parent=None)
        store.start_run(start).result()
        store.finish_run(run_id, make_end()).result()


def indexes_are_whole(store: HistoryStore) -> None:
    """Both full-text indexes hold exactly the words of the texts."""
    for check in CHECKS:
        store.write(lambda db, check=check: db.execute(check)).result()  # type: ignore[misc]


def test_remarks_come_back(store: HistoryStore, make_start: MakeStart, make_end: MakeEnd) -> None:
    add(store, make_start, make_end, "a", "b")
    curate.change_tags(store, ["a", "b"], add=["good", " two  words "]).result()
    curate.change_tags(store, ["b"], add=["good"], remove=["two-words", "never"]).result()
    curate.star(store, ["a"], True).result()
    curate.rate(store, ["a"], 5).result()
    curate.note(store, "a", "line one\nline two").result()
    found = curate.remarks(store, "a")
    assert found == curate.Remarks(("good", "two-words"), True, 5, "line one\nline two", False)
    assert curate.all_tags(store) == [("good", 2), ("two-words", 1)]
    curate.rate(store, ["a"], None).result()
    curate.note(store, "a", "").result()
    assert curate.remarks(store, "a") == curate.Remarks(
        ("good", "two-words"), True, None, "", False
    )
    assert curate.remarks(store, "nobody") is None
    indexes_are_whole(store)


@pytest.mark.parametrize("tag", ["", "  ", "a,b", 'a"b', "a*", "x" * 61, "bell\x07"])
def test_tags_that_could_not_be_found_again_are_refused(store: HistoryStore, tag: str) -> None:
    with pytest.raises(UserError):
        curate.change_tags(store, [], add=[tag])


def test_a_change_of_many_runs_is_all_or_nothing(
    store: HistoryStore, make_start: MakeStart, make_end: MakeEnd
) -> None:
    add(store, make_start, make_end, "a")
    with pytest.raises(UserError, match="no run nobody"):
        curate.star(store, ["a", "nobody"], True).result()
    found = curate.remarks(store, "a")
    assert found is not None
    assert not found.starred
    with pytest.raises(UserError, match="1 to 5"):
        curate.rate(store, ["a"], 6)


def test_rules_move_only_what_nobody_marked(
    history_path: Path, make_start: MakeStart, make_end: MakeEnd
) -> None:
    """Starred, tagged, noted, named, rated, running and forked runs stay; the rest goes."""
    now = [1_800_000_000_000_000]
    store = HistoryStore(history_path, clock=lambda: now[0])
    try:
        add(store, make_start, make_end, "plain", "starred", "tagged", "noted", "named", "rated")
        add(store, make_start, make_end, "forked")
        child = make_start("child", parent=("forked", 0, 1), created_us=now[0] + 9 * DAY_US)
        store.start_run(child).result()
        curate.star(store, ["starred"], True).result()
        curate.change_tags(store, ["tagged"], add=["t"]).result()
        curate.note(store, "noted", "n").result()
        curate.rate(store, ["rated"], 1).result()
        branches.rename(store, "named", "n").result()
        assert retention.rules(store) == retention.Rules()
        now[0] += 10 * DAY_US
        assert retention.clear_up(store).result() == retention.Cleared(0, 0)
        rules = retention.Rules(days=5, trash_days=30)
        retention.set_rules(store, rules).result()
        assert retention.rules(store) == rules
        assert retention.clear_up(store).result() == retention.Cleared(1, 0)
        assert [row.run_id for row in store.recent()].count("plain") == 0
        now[0] += 29 * DAY_US
        assert retention.clear_up(store).result().deleted == 0
        now[0] += 2 * DAY_US
        assert retention.clear_up(store).result().deleted == 1
        with pytest.raises(UserError, match="no run plain"):
            store.get("plain")
        texts = store.read(lambda c: [row[0] for row in c.execute("SELECT text FROM contents")])
        assert "prompt of plain" not in texts
        assert "prompt of starred" in texts
        indexes_are_whole(store)
    finally:
        store.close()


def test_the_newest_runs_are_kept_by_number(
    store: HistoryStore, make_start: MakeStart, make_end: MakeEnd
) -> None:
    add(store, make_start, make_end, "a", "b", "c", "d")
    retention.set_rules(store, retention.Rules(runs=2)).result()
    assert retention.clear_up(store).result().trashed == 2
    assert [row.run_id for row in store.recent()] == ["d", "c"]
    assert retention.trash_count(store) == 2
    assert retention.empty_trash(store).result() == 2
    assert retention.trash_count(store) == 0
    indexes_are_whole(store)
    with pytest.raises(UserError, match="cannot be kept"):
        retention.set_rules(store, retention.Rules(days=0))


def test_import_writes_what_a_run_would_have_written(
    store: HistoryStore,
    tmp_path: Path,
    make_start: MakeStart,
    make_end: MakeEnd,
    same_ends: SameEnds,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every run of another history comes over whole with its remarks; doing it again adds none."""
    monkeypatch.setattr(bulk, "BATCH", 2)
    path = tmp_path / "other.db"
    other = HistoryStore(path)
    add(other, make_start, make_end, "a", "b", "c", "thrown")
    other.start_run(make_start("running")).result()
    branches.trash(other, ["thrown"]).result()
    curate.change_tags(other, ["b"], add=["good"]).result()
    curate.note(other, "b", "remarkable").result()
    kept = {run_id: other.get(run_id) for run_id in "abc"}
    told: list[Imported] = []
    done = import_history(store, path, progress=told.append)
    other.close()
    assert done == Imported(3, 0, 3)
    assert [t.added for t in told] == [2, 3]
    for run_id, run in kept.items():
        again = store.get(run_id)
        assert again.start == run.start
        assert run.end is not None
        assert again.end is not None
        assert same_ends(again.end, run.end)
    assert len(find_all(store.read, parse_query("remarkable tag:good "))) == 1
    # Closing it has marked the run that was running as interrupted.
    assert import_history(store, path) == Imported(1, 3, 4)
    indexes_are_whole(store)


def test_a_cancelled_import_keeps_what_it_told(
    store: HistoryStore, make_start: MakeStart, make_end: MakeEnd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "BATCH", 3)
    first = make_start("r", parent=None)
    runs = ((replace(first, run_id=f"r{i:03}"), make_end()) for i in range(1000))
    cancel = CancelToken()
    done = import_runs(store, runs, cancel=cancel, progress=lambda _p: cancel.cancel())
    assert 3 <= done.added < 1000
    assert store.count() == done.added


def test_tokens_can_be_read_with_plain_sql(
    store: HistoryStore, make_start: MakeStart, make_end: MakeEnd
) -> None:
    """Unpacked records are rows with names, equal to the records; trash and deletion hide them."""
    add(store, make_start, make_end, "a", "b")
    assert unpack(store, ["a"]).result() == unpack(store, ["a"]).result() == 10
    with sqlite3.connect(f"{store.path}") as plain:
        rows = plain.execute("SELECT * FROM tokens_readable ORDER BY sample, position").fetchall()
        readable = plain.execute("SELECT run_id, prompt, reply FROM runs_readable").fetchall()
    plain.close()
    assert [row[0] for row in readable] == ["b", "a"]
    end = store.get("a").end
    assert end is not None
    table = end.result.samples[1].tokens
    second = [row for row in rows if row[1] == 1]
    assert [row[3] for row in second] == table.ids.tolist()
    assert second[0][5:] == (None, None, None, None)
    assert [row[5] for row in second[1:]] == [float(x) for x in table.logprob[1:]]
    assert second[1][4] == piece_text(end.result.pieces[second[1][3]])
    branches.trash(store, ["a"]).result()
    count = "SELECT count(*) FROM tokens_readable"
    assert store.read(lambda c: c.execute(count).fetchone()[0]) == 0
    retention.empty_trash(store).result()
    count = "SELECT count(*) FROM token_rows"
    assert store.read(lambda c: c.execute(count).fetchone()[0]) == 0
    unpack(store, ["b"]).result()
    assert forget_unpacked(store).result() == 10
    with pytest.raises(UserError, match="no run a"):
        unpack(store, ["b", "a"]).result()


def test_what_is_no_history_is_refused(store: HistoryStore, tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("no database at all, only words " * 50)
    with pytest.raises(UserError, match="not a SQLite database"):
        import_history(store, tmp_path / "text.db")
    with pytest.raises(UserError, match="no file"):
        import_history(store, tmp_path / "missing.db")
