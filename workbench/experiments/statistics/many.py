"""Many comparisons at once: among twenty, one has p < 0.05 by chance alone."""

from __future__ import annotations

from collections.abc import Sequence

ALPHA = 0.05


def holm(values: Sequence[float | None]) -> list[float | None]:
    """p-values corrected by Holm's step-down method, in the order they came; None stays None.

    Below 0.05 afterwards means: the chance of even one false alarm among all is under 5 %.
    """
    order = sorted((p, place) for place, p in enumerate(values) if p is not None)
    corrected: list[float | None] = [None] * len(values)
    highest = 0.0
    for step, (p, place) in enumerate(order):
        highest = max(highest, min(1.0, p * (len(order) - step)))
        corrected[place] = highest
    return corrected


def comparisons_note(values: Sequence[float | None]) -> str:
    """One sentence for people about so many comparisons at once; empty for one or none."""
    given = [p for p in values if p is not None]
    if len(given) < 2:
        return ""
    alone = sum(p < ALPHA for p in given)
    together = sum(p is not None and p < ALPHA for p in holm(values))
    chance = 1 - (1 - ALPHA) ** len(given)
    return (
        f"{len(given)} comparisons were made; if nothing differed, the chance that at least one "
        f"had p < 0.05 would be about {chance:.0%}. {alone} had, and {together} of them still "
        "after Holm's correction."
    )
