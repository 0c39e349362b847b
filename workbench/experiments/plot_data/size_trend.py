"""Size against score: does a larger model do better, or worse (inverse scaling)?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workbench.core.metric import Direction, Score
from workbench.experiments.statistics.aggregate import scored_values
from workbench.experiments.statistics.bootstrap import Resampling
from workbench.experiments.statistics.paired import Paired, paired


@dataclass(frozen=True, slots=True)
class SizeTrend:
    """A straight line of score over log10 of the number of parameters.

    Attributes:
        points: parameters and score of each model, smaller ones first.
        slope: change of the score for ten times the parameters, with its interval and p over the
            items (the models themselves are taken as they are); None with one size.
        at_one: the line's value at one parameter, for drawing; None with one size.
        verdict: one sentence.
    """

    points: tuple[tuple[float, float], ...]
    slope: Paired | None
    at_one: float | None
    n: int
    left_out: int
    verdict: str


def size_trend(
    sizes: Sequence[float],
    scores: Sequence[Sequence[Score | float | None]],
    direction: Direction,
    clusters: Sequence[str] = (),
    how: Resampling | None = None,
) -> SizeTrend:
    """Fit the line by least squares over the items that every model has a score for.

    The slope of a mean is the mean of the items' slopes, so its interval comes from resampling
    items.

    Args:
        sizes: parameters of each model. scores: for each model its items, in the same order.

    Raises:
        ValueError: when counts differ or a size is not above 0.
    """
    if len(sizes) != len(scores) or not sizes or len({len(one) for one in scores}) != 1:
        raise ValueError("each model needs a size and scores of the same items")
    if any(not (size > 0 and math.isfinite(size)) for size in sizes):
        raise ValueError("a size is not above 0")
    order = sorted(range(len(sizes)), key=lambda place: sizes[place])
    table = np.stack([scored_values(scores[place]) for place in order])
    there = np.isfinite(table).all(axis=0)
    n, left = int(there.sum()), int((~there).sum())
    if not n:
        return SizeTrend((), None, None, 0, left, "No item was scored for every model.")
    x = np.log10([sizes[place] for place in order])
    means = table[:, there].mean(axis=1)
    points = tuple(zip((10**x).tolist(), means.tolist(), strict=True))
    away = x - x.mean()
    spread = float(np.square(away).sum())
    if spread < 1e-12:
        return SizeTrend(points, None, None, n, left, "All models have the same size.")
    weights = away / spread
    slopes = np.where(there, weights @ np.where(np.isfinite(table), table, 0.0), np.nan)
    slope = paired([0.0] * len(slopes), slopes.tolist(), clusters, how=how)
    at_one = float(means.mean() - (slope.difference or 0.0) * x.mean())
    return SizeTrend(points, slope, at_one, n, left, _verdict(slope, direction, len(points)))


def _verdict(slope: Paired, direction: Direction, models: int) -> str:
    change = slope.difference or 0.0
    sure = slope.p is not None and slope.p < 0.05
    if not sure:
        return "No trend with size that these items can tell from noise."
    better = (change > 0) == (direction is Direction.HIGHER)
    if direction is Direction.NEITHER:
        word = "The value grows with size." if change > 0 else "The value falls with size."
    elif better:
        word = "Larger models do better here."
    else:
        word = "Larger models do worse here: inverse scaling."
    few = " Two sizes make no curve." if models == 2 else ""
    return f"{word}{few}"
