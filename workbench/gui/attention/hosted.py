"""The panels that stand in the Attention workspace beside its own. Each has a file of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtWidgets import QWidget

from workbench.gui.page import do_nothing, nothing_kept


class Place(Enum):
    """Where a panel stands."""

    BELOW = auto()
    """Under the text, over the whole width: the matrix."""
    FIRST = auto()
    """At the top of the right column: the heads."""
    LAST = auto()
    """At its end: the lens."""


@dataclass(frozen=True, slots=True, eq=False)
class Hosted:
    """One panel; it follows `Looked` by itself.

    Attributes:
        height: pixels at first, of a panel below the text.
        close, escape: as in `Page`.
    """

    place: Place
    widget: QWidget
    height: int = 460
    close: Callable[[], object] = do_nothing
    escape: Callable[[], bool] = nothing_kept
