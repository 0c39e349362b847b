"""Several subtasks (subjects, languages, suites) in one number."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.core.metric import Aggregate
from workbench.experiments.statistics.proportion import Z


@dataclass(frozen=True, slots=True)
class Subtask:
    """One part of a whole. `error` is its standard error; None when it has none."""

    value: float
    n: int
    error: float | None = None


def pool(subtasks: Sequence[Subtask], *, by_size: bool) -> Aggregate:
    """The mean over subtasks with a 95 % interval from their standard errors.

    Args:
        by_size: every item counts alike; otherwise every subtask does, however small (MMLU's
            macro average). The two are different numbers: say which one is shown.

    Returns:
        No value without subtasks or items; no interval when one subtask has no standard error.
    """
    parts = [part for part in subtasks if part.n > 0]
    items = sum(part.n for part in parts)
    if not parts:
        return Aggregate(None, None, None, 0, 0, reason="There are no subtasks with items.")
    shares = [part.n / items if by_size else 1 / len(parts) for part in parts]
    value = sum(share * part.value for share, part in zip(shares, parts, strict=True))
    squares = 0.0
    for share, part in zip(shares, parts, strict=True):
        if part.error is None:
            why = "No interval: a subtask has no standard error."
            return Aggregate(value, None, None, items, 0, reason=why)
        squares += (share * part.error) ** 2
    reach = Z * math.sqrt(squares)
    return Aggregate(value, value - reach, value + reach, items, 0, "normal")
