"""Brings the events of an evaluation to the GUI thread, a few times a second."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.experiments.evaluate.outcome import ItemOutcome
from workbench.experiments.evaluate.runner import EvalProgress
from workbench.gui.translate import tr

TELL_MS = 120


class EvalBridge(QObject):
    """An `EvalSink` of the GUI thread.

    Signals, on the GUI thread:
        moved(EvalProgress): the newest of what arrived.
        graded(text): how far judges and guards are.

    Attributes:
        outcomes: everything that is over, in the order it ended. Read on the GUI thread.
    """

    moved = Signal(object)
    graded = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.outcomes: list[ItemOutcome] = []
        self._graded = ""
        self._queue: deque[tuple[ItemOutcome, EvalProgress]] = deque()
        self._timer = QTimer(self)
        self._timer.setInterval(TELL_MS)
        self._timer.timeout.connect(self.drain)

    def begin(self) -> None:
        """Another evaluation begins. GUI thread."""
        self._queue.clear()
        self.outcomes = []
        self._timer.start()

    def item_finished(self, outcome: ItemOutcome, progress: EvalProgress) -> None:
        """An item is over. Any thread."""
        self._queue.append((outcome, progress))

    def grading(self, done: int, total: int) -> None:
        """So many replies are graded. Any thread."""
        self._graded = tr("graded {done:,} of {total:,}", done=done, total=total)

    def drain(self) -> None:
        """Tell what arrived. GUI thread."""
        text, self._graded = self._graded, ""
        if text:
            self.graded.emit(text)
        newest: EvalProgress | None = None
        for _ in range(len(self._queue)):
            outcome, newest = self._queue.popleft()
            self.outcomes.append(outcome)
        if newest is not None:
            self.moved.emit(newest)

    def end(self) -> None:
        """Nothing more comes; tell what is left. GUI thread."""
        self._timer.stop()
        self.drain()

    def close(self) -> None:
        """Tell nothing any more."""
        self._timer.stop()
        self._queue.clear()
