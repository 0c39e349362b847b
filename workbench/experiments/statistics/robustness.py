"""Does a score hold when the same question is asked another way? HELM's robustness and more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from workbench.core.metric import Aggregate, Direction, MetricInfo, Score
from workbench.experiments.statistics.aggregate import aggregate, scored_values
from workbench.experiments.statistics.bootstrap import Resampling
from workbench.experiments.statistics.paired import Paired, paired

ORIGINAL = "original"
CONTROL = "control"
"""The same item without what its probe puts in: compared with it, but no version of it."""


@dataclass(frozen=True, slots=True)
class Robustness:
    """Scores of questions and of their perturbed versions.

    Attributes:
        before: over the original questions. `worst`: for each question the worst score among its
            versions, the original included (HELM's robustness and fairness); None for a metric
            that has no better way.
        drop: `worst` against `before`, question by question.
        kinds: for each way of perturbing, its questions against their originals.
        changed: share of questions with versions whose score is not the same in all of them;
            None when no question has versions.
        questions, with_versions: how many there are.
    """

    before: Aggregate
    worst: Aggregate | None
    drop: Paired | None
    kinds: Mapping[str, Paired]
    changed: float | None
    questions: int
    with_versions: int


def robustness(
    info: MetricInfo,
    ids: Sequence[str],
    variant_of: Sequence[str],
    variants: Sequence[str],
    scores: Sequence[Score | float | None],
    how: Resampling | None = None,
) -> Robustness:
    """Compare questions with their perturbed versions.

    Args:
        ids, variant_of, variants: of each item, as `Item` has them; "" in `variant_of` marks an
            original. Controls are compared with it, but count in no worst score.
        scores: in the order of the items. A version that was not scored is left out of its
            question's worst; a question whose original was not scored counts in neither.

    Raises:
        ValueError: when the lists have different lengths, or the metric is no mean over items.
    """
    values = scored_values(scores)
    if len({len(ids), len(variant_of), len(variants), len(values)}) != 1:
        raise ValueError("ids, variants and scores have different lengths")
    families: dict[str, dict[str, float]] = {}
    kinds: dict[str, list[tuple[str, float]]] = {}
    for item, base, kind, value in zip(ids, variant_of, variants, values.tolist(), strict=True):
        family = families.setdefault(base or item, {})
        if base:
            if kind != CONTROL:
                family[item] = value
            kinds.setdefault(kind or "variant", []).append((base, value))
        else:
            family[ORIGINAL] = value
    originals = {base: family.get(ORIGINAL, np.nan) for base, family in families.items()}
    asked = [base for base, value in originals.items() if np.isfinite(value)]
    before = [originals[base] for base in asked]
    worst = _worst(info.direction, [families[base] for base in asked])
    several = [
        known
        for base in asked
        if len(known := [v for v in families[base].values() if np.isfinite(v)]) > 1
    ]
    return Robustness(
        before=aggregate(info, before, how=how),
        worst=None if worst is None else aggregate(info, worst, how=how),
        drop=None if worst is None else paired(before, worst, how=how),
        kinds={
            kind: paired([originals.get(base) for base, _ in rows], [v for _, v in rows], how=how)
            for kind, rows in kinds.items()
        },
        changed=sum(len(set(known)) > 1 for known in several) / len(several) if several else None,
        questions=len(asked),
        with_versions=len(several),
    )


def _worst(direction: Direction, families: Sequence[Mapping[str, float]]) -> list[float] | None:
    if direction is Direction.NEITHER:
        return None
    pick = min if direction is Direction.HIGHER else max
    return [pick(v for v in family.values() if np.isfinite(v)) for family in families]
