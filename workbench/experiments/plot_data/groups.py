"""Scores by group (subject, language, kind of question), with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.core.metric import Aggregate, MetricInfo, Score
from workbench.experiments.statistics.aggregate import aggregate
from workbench.experiments.statistics.bootstrap import Resampling


@dataclass(frozen=True, slots=True)
class GroupScore:
    """One group. `name` is "" for items without one."""

    name: str
    score: Aggregate


def group_scores(
    info: MetricInfo,
    groups: Sequence[str],
    scores: Sequence[Score | float | None],
    clusters: Sequence[str] = (),
    how: Resampling | None = None,
) -> tuple[GroupScore, ...]:
    """The metric in each group, in the order in which groups first appear.

    Raises:
        ValueError: when counts differ, or the metric over many items is not their mean.
    """
    if len(groups) != len(scores) or len(clusters) not in (0, len(scores)):
        raise ValueError("groups, clusters and scores have different lengths")
    places: dict[str, list[int]] = {}
    for place, name in enumerate(groups):
        places.setdefault(name, []).append(place)
    return tuple(
        GroupScore(
            name,
            aggregate(
                info,
                [scores[place] for place in mine],
                [clusters[place] for place in mine] if clusters else (),
                how=how,
            ),
        )
        for name, mine in places.items()
    )
