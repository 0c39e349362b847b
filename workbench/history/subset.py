"""Some runs of a history as a history file of their own. Any thread."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.history.bulk import BATCH, Imported, Progress, write_batches
from workbench.history.connect import Readers
from workbench.history.errors import explained
from workbench.history.owner import this_process
from workbench.history.shared import content_id
from workbench.history.store import HistoryStore
from workbench.history.take_over import ENDED, TakeOver
from workbench.history.values import restored
from workbench.history.votes import VoteFilter, import_votes, read_votes

_MOST_NAMED = 3


def write_subset(
    store: HistoryStore,
    run_ids: Sequence[str],
    target: Path,
    *,
    progress: Progress | None = None,
    cancel: CancelToken | None = None,
) -> Imported:
    """Write a new history file with the runs and everything that belongs to them.

    That is replies with their tokens, scores, tags, remarks, the versions of their prompts, votes
    on two of them, and the experiments they are part of with the results of their items. One file
    remains, that any program for SQLite opens. `target` must not exist; after an error or a
    cancel it is for the caller to delete.

    Raises:
        UserError: a run is not there, runs still, lies in the trash or is damaged, or the file
            cannot be written.
        Cancelled: `cancel` was set.
    """
    if store.path is None:
        raise UserError("This history lives in memory only.", "Open one that is a file.")
    readers = Readers(store.path)
    try:
        numbers = _numbers(readers, run_ids)
        source = TakeOver(readers, this_process(), BATCH, only=numbers)
        with closing(HistoryStore(target)) as fresh:
            done = write_batches(fresh, source.runs(), len(numbers), progress, cancel)
            if cancel is not None:
                cancel.check()
            if source.problems:
                raise UserError(
                    f"The history is damaged: {source.problems[0]}",
                    "`workbench history verify` finds out more; export the others.",
                )
            chosen = set(run_ids)
            with readers.borrow() as connection:
                votes = [
                    vote
                    for vote in read_votes(connection, VoteFilter(withdrawn=True))
                    if vote.a.run_id in chosen and vote.b.run_id in chosen
                ]
                experiments = _experiments(connection, run_ids)
                versions = _versions(connection, numbers)
            import_votes(fresh, votes).result()
            fresh.write(partial(_add_experiments, rows=experiments)).result()
            fresh.write(partial(_add_versions, rows=versions)).result()
    finally:
        readers.close()
    _make_one_file(target)
    return done


_Rows = list[tuple[Any, ...]]
_EXPERIMENT_COLUMNS = {
    "experiments": ("name", "kind", "created_us", "plan"),
    "experiment_runs": ("experiment", "place", "run_id"),
    "experiment_items": ("experiment", "place", "item", "run_id", "error", "evidence"),
}


def _numbers(readers: Readers, run_ids: Sequence[str]) -> list[int]:
    """The row numbers of the runs, in the order in which they were recorded."""
    with readers.borrow() as connection:
        found = connection.execute(
            "SELECT id, run_id FROM runs WHERE run_id IN (SELECT value FROM json_each(?)) "  # noqa: S608  # a constant
            f"AND {ENDED} ORDER BY id",
            [json.dumps(list(run_ids))],
        ).fetchall()
    known = {run_id for _, run_id in found}
    missing = [run_id for run_id in dict.fromkeys(run_ids) if run_id not in known]
    if missing:
        named = ", ".join(missing[:_MOST_NAMED])
        more = len(missing) - _MOST_NAMED
        raise UserError(
            f"Not in the history, not ended or in the trash: {named}"
            f"{f' and {more:,} more' if more > 0 else ''}.",
            "`workbench history list` names runs.",
        )
    return [number for number, _ in found]


def _experiments(connection: sqlite3.Connection, run_ids: Sequence[str]) -> dict[str, _Rows]:
    """The experiments that the runs are part of, their places in them, and results of items."""
    found = {
        table: _selected(connection, table, "run_id", run_ids)
        for table in ("experiment_runs", "experiment_items")
    }
    names = sorted({str(row[0]) for rows in found.values() for row in rows})
    return {"experiments": _selected(connection, "experiments", "name", names), **found}


def _selected(
    connection: sqlite3.Connection, table: str, column: str, values: Sequence[str]
) -> _Rows:
    names = ", ".join(_EXPERIMENT_COLUMNS[table])
    sql = f"SELECT {names} FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))"  # noqa: S608
    return connection.execute(sql, [json.dumps(list(values))]).fetchall()


def _add_experiments(db: Database, rows: dict[str, _Rows]) -> None:
    for table, found in rows.items():
        names = _EXPERIMENT_COLUMNS[table]
        sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608
        for row in found:
            db.execute(sql, list(row))


def _versions(connection: sqlite3.Connection, numbers: Sequence[int]) -> _Rows:
    """The versions of prompts that the runs were made with, with their texts."""
    return connection.execute(
        "SELECT v.prompt_key, v.number, c.text, v.created_us, v.name, v.origin_run,"
        " v.restored_from, v.saved_as FROM prompt_versions AS v"
        " JOIN contents AS c ON c.id = v.content WHERE v.content IN"
        " (SELECT prompt_source FROM runs WHERE id IN (SELECT value FROM json_each(?)))",
        [json.dumps(list(numbers))],
    ).fetchall()


def _add_versions(db: Database, rows: _Rows) -> None:
    for key, number, text, *rest in rows:
        db.execute(
            "INSERT INTO prompt_versions (prompt_key, number, content, created_us, name,"
            " origin_run, restored_from, saved_as) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [key, number, content_id(db, restored(text)), *rest],
        )


def _make_one_file(target: Path) -> None:
    """Leave no second file beside it, and say that nobody writes to it now."""
    with (
        explained(target),
        closing(sqlite3.connect(target, isolation_level=None)) as connection,
    ):
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        said = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if said != "ok":
        raise UserError(f"{target.name} came out damaged: {said}.", "Look at the disk.")
