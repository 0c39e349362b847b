"""One metric over many items, with its interval and an honest count of what was not scored."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from workbench.core.metric import Aggregate, MetricInfo, Score
from workbench.experiments.statistics.bootstrap import Resampling, mean_interval
from workbench.experiments.statistics.proportion import wilson
from workbench.experiments.statistics.units import Floats, Units, units_of

T = TypeVar("T")
FEW_CLUSTERS = 10
"""Under this many clusters an interval over them is rough, and says so."""


def aggregate(
    info: MetricInfo,
    scores: Sequence[Score | float | None],
    clusters: Sequence[str] = (),
    weights: Sequence[float] = (),
    how: Resampling | None = None,
) -> Aggregate:
    """The weighted mean of `scores` with a 95 % interval.

    Wilson's for shares of right answers (every score 0 or 1, no clusters, equal weights), a
    percentile bootstrap over items otherwise, over clusters where items share one. Items with no
    score, or one that is no finite number, are counted apart and never as 0.

    Args:
        info: for a `whole` metric the mean says nothing; use `aggregate_whole`.
        clusters, weights: in the order of the scores; empty for none.
        how: resamples and seed; the usual ones by default.

    Raises:
        ValueError: when counts differ, a weight is negative, or the metric is a whole one.
    """
    if info.whole:
        raise ValueError(f"{info.name} over many items is not the mean of the items")
    values = scored_values(scores)
    there = np.isfinite(values)
    kept, dropped = int(there.sum()), int(len(values) - there.sum())
    units = units_of(values[there], _kept(clusters, there), _kept(weights, there))
    if not kept or not units.weights.sum() > 0.0:
        return Aggregate(None, None, None, kept, dropped, reason=_why_none(scores, kept))
    exact = not units.clustered and len(set(units.weights.tolist())) == 1
    if exact and info.low == 0.0 and info.high == 1.0 and np.isin(values[there], (0, 1)).all():
        low, high = wilson(round(float(values[there].sum())), kept)
        return Aggregate(units.mean, low, high, kept, dropped, "wilson")
    interval = mean_interval(units, how or Resampling())
    kind = "cluster bootstrap" if units.clustered else "bootstrap"
    if interval is None:
        return Aggregate(units.mean, None, None, kept, dropped, reason=no_interval(units, kept))
    note = ""
    if units.clustered and units.n < FEW_CLUSTERS:
        note = f"The interval is rough: there are only {units.n} clusters."
    return Aggregate(units.mean, *interval, kept, dropped, kind, note)


def scored_values(scores: Sequence[Score | float | None]) -> Floats:
    """The values as an array (n,), NaN where an item was not scored."""
    plain = (score.value if isinstance(score, Score) else score for score in scores)
    return np.array([math.nan if value is None else value for value in plain], dtype=np.float64)


def no_interval(units: Units, items: int) -> str:
    """Why a mean over these units has no interval, in one sentence."""
    if units.n == 1:
        return (
            "One item has no interval."
            if items == 1
            else f"No interval: all {items} items belong to one cluster."
        )
    what = "cluster has the same mean" if units.clustered else "item has the same value"
    return f"No interval: every {what}, so nothing says how far it may move."


def _kept(values: Sequence[T], there: npt.NDArray[np.bool_]) -> list[T]:
    if len(values) not in (0, len(there)):
        raise ValueError(f"{len(values)} clusters or weights for {len(there)} items")
    return [value for value, keep in zip(values, there, strict=False) if keep]


def _why_none(scores: Sequence[Score | float | None], kept: int) -> str:
    if kept:
        return "No item has a weight above 0."
    reasons = [s.reason for s in scores if isinstance(s, Score) and s.value is None and s.reason]
    if not scores:
        return "There are no items."
    common = max(set(reasons), key=reasons.count) if reasons else ""
    return f"None of {len(scores)} items was scored. {common}".strip()
