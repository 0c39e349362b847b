"""Previewed words that a person took: recorded as a fork, without asking the model again."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QObject, Signal

from workbench.core.run import RunStart
from workbench.core.tokens import TokenTable
from workbench.core.types import EngineSettings, Loaded
from workbench.experiments.branches import Reply, keep_words
from workbench.experiments.live_run import KeptTokens
from workbench.experiments.session import Session
from workbench.gui.branches.fork_controller import ForkController
from workbench.gui.panels.sampling import SamplingPanel
from workbench.gui.task_queue import TaskQueue


class TakenWords(QObject):
    """Words taken one after the other are one fork: a longer one takes the shorter one's place.

    Signals:
        kept(run_id): the fork is in the history.
    """

    kept = Signal(str)

    def __init__(
        self, session: Session, forks: ForkController, sampling: SamplingPanel, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._forks, self._sampling = session, forks, sampling
        self._writes = TaskQueue("words", self)
        self._last: tuple[str, Reply] | None = None

    def close(self) -> None:
        """Write what is to be written and end the thread."""
        self._writes.close()

    def take(self, reply: Reply, words: KeptTokens, control: Collection[int]) -> None:
        """Put `words` behind `reply` and record it; `kept` tells when it is done."""
        model = self._forks.model
        if model is None:
            return
        base, taken, old = self._series(reply, words)
        loaded, settings = model
        self._writes.submit(
            lambda: self._write(base, taken, loaded, settings, control, old),
            lambda start: self._written(start, base),
            self._forks.refuse,
        )

    def _series(self, reply: Reply, words: KeptTokens) -> tuple[Reply, KeptTokens, str]:
        """The reply the series began with, all its words, and the run that has fewer of them."""
        if self._last is None or self._last[0] != reply.start.run_id:
            return reply, words, ""
        run_id, base = self._last
        before = reply.tokens.slice(len(base.tokens))
        pieces = {**reply.pieces, **words.pieces}
        return base, KeptTokens(TokenTable.concat([before, words.table]), pieces), run_id

    def _write(
        self,
        reply: Reply,
        words: KeptTokens,
        loaded: Loaded,
        settings: EngineSettings,
        control: Collection[int],
        old: str,
    ) -> RunStart:
        sampling = self._sampling.sampling
        return keep_words(self._session, reply, words, loaded, settings, sampling, control, old)

    def _written(self, start: RunStart, base: Reply) -> None:
        self._last = (start.run_id, base)
        self.kept.emit(start.run_id)
