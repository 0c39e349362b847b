"""Does the model know what it knows? Brier score and expected calibration error."""

from __future__ import annotations

import math
from collections.abc import Sequence

from workbench.core.metric import Argument, Direction, Evidence, MetricInfo, Need, Score
from workbench.metrics.base import ItemMetric, Metric, NotScored, Part, Values, WholeMetric
from workbench.metrics.choices import checked_logprobs, credit, gold_of, softmax

_NEEDS = frozenset({Need.CHOICES, Need.GOLD})
_BINS = Argument("bins", "integer", "How many bins.", 10, low=1, high=1000)


def metrics() -> list[Metric]:
    """The metrics of this family."""
    return [
        ItemMetric(
            MetricInfo(
                name="brier",
                label="Brier score (all classes)",
                unit="0 to 2",
                direction=Direction.LOWER,
                needs=_NEEDS,
                means="squared distance of the answers' probabilities from 1 for the right one "
                "and 0 for the others, summed over the answers.",
                means_not="the convention from 0 to 1 of texts about two classes: see brier_gold.",
                source="Brier 1950; lm-evaluation-harness",
                low=0,
                high=2,
            ),
            _brier,
        ),
        ItemMetric(
            MetricInfo(
                name="brier_gold",
                label="Brier score (right answer)",
                unit="0 to 1",
                direction=Direction.LOWER,
                needs=_NEEDS,
                means="(1 - p)² of the right answer's probability p among the answers.",
                means_not="the sum over all classes (brier), which for two classes is twice this.",
                source="two-class convention of the Brier score",
                low=0,
                high=1,
            ),
            _brier_gold,
        ),
        WholeMetric(
            _ece_info(
                "ece",
                "Calibration error (equal width)",
                "with bins of equal width",
                "the calibration of sure answers when few are sure: empty bins count nothing.",
                "Guo et al. 2017",
            ),
            _confidence,
            _ece_width,
        ),
        WholeMetric(
            _ece_info(
                "ece_equal_mass",
                "Calibration error (equal mass)",
                "with equally many items per bin",
                "comparable with the other one.",
                "HELM (10 bins)",
            ),
            _confidence,
            _ece_mass,
        ),
    ]


def _ece_info(name: str, label: str, how: str, means_not: str, source: str) -> MetricInfo:
    return MetricInfo(
        name=name,
        label=label,
        unit="0 to 1",
        direction=Direction.LOWER,
        needs=_NEEDS,
        means=f"mean distance between how sure the model is (probability of its choice among the "
        f"answers) and how often it is right, {how}.",
        means_not=f"{means_not} Under 300 items it is mostly noise, and never 0 by chance.",
        source=source,
        low=0,
        high=1,
        whole=True,
        arguments=(_BINS,),
    )


def _brier(evidence: Evidence, _: Values) -> float:
    (gold,) = gold_of(evidence, at_most=1)
    p = softmax(checked_logprobs(evidence.choices))
    return math.fsum((x - (i == gold)) ** 2 for i, x in enumerate(p))


def _brier_gold(evidence: Evidence, _: Values) -> float:
    (gold,) = gold_of(evidence, at_most=1)
    return (1 - softmax(checked_logprobs(evidence.choices))[gold]) ** 2


def _confidence(evidence: Evidence, _: Values) -> Part:
    gold = gold_of(evidence)
    if len(evidence.choices) == 1:
        raise NotScored("One answer alone is always certain.")
    logprobs = checked_logprobs(evidence.choices)
    return (max(softmax(logprobs)), credit(logprobs, gold))


def reliability(
    points: Sequence[tuple[float, float]], bins: int, equal_mass: bool = False
) -> list[tuple[float, float, int]]:
    """Mean confidence, share right and number of items of each bin that is not empty, in order.

    `points` are confidence and correctness, both 0 to 1. Equal confidences always share a bin,
    so the order of the items never matters.
    """
    groups: dict[int, list[tuple[float, float]]] = {}
    ordered = sorted(points)
    first: dict[float, int] = {}
    for rank, point in enumerate(ordered):
        confidence = point[0]
        if equal_mass:
            number = first.setdefault(confidence, rank) * bins // len(ordered)
        else:
            number = min(int(confidence * bins), bins - 1)
        groups.setdefault(number, []).append(point)
    return [
        (
            math.fsum(c for c, _ in group) / len(group),
            math.fsum(r for _, r in group) / len(group),
            len(group),
        )
        for _, group in sorted(groups.items())
    ]


def _ece(parts: Sequence[Part], values: Values, equal_mass: bool) -> Score:
    points = [(float(confidence), float(right)) for confidence, right in parts]
    found = reliability(points, int(str(values["bins"])), equal_mass)
    error = math.fsum(n * abs(right - sure) for sure, right, n in found) / len(points)
    return Score(error, detail={"items": len(points), "bins_used": len(found)})


def _ece_width(parts: Sequence[Part], values: Values) -> Score:
    return _ece(parts, values, equal_mass=False)


def _ece_mass(parts: Sequence[Part], values: Values) -> Score:
    return _ece(parts, values, equal_mass=True)
