"""Items of an evaluation in the history: what became of each, written with its run. Any thread."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from sqlite_utils import Database

from workbench.core.run import RunEnd, RunStart
from workbench.history.owner import this_process
from workbench.history.store import HistoryStore
from workbench.history.values import dumps, loads, restored, storable
from workbench.history.whole import Encoder, WholeRun, write_all


@dataclass(frozen=True, slots=True)
class StoredItem:
    """One item for one subject of an evaluation.

    Attributes:
        place: subject times items plus item, from 0.
        item: its id in the task.
        run_id: None when nothing could be run.
        error: why it failed; empty when it is done.
        evidence: JSON values that metrics are computed from.
    """

    place: int
    item: str
    run_id: str | None
    error: str
    evidence: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class EndedItem:
    """An item that is over, with its run; None when nothing was run."""

    item: StoredItem
    run: tuple[RunStart, RunEnd] | None


class ItemWriter:
    """Writes items of one evaluation with their runs, many in one transaction. One thread."""

    def __init__(self, store: HistoryStore, experiment: str) -> None:
        self._store = store
        self._experiment = experiment
        self._encoder = Encoder(this_process())

    def write(self, ended: Sequence[EndedItem]) -> Future[None]:
        """Write all of them or none.

        A place that another program has done meanwhile keeps what it has; one that failed before
        is replaced.
        """
        encoded: list[tuple[StoredItem, WholeRun | None]] = []
        for one in ended:
            run = None if one.run is None else self._encoder.encode(*one.run)
            encoded.append((one.item, run))
        return self._store.write(_task(self._experiment, encoded))


def _task(
    experiment: str, encoded: Sequence[tuple[StoredItem, WholeRun | None]]
) -> Callable[[Database], None]:
    rows = [
        (
            storable(experiment),
            item.place,
            storable(item.item),
            item.run_id,
            storable(item.error),
            storable(dumps(item.evidence)),
        )
        for item, _ in encoded
    ]

    def task(db: Database) -> None:
        places = json.dumps([item.place for item, _ in encoded])
        found = db.execute(
            "SELECT place FROM experiment_items WHERE experiment = ? AND error = '' "
            "AND place IN (SELECT value FROM json_each(?))",
            [storable(experiment), places],
        )
        there = {row[0] for row in found}
        write_all(
            db,
            [run for item, run in encoded if run is not None and item.place not in there],
        )
        for (item, _), row in zip(encoded, rows, strict=True):
            if item.place not in there:
                db.execute("INSERT OR REPLACE INTO experiment_items VALUES (?, ?, ?, ?, ?, ?)", row)

    return task


def replace_evidence(
    store: HistoryStore, experiment: str, items: Sequence[StoredItem]
) -> Future[None]:
    """Write what became known of items after they were over (a judge's points, say)."""
    rows = [(storable(dumps(item.evidence)), storable(experiment), item.place) for item in items]

    def task(db: Database) -> None:
        db.conn.executemany(
            "UPDATE experiment_items SET evidence = ? WHERE experiment = ? AND place = ?", rows
        )

    return store.write(task)


def stored_items(store: HistoryStore, experiment: str) -> list[StoredItem]:
    """Every item of an evaluation that is over, by place.

    Raises:
        UserError: the history cannot be read.
    """

    def query(connection: sqlite3.Connection) -> list[StoredItem]:
        rows = connection.execute(
            "SELECT place, item, run_id, error, evidence FROM experiment_items "
            "WHERE experiment = ? ORDER BY place",
            [storable(experiment)],
        ).fetchall()
        return [
            StoredItem(place, restored(item), run_id, restored(error), loads(restored(evidence)))
            for place, item, run_id, error, evidence in rows
        ]

    return store.read(query)
