"""Brings the events of a comparison to the GUI thread, one batch per frame."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from workbench.core.tokens import TokenTable
from workbench.experiments.compare import ColumnEnd
from workbench.experiments.session import Prepared
from workbench.gui.bridge import FRAME_MS
from workbench.gui.translate import tr

BUDGET_S = 0.008
"""Of a frame, for telling of replies that grew; the rest is for painting."""


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
        self._texts: dict[tuple[int, int], list[_Grew]] = {}
        self._ended: list[_Ended] = []
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
        self._queue.append(_Phase(column, tr("Reading the prompt…")))

    def column_prefill(self, column: int, done: int, total: int) -> None:
        """Long prompts take a while."""
        if done < total:
            words = tr("Reading the prompt: {done:,} of {total:,} tokens", done=done, total=total)
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
        """Tell what arrived, the texts of each reply joined.

        Laying out many long replies takes longer than a frame: what has no time in this one is
        told in the next, the longest waiting first.
        """
        began = time.perf_counter()
        for _ in range(len(self._queue)):  # a snapshot: a fast producer cannot hold the loop
            event = self._queue.popleft()
            if isinstance(event, _Grew):
                self._texts.setdefault((event.column, event.sample), []).append(event)
            elif isinstance(event, _Phase):
                self.phase.emit(event.column, event.words)
            else:
                self._ended.append(event)
        for column, sample in list(self._texts):
            parts = self._texts.pop((column, sample))
            joined = "".join(p.text for p in parts)
            self.grew.emit(column, sample, joined, sum(p.n_tokens for p in parts))
            if time.perf_counter() - began > BUDGET_S:
                break
        waiting = {column for column, _ in self._texts}
        ended, self._ended = self._ended, []
        for one in ended:
            if one.column in waiting:
                self._ended.append(one)
                continue
            self._live -= 1
            if self._live == 0:
                self._timer.stop()
            self.finished.emit(one.column, one.end)

    def close(self) -> None:
        """Tell nothing any more."""
        self._timer.stop()
        self._queue.clear()
        self._texts.clear()
        self._ended.clear()
