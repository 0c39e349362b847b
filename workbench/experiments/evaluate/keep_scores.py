"""Scores of an evaluation written beside the runs they belong to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from workbench.experiments.evaluate.summary import Summary

if TYPE_CHECKING:
    from workbench.history.store import HistoryStore


def keep_scores(store: HistoryStore, summary: Summary) -> None:
    """Write every item's scores; runs that are not in the history file are left out.

    Raises:
        UserError: the history cannot be written.
    """
    from workbench.history.run_scores import StoredScore, record_many_scores

    versions = {m.name: m for m in summary.metrics}
    found = []
    for subject in summary.subjects:
        for scored in subject.items:
            if scored.outcome is None or scored.outcome.run_id is None:
                continue
            scores = [
                StoredScore(
                    0,
                    versions[name].info.name,
                    versions[name].info.version,
                    json.dumps(dict(versions[name].arguments), sort_keys=True),
                    score.value,
                    score.reason,
                )
                for name, score in scored.scores.items()
            ]
            found.append((scored.outcome.run_id, scores))
    record_many_scores(store, found).result()
