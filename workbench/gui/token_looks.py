"""Asks the engine again about tokens that are looked at, and keeps the answers. GUI thread."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.core.errors import StoppedError, UserError
from workbench.experiments.token_look import TokenLook
from workbench.gui.current import Current, Part, PlaceInRun, ShownRun, TokenPlace
from workbench.gui.lane import Lane
from workbench.gui.messages import from_error

if TYPE_CHECKING:
    from workbench.experiments.alternatives import Looked
    from workbench.experiments.session import Session

_KEPT = 200
_DEBOUNCE_MS = 40


class TokenLooks(QObject):
    """Answers for the places that were asked for last; the newest question counts.

    Nothing is asked while a run is under way: the engine is the run's.

    Attributes:
        pieces: bytes of every token in the answers.

    Signals:
        arrived(): the question that was asked last has an answer, or a reason why not.
    """

    arrived = Signal()

    def __init__(
        self, session: Session, current: Current, is_idle: Callable[[], bool], parent: QObject
    ) -> None:
        """`is_idle` says whether no run is under way; `phase_changed` is to be called then."""
        super().__init__(parent)
        self._session, self._current, self._is_idle = session, current, is_idle
        self._lane = Lane("look", self)
        self._found: OrderedDict[PlaceInRun, Looked] = OrderedDict()
        self._problems: dict[PlaceInRun, str] = {}
        self._wanted: PlaceInRun | None = None
        self._look: TokenLook | None = None
        self.pieces: Mapping[int, bytes] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DEBOUNCE_MS)
        self._timer.timeout.connect(self._begin)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being asked and nothing waits to be."""
        return self._wanted is None

    def get(self, at: PlaceInRun) -> Looked | None:
        """The answer for a place if it is there; otherwise it is asked, and `arrived` tells."""
        if at in self._found:
            self._found.move_to_end(at)
            return self._found[at]
        if at not in self._problems and at != self._wanted and at.run_id:
            self._stop()
            self._wanted = at
            self._timer.start()
        return None

    def problem(self, at: PlaceInRun) -> str:
        """Why there is no answer for a place; empty when there is one, or may yet be."""
        return self._problems.get(at, "")

    def forget_problems(self) -> None:
        """Something changed (another model is loaded): ask again when asked."""
        self._problems.clear()

    def close(self) -> None:
        """End the thread."""
        self._stop()
        self._lane.close()

    def phase_changed(self) -> None:
        """A run began or ended: what is asked stops, what waits is asked."""
        if not self._is_idle():
            if self._look is not None:
                self._look.cancel()
            self._timer.stop()
        elif self._wanted is not None:
            self._timer.start()

    def _begin(self) -> None:
        at = self._wanted
        run = self._current.known(at.run_id) if at is not None else None
        if at is None or not self._is_idle():
            return
        if run is None or at.place.index >= run.length(at.place.part, at.place.sample):
            self._wanted = None
            return
        try:
            look = self._look = _ask(self._session, run, at.place)
        except UserError as error:
            self._failed(at, error)
            return
        self._lane.submit(
            look.wait, lambda found: self._answered(at, look, found), lambda e: self._failed(at, e)
        )

    def _stop(self) -> None:
        self._timer.stop()
        self._lane.forget()
        if self._look is not None:
            self._look.cancel()
        self._look = self._wanted = None

    def _answered(self, at: PlaceInRun, look: TokenLook, found: Looked) -> None:
        self._look = self._wanted = None
        self.pieces = look.pieces
        self._found[at] = found
        if len(self._found) > _KEPT:
            self._found.popitem(last=False)
        self.arrived.emit()

    def _failed(self, at: PlaceInRun, error: Exception) -> None:
        self._look = None
        if isinstance(error, StoppedError):
            if self._is_idle() and self._wanted == at:
                self._wanted = None
            return
        self._wanted = None
        message = from_error(error)
        self._problems[at] = f"{message.text} {message.hint}".strip()
        self.arrived.emit()


def _ask(session: Session, run: ShownRun, place: TokenPlace) -> TokenLook:
    """The question about one place of a run.

    Raises:
        UserError: the model is not loaded now, or the engine was closed.
    """
    prompt = tuple(token.id for token in run.prompt_tokens)
    if place.part is Part.PROMPT:
        before, token = prompt[: place.index], prompt[place.index]
        return TokenLook(session, run.start, before, token=token)
    ids = run.samples[place.sample].ids
    said = tuple(ids[: place.index].tolist())
    token = int(ids[place.index])
    return TokenLook(session, run.start, prompt, said, token, place.sample)
