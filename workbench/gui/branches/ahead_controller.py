"""Looks ahead in front of the chosen token, and never while a run wants the engine. GUI thread."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.core.branching import LookaheadRequest
from workbench.core.errors import StoppedError, UserError
from workbench.core.text import elide
from workbench.experiments.ahead import Ahead, LookAhead
from workbench.experiments.session import Session
from workbench.gui.branches.ahead_panel import AheadPanel
from workbench.gui.branches.fork_controller import ForkController, token_words
from workbench.gui.current import Current, Part, ShownRun, TokenPlace
from workbench.gui.lane import Lane
from workbench.gui.messages import from_error
from workbench.gui.run_controller import RunController
from workbench.gui.translate import tr

_DEBOUNCE_MS = 120


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a tree is about; the same again is not asked twice."""

    run_id: str
    place: TokenPlace
    ids: tuple[int, ...]
    depth: int
    width: int


class AheadController(QObject):
    """Keeps the panel in step with the chosen token while its tab is in front.

    Signals:
        settled(): an answer is shown.
    """

    settled = Signal()

    def __init__(
        self,
        session: Session,
        current: Current,
        runs: RunController,
        forks: ForkController,
        panel: AheadPanel,
    ) -> None:
        super().__init__(panel)
        self._session, self._current, self._runs = session, current, runs
        self._forks, self._panel = forks, panel
        self._lane = Lane("ahead", self)
        self._look: LookAhead | None = None
        self._asked: _Asked | None = None
        self._found: Ahead | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DEBOUNCE_MS)
        self._timer.timeout.connect(self._begin)
        for signal in (
            current.run_changed,
            current.token_changed,
            current.grew,
            panel.changed,
            runs.phase_changed,
        ):
            signal.connect(self.refresh)
        forks.model_changed.connect(self._model_changed)
        panel.stop_wanted.connect(self._stopped)
        panel.view.chosen.connect(self.say)
        panel.say_wanted.connect(panel.view.choose_current)

    def close(self) -> None:
        """Stop looking and end the lane."""
        self._stop()
        self._lane.close()

    def refresh(self) -> None:
        """Look again if something else is wanted now."""
        if not self._panel.isVisible():
            self._stop()
            return
        if not self._runs.is_idle():
            self._stop()
            self._panel.note.setText(tr("after the run"))
            return
        if self._wanted() != self._asked:
            self._stop()
            self._timer.start()

    def _model_changed(self) -> None:
        if self._found is None:  # what was refused may be answered now
            self._stop()
            self._asked = None
        self.refresh()

    def say(self, node: int) -> None:
        """Fork the reply: it goes on behind the continuation that ends with `node`."""
        if self._found is not None and self._asked is not None:
            self._forks.put(self._asked.place, self._found.tree.path(node))

    def _wanted(self) -> _Asked | None:
        run, token = self._current.run, self._current.token
        if run is None or not run.samples:
            return None
        place = token
        if place is None or place.part is not Part.REPLY:
            sample = 0
            place = TokenPlace(Part.REPLY, sample, run.length(Part.REPLY, sample))
        ids = run.ids_before(place)
        panel = self._panel
        return _Asked(run.run_id, place, ids, panel.length.value(), panel.breadth.value())

    def _begin(self) -> None:
        wanted, model, run = self._wanted(), self._forks.model, self._current.run
        self._asked, self._found = wanted, None
        if wanted is None or run is None:
            self._panel.note.setText("")
            self._panel.show_reason()
            return
        self._panel.note.setText(_where(run, wanted.place))
        error = self._forks.can_fork(run)
        if error is not None or model is None:
            self._refused(error or UserError(tr("No model is loaded yet.")))
            return
        request = LookaheadRequest(wanted.ids, wanted.place.index, wanted.depth, wanted.width)
        try:
            look = self._look = LookAhead(self._session, *model, request, _no_progress)
        except UserError as problem:
            self._refused(problem)
            return
        self._panel.show_looking(True)
        self._lane.submit(look.wait, lambda found: self._answer(run, found), self._refused)

    def _answer(self, run: ShownRun, found: Ahead) -> None:
        self._look, self._found = None, found
        self._panel.show_looking(False)
        self._panel.view.show_ahead(found, run.control)
        self._panel.show_tree()
        self.settled.emit()

    def _refused(self, error: Exception) -> None:
        self._look = None
        self._panel.show_looking(False)
        if isinstance(error, StoppedError):
            return
        message = from_error(error)
        self._panel.show_reason(f"{message.text} {message.hint}".strip())
        self.settled.emit()

    def _stopped(self) -> None:
        self._stop()
        self._panel.show_reason(tr("Stopped. Choose a token, or another depth, to look again."))

    def _stop(self) -> None:
        self._timer.stop()
        self._panel.show_looking(False)
        if self._look is not None:
            self._lane.forget()
            self._look.cancel()
            self._look = self._asked = None


def _no_progress(_done: int, _total: int) -> None:
    """A level takes too little time to be told; one that lasts can be stopped."""


def _where(run: ShownRun, place: TokenPlace) -> str:
    if place.index < run.length(Part.REPLY, place.sample):
        return tr(
            "in place of {token_words}, token {index:,}",
            token_words=elide(token_words(run, place), 24),
            index=place.index + 1,
        )
    return tr("behind the reply")
