"""Runs of another history come over as they stand there, and what is damaged is named."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from workbench.core.run import RunEnd, RunStart
from workbench.history import curate
from workbench.history.bulk import Imported, import_history, import_runs
from workbench.history.find import find_all
from workbench.history.query import parse_query
from workbench.history.retention import delete_rows
from workbench.history.store import HistoryStore
from workbench.history.verify import verify

MakeStart = Callable[..., RunStart]
MakeEnd = Callable[..., RunEnd]

SCORE = (
    "INSERT INTO scores (run, sample, metric, version, args_json, value, reason, created_us) "
    "SELECT id, 0, 'rouge_l', 1, '{}', 0.25, '', 7 FROM runs WHERE run_id = 'a'"
)
TABLES = (
    (
        "SELECT r.run_id, r.variables, p.text, m.hash, r.prompt_tokens, r.note, r.starred, r.given "
        "FROM runs AS r JOIN contents AS p ON p.id = r.rendered JOIN models AS m ON m.id = r.model"
    ),
    (
        "SELECT r.run_id, s.idx, s.finish, s.context_full, s.n_tokens, s.text, s.tokens "
        "FROM samples AS s JOIN runs AS r ON r.id = s.run"
    ),
    (
        "SELECT r.run_id, metric, value, args_json, s.created_us "
        "FROM scores AS s JOIN runs AS r ON r.id = s.run"
    ),
    "SELECT r.run_id, tag FROM tags JOIN runs AS r ON r.id = tags.run",
)


@pytest.fixture
def other(tmp_path: Path, make_start: MakeStart, make_end: MakeEnd) -> Path:
    """A history of three runs, one with a name that is no proper text."""
    path = tmp_path / "other.db"
    with closing(HistoryStore(path)) as store:
        for run_id, name in (("a", "first"), ("b", "bad \udc80 name"), ("c", "third")):
            start = make_start(run_id, prompt_name=name, text=f"prompt of {run_id}")
            store.start_run(start).result()
            store.finish_run(run_id, make_end()).result()
        curate.change_tags(store, ["a"], add=["good", "old"]).result()
        curate.note(store, "a", "remarkable").result()
        curate.star(store, ["b"], True).result()
        store.write(lambda db: db.execute(SCORE)).result()
    return path


def rows(path: Path) -> list[list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        return [sorted(connection.execute(sql).fetchall(), key=repr) for sql in TABLES]


def change(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(sql)
        connection.commit()


def test_every_row_is_the_same_bit_by_bit(store: HistoryStore, other: Path) -> None:
    """Token records, scores, tags and marks too; and the words of it all are found."""
    assert import_history(store, other) == Imported(3, 0, 3)
    assert store.path is not None
    assert rows(store.path) == rows(other)
    assert len(find_all(store.read, parse_query("remarkable tag:good score:rouge_l<0.3 "))) == 1
    assert verify(store.path).is_whole


def test_known_runs_only_gain_what_was_said_about_them(store: HistoryStore, other: Path) -> None:
    import_history(store, other)
    curate.note(store, "a", "my own").result()
    curate.change_tags(store, ["a"], remove=["old"]).result()
    assert import_history(store, other) == Imported(0, 3, 3)
    found = curate.remarks(store, "a")
    assert found is not None
    assert (found.note, found.tags) == ("my own", ("good", "old"))


def test_damaged_tokens_leave_the_text(store: HistoryStore, other: Path) -> None:
    change(other, "UPDATE samples SET tokens = substr(tokens, 1, 40) WHERE idx = 0 AND run = 1")
    change(other, "UPDATE runs SET prompt_tokens = x'00' WHERE run_id = 'b'")
    done = import_history(store, other)
    assert done.added == 3
    assert done.problems == (
        "a: the tokens of reply 0 are damaged; its text is not.",
        "b: the tokens of its prompt are damaged.",
    )
    end = store.get("a").end
    assert end is not None
    assert end.result.samples[0].text
    assert len(end.result.samples[0].tokens) == 0
    assert store.get("b").start.prompt_tokens == ()
    assert store.path is not None
    assert verify(store.path).is_whole


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE contents SET text = 'changed' WHERE text = 'prompt of b'", "damaged"),
        ("DELETE FROM contents WHERE text = 'prompt of b'", "missing"),
    ],
)
def test_a_run_without_its_prompt_is_left_out(
    store: HistoryStore, other: Path, sql: str, said: str
) -> None:
    change(other, sql)
    done = import_history(store, other)
    assert (done.added, len(done.problems)) == (2, 1)
    assert done.problems[0].startswith("b: ")
    assert said in done.problems[0]
    assert sorted(row.run_id for row in store.recent()) == ["a", "c"]


def test_the_same_id_twice_is_written_once(
    store: HistoryStore, make_start: MakeStart, make_end: MakeEnd
) -> None:
    """The first of them counts, as it does when the second comes a batch later."""
    first = make_start("same", prompt_name="first")
    runs = [(first, make_end()), (replace(first, prompt_name="second"), make_end())]
    assert import_runs(store, runs) == Imported(1, 1, None)
    assert store.get("same").start.prompt_name == "first"


def test_texts_deleted_between_two_batches_are_written_again(
    store: HistoryStore, make_start: MakeStart, make_end: MakeEnd, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody empties the trash while an import goes on: what the next runs share comes back."""
    monkeypatch.setattr("workbench.history.bulk.BATCH", 1)
    start = make_start("r0")

    def delete_all(done: Imported) -> None:
        if done.added == 1:
            store.write(_delete_everything).result()

    runs = [(replace(start, run_id=f"r{i}"), make_end()) for i in range(6)]
    done = import_runs(store, runs, progress=delete_all)
    assert done.added == 6
    left = [row.run_id for row in store.recent()]
    assert left
    assert store.get(left[0]).start.text == start.text
    assert store.path is not None
    assert verify(store.path).is_whole


def _delete_everything(db: Database) -> None:
    delete_rows(db, [row[0] for row in db.execute("SELECT id FROM runs").fetchall()])
