"""What takes long at the moment, whoever does it: for the title and the taskbar. GUI thread."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QObject, Signal


class Doing(NamedTuple):
    """Something under way.

    Attributes:
        words: what it is, for reading.
        share: how much of it is done, 0 to 1; None when nobody knows.
    """

    words: str
    share: float | None


class Activity(QObject):
    """Everything that is under way in one window.

    Signals:
        changed(): `front` is another now.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._all: dict[str, Doing] = {}

    def show(self, name: str, words: str, share: float | None = None) -> None:
        """`name` is under way, this far."""
        before = self.front
        self._all[name] = Doing(words, None if share is None else min(max(share, 0.0), 1.0))
        if self.front != before:
            self.changed.emit()

    def end(self, name: str) -> None:
        """`name` is over, if it ever began."""
        before = self.front
        self._all.pop(name, None)
        if self.front != before:
            self.changed.emit()

    @property
    def front(self) -> Doing | None:
        """What is told of: what began last among those that know how far they are."""
        known = [doing for doing in self._all.values() if doing.share is not None]
        return next(reversed(known or list(self._all.values())), None)
