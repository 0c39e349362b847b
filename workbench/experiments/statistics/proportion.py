"""Intervals for a share of right answers, and for the mean of anything else."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist

import numpy as np

from workbench.experiments.statistics.units import units_of

CONFIDENCE = 0.95
Z = NormalDist().inv_cdf(0.5 + CONFIDENCE / 2)
"""1.959964: standard errors on each side of a 95 % interval."""


def wilson(right: int, n: int) -> tuple[float, float]:
    """95 % Wilson score interval of right / n; honest at 0 of n and n of n, unlike Wald's.

    Raises:
        ValueError: when n is 0 or `right` is not among 0..n.
    """
    _check(right, n)
    return wilson_of_share(right / n, n)


def wilson_of_share(share: float, n: float) -> tuple[float, float]:
    """95 % Wilson score interval of a share of `n` points, either of which may be no whole number.

    A share of parts of points (ties) varies less than one of whole points, so the interval is
    wide enough for it.

    Raises:
        ValueError: when n is not positive or `share` is not within 0..1.
    """
    if not (n > 0 and 0.0 <= share <= 1.0):
        raise ValueError(f"{share} of {n} is no share")
    square = Z * Z
    centre = (share + square / (2 * n)) / (1 + square / n)
    spread = Z / (1 + square / n) * math.sqrt(share * (1 - share) / n + square / (4 * n * n))
    low = 0.0 if share == 0.0 else max(0.0, centre - spread)
    high = 1.0 if share == 1.0 else min(1.0, centre + spread)
    return low, high


def exact_interval(right: int, n: int) -> tuple[float, float]:
    """95 % Clopper-Pearson interval of right / n: never too narrow, often too wide.

    Raises:
        ValueError: when n is 0 or `right` is not among 0..n.
    """
    from scipy.special import betaincinv

    _check(right, n)
    tail = (1 - CONFIDENCE) / 2
    low = 0.0 if right == 0 else float(betaincinv(right, n - right + 1, tail))
    high = 1.0 if right == n else float(betaincinv(right + 1, n - right, 1 - tail))
    return low, high


def _check(right: int, n: int) -> None:
    if n < 1 or not 0 <= right <= n:
        raise ValueError(f"{right} of {n} is no share")


def standard_error(values: Sequence[float]) -> float | None:
    """Standard error of the mean by the central limit theorem; None under two values."""
    if len(values) < 2:
        return None
    return float(np.std(np.asarray(values, dtype=np.float64), ddof=1)) / math.sqrt(len(values))


def clustered_error(
    values: Sequence[float], clusters: Sequence[str], *, few_clusters: bool = True
) -> float | None:
    """Standard error of the mean when items of a cluster go right or wrong together.

    Args:
        few_clusters: multiply the variance by C / (C - 1) for C clusters (inspect does; the
            paper by Miller, "Adding error bars to evals", does not).

    Returns:
        None with one cluster or none: nothing then says how clusters differ.
    """
    data = np.asarray(values, dtype=np.float64)
    if not len(data):
        return None
    units = units_of(data - data.mean(), clusters)
    if units.n < 2:
        return None
    factor = units.n / (units.n - 1) if few_clusters else 1.0
    return math.sqrt(factor * float(np.square(units.totals).sum())) / len(data)


def t_quantile(degrees: int) -> float:
    """How many standard errors a 95 % interval of a mean reaches with so many degrees of freedom.

    Raises:
        ValueError: under one degree.
    """
    from scipy.special import stdtrit

    if degrees < 1:
        raise ValueError(f"{degrees} degrees of freedom")
    return float(stdtrit(degrees, 0.5 + CONFIDENCE / 2))


def t_interval(values: Sequence[float], clusters: Sequence[str] = ()) -> tuple[float, float] | None:
    """95 % interval of the mean by Student's t, over clusters where there are some.

    Returns:
        None where there is no standard error (one value, one cluster).
    """
    error = clustered_error(values, clusters) if clusters else standard_error(values)
    if error is None:
        return None
    data = np.asarray(values, dtype=np.float64)
    units = units_of(data, clusters).n
    mean, reach = float(data.mean()), t_quantile(units - 1) * error
    return mean - reach, mean + reach
