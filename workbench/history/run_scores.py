"""Scores of a run. Any thread."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.history.store import HistoryStore
from workbench.history.values import restored


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
