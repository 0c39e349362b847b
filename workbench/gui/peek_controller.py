"""Looks at the next token while one writes, and never when a run wants the engine. GUI thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from workbench.core.errors import StoppedError, UserError
from workbench.experiments.peek import Look, NextToken
from workbench.experiments.session import Prepared, Session
from workbench.gui.lane import Lane
from workbench.gui.messages import from_error
from workbench.gui.panels.next_token import ROWS, NextTokenPanel
from workbench.gui.prompt_controller import PromptController
from workbench.gui.run_controller import RunController
from workbench.gui.translate import tr

DEBOUNCE_MS = 40
_SLOW_MS = 400
"""A look that takes longer says that it is under way."""


class PeekController(QObject):
    """Keeps the panel in step with the prompt.

    A look waits until no run is under way. One that is under way when a run begins, or when the
    prompt changes, is cancelled; its answer is never shown.
    """

    def __init__(
        self,
        session: Session,
        prompts: PromptController,
        runs: RunController,
        panel: NextTokenPanel,
    ) -> None:
        super().__init__(panel)
        self._session, self._runs, self._panel = session, runs, panel
        self._lane = Lane("peek", self)
        self._wanted: Prepared | None = None
        self._shown: tuple[Path, tuple[int, ...]] | None = None
        self._look: Look | None = None
        self._timer = self._single_shot(DEBOUNCE_MS)
        self._timer.timeout.connect(self._begin)
        self._slow = self._single_shot(_SLOW_MS)
        self._slow.timeout.connect(lambda: panel.show_note(tr("reading the prompt…")))
        prompts.prepared.connect(self._prepared)
        prompts.failed.connect(self._failed_to_render)
        runs.phase_changed.connect(self._phase_changed)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is looked at and nothing waits to be."""
        return self._wanted is None

    @property
    def is_looking(self) -> bool:
        """Whether the engine was asked and has not answered."""
        return self._look is not None

    def close(self) -> None:
        """Stop looking and end the lane."""
        self._stop()
        self._wanted = None
        self._lane.close()

    def _prepared(self, prepared: Prepared) -> None:
        self._stop()
        if _key(prepared) == self._shown:
            self._wanted = None
            return
        self._wanted = prepared
        self._timer.start()

    def _failed_to_render(self, why: str) -> None:
        self._stop()
        self._wanted = self._shown = None
        self._panel.show_reason(why, wrong=True)

    def _phase_changed(self) -> None:
        if not self._runs.is_idle():
            self._stop()
        elif self._wanted is not None:
            self._timer.start()

    def _begin(self) -> None:
        prepared = self._wanted
        if prepared is None:
            return
        if prepared.loaded.engine.server is not None:
            # Nothing of a prompt is sent before somebody runs it.
            self._wanted = None
            self._panel.show_reason(tr("Not available from this server."), wrong=False)
            return
        if not self._runs.is_idle():
            self._panel.show_note(tr("after the run"))
            return
        try:
            look = self._look = self._session.peek(prepared, ROWS)
        except UserError as error:
            self._failed(error)
            return
        self._slow.start()
        self._lane.submit(look.wait, lambda found: self._found(prepared, found), self._failed)

    def _stop(self) -> None:
        self._timer.stop()
        self._slow.stop()
        self._lane.forget()
        if self._look is not None:
            self._look.cancel()
            self._look = None

    def _found(self, prepared: Prepared, found: NextToken) -> None:
        self._slow.stop()
        self._look = self._wanted = None
        self._shown = _key(prepared)
        control = prepared.loaded.vocab.special_texts.keys()
        self._panel.show_next(found, control, len(prepared.tokens))

    def _failed(self, error: Exception) -> None:
        self._slow.stop()
        self._look = None
        if isinstance(error, StoppedError):
            return
        self._wanted = self._shown = None
        message = from_error(error)
        self._panel.show_reason(f"{message.text} {message.hint}".strip(), wrong=True)

    def _single_shot(self, ms: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(ms)
        return timer


def _key(prepared: Prepared) -> tuple[Path, tuple[int, ...]]:
    return Path(prepared.loaded.model.path), tuple(token.id for token in prepared.tokens)
