"""A calibration diagram: how sure the model was against how often it was right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.experiments.statistics.proportion import wilson

FEW_ITEMS = 300
"""HELM's own comment: below about so many items a calibration error says little."""


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """Items about which the model was about as sure.

    Attributes:
        start, end: confidences it spans. `confidence`: their mean; `right`: share that was right.
        low, high: 95 % interval of `right` (Wilson); None where credit is not all or nothing.
    """

    start: float
    end: float
    confidence: float
    right: float
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """The diagram.

    Attributes:
        error: expected calibration error: mean distance from the diagonal, by item; None when
            there are no items.
        left_out: items without a confidence.
        note: one sentence of caution, or "".
    """

    bins: tuple[CalibrationBin, ...]
    error: float | None
    n: int
    left_out: int
    note: str = ""


def calibration(
    points: Sequence[tuple[float, float] | None], *, bins: int = 10, equal_mass: bool = False
) -> Calibration:
    """Gather items by confidence; empty bins are left out.

    Args:
        points: confidence and correctness of each item, both 0 to 1; None for an item without.
        equal_mass: as many items in each bin (HELM) instead of bins of equal width. Equal
            confidences share a bin, so the order of the items never matters.

    Raises:
        ValueError: when a number is outside 0 to 1 or there are no bins.
    """
    if bins < 1:
        raise ValueError(f"{bins} bins")
    known = sorted(point for point in points if point is not None)
    if any(not 0.0 <= value <= 1.0 for point in known for value in point):
        raise ValueError("confidence and correctness lie between 0 and 1")
    groups: dict[int, list[tuple[float, float]]] = {}
    first: dict[float, int] = {}
    for rank, point in enumerate(known):
        if equal_mass:
            number = first.setdefault(point[0], rank) * bins // len(known)
        else:
            number = min(int(point[0] * bins), bins - 1)
        groups.setdefault(number, []).append(point)
    made = tuple(_bin(n, groups[n], bins, equal_mass=equal_mass) for n in sorted(groups))
    error = None
    if known:
        error = math.fsum(b.n * abs(b.right - b.confidence) for b in made) / len(known)
    note = ""
    if 0 < len(known) < FEW_ITEMS:
        note = f"With {len(known)} items the distance from the diagonal is mostly chance."
    return Calibration(made, error, len(known), len(points) - len(known), note)


def _bin(
    number: int, group: list[tuple[float, float]], bins: int, *, equal_mass: bool
) -> CalibrationBin:
    rights = [right for _, right in group]
    exact = all(right in (0.0, 1.0) for right in rights)
    low, high = wilson(round(sum(rights)), len(group)) if exact else (None, None)
    return CalibrationBin(
        start=group[0][0] if equal_mass else number / bins,
        end=group[-1][0] if equal_mass else (number + 1) / bins,
        confidence=math.fsum(sure for sure, _ in group) / len(group),
        right=math.fsum(rights) / len(group),
        low=low,
        high=high,
        n=len(group),
    )
