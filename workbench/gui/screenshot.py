"""`--screenshot FILE`: one real generation, a card over a telling token, a picture, the end."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from workbench.core.run import RunStatus
from workbench.experiments.live_run import RunOutcome
from workbench.experiments.session import Prepared
from workbench.gui.main_window import MainWindow
from workbench.gui.remembering import SIZE

_LIMIT_MS = 120_000
_SETTLE_MS = 250
_SEED = 41


class Screenshot(QObject):
    """Drives the window once.

    Attributes:
        problem: one sentence why there is no picture; empty when there is one.
    """

    def __init__(self, window: MainWindow, path: Path) -> None:
        super().__init__(window)
        self._window, self._path = window, path
        self.problem = "The window took too long to generate a reply."
        self._begun = False
        window.resize(SIZE)
        window.prompt_space.sampling.set_seed(_SEED)
        window.prompts.prepared.connect(self._generate)
        window.prompts.failed.connect(self._give_up)
        window.runs.finished.connect(self._finished)
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(self._end)
        self._limit.start(_LIMIT_MS)

    def _generate(self, _prepared: Prepared) -> None:
        if not self._begun:
            self._begun = True
            QTimer.singleShot(0, self, self._window.runs.generate)

    def _give_up(self, why: str) -> None:
        # The first attempt may come before the model is there; only a real obstacle ends it.
        if self._window.models.path is not None:
            self.problem = why
            self._end()

    def _finished(self, outcome: RunOutcome) -> None:
        if outcome.end.status is not RunStatus.DONE:
            self.problem = outcome.end.result.error or f"The run ended as {outcome.end.status}."
            self._end()
            return
        token = self._window.shown.telling_token()
        if token >= 0:
            self._window.prompt_space.reply.view.setFocus()
            self._window.prompt_space.reply.view.lock(token)
        QTimer.singleShot(_SETTLE_MS, self, self._take)

    def _take(self) -> None:
        if not self._window.peeks.is_settled:
            QTimer.singleShot(_SETTLE_MS, self, self._take)
            return
        picture = self._window.grab()
        saved = picture.save(str(self._path))
        self.problem = "" if saved else f"The picture could not be written to {self._path}."
        self._end()

    def _end(self) -> None:
        self._limit.stop()
        self._window.close()
        QCoreApplication.quit()
