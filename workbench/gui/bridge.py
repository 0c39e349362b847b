"""Brings a run's events from the engine's thread to the GUI thread, one batch per frame.

The engine calls the sink methods on its own thread; they only append to a queue. A timer of the
GUI thread empties it, so a model of 3,000 token/s costs one layout per frame and not per token.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from workbench.core.tokens import TokenTable
from workbench.experiments.live_run import RunOutcome

FRAME_MS = 16
TOKENS_PER_FRAME = 2000
"""A flood is spread over frames, so that no single frame takes long."""


class _Prefill(NamedTuple):
    run_id: str
    done: int
    total: int


class Tokens(NamedTuple):
    """New tokens of one sample: rows, the text to add, and the bytes of every token mentioned."""

    run_id: str
    sample: int
    table: TokenTable
    text: str
    pieces: Mapping[int, bytes]


class RunBridge(QObject):
    """A `RunSink` that lives in the GUI thread.

    Signals, all on the GUI thread and in the order in which the engine told:
        prefilled(run_id, done, total): prompt tokens that stand in the KV cache.
        grew(Tokens): a reply grew.
        finished(RunOutcome): nothing more comes for this run.
    """

    prefilled = Signal(str, int, int)
    grew = Signal(object)
    finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: deque[_Prefill | Tokens | RunOutcome] = deque()
        self._live = 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self.drain)

    def expect(self) -> None:
        """A run is about to start: look for events until it has finished. GUI thread."""
        self._live += 1
        self._timer.start()

    def unexpect(self) -> None:
        """The run that was expected could not start. GUI thread."""
        self._settle()

    # The sink; any thread

    def run_prefill(self, run_id: str, done: int, total: int) -> None:
        """Part of the prompt was read."""
        self._queue.append(_Prefill(run_id, done, total))

    def run_tokens(
        self,
        run_id: str,
        sample: int,
        table: TokenTable,
        text: str,
        pieces: Mapping[int, bytes],
    ) -> None:
        """A reply grew."""
        self._queue.append(Tokens(run_id, sample, table, text, pieces))

    def run_finished(self, outcome: RunOutcome) -> None:
        """The run ended."""
        self._queue.append(outcome)

    # GUI thread

    def drain(self) -> None:
        """Tell what arrived, at most TOKENS_PER_FRAME tokens of it; the rest waits a frame."""
        budget = TOKENS_PER_FRAME
        batch: list[Tokens] = []
        for _ in range(len(self._queue)):  # a snapshot: a fast producer cannot hold the loop
            event = self._queue[0]
            if isinstance(event, Tokens):
                if budget <= 0:
                    break
                budget -= len(event.table)
            self._queue.popleft()
            if batch and not _joins(batch[-1], event):
                self._tell(batch)
            if isinstance(event, Tokens):
                batch.append(event)
            elif isinstance(event, _Prefill):
                self.prefilled.emit(*event)
            else:
                self._settle()
                self.finished.emit(event)
        self._tell(batch)
        self._rest()

    def _tell(self, batch: list[Tokens]) -> None:
        if not batch:
            return
        first = batch[0]
        pieces: dict[int, bytes] = {}
        for part in batch:
            pieces.update(part.pieces)
        table = TokenTable.concat([part.table for part in batch])
        text = "".join(part.text for part in batch)
        batch.clear()
        self.grew.emit(Tokens(first.run_id, first.sample, table, text, pieces))

    def _settle(self) -> None:
        self._live = max(0, self._live - 1)
        self._rest()

    def _rest(self) -> None:
        if self._live == 0 and not self._queue:
            self._timer.stop()


def _joins(last: Tokens, event: _Prefill | Tokens | RunOutcome) -> bool:
    return isinstance(event, Tokens) and (event.run_id, event.sample) == (last.run_id, last.sample)
