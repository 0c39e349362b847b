"""Two models (or prompts) item by item: who did better where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.core.metric import Score
from workbench.experiments.statistics.aggregate import scored_values


@dataclass(frozen=True, slots=True)
class Dot:
    """Items with the same two scores. `items`: their places in the task, at most so many kept."""

    x: float
    y: float
    count: int
    items: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Scatter:
    """All items that both have a score for.

    Attributes:
        above, below: items where the second (y) is higher, and where the first (x) is.
        same: items with equal scores. `left_out`: items that lack one.
    """

    dots: tuple[Dot, ...]
    above: int
    below: int
    same: int
    left_out: int


def scatter(
    x: Sequence[Score | float | None],
    y: Sequence[Score | float | None],
    *,
    most_dots: int = 2000,
    items_per_dot: int = 50,
) -> Scatter:
    """Gather items with the same two scores; many different ones are gathered on a fine grid.

    Raises:
        ValueError: when the lists have different lengths.
    """
    one, two = scored_values(x), scored_values(y)
    if len(one) != len(two):
        raise ValueError(f"{len(one)} scores against {len(two)}")
    pairs = [
        (place, a, b)
        for place, (a, b) in enumerate(zip(one.tolist(), two.tolist(), strict=True))
        if abs(a) < float("inf") and abs(b) < float("inf")
    ]
    digits = 12
    groups = _gathered(pairs, digits)
    while len(groups) > most_dots and digits > 1:
        digits = 3 if digits == 12 else digits - 1
        groups = _gathered(pairs, digits)
    return Scatter(
        dots=tuple(
            Dot(a, b, len(places), tuple(places[:items_per_dot]))
            for (a, b), places in sorted(groups.items())
        ),
        above=sum(b > a for _, a, b in pairs),
        below=sum(b < a for _, a, b in pairs),
        same=sum(b == a for _, a, b in pairs),
        left_out=len(one) - len(pairs),
    )


def _gathered(
    pairs: Sequence[tuple[int, float, float]], digits: int
) -> dict[tuple[float, float], list[int]]:
    groups: dict[tuple[float, float], list[int]] = {}
    scale = max((abs(v) for _, a, b in pairs for v in (a, b)), default=1.0) or 1.0
    for place, a, b in pairs:
        key = (round(a / scale, digits) * scale, round(b / scale, digits) * scale)
        groups.setdefault(key, []).append(place)
    return groups
