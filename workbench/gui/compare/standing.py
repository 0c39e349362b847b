"""The columns as they are held against each other. No Qt."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.gui.compare.columns import Shown
from workbench.gui.compare.differences import Standing


def standing_of(
    columns: Sequence[Shown], base: int, different_only: bool
) -> Standing | None:  # as it is asked
    """What is compared; None when no column has run."""
    ends = {
        n: c.end for n, c in enumerate(columns) if c.end is not None and c.end.outcome is not None
    }
    if not ends:
        return None
    texts, samples = [c.text for c in columns], [c.sample for c in columns]
    return Standing(ends, texts, samples, base, different_only)
