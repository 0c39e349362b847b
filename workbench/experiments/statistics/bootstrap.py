"""The bootstrap: how a number moves when the items (or clusters) are drawn again.

Percentile intervals, 95 %, from a seed, so that a report made twice says the same. Memory is
bounded: draws are made in chunks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from workbench.core.cancel import CancelToken
from workbench.experiments.statistics.units import Floats, Ints, Units, cluster_ids

_CHUNK = 1 << 20  # draws held at once: 8 MiB of indices
_TAILS = (2.5, 97.5)
_ITEMS_DRAWN, _FEWEST = 3_000_000, 200
_LOST = 0.05
"""With more draws than this without a value the rest no longer stands for all of them."""


@dataclass(frozen=True, slots=True)
class Resampling:
    """How often to draw again, and from which seed."""

    resamples: int = 2000
    seed: int = 12345

    def __post_init__(self) -> None:
        if self.resamples < 1:
            raise ValueError(f"{self.resamples} resamples")


def resampled_means(units: Units, how: Resampling) -> Floats:
    """The weighted mean in each of the draws of `units.n` units with replacement.

    Draws in which no unit has a weight are left out, so there may be fewer than asked for.
    """
    generator = np.random.default_rng(how.seed)
    pairs = np.stack([units.totals, units.weights])
    different, counts = np.unique(pairs, axis=1, return_counts=True)
    if different.shape[1] * 4 <= units.n:
        # Few different values: how often each is drawn is multinomial, which is the same thing
        # and does not depend on the number of items.
        drawn = generator.multinomial(units.n, counts / units.n, size=how.resamples)
        sums = drawn @ different.T
        return _ratios(sums[:, 0], sums[:, 1])
    rows = max(1, _CHUNK // max(1, units.n))
    totals, weights = [], []
    for start in range(0, how.resamples, rows):
        size = (min(rows, how.resamples - start), units.n)
        picked = generator.integers(0, units.n, size=size)
        totals.append(units.totals[picked].sum(axis=1))
        weights.append(units.weights[picked].sum(axis=1))
    return _ratios(np.concatenate(totals), np.concatenate(weights))


def _ratios(totals: Floats, weights: Floats) -> Floats:
    there = weights > 0.0
    return np.asarray(totals[there] / weights[there], dtype=np.float64)


def percentile_interval(values: Floats) -> tuple[float, float] | None:
    """The middle 95 % of resampled values; None where all are the same or none is left."""
    if not len(values):
        return None
    low, high = np.percentile(values, _TAILS)
    return None if low == high else (float(low), float(high))


def mean_interval(units: Units, how: Resampling) -> tuple[float, float] | None:
    """95 % interval of the weighted mean; None under two units or when nothing varies."""
    if units.n < 2:
        return None
    return percentile_interval(resampled_means(units, how))


def statistic_interval(
    n: int,
    statistic: Callable[[Ints], float | None],
    *,
    clusters: Sequence[str] = (),
    how: Resampling | None = None,
    cancel: CancelToken | None = None,
) -> tuple[float, float] | None:
    """95 % interval of a number that is no mean (corpus BLEU, macro F1, ECE).

    Args:
        n: items there are.
        statistic: of the items with these indices (with repeats); None where it has no value.
        how: unless said otherwise 1,000 resamples, and fewer (not under 200) above 3,000 items,
            since `statistic` may be slow.

    Returns:
        None under two units, when nothing varies, or when too many draws had no value.

    Raises:
        Cancelled: when `cancel` was set.
    """
    how = how or Resampling(max(_FEWEST, min(1000, _ITEMS_DRAWN // max(1, n))))
    ids = cluster_ids(clusters, n)
    order = np.argsort(ids, kind="stable")
    starts = np.flatnonzero(np.diff(ids[order], prepend=-1))
    sizes = np.diff(starts, append=n)
    if len(starts) < 2:
        return None
    generator = np.random.default_rng(how.seed)
    values = []
    for _ in range(how.resamples):
        if cancel is not None:
            cancel.check()
        picked = generator.integers(0, len(starts), size=len(starts))
        value = statistic(order[_places(starts[picked], sizes[picked])])
        if value is not None and np.isfinite(value):
            values.append(value)
    if len(values) < (1 - _LOST) * how.resamples:
        return None
    return percentile_interval(np.asarray(values, dtype=np.float64))


def _places(starts: Ints, sizes: Ints) -> Ints:
    """`start`, `start + 1`, … so many as its size says, for one start after the other."""
    ends = np.cumsum(sizes)
    places: Ints = np.arange(ends[-1]) + np.repeat(starts - (ends - sizes), sizes)
    return places
