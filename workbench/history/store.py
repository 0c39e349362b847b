"""The history: runs are written when they start and completed when they end. Any thread.

Writes are queued to one thread and answer with a Future; `.result()` waits and raises. Reads use
read-only connections of their own and see everything whose Future has ended.

What must survive does: a run that cannot be written (disk full, locked, read-only) raises
UserError *and* stays in memory, where `get` and `recent` find it, and is tried again before the
next write, by `retry`, and at `close`.

Several programs may use one file. A run that is left running by a process that is gone becomes
"interrupted" when the next history is opened; runs of living processes are left alone (`owner`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from sqlite_utils import Database

from workbench.core.errors import UserError
from workbench.core.ids import Clock, wall_clock_us
from workbench.core.run import RunEnd, RunStart, RunStatus
from workbench.history import load, save
from workbench.history.connect import (
    BUSY_TIMEOUT_S,
    READ_LIMIT_S,
    Readers,
    Stop,
    immediate,
    time_limit,
)
from workbench.history.errors import NewerSchemaError, StorageError, explained
from workbench.history.load import RunRow, StoredRun
from workbench.history.owner import this_process
from workbench.history.place import Place
from workbench.history.unsaved import Unsaved, UnsavedRun
from workbench.history.writer import Writer

T = TypeVar("T")

LAST_TRY_S = 1.0
"""How long a closing program waits for a lock that kept it from writing all the time."""


class HistoryStore:
    """The runs of one profile.

    Attributes:
        path: the database file; None when the history lives in memory only.
        read_only: why the file is only read and new runs stay in memory; empty when it is not.
    """

    def __init__(
        self,
        path: Path | None,
        clock: Clock = wall_clock_us,
        busy_timeout_s: float = BUSY_TIMEOUT_S,
        *,
        read_only: str = "",
    ) -> None:
        """Open the file, make or migrate its tables, mark runs that died with their process.

        Raises:
            UserError: the file cannot be used; nothing in it was changed and no thread is left.
        """
        self.path = path
        self.read_only = read_only
        self._clock = clock
        self._owner = this_process()
        self._unsaved = Unsaved()
        self._running: set[str] = set()  # touched by the writer's thread only
        self._closed = False
        self._writer = Writer(None if read_only else path, busy_timeout_s)
        self._readers = (
            None if path is None else Readers(path, busy_timeout_s, frozen=bool(read_only))
        )
        self._place = None if path is None or read_only else Place.of(path)
        if read_only:
            return
        # A full disk must not keep anybody from reading; the next opening marks them.
        with suppress(StorageError):
            self.mark_interrupted().result()

    def start_run(self, start: RunStart) -> Future[None]:
        """Record that a run begins, with everything that makes it repeatable."""
        run = UnsavedRun(start.run_id, start, None, "")
        return self._writer.submit(lambda db: self._save(db, run))

    def checkpoint(self, run_id: str, texts: Sequence[str]) -> Future[None]:
        """Record the texts of a running run so far (one per sample), in case the program dies."""
        now_standing = tuple(texts)

        def task(db: Database) -> None:
            kept = self._unsaved.get(run_id)
            if kept is not None and kept.start is not None:
                return  # the run itself is only in memory, and dies with the program
            with self._transaction(db):
                save.update_texts(db, run_id, now_standing, self._clock())

        return self._writer.submit(task)

    def finish_run(self, run_id: str, end: RunEnd) -> Future[None]:
        """Record how a run ended, with its replies and token records.

        Raises:
            ValueError: `end.status` is RUNNING.
        """
        if end.status is RunStatus.RUNNING:
            raise ValueError("a run cannot end as running")

        def task(db: Database) -> None:
            kept = self._unsaved.get(run_id)
            self._save(db, UnsavedRun(run_id, kept.start if kept else None, end, ""))

        return self._writer.submit(task)

    def record_sha256(self, run_id: str, sha256: str) -> Future[None]:
        """Add the model file's hash to a run whose model had none when it started."""

        def task(db: Database) -> None:
            kept = self._unsaved.get(run_id)
            if kept is not None and kept.start is not None:
                model = replace(kept.start.model, sha256=sha256)
                self._unsaved.put(replace(kept, start=replace(kept.start, model=model)))
                return
            with self._transaction(db):
                save.update_sha256(db, run_id, sha256)

        return self._writer.submit(task)

    def mark_interrupted(self) -> Future[list[str]]:
        """Mark runs whose process is gone, and answer with their ids; done at opening too."""

        def task(db: Database) -> list[str]:
            if self.read_only or not save.dead_runs(db, self._clock()):
                return []
            with self._transaction(db):
                dead = save.dead_runs(db, self._clock())
                for run, _ in dead:
                    save.interrupt(db, run, save.INTERRUPTED_ERROR)
            return [run_id for _, run_id in dead]

        return self._writer.submit(task)

    def retry(self) -> Future[int]:
        """Write what is only in memory; answers with how many runs still are."""

        def task(db: Database) -> int:
            self._save_kept(db)
            return len(self._unsaved)

        return self._writer.submit(task)

    def in_memory(self) -> list[UnsavedRun]:
        """Those runs, oldest first; of one whose beginning was written only the end."""
        return self._unsaved.all()

    def unsaved(self) -> int:
        """How many runs are only in memory because they could not be written."""
        return len(self._unsaved)

    def recent(self, limit: int = 200, before: str | None = None) -> list[RunRow]:
        """The newest runs, newest first; the next page begins `before` the last row's run id.

        Raises:
            UserError: the history cannot be read.
        """
        rows = self._read(lambda c: load.recent_rows(c, limit, before))
        kept = self._unsaved.all()
        if not kept:
            return rows
        merged = {row.run_id: row for row in rows}
        for run in kept:
            if run.start is not None and (before is None or run.run_id < before):
                merged[run.run_id] = load.row_of(run.start, run.end)
            elif run.end is not None and run.run_id in merged:
                merged[run.run_id] = load.with_end(merged[run.run_id], run.end)
        return sorted(merged.values(), key=lambda row: row.run_id, reverse=True)[:limit]

    def get(self, run_id: str) -> StoredRun:
        """A whole run.

        Raises:
            UserError: there is no such run, or it cannot be read.
        """
        kept = self._unsaved.get(run_id)
        if kept is not None and kept.start is not None:
            status = kept.end.status if kept.end else RunStatus.RUNNING
            return StoredRun(kept.start, kept.end, status, unsaved=kept.reason)
        stored = self._read(lambda c: load.stored_run(c, run_id))
        if stored is None:
            raise save.unknown_run(run_id)
        if kept is not None and kept.end is not None:
            return replace(stored, end=kept.end, status=kept.end.status, unsaved=kept.reason)
        return stored

    def count(self) -> int:
        """How many runs there are, without those in the trash.

        Raises:
            UserError: the history cannot be read.
        """
        sql = "SELECT count(*) FROM runs WHERE trashed_us IS NULL"
        saved = self._read(lambda c: int(c.execute(sql).fetchone()[0]))
        return saved + sum(1 for run in self._unsaved.all() if run.start is not None)

    def read(
        self,
        query: Callable[[sqlite3.Connection], T],
        stop: Stop | None = None,
        limit_s: float = READ_LIMIT_S,
    ) -> T:
        """The answer of `query` on a connection that only reads; for what else the file holds.

        Raises:
            UserError: the history cannot be read, it took longer than `limit_s` seconds, or
                `stop` said that nobody wants the answer any more.
        """
        return self._read(query, stop, limit_s)

    def write(self, task: Callable[[Database], T]) -> Future[T]:
        """Queue `task` as one transaction on the writer's thread; for what else the file holds."""

        def transaction(db: Database) -> T:
            with self._transaction(db):
                return task(db)

        return self._writer.submit(transaction)

    def now_us(self) -> int:
        """The time by the history's clock, in microseconds since the Unix epoch."""
        return self._clock()

    def close(self) -> None:
        """Write everything that waits, mark this history's unfinished runs, close the file.

        Doing it twice is harmless.

        Raises:
            UserError: runs could not be written and are lost now, or the disk does not answer.
        """
        if self._closed:
            return
        self._closed = True
        last = self._writer.submit(self._last_words)
        try:
            self._writer.close()
        finally:
            if self._readers is not None:
                self._readers.close()
        lost = self._unsaved.all()
        moved = self._place is not None and not self._place.is_kept()
        if lost and (self.read_only or moved):
            # The person was told; what stood in the way may be gone by now, and where the file was
            # taken away a new one begins.
            with suppress(UserError):
                self._save_at_last(lost)
        elif lost:
            raise UserError(
                f"{len(lost)} of the last runs could not be saved: {lost[0].reason}",
                "They are gone with this window; the history file itself is unharmed.",
                details="\n".join(f"{run.run_id}: {run.reason}" for run in lost),
            )
        last.result()

    def _save_at_last(self, runs: Sequence[UnsavedRun]) -> None:
        store = HistoryStore(self.path, self._clock, LAST_TRY_S)
        try:
            for run in runs:
                if run.start is not None:
                    store.start_run(run.start).result()
                if run.end is not None:
                    store.finish_run(run.run_id, run.end).result()
        finally:
            store.close()

    def _last_words(self, db: Database) -> None:
        self._save_kept(db)
        with immediate(db):
            save.interrupt_own(db, sorted(self._running))

    def _save(self, db: Database, run: UnsavedRun) -> None:
        """Write `run` after those that wait; when the disk refuses, keep it and raise."""
        kept = self._unsaved.get(run.run_id)
        if kept is not None:
            # Readers must find it at every moment, so it takes its place among those that wait.
            self._unsaved.put(replace(run, reason=kept.reason))
            error = self._save_kept(db)
            if self._unsaved.get(run.run_id) is not None and error is not None:
                raise error
            return
        self._save_kept(db)
        try:
            with explained(self.path):
                self._write(db, run)
        except StorageError as error:
            self._unsaved.put(replace(run, reason=error.message))
            raise

    def _save_kept(self, db: Database) -> UserError | None:
        """Write what was kept; the first error, or None when nothing is left."""
        first: UserError | None = None
        for run in self._unsaved.all():
            try:
                with explained(self.path):
                    self._write(db, run)
            except UserError as error:
                self._unsaved.put(replace(run, reason=error.message))
                first = first or error
                if isinstance(error, StorageError):
                    break  # the rest would only wait for the same lock or the same disk
            else:
                self._unsaved.drop(run.run_id)
        return first

    def _write(self, db: Database, run: UnsavedRun) -> None:
        with self._transaction(db):
            if run.start is not None:
                save.insert_start(db, run.start, self._owner)
            if run.end is not None:
                save.update_end(db, run.run_id, run.end)
        if run.end is None:
            self._running.add(run.run_id)
        else:
            self._running.discard(run.run_id)

    @contextmanager
    def _transaction(self, db: Database) -> Iterator[None]:
        if self.read_only:
            raise StorageError(self.read_only, "What is new stays in memory.")
        if self._place is not None:
            self._place.check()
        with immediate(db):
            yield

    def _read(
        self,
        query: Callable[[sqlite3.Connection], T],
        stop: Stop | None = None,
        limit_s: float = READ_LIMIT_S,
    ) -> T:
        if self._readers is not None:
            with self._readers.borrow(limit_s, stop) as connection:
                return query(connection)

        def task(db: Database) -> T:
            with time_limit(db.conn, limit_s, stop):
                return query(db.conn)

        # A database in memory belongs to one connection; its reads queue with the writes.
        return self._writer.submit(task).result()


def open_store(
    path: Path, clock: Clock = wall_clock_us, busy_timeout_s: float = BUSY_TIMEOUT_S
) -> tuple[HistoryStore, UserError | None]:
    """The history at `path`, and what is wrong with it.

    One that cannot be written (a newer version's, a read-only folder, a lock that stays) is only
    read, and new runs stay in memory; one that cannot be read either is left alone, and
    everything stays in memory.
    """
    try:
        return HistoryStore(path, clock, busy_timeout_s), None
    except (NewerSchemaError, StorageError) as error:
        if path.is_file() and (store := _only_read(path, clock, busy_timeout_s, error)) is not None:
            return store, UserError(
                f"{error.message} It is only read.", error.hint, details=error.details
            )
        return HistoryStore(None, clock), error
    except UserError as error:
        return HistoryStore(None, clock), error


def _only_read(
    path: Path, clock: Clock, busy_timeout_s: float, why: UserError
) -> HistoryStore | None:
    store = HistoryStore(path, clock, busy_timeout_s, read_only=why.message)
    try:
        store.recent(1)
    except UserError:
        store.close()
        return None
    return store
