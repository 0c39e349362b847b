"""Brings the cells of a sweep to the GUI thread, a few times a second."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.experiments.sweep import Cell, SweepProgress

_EVERY_MS = 120


class SweepBridge(QObject):
    """A `SweepSink` of the GUI thread.

    Signals, on the GUI thread:
        grew(cells, progress): cells (a list) are done; the last progress told.
        over(): the sweep has ended; everything was told.
    """

    grew = Signal(object, object)
    over = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._queue: deque[tuple[Cell, SweepProgress]] = deque()
        self._ended = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._drain)

    def expect(self) -> None:
        """A sweep is about to begin. GUI thread."""
        self._ended = False
        self._timer.start()

    def cell_finished(self, cell: Cell, progress: SweepProgress) -> None:
        """The sink; any thread."""
        self._queue.append((cell, progress))

    def ended(self) -> None:
        """The sweep is over; any thread."""
        self._ended = True

    def close(self) -> None:
        """Tell nothing any more."""
        self._timer.stop()
        self._queue.clear()

    def _drain(self) -> None:
        is_last = self._ended
        found = [self._queue.popleft() for _ in range(len(self._queue))]
        if found:
            self.grew.emit([cell for cell, _ in found], found[-1][1])
        if is_last:
            self._timer.stop()
            self.over.emit()
