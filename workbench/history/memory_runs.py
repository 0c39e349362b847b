"""Runs that could not be written yet, found and listed like the others. Any thread.

They are put into a history of their own that lives in memory, so that every search, field and
order means the same. Their row numbers are negative; a run keeps its number.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from operator import is_

import numpy as np

from workbench.core.errors import UserError
from workbench.core.run import RunEnd, RunStart
from workbench.history import listing
from workbench.history.find import Ids, find_all
from workbench.history.listing import RunLine
from workbench.history.query import OfVersion, Query
from workbench.history.store import HistoryStore
from workbench.history.unsaved import UnsavedRun

_NONE = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class Found:
    """What a query finds among the runs in memory.

    Attributes:
        ids: their row numbers, the newest first.
        in_file: row numbers of those whose beginning stands in the file: not to be shown twice.
    """

    ids: Ids
    in_file: Ids


class MemoryRuns:
    """The runs of one history that are only in memory. Close it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # protects all that follows
        self._mirror: HistoryStore | None = None
        self._waiting: list[UnsavedRun] = []
        self._numbers: dict[str, int] = {}
        self._reasons: dict[str, str] = {}
        self._closed = False

    def find(self, store: HistoryStore, query: Query) -> Found:
        """Those that a query finds.

        Raises:
            UserError: the history cannot be read.
        """
        if not store.unsaved():
            return Found(_NONE, _NONE)
        with self._lock:
            mirror = self._copy(store)
            if mirror is None:
                return Found(_NONE, _NONE)
            rows = find_all(mirror.read, _for_mirror(store, mirror, query))
            found = mirror.read(partial(listing.run_ids, rows=rows.tolist()))
            ids = np.array([self._numbers[run_id] for run_id in found], np.int64)
            started = [run.run_id for run in self._waiting if run.start is None]
        return Found(ids, store.read(partial(_rows, run_ids=started)))

    def lines(self, rows: Sequence[int]) -> dict[int, RunLine]:
        """The runs with these row numbers; those that are saved by now are missing."""
        with self._lock:
            if self._mirror is None or not rows:
                return {}
            names = {number: run_id for run_id, number in self._numbers.items()}
            wanted = [names[row] for row in rows if row in names]
            lines = self._mirror.read(partial(_lines, run_ids=wanted))
            return {
                self._numbers[line.run_id]: replace(
                    line, row=self._numbers[line.run_id], unsaved=self._reasons[line.run_id]
                )
                for line in lines
            }

    def close(self) -> None:
        """Forget them; the history they belong to still has them."""
        with self._lock:
            self._closed = True
            if self._mirror is not None:
                self._mirror.close()
                self._mirror = None

    def _copy(self, store: HistoryStore) -> HistoryStore | None:
        """The history in memory, made anew when other runs wait than before."""
        waiting = store.in_memory()
        same = len(waiting) == len(self._waiting) and all(map(is_, waiting, self._waiting))
        if self._closed or (same and self._mirror is not None):
            return self._mirror
        if self._mirror is not None:
            self._mirror.close()
        self._mirror = HistoryStore(None)
        self._waiting, self._reasons = waiting, {}
        for run in sorted(waiting, key=lambda run: run.run_id):  # ids sort by time
            whole = _whole(store, run)
            if whole is not None:
                start, end = whole
                self._mirror.start_run(start).result()
                if end is not None:
                    self._mirror.finish_run(run.run_id, end).result()
                self._numbers.setdefault(run.run_id, -1 - len(self._numbers))
                self._reasons[run.run_id] = run.reason
        return self._mirror


def _whole(store: HistoryStore, run: UnsavedRun) -> tuple[RunStart, RunEnd | None] | None:
    if run.start is not None:
        return run.start, run.end
    with suppress(UserError):
        return store.get(run.run_id).start, run.end
    return None


def _for_mirror(store: HistoryStore, mirror: HistoryStore, query: Query) -> Query:
    """The query with the mirror's own numbers of texts."""
    return Query(
        tuple(
            replace(c, content=_content(store, mirror, c.content))
            if isinstance(c, OfVersion)
            else c
            for c in query.conditions
        )
    )


def _content(store: HistoryStore, mirror: HistoryStore, content: int) -> int:
    hashes = store.read(
        lambda c: c.execute("SELECT hash FROM contents WHERE id = ?", [content]).fetchall()
    )
    there = mirror.read(
        lambda c: c.execute(
            "SELECT id FROM contents WHERE hash IN (SELECT value FROM json_each(?))",
            [json.dumps([row[0] for row in hashes])],
        ).fetchone()
    )
    return 0 if there is None else int(there[0])


def _rows(connection: sqlite3.Connection, run_ids: Sequence[str]) -> Ids:
    rows = connection.execute(
        "SELECT id FROM runs WHERE run_id IN (SELECT value FROM json_each(?))",
        [json.dumps(run_ids)],
    )
    return np.array([row[0] for row in rows], np.int64)


def _lines(connection: sqlite3.Connection, run_ids: Sequence[str]) -> list[RunLine]:
    return list(listing.lines(connection, _rows(connection, run_ids).tolist()).values())
