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
        row = db.execute("SELECT id FROM runs WHERE run_id = ?", [run_id]).fetchone()
        if row is None:
            raise unknown_run(run_id)
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
                    now,
                ],
            )

    return store.write(task)
