"""Experiments that make many runs (comparisons, sweeps): their plan, and which run stands where.

The plan is written before the first run and each run's place before it starts, so that a killed
program leaves enough to go on. Any thread.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from sqlite_utils import Database

from workbench.core.errors import UserError
from workbench.core.run import RunStatus
from workbench.history.store import HistoryStore
from workbench.history.values import dumps, loads, restored, storable


@dataclass(frozen=True, slots=True)
class StoredExperiment:
    """An experiment as it was planned.

    Attributes:
        name: what its runs call it; unique.
        kind: "comparison", "sweep".
        created_us: microseconds since the Unix epoch.
        plan: JSON values.
    """

    name: str
    kind: str
    created_us: int
    plan: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class PlacedRun:
    """A run of an experiment; a place that was tried twice has two."""

    place: int
    run_id: str
    status: RunStatus


def add_experiment(store: HistoryStore, experiment: StoredExperiment) -> Future[None]:
    """Write an experiment's plan."""

    def task(db: Database) -> None:
        db.execute(
            "INSERT INTO experiments (name, kind, created_us, plan) VALUES (?, ?, ?, ?)",
            [
                storable(experiment.name),
                experiment.kind,
                experiment.created_us,
                storable(dumps(experiment.plan)),
            ],
        )

    return store.write(task)


def place_runs(store: HistoryStore, name: str, placed: Sequence[tuple[int, str]]) -> Future[None]:
    """Note at which place of an experiment each run stands, all in one transaction."""

    def task(db: Database) -> None:
        for place, run_id in placed:
            db.execute(
                "INSERT INTO experiment_runs (experiment, place, run_id) VALUES (?, ?, ?)",
                [storable(name), place, run_id],
            )

    return store.write(task)


def place_run(store: HistoryStore, name: str, place: int, run_id: str) -> Future[None]:
    """Note that a run stands at a place of an experiment."""
    return place_runs(store, name, [(place, run_id)])


def get_experiment(store: HistoryStore, name: str) -> StoredExperiment:
    """An experiment by its name.

    Raises:
        UserError: there is none, or the history cannot be read.
    """
    found = [e for e in list_experiments(store) if e.name == name]
    if not found:
        raise UserError(f"There is no experiment {name} in this history.")
    return found[0]


def find_experiment(store: HistoryStore, kind: str, name: str) -> StoredExperiment:
    """An experiment of one kind by its name, with or without the kind in front; "last": the newest.

    Raises:
        UserError: there is none, or the history cannot be read.
    """
    if name != "last":
        return get_experiment(store, name if name.startswith(kind) else f"{kind} {name}")
    known = list_experiments(store, kind)
    if not known:
        raise UserError(f"There is no {kind} in this history yet.")
    return known[0]


def list_experiments(store: HistoryStore, kind: str | None = None) -> list[StoredExperiment]:
    """Every experiment, of one kind if it is given, newest first.

    Raises:
        UserError: the history cannot be read.
    """

    def query(connection: sqlite3.Connection) -> list[StoredExperiment]:
        rows = connection.execute(
            "SELECT name, kind, created_us, plan FROM experiments "
            "WHERE ? IS NULL OR kind = ? ORDER BY created_us DESC, name DESC",
            [kind, kind],
        ).fetchall()
        return [
            StoredExperiment(restored(name), kind_, created, loads(restored(plan)))
            for name, kind_, created, plan in rows
        ]

    return store.read(query)


def placed_runs(store: HistoryStore, name: str) -> list[PlacedRun]:
    """The runs of an experiment by place, the oldest of a place first; none of the trash.

    Raises:
        UserError: the history cannot be read.
    """

    def query(connection: sqlite3.Connection) -> list[PlacedRun]:
        rows = connection.execute(
            "SELECT e.place, e.run_id, r.status FROM experiment_runs AS e "
            "JOIN runs AS r ON r.run_id = e.run_id "
            "WHERE e.experiment = ? AND r.trashed_us IS NULL ORDER BY e.place, e.run_id",
            [storable(name)],
        ).fetchall()
        return [PlacedRun(place, run_id, RunStatus(status)) for place, run_id, status in rows]

    return store.read(query)
