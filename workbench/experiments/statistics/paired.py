"""Two prompts or models on the same items: how far apart they are, and whether that is noise.

Comparing item by item removes what makes an item easy or hard for both, which is most of the
spread; two separate intervals that overlap say little.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workbench.core.metric import Score
from workbench.experiments.statistics.aggregate import no_interval, scored_values
from workbench.experiments.statistics.bootstrap import Resampling, mean_interval
from workbench.experiments.statistics.sign_flip import sign_flip_p
from workbench.experiments.statistics.units import Floats, Units, units_of


@dataclass(frozen=True, slots=True)
class Paired:
    """`b` against `a` over the items that both have a score for.

    Attributes:
        difference: mean of b's score minus a's; None when no item has both.
        low, high: 95 % interval of it; None where it means nothing (`reason` says why).
        error: standard error of the difference, over clusters where there are some; None for n/a.
        p: chance of a difference at least as large (either way) if the two were the same; None
            without items.
        n, left_out: items with both scores, and items that lack one.
        a_better, b_better: items with a higher score for that one, whatever the better way is.
        units: items or clusters that were drawn.
        interval, test: how they were made: "bootstrap" or "cluster bootstrap"; "McNemar exact" or
            "sign flip".
    """

    difference: float | None
    low: float | None
    high: float | None
    error: float | None
    p: float | None
    n: int
    left_out: int
    a_better: int = 0
    b_better: int = 0
    units: int = 0
    interval: str = ""
    test: str = ""
    reason: str = ""


def paired(
    a: Sequence[Score | float | None],
    b: Sequence[Score | float | None],
    clusters: Sequence[str] = (),
    weights: Sequence[float] = (),
    how: Resampling | None = None,
) -> Paired:
    """Compare two lists of scores of the same items, in the same order.

    Right-or-wrong scores without clusters and weights are tested with McNemar's exact test,
    anything else by flipping the sign of each unit's difference.

    Raises:
        ValueError: when the lists, clusters or weights have different lengths.
    """
    one, two = scored_values(a), scored_values(b)
    if len(one) != len(two):
        raise ValueError(f"{len(one)} scores against {len(two)}")
    there = np.isfinite(one) & np.isfinite(two)
    kept, left = int(there.sum()), int(len(one) - there.sum())
    differences = two[there] - one[there]
    places: list[int] = np.flatnonzero(there).tolist()
    if len(clusters) not in (0, len(one)) or len(weights) not in (0, len(one)):
        raise ValueError(f"clusters and weights must be as many as the {len(one)} items")
    units = units_of(
        differences,
        [clusters[place] for place in places] if clusters else (),
        [weights[place] for place in places] if len(weights) else (),
    )
    if not kept or not units.weights.sum() > 0.0:
        why = "No item has a score from both." if not kept else "No item has a weight above 0."
        return Paired(None, None, None, None, None, kept, left, reason=why)
    a_better, b_better = int((differences < 0).sum()), int((differences > 0).sum())
    how = how or Resampling()
    interval = mean_interval(units, how)
    plain = not units.clustered and len(set(units.weights.tolist())) == 1
    if plain and np.isin(one[there], (0, 1)).all() and np.isin(two[there], (0, 1)).all():
        p, test = mcnemar_exact(a_better, b_better), "McNemar exact"
    else:
        p, test = sign_flip_p(units.totals, how), "sign flip"
    return Paired(
        difference=units.mean,
        low=None if interval is None else interval[0],
        high=None if interval is None else interval[1],
        error=_error(units),
        p=p,
        n=kept,
        left_out=left,
        a_better=a_better,
        b_better=b_better,
        units=units.n,
        interval=_kind(units, interval),
        test=test,
        reason="" if interval is not None else no_interval(units, kept),
    )


def _kind(units: Units, interval: tuple[float, float] | None) -> str:
    if interval is None:
        return ""
    return "cluster bootstrap" if units.clustered else "bootstrap"


def _error(units: Units) -> float | None:
    """Of a ratio of sums over units: the clustered standard error, whatever the weights."""
    if units.n < 2:
        return None
    off: Floats = units.totals - units.mean * units.weights
    factor = units.n / (units.n - 1)
    return math.sqrt(factor * float(np.square(off).sum())) / float(units.weights.sum())


def mcnemar_exact(only_a: int, only_b: int) -> float:
    """Two-sided p of McNemar's exact test from the items that only one of two got right.

    1 when there is no such item. Exact at any count: whole numbers up to 2,000, logarithms beyond.
    """
    n, k = only_a + only_b, min(only_a, only_b)
    if n == 0 or only_a == only_b:
        return 1.0
    if n <= 2000:
        return min(1.0, 2 * sum(math.comb(n, i) for i in range(k + 1)) / (1 << n))
    i = np.arange(k + 1)
    steps = np.log(n - i[:-1]) - np.log(i[1:])
    logs = np.concatenate([[0.0], np.cumsum(steps)]) - n * math.log(2)
    top = float(logs.max())
    return min(1.0, 2 * math.exp(top) * float(np.exp(logs - top).sum()))


def unpaired_error(a: Sequence[float], b: Sequence[float]) -> float | None:
    """Standard error of the difference of two means of different items; None under two each.

    For the same items use `paired`: this one is then too wide.
    """
    if min(len(a), len(b)) < 2:
        return None
    return math.sqrt(float(np.var(a, ddof=1)) / len(a) + float(np.var(b, ddof=1)) / len(b))
