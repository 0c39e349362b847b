"""Brings the events of a comparison to the GUI thread, one batch per frame."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from workbench.core.tokens import TokenTable
from workbench.experiments.compare import ColumnEnd
from workbench.experiments.session import Prepared
from workbench.gui.bridge import FRAME_MS


class _Grew(NamedTuple):
    column: int
    text: str
    n_tokens: int


class _Ended(NamedTuple):
    column: int
    end: ColumnEnd


class CompareBridge(QObject):
    """A `CompareSink` of the GUI thread; only the first sample of a column is passed on.

    Signals, on the GUI thread:
        grew(column, text, n_tokens): a reply grew.
        finished(column, ColumnEnd): nothing more comes for this column.
    """

    grew = Signal(int, str, int)
    finished = Signal(int, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._queue: deque[_Grew | _Ended] = deque()
        self._live = 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self.drain)

    def expect(self, n_columns: int) -> None:
        """That many columns are about to run. GUI thread."""
        self._live = n_columns
        self._timer.start()

    # The sink; any thread

    def column_started(self, column: int, prepared: Prepared) -> None:
        """The column's first tokens tell."""

    def column_prefill(self, column: int, done: int, total: int) -> None:
        """Not shown."""

    def column_tokens(
        self, column: int, sample: int, table: TokenTable, text: str, pieces: Mapping[int, bytes]
    ) -> None:
        """A reply grew."""
        if sample == 0:
            self._queue.append(_Grew(column, text, len(table)))

    def column_finished(self, column: int, end: ColumnEnd) -> None:
        """A column is over."""
        self._queue.append(_Ended(column, end))

    # GUI thread

    def drain(self) -> None:
        """Tell what arrived, the texts of each column joined."""
        texts: dict[int, list[_Grew]] = {}
        ended: list[_Ended] = []
        for _ in range(len(self._queue)):
            event = self._queue.popleft()
            if isinstance(event, _Grew):
                texts.setdefault(event.column, []).append(event)
            else:
                ended.append(event)
        for column, parts in texts.items():
            self.grew.emit(column, "".join(p.text for p in parts), sum(p.n_tokens for p in parts))
        for one in ended:
            self._live -= 1
            if self._live == 0:
                self._timer.stop()
            self.finished.emit(one.column, one.end)

    def close(self) -> None:
        """Tell nothing any more."""
        self._timer.stop()
        self._queue.clear()
