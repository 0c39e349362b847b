"""Scores of a run. Any thread."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from sqlite_utils import Database

from workbench.history.save import unknown_run
from workbench.history.store import HistoryStore
from workbench.history.values import restored, storable


@dataclass(frozen=True, slots=True)
class StoredScore:
    """What a metric said of one reply.

    Attributes:
        arguments: the metric's arguments, as JSON.
        value: None when it was not scored; then `reason` says why.
    """

    sample: int
    metric: str
    version: int
    arguments: str
    value: float | None
    reason: str


def scores_of(store: HistoryStore, run_id: str) -> tuple[StoredScore, ...]:
    """Every score of a run, by sample and metric; none for a run that is only in memory.

    Raises:
        UserError: the history cannot be read.
    """
    rows = store.read(
        lambda c: c.execute(
            "SELECT s.sample, s.metric, s.version, s.args_json, s.value, s.reason FROM scores AS s "
            "JOIN runs AS r ON r.id = s.run WHERE r.run_id = ? "
            "ORDER BY s.sample, s.metric, s.version, s.args_json",
            [run_id],
        ).fetchall()
    )
    return tuple(
        StoredScore(sample, restored(metric), version, restored(args), value, restored(reason))
        for sample, metric, version, args, value, reason in rows
    )


def record_scores(store: HistoryStore, run_id: str, scores: Sequence[StoredScore]) -> Future[None]:
    """Add scores to a run, all of them or none; the same metric, version and arguments replace.

    The future raises UserError when the run is not in the history file.
    """
    now = store.now_us()

    def task(db: Database) -> None:
        if not _add(db, run_id, scores, now):
            raise unknown_run(run_id)

    return store.write(task)


def record_many_scores(
    store: HistoryStore, found: Sequence[tuple[str, Sequence[StoredScore]]]
) -> Future[None]:
    """Add scores to many runs by their ids, as `record_scores` does; those of runs that are not
    in the history file are left out."""
    now = store.now_us()

    def task(db: Database) -> None:
        for run_id, scores in found:
            _add(db, run_id, scores, now)

    return store.write(task)


def _add(db: Database, run_id: str, scores: Sequence[StoredScore], now_us: int) -> bool:
    """Whether the run is there."""
    row = db.execute("SELECT id FROM runs WHERE run_id = ?", [run_id]).fetchone()
    if row is None:
        return False
    for score in scores:
        db.execute(
            "INSERT OR REPLACE INTO scores "
            "(run, sample, metric, version, args_json, value, reason, created_us) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                row[0],
                score.sample,
                storable(score.metric),
                score.version,
                storable(score.arguments),
                score.value,
                storable(score.reason),
                now_us,
            ],
        )
    return True
