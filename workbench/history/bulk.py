"""Taking in many runs at once: from another history, from a generator. Any thread."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from sqlite_utils import Database

from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.run import RunEnd, RunStart
from workbench.history import load, save
from workbench.history.connect import Readers
from workbench.history.owner import Owner, this_process
from workbench.history.save import WholeRun
from workbench.history.schema import APPLICATION_ID, MIGRATION_NAMES
from workbench.history.store import HistoryStore
from workbench.history.words import add_words_between, reindexed

BATCH = 500
"""Runs of one transaction: what a kill loses at most, and how often progress is told."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import has done so far.

    Attributes:
        added: runs that are in the file now, for good.
        known: runs whose id was there already; they were left as they are.
        total: how many there are to take in; None when nobody knows.
        problems: a sentence for each run that could not be read; it was left out.
    """

    added: int
    known: int
    total: int | None
    problems: tuple[str, ...] = ()


Progress = Callable[[Imported], None]


def import_runs(
    store: HistoryStore,
    runs: Iterable[tuple[RunStart, RunEnd]],
    *,
    total: int | None = None,
    progress: Progress | None = None,
    cancel: CancelToken | None = None,
) -> Imported:
    """Write runs that have ended, batch by batch; waits until all are on the disk.

    A batch is on the disk whole or not at all. After a cancel, or an error, everything that
    `progress` (called on this thread) told as added stays.

    Raises:
        UserError: the file cannot be written.
    """
    writer = _BatchWriter(this_process())
    done = Imported(0, 0, total)
    encoder = save.Encoder()
    source = iter(runs)
    pending = None
    while not (cancel is not None and cancel):
        # The next batch is encoded here while the last one is written on the writer's thread.
        batch = [encoder.encode(start, end) for start, end in islice(source, BATCH)]
        if pending is not None:
            added, known = pending.result()
            done = Imported(done.added + added, done.known + known, total)
            if progress is not None:
                progress(done)
        if not batch:
            return done
        pending = store.write(partial(writer.write, batch=batch))
    if pending is not None:
        added, known = pending.result()
        done = Imported(done.added + added, done.known + known, total)
    return done


def import_history(
    store: HistoryStore,
    path: Path,
    *,
    progress: Progress | None = None,
    cancel: CancelToken | None = None,
) -> Imported:
    """Take in every run of another history file that has ended; that file is only read.

    Tags, stars, ratings, notes and names come along; runs in its trash and running ones do not.

    Raises:
        UserError: the file is no history of this version, or one of the two cannot be used.
    """
    if not path.is_file():
        raise UserError(f"There is no file {path}.", "Name a history file of the workbench.")
    readers = Readers(path)
    problems: list[str] = []
    try:
        with readers.borrow() as connection:
            _check(connection.execute("PRAGMA application_id").fetchone()[0], path)
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version != len(MIGRATION_NAMES):
                raise UserError(
                    f"The history {path} has schema {version}, this version writes "
                    f"{len(MIGRATION_NAMES)}.",
                    "Open it once with --profile, which brings it up to date.",
                )
            ids = [
                row[0]
                for row in connection.execute(
                    "SELECT run_id FROM runs WHERE trashed_us IS NULL AND status <> 'running' "
                    "ORDER BY id"
                )
            ]
        done = import_runs(
            store,
            _stored(readers, ids, problems),
            total=len(ids),
            progress=progress,
            cancel=cancel,
        )
        _import_remarks(store, readers, ids)
    finally:
        readers.close()
    return Imported(done.added, done.known, done.total, tuple(problems))


class _BatchWriter:
    """Writes batches, remembering the row numbers of what many runs share. Writer's thread.

    What it remembers is forgotten when a batch fails: its rows are gone then.
    """

    def __init__(self, owner: Owner) -> None:
        self._owner = owner
        self._known: dict[Hashable, int] = {}

    def write(self, db: Database, batch: list[WholeRun]) -> tuple[int, int]:
        """How many runs were added, and how many were there already."""
        try:
            return self._write(db, batch)
        except BaseException:
            self._known.clear()
            raise

    def _write(self, db: Database, batch: list[WholeRun]) -> tuple[int, int]:
        rows = []
        for run in batch:
            known = db.execute("SELECT 1 FROM runs WHERE run_id = ?", [run.start.run_id])
            if known.fetchone() is None:
                rows.append(save.insert_whole(db, run, self._owner, self._known))
        if rows:
            add_words_between(db, rows[0], rows[-1])
        return len(rows), len(batch) - len(rows)


def _check(application_id: int, path: Path) -> None:
    if application_id != APPLICATION_ID:
        raise UserError(
            f"{path} is no history of the workbench.", "Its name is usually history.sqlite3."
        )


def _stored(
    readers: Readers, ids: list[str], problems: list[str]
) -> Iterator[tuple[RunStart, RunEnd]]:
    for run_id in ids:
        with readers.borrow() as connection:
            try:
                run = load.stored_run(connection, run_id)
            except UserError as error:
                problems.append(f"{run_id}: {error.message}")
                continue
        if run is not None and run.end is not None:
            yield run.start, run.end


def _import_remarks(store: HistoryStore, readers: Readers, ids: list[str]) -> None:
    """Tags, stars, ratings, notes and names of runs that have none here."""
    with readers.borrow() as connection:
        rows = connection.execute(
            "SELECT run_id, starred, rating, note, name, "
            "(SELECT json_group_array(tag) FROM tags WHERE run = runs.id) FROM runs "
            "WHERE starred OR rating IS NOT NULL OR note <> '' OR name IS NOT NULL "
            "OR EXISTS (SELECT 1 FROM tags WHERE run = runs.id)"
        ).fetchall()
    wanted = set(ids)
    chosen = [row for row in rows if row[0] in wanted]
    if chosen:
        store.write(lambda db: _add_remarks(db, chosen)).result()


def _add_remarks(db: Database, rows: list[tuple[object, ...]]) -> None:
    for run_id, starred, rating, note, name, tags in rows:
        found = db.execute("SELECT id FROM runs WHERE run_id = ?", [run_id]).fetchone()
        if found is None:
            continue
        with reindexed(db, [found[0]]):
            db.execute(
                "UPDATE runs SET starred = max(starred, ?), rating = coalesce(rating, ?), "
                "note = iif(note = '', ?, note), name = coalesce(name, ?) WHERE id = ?",
                [starred, rating, note, name, found[0]],
            )
            for tag in json.loads(str(tags)):
                db.execute("INSERT OR IGNORE INTO tags (run, tag) VALUES (?, ?)", [found[0], tag])
