"""Several subtasks (subjects, languages, suites) in one number."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.core.metric import Aggregate
from workbench.experiments.statistics.proportion import Z


@dataclass(frozen=True, slots=True)
class Subtask:
    """One part of a whole.

    Attributes:
        error: its standard error; None when it has none.
        low, high: its own 95 % interval, which counts for more than the error; None for none.
    """

    value: float
    n: int
    error: float | None = None
    low: float | None = None
    high: float | None = None


def pool(subtasks: Sequence[Subtask], *, by_size: bool) -> Aggregate:
    """The mean over subtasks with a 95 % interval.

    It is combined from the subtasks' own intervals where all have one (MOVER, Zou and Donner 2008:
    it keeps their lopsidedness, so a mean of shares stays within 0 to 1), else from their standard
    errors.

    Args:
        by_size: every item counts alike; otherwise every subtask does, however small (MMLU's
            macro average). The two are different numbers: say which one is shown.

    Returns:
        No value without subtasks or items; no interval when one subtask has neither.
    """
    parts = [part for part in subtasks if part.n > 0]
    items = sum(part.n for part in parts)
    if not parts:
        return Aggregate(None, None, None, 0, 0, reason="There are no subtasks with items.")
    shares = [part.n / items if by_size else 1 / len(parts) for part in parts]
    value = sum(share * part.value for share, part in zip(shares, parts, strict=True))
    below = _reach([(share, part, part.low) for share, part in zip(shares, parts, strict=True)])
    above = _reach([(share, part, part.high) for share, part in zip(shares, parts, strict=True)])
    if below is not None and above is not None:
        return Aggregate(value, value - below, value + above, items, 0, "combined")
    if any(part.error is None for part in parts):
        why = "No interval: a subtask has none."
        return Aggregate(value, None, None, items, 0, reason=why)
    squares = [(s * (p.error or 0.0)) ** 2 for s, p in zip(shares, parts, strict=True)]
    reach = Z * math.sqrt(math.fsum(squares))
    return Aggregate(value, value - reach, value + reach, items, 0, "normal")


def _reach(parts: Sequence[tuple[float, Subtask, float | None]]) -> float | None:
    """How far the mean may be off when each part is as far off as its own bound."""
    squares = []
    for share, part, bound in parts:
        if bound is None:
            return None
        squares.append((share * (part.value - bound)) ** 2)
    return math.sqrt(math.fsum(squares))
