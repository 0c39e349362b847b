"""The only way metrics are called: needs are checked before, numbers after, reasons kept."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.core.metric import Aggregate, Evidence, Score
from workbench.metrics.arguments import read_arguments
from workbench.metrics.base import Metric, NotScored, Part, Values
from workbench.metrics.needs import missing

_ROUNDING = 1e-9
"""How far a value may lie outside its bounds and still be called rounding."""


def score(metric: Metric, evidence: Evidence, given: Mapping[str, object] | None = None) -> Score:
    """The metric of one item; a value of None always comes with a reason.

    Raises:
        UserError: an argument is wrong.
    """
    values = read_arguments(metric.info, given)
    gap = missing(metric.info, evidence)
    if gap:
        return Score(None, gap)
    try:
        found = metric.score(evidence, values)
    except NotScored as why:
        return Score(None, why.reason)
    return _checked(metric, found)


@dataclass(frozen=True, slots=True)
class Parts:
    """What every item adds to a metric, measured once.

    Attributes:
        parts: one per item, in the items' order; None for items that were not scored.
        reasons: why each of those was not; empty for the others.
    """

    parts: tuple[Part | None, ...]
    reasons: tuple[str, ...]
    values: Values


def measure_parts(
    metric: Metric, evidences: Sequence[Evidence], given: Mapping[str, object] | None = None
) -> Parts:
    """Measure every item once; `combine_parts` then gives the value of any selection of them.

    Raises:
        UserError: an argument is wrong.
    """
    values = read_arguments(metric.info, given)
    parts: list[Part | None] = []
    reasons: list[str] = []
    for evidence in evidences:
        part, reason = None, missing(metric.info, evidence)
        if not reason:
            try:
                part = metric.part(evidence, values)
            except NotScored as why:
                reason = why.reason
        parts.append(part)
        reasons.append(reason)
    return Parts(tuple(parts), tuple(reasons), values)


def combine_parts(metric: Metric, parts: Sequence[Part], values: Values) -> Score:
    """The metric over the items with these parts; None with a reason when there is none."""
    if not parts:
        return Score(None, "No item was scored.")
    try:
        found = metric.combine(parts, values)
    except NotScored as why:
        return Score(None, why.reason)
    return _checked(metric, found)


def aggregate(
    metric: Metric, evidences: Sequence[Evidence], given: Mapping[str, object] | None = None
) -> Aggregate:
    """The metric over many items, without an interval; unscored items are counted apart.

    Raises:
        UserError: an argument is wrong.
    """
    measured = measure_parts(metric, evidences, given)
    parts = [part for part in measured.parts if part is not None]
    found = combine_parts(metric, parts, measured.values)
    unscored = len(evidences) - len(parts)
    reason = found.reason
    if not parts and unscored:
        common = Counter(measured.reasons).most_common(1)[0][0]
        reason = f"No item was scored: {common}"
    return Aggregate(found.value, None, None, len(parts), unscored, reason=reason)


def _checked(metric: Metric, found: Score) -> Score:
    """A value that is no number or outside its bounds is not passed on as a score."""
    value, info = found.value, metric.info
    if value is None:
        return found if found.reason else replace(found, reason="The metric gave no reason.")
    if not math.isfinite(value):
        return Score(None, f"The result is not a finite number ({value}).", found.detail)
    low = -math.inf if info.low is None else info.low
    high = math.inf if info.high is None else info.high
    span = _ROUNDING * max(1.0, abs(value))
    if not low - span <= value <= high + span:
        return Score(None, f"The result {value:g} is outside {low:g} to {high:g}.", found.detail)
    return replace(found, value=min(max(float(value), low), high) + 0.0)
