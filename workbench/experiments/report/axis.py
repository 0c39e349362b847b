"""Axes: round numbers along a line, and where a value falls on it."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Axis:
    """Values from `low` to `high` over pixels from `start` to `end` (which may run backwards).

    Attributes:
        log: whether the axis is logarithmic; `low` and `high` are still plain values.
    """

    low: float
    high: float
    start: float
    end: float
    label: str = ""
    log: bool = False

    def at(self, value: float) -> float:
        """The pixel of a value; values beyond the axis are drawn at its ends."""
        low, high, here = (
            (math.log10(self.low), math.log10(self.high), math.log10(max(value, 1e-300)))
            if self.log
            else (self.low, self.high, value)
        )
        share = 0.5 if high <= low else min(1.0, max(0.0, (here - low) / (high - low)))
        return self.start + share * (self.end - self.start)

    def ticks(self, most: int = 6) -> list[float]:
        """Round values within the axis, at most so many."""
        if self.log:
            first, last = math.ceil(math.log10(self.low)), math.floor(math.log10(self.high))
            powers = [10.0**power for power in range(first, last + 1)]
            if len(powers) >= 3:
                return powers[:: math.ceil(len(powers) / most)]
            steps = [k * 10.0**power for power in range(first - 1, last + 1) for k in (1, 2, 5)]
            return [value for value in steps if self.low < value < self.high]
        span = self.high - self.low
        if not span > 1e-6 * max(abs(self.low), abs(self.high)):
            return [self.low]  # too narrow for round numbers to differ
        step = 10.0 ** math.floor(math.log10(span / most))
        step *= next(k for k in (1, 2, 5, 10) if span / (step * k) <= most)
        first = math.ceil(self.low / step - 1e-9)
        last = math.floor(self.high / step + 1e-9)
        return [round(k * step, 12) for k in range(first, last + 1)]


def span_of(
    values: list[float], low: float | None, high: float | None, *, whole: bool = False
) -> tuple[float, float]:
    """What an axis shows: the metric's bounds where it has both, else the values with some room.

    Args:
        whole: begin at 0 where the values are above it (bars must; dots need not).
    """
    if low is not None and high is not None:
        return low, high
    if not values:
        return 0.0, 1.0
    least, most = min(values), max(values)
    room = 0.06 * (most - least) or 0.1 * abs(most) or 1.0
    start, end = least - room, most + room
    if whole:
        start, end = min(0.0, start if least < 0.0 else 0.0), max(0.0, end)
    if low is not None:
        start = max(start, low)
    if high is not None:
        end = min(end, high)
    return (start, end) if end > start else (start, start + 1.0)


def tick_text(value: float) -> str:
    """A tick as people write it: 0.25, 40, 1.5k, 7B."""
    size = abs(value)
    for limit, sign in ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e4, "k")):
        if size >= limit:
            unit = 1e3 if sign == "k" else limit
            return f"{value / unit:.3g}{sign}"
    return f"{value:.4g}".replace("-", "−")
