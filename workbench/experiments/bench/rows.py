"""A measured row: pairs of timings taken in turn, so that a drifting machine cancels out."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BenchRow:
    """One figure.

    Attributes:
        value: in `unit`, the median over the runs.
        ratio: `value` against `against`, the median of the pairs' ratios; `low` and `high` are
            the smallest and the largest pair.
        target: what the ratio should reach, with its direction, such as ">= 0.95"; may be empty.
    """

    name: str
    value: float
    unit: str
    ratio: float
    against: str
    low: float
    high: float
    target: str = ""


def pairs(
    ours: Callable[[], float], theirs: Callable[[], float], runs: int
) -> tuple[list[float], list[float]]:
    """Both measurements `runs` times, in turn."""
    a, b = [], []
    for _ in range(runs):
        b.append(theirs())
        a.append(ours())
    return a, b


def row(
    name: str,
    ours: Sequence[float],
    theirs: Sequence[float],
    unit: str,
    against: str,
    target: str = "",
) -> BenchRow:
    """The row of paired measurements; ratios are ours / theirs."""
    ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
    return BenchRow(
        name,
        statistics.median(ours),
        unit,
        statistics.median(ratios),
        against,
        min(ratios),
        max(ratios),
        target,
    )


def meets(row_: BenchRow) -> bool | None:
    """Whether the ratio reaches its target; None when there is none."""
    if not row_.target:
        return None
    sign, number = row_.target.split()
    return row_.ratio >= float(number) if sign == ">=" else row_.ratio <= float(number)
