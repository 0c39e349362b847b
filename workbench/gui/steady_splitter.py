"""A splitter that gets back its places when its window was small for a while. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget


class SteadySplitter(QSplitter):
    """Keeps the sizes that were set or dragged to, and returns to them as soon as there is room.

    A plain splitter takes room from some parts when it shrinks and gives it to others when it
    grows: what was squeezed once stays squeezed.
    """

    def __init__(self, orientation: Qt.Orientation) -> None:
        super().__init__(orientation)
        self._wanted: list[int] = []
        self.splitterMoved.connect(self._dragged)

    @property
    def wanted(self) -> list[int]:
        """The sizes it returns to, in pixels; those it has now when none were set."""
        return self._wanted if len(self._wanted) == self.count() else self.sizes()

    def setSizes(self, sizes: Sequence[int]) -> None:  # noqa: N802  # Qt's name
        """Set the sizes of the parts, in pixels, and keep them as those that are wanted."""
        super().setSizes(sizes)
        shown = self.sizes() if self.isVisible() else list(sizes)
        self._wanted = [
            now if self._is_there(place) else wish
            for place, (now, wish) in enumerate(zip(shown, sizes, strict=False))
        ]

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """More room, or less."""
        super().resizeEvent(event)
        wanted = self._wanted
        there = [n for n in range(self.count()) if self._is_there(n)]
        if len(wanted) != self.count() or not there:
            return
        room = sum(self.sizes()[n] for n in there)
        spare = room - sum(wanted[n] for n in there)
        sizes = list(wanted)
        growing = [n for n in there if self._stretch(n)]
        weight = sum(self._stretch(n) for n in growing)
        for n in growing:
            share = spare * self._stretch(n) // weight
            # What grows first gives first; then all share what is lacking still.
            sizes[n] = max(sizes[n] + share, min(sizes[n], self._least(n)))
        super().setSizes(sizes)

    def _part(self, place: int) -> QWidget:
        return cast("QWidget", self.widget(place))  # there is one at every place

    def _is_there(self, place: int) -> bool:
        return self._part(place).isVisibleTo(self)

    def _least(self, place: int) -> int:
        part = self._part(place)
        least = part.minimumSizeHint().expandedTo(part.minimumSize())
        return least.width() if self.orientation() is Qt.Orientation.Horizontal else least.height()

    def _stretch(self, place: int) -> int:
        policy = self._part(place).sizePolicy()
        is_across = self.orientation() is Qt.Orientation.Horizontal
        return policy.horizontalStretch() if is_across else policy.verticalStretch()

    def _dragged(self, _at: int, _handle: int) -> None:
        shown = self.sizes()
        if len(self._wanted) != len(shown):
            self._wanted = shown
            return
        self._wanted = [
            now if self._is_there(n) else self._wanted[n] for n, now in enumerate(shown)
        ]
