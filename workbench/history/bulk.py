"""Taking in many runs at once: from another history, from a generator. Any thread."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path

from sqlite_utils import Database

from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.run import RunEnd, RunStart
from workbench.history.connect import Readers
from workbench.history.owner import this_process
from workbench.history.schema import APPLICATION_ID, MIGRATION_NAMES
from workbench.history.store import HistoryStore
from workbench.history.take_over import ENDED, TakeOver
from workbench.history.votes import VoteFilter, import_votes, read_votes
from workbench.history.whole import Encoder, WholeRun, write_all
from workbench.history.words import reindexed

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
    encoder = Encoder(this_process())
    encoded = (encoder.encode(start, end) for start, end in runs)
    return write_batches(store, encoded, total, progress, cancel)


def import_history(
    store: HistoryStore,
    path: Path,
    *,
    progress: Progress | None = None,
    cancel: CancelToken | None = None,
) -> Imported:
    """Take in every run of another history file that has ended; that file is only read.

    Tags, stars, ratings, notes, names and votes come along; runs in its trash and running ones do
    not.

    Raises:
        UserError: the file is no history of this version, or one of the two cannot be used.
    """
    if not path.is_file():
        raise UserError(f"There is no file {path}.", "Name a history file of the workbench.")
    readers = Readers(path)
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
        source = TakeOver(readers, this_process(), BATCH)
        done = write_batches(store, source.runs(), source.total(), progress, cancel)
        if done.known:
            _import_remarks(store, readers)
        with readers.borrow() as connection:
            votes = read_votes(connection, VoteFilter(withdrawn=True))
        if votes:
            import_votes(store, votes).result()
    finally:
        readers.close()
    return replace(done, problems=tuple(source.problems))


def write_batches(
    store: HistoryStore,
    runs: Iterator[WholeRun],
    total: int | None,
    progress: Progress | None,
    cancel: CancelToken | None,
) -> Imported:
    """Write the runs batch by batch and tell of each when it is on the disk."""
    done = Imported(0, 0, total)
    pending: tuple[Future[int], int] | None = None
    while True:
        # The next batch is made here while the last one is written on the writer's thread.
        batch = [] if cancel is not None and cancel else list(islice(runs, BATCH))
        if pending is not None:
            added = pending[0].result()
            done = Imported(done.added + added, done.known + pending[1] - added, total)
            if progress is not None:
                progress(done)
        if not batch:
            return done
        pending = store.write(partial(write_all, runs=batch)), len(batch)


def _check(application_id: int, path: Path) -> None:
    if application_id != APPLICATION_ID:
        raise UserError(
            f"{path} is no history of the workbench.", "Its name is usually history.sqlite3."
        )


def _import_remarks(store: HistoryStore, readers: Readers) -> None:
    """Tags, stars, ratings, notes and names of runs that were there already and have none."""
    with readers.borrow() as connection:
        rows = connection.execute(
            "SELECT run_id, starred, rating, note, name, "  # noqa: S608  # a constant
            "(SELECT json_group_array(tag) FROM tags WHERE run = runs.id) FROM runs "
            "WHERE (starred OR rating IS NOT NULL OR note <> '' OR name IS NOT NULL "
            f"OR EXISTS (SELECT 1 FROM tags WHERE run = runs.id)) AND {ENDED}"
        ).fetchall()
    for at in range(0, len(rows), BATCH):
        store.write(partial(_add_remarks, rows=rows[at : at + BATCH])).result()


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
