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
    sample: int
    text: str
    n_tokens: int


class _Phase(NamedTuple):
    column: int
    words: str


class _Ended(NamedTuple):
    column: int
    end: ColumnEnd


class CompareBridge(QObject):
    """A `CompareSink` of the GUI thread.

    Signals, on the GUI thread:
        grew(column, sample, text, n_tokens): a reply grew.
        phase(column, words): what a column does before its first token.
        finished(column, ColumnEnd): nothing more comes for this column.
    """

    phase = Signal(int, str)
    grew = Signal(int, int, str, int)
    finished = Signal(int, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._queue: deque[_Grew | _Phase | _Ended] = deque()
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
        """Its model is loaded."""
        self._queue.append(_Phase(column, "Reading the prompt…"))

    def column_prefill(self, column: int, done: int, total: int) -> None:
        """Long prompts take a while."""
        if done < total:
            words = f"Reading the prompt: {done:,} of {total:,} tokens"
            self._queue.append(_Phase(column, words))

    def column_tokens(
        self, column: int, sample: int, table: TokenTable, text: str, pieces: Mapping[int, bytes]
    ) -> None:
        """A reply grew."""
        self._queue.append(_Grew(column, sample, text, len(table)))

    def column_finished(self, column: int, end: ColumnEnd) -> None:
        """A column is over."""
        self._queue.append(_Ended(column, end))

    # GUI thread

    def drain(self) -> None:
        """Tell what arrived, the texts of each reply joined."""
        texts: dict[tuple[int, int], list[_Grew]] = {}
        phases: dict[int, str] = {}
        ended: list[_Ended] = []
        for _ in range(len(self._queue)):  # a snapshot: a fast producer cannot hold the loop
            event = self._queue.popleft()
            if isinstance(event, _Grew):
                texts.setdefault((event.column, event.sample), []).append(event)
            elif isinstance(event, _Phase):
                phases[event.column] = event.words
            else:
                ended.append(event)
        for column, words in phases.items():
            self.phase.emit(column, words)
        for (column, sample), parts in texts.items():
            joined = "".join(p.text for p in parts)
            self.grew.emit(column, sample, joined, sum(p.n_tokens for p in parts))
        for one in ended:
            self._live -= 1
            if self._live == 0:
                self._timer.stop()
            self.finished.emit(one.column, one.end)

    def close(self) -> None:
        """Tell nothing any more."""
        self._timer.stop()
        self._queue.clear()
