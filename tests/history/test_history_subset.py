"""Chosen runs as a history of their own: all their rows, none of the others'."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from support.votes import vote

from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.errors import UserError
from workbench.core.run import RunEnd, RunStart
from workbench.core.votes import Verdict, Vote
from workbench.history import curate
from workbench.history.bulk import Imported
from workbench.history.experiment_items import EndedItem, ItemWriter, StoredItem
from workbench.history.experiments import StoredExperiment, add_experiment, place_runs
from workbench.history.find import find_all
from workbench.history.query import parse_query
from workbench.history.store import HistoryStore
from workbench.history.subset import write_subset
from workbench.history.verify import verify
from workbench.history.versions import PromptVersions
from workbench.history.votes import VoteFilter, import_votes, list_votes

MakeStart = Callable[..., RunStart]
MakeEnd = Callable[..., RunEnd]
SCORE = (
    "INSERT INTO scores (run, sample, metric, version, args_json, value, reason, created_us) "
    "SELECT id, 0, 'rouge_l', 1, '{}', 0.25, '', 7 FROM runs"
)
TABLES = (
    (
        "SELECT r.*, p.text, m.hash FROM runs AS r JOIN contents AS p ON p.id = r.rendered"
        " JOIN models AS m ON m.id = r.model WHERE run_id IN ('b', 'c')"
    ),
    (
        "SELECT r.run_id, s.* FROM samples AS s JOIN runs AS r ON r.id = s.run"
        " WHERE run_id IN ('b', 'c')"
    ),
    (
        "SELECT r.run_id, s.* FROM scores AS s JOIN runs AS r ON r.id = s.run"
        " WHERE run_id IN ('b', 'c')"
    ),
    "SELECT r.run_id, tag FROM tags JOIN runs AS r ON r.id = tags.run WHERE run_id IN ('b', 'c')",
    "SELECT * FROM experiment_runs WHERE run_id IN ('b', 'c')",
    "SELECT * FROM experiment_items WHERE run_id IN ('b', 'c')",
)
OWN = {"id", "run", "rendered", "model", "engine", "settings", "sampling", "prompt_source"}
OWN |= {"chat_template", "owner_host", "owner_pid", "owner_started"}


def rows(path: Path) -> list[list[dict[str, object]]]:
    """The rows of the runs b and c, without the numbers that are a file's own."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return [
            [{k: row[k] for k in row.keys() if k not in OWN} for row in connection.execute(sql)]  # noqa: SIM118  # a Row iterates over its values
            for sql in TABLES
        ]


def on(a: str, b: str, number: int) -> Vote:
    """A vote on replies of two runs."""
    made = vote(number, "A", "B", Verdict.A)
    return replace(made, a=replace(made.a, run_id=a), b=replace(made.b, run_id=b))


@pytest.fixture
def full(store: HistoryStore, make_start: MakeStart, make_end: MakeEnd) -> HistoryStore:
    """Four runs with everything a run can have."""
    for run_id in "abcd":
        start = make_start(run_id, text=f"prompt of {run_id}", prompt_source=f"text: {run_id}\n")
        store.start_run(start).result()
        store.finish_run(run_id, make_end()).result()
    store.write(lambda db: db.execute(SCORE)).result()
    curate.change_tags(store, ["b", "d"], add=["good"]).result()
    curate.note(store, "c", "remarkable").result()
    add_experiment(store, StoredExperiment("both", "comparison", 5, {"a": 1})).result()
    add_experiment(store, StoredExperiment("other", "sweep", 6, {})).result()
    place_runs(store, "both", [(0, "a"), (1, "b")]).result()
    place_runs(store, "other", [(0, "d")]).result()
    items = ItemWriter(store, "both")
    items.write([EndedItem(StoredItem(0, "q1", "c", "", {"x": 1.5}), None)]).result()
    versions = PromptVersions(store)
    for text in ("text: z\n", "text: c\n"):
        versions.save("tale.prompt.yml", text).result()
    import_votes(store, [on("b", "c", 1), on("a", "b", 2)]).result()
    return store


def test_all_rows_of_the_chosen_and_none_of_the_others(full: HistoryStore, tmp_path: Path) -> None:
    target = tmp_path / "some.db"
    told: list[Imported] = []
    assert write_subset(full, ["c", "b"], target, progress=told.append) == Imported(2, 0, 2)
    assert told[-1].added == 2
    assert full.path is not None
    assert rows(target) == rows(full.path)
    assert [len(found) for found in rows(target)] == [2, 4, 2, 1, 1, 1]
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["some.db"]
    assert verify(target).is_whole
    with closing(HistoryStore(target)) as opened:
        assert [row.run_id for row in opened.recent()] == ["c", "b"]
        assert [v.vote_id for v in list_votes(opened, VoteFilter(withdrawn=True))] == ["vote-00001"]
        assert len(find_all(opened.read, parse_query("remarkable score:rouge_l<0.3"))) == 1
        found = opened.read(lambda c: c.execute("SELECT name FROM experiments").fetchall())
        assert found == [("both",)]
        [version] = opened.read(
            lambda c: c.execute("SELECT number, content FROM prompt_versions_readable").fetchall()
        )
        assert tuple(version) == (2, "text: c\n")


def test_nobody_else_is_in_the_file(full: HistoryStore, tmp_path: Path) -> None:
    target = tmp_path / "some.db"
    write_subset(full, ["b"], target)
    assert b"prompt of b" in target.read_bytes()
    for other in (b"prompt of a", b"text: d", b"remarkable"):
        assert other not in target.read_bytes()


@pytest.mark.parametrize("bad", ["nix", "trashed", "running"])
def test_a_run_that_cannot_be_taken_is_named(
    full: HistoryStore, tmp_path: Path, make_start: MakeStart, bad: str
) -> None:
    if bad == "running":
        full.start_run(make_start("running")).result()
    if bad == "trashed":
        full.write(
            lambda db: db.execute("UPDATE runs SET run_id='trashed', trashed_us=1 WHERE run_id='a'")
        ).result()
    with pytest.raises(UserError, match=f"in the trash: {bad}"):
        write_subset(full, ["b", bad], tmp_path / "some.db")
    assert not (tmp_path / "some.db").exists()


def test_a_damaged_run_is_an_error_and_not_left_out(full: HistoryStore, tmp_path: Path) -> None:
    sql = "UPDATE samples SET tokens = x'00' WHERE run = (SELECT id FROM runs WHERE run_id = 'b')"
    full.write(lambda db: db.execute(sql)).result()
    with pytest.raises(UserError, match="b: the tokens of reply 0 are damaged"):
        write_subset(full, ["b"], tmp_path / "some.db")


def test_a_cancel_ends_it(full: HistoryStore, tmp_path: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        write_subset(full, ["b"], tmp_path / "some.db", cancel=cancel)


def test_a_history_in_memory_says_so(tmp_path: Path) -> None:
    with closing(HistoryStore(None)) as store, pytest.raises(UserError, match="memory only"):
        write_subset(store, ["a"], tmp_path / "some.db")
