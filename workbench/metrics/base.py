"""What a metric is to the rest of the house, and the two shapes that all built-in ones have."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from workbench.core.metric import Evidence, MetricInfo, Score

Value = str | float | int | bool | None
Values = Mapping[str, Value]
"""Arguments of a metric: every one it has, checked, defaults filled in."""

Part = tuple[float | int | str, ...]
"""What one item adds to a metric over many: small, JSON-able, and all that `combine` needs."""


class NotScored(Exception):  # noqa: N818  # it is no error: it is an answer
    """Raised inside a metric: these things cannot be scored, and why, in one sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Metric(Protocol):
    """One metric. Call it through `scoring.score` and `scoring.aggregate`, which check both ends.

    `part` and `combine` are apart so that a bootstrap measures every item once and combines as
    often as it likes. All three may raise `NotScored`.
    """

    @property
    def info(self) -> MetricInfo:
        """Name, unit, bounds, needs and arguments."""
        ...

    def score(self, evidence: Evidence, values: Values) -> Score:
        """The metric of one item."""
        ...

    def part(self, evidence: Evidence, values: Values) -> Part:
        """What the item adds to the metric of many items."""
        ...

    def combine(self, parts: Sequence[Part], values: Values) -> Score:
        """The metric over many items, from their parts, of which there is at least one."""
        ...


Measure = Callable[[Evidence, Values], float | Score]


@dataclass(frozen=True, slots=True)
class ItemMetric:
    """A metric that over many items is the mean of the items' values."""

    info: MetricInfo
    measure: Measure

    def score(self, evidence: Evidence, values: Values) -> Score:
        """The metric of one item."""
        found = self.measure(evidence, values)
        return found if isinstance(found, Score) else Score(float(found))

    def part(self, evidence: Evidence, values: Values) -> Part:
        """Its value alone."""
        found = self.score(evidence, values)
        if found.value is None:
            raise NotScored(found.reason)
        return (found.value,)

    def combine(self, parts: Sequence[Part], values: Values) -> Score:
        """The mean."""
        return Score(math.fsum(float(value) for (value,) in parts) / len(parts))


@dataclass(frozen=True, slots=True)
class WholeMetric:
    """A metric that needs all items at once (corpus BLEU, macro F1, calibration error).

    Attributes:
        single: the metric of one item where that is not `whole` of one part (sentence BLEU).
    """

    info: MetricInfo
    take: Callable[[Evidence, Values], Part]
    whole: Callable[[Sequence[Part], Values], float | Score]
    single: Measure | None = None

    def score(self, evidence: Evidence, values: Values) -> Score:
        """The metric of one item."""
        if self.single is None:
            return self.combine([self.part(evidence, values)], values)
        found = self.single(evidence, values)
        return found if isinstance(found, Score) else Score(float(found))

    def part(self, evidence: Evidence, values: Values) -> Part:
        """What the item adds."""
        return self.take(evidence, values)

    def combine(self, parts: Sequence[Part], values: Values) -> Score:
        """The metric over all items."""
        found = self.whole(parts, values)
        return found if isinstance(found, Score) else Score(float(found))
