"""How small a difference an experiment can see, and how many items a difference needs."""

from __future__ import annotations

import math
from statistics import NormalDist

from workbench.experiments.statistics.paired import Paired
from workbench.experiments.statistics.proportion import Z

POWER = 0.8
_REACH = Z + NormalDist().inv_cdf(POWER)  # 2.8016 standard errors


def detectable_difference(result: Paired) -> float | None:
    """The difference that such items would show (p < 0.05) four times in five; None for n/a.

    Twice-and-a-bit (2.80) the standard error of the paired difference. It is None when items
    never differ, since nothing then says how they would.
    """
    return None if not result.error else _REACH * result.error


def items_needed(result: Paired, difference: float) -> int | None:
    """How many such items would show `difference` four times in five; None for n/a.

    Raises:
        ValueError: when the difference is 0, which no number of items shows.
    """
    if difference == 0.0:
        raise ValueError("a difference of 0 cannot be shown")
    reach = detectable_difference(result)
    return None if reach is None else math.ceil(result.n * (reach / difference) ** 2)


def items_for(variance: float, difference: float) -> int:
    """Items that show `difference` four times in five, for per-item differences of `variance`.

    Miller, "Adding error bars to evals" (2024), section on power: n = (z + z')² · ω² / δ².

    Raises:
        ValueError: when the difference is 0 or the variance is below 0.
    """
    if difference == 0.0 or variance < 0.0:
        raise ValueError("a power needs a difference that is not 0 and a variance of 0 or more")
    return math.ceil(_REACH**2 * variance / difference**2)
