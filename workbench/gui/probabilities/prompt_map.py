"""Has the prompt on show scored: at once when it is short, on demand when it is long.
GUI thread.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.core.errors import StoppedError, UserError
from workbench.core.types import EngineSettings
from workbench.experiments.alternatives import MOST
from workbench.experiments.session import Session
from workbench.experiments.surprise import TOP, PromptScore, ScoredPrompt
from workbench.experiments.token_look import engine_of
from workbench.gui.current import ShownRun
from workbench.gui.lane import Lane
from workbench.gui.messages import from_error
from workbench.gui.probabilities.space import ProbabilitiesSpace
from workbench.gui.run_controller import RunController
from workbench.gui.translate import tr

AUTOMATIC_TOKENS = 1024
"""Prompts up to this length are scored without being asked for."""
_KEPT = 16
_SLOW_MS = 600
_TELL_MS = 120


class _Key(NamedTuple):
    path: str
    settings: EngineSettings
    ids: tuple[int, ...]
    top: int


class PromptMap(QObject):
    """Scores prompts, keeps what was scored, and shows how far it is.

    A score that is under way when a run begins gives way to it and begins again afterwards.

    Signals:
        changed(): `scored` is another now, or there is a reason why there is none.
    """

    changed = Signal()

    def __init__(
        self,
        session: Session,
        runs: RunController,
        space: ProbabilitiesSpace,
        limit: Callable[[], int],
    ) -> None:
        """`limit`: how many alternatives are listed; more than `TOP` are scored for when wanted."""
        super().__init__(space)
        self._limit = limit
        self._session, self._runs, self._space = session, runs, space
        self._lane = Lane("score", self)
        self._known: OrderedDict[_Key, ScoredPrompt] = OrderedDict()
        self._run: ShownRun | None = None
        self._score: PromptScore | None = None
        self._wanted = False
        self._begun = 0.0
        self._progress = (0, 0)
        self.problem = ""
        self._slow = QTimer(self)
        self._slow.setInterval(_TELL_MS)
        self._slow.timeout.connect(self._tell)
        space.score_button.clicked.connect(self.press)
        runs.phase_changed.connect(self._phase_changed)

    @property
    def scored(self) -> ScoredPrompt | None:
        """What is known of the prompt on show, with as many alternatives as there are."""
        if self._run is None:
            return None
        found = [self._known.get(_key(self._run, top)) for top in (MOST, TOP)]
        return found[0] or found[1]

    def want_more(self) -> None:
        """Another number of alternatives is listed: score again if it is larger than what is known.

        Until then the smaller number stays on show.
        """
        run = self._run
        known = run is not None and self.scored is not None
        if run is not None and known and self._score is None and not self._is_enough(run):
            self._wanted = True
            self._begin()

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being scored and nothing waits to be."""
        return not self._wanted

    def show(self, run: ShownRun | None) -> None:
        """Another run is on show: show what is known of its prompt, or find it out."""
        self._stop()
        self._run = run
        self.problem = ""
        self._space.prompt.messages.dismiss("score")
        if run is not None and run.prompt_tokens and not self._is_enough(run):
            self._wanted = len(run.prompt_tokens) <= AUTOMATIC_TOKENS
            self._begin()
        self._tell()
        self.changed.emit()

    def press(self) -> None:
        """The button: score, or stop."""
        if self._wanted:
            self._stop()
        elif self._run is not None and self.scored is None:
            self._wanted = True
            self._begin()
        self._tell()

    def close(self) -> None:
        """Stop and end the thread."""
        self._stop()
        self._lane.close()

    def _begin(self) -> None:
        run = self._run
        if run is None or not self._wanted or not self._runs.is_idle():
            return
        self.problem = ""
        self._space.prompt.messages.dismiss("score")
        self._progress = (0, len(run.prompt_tokens))
        self._begun = time.monotonic()
        top = self._top
        key = _key(run, top)
        try:
            client = engine_of(self._session, run.start)
            score = self._score = PromptScore(client, key.ids, top, self._note_progress)
        except UserError as error:
            self._failed(error)
            return
        self._slow.start()
        self._lane.submit(score.wait, lambda found: self._scored(key, found), self._failed)

    @property
    def _top(self) -> int:
        return TOP if self._limit() <= TOP else MOST

    def _is_enough(self, run: ShownRun) -> bool:
        tops = (MOST,) if self._top == MOST else (TOP, MOST)
        return any(_key(run, top) in self._known for top in tops)

    def _stop(self) -> None:
        self._slow.stop()
        self._wanted = False
        self._lane.forget()
        if self._score is not None:
            self._score.cancel()
            self._score = None

    def _phase_changed(self) -> None:
        if self._runs.is_idle():
            self._begin()
        elif self._score is not None:
            self._score.cancel()  # the run goes first; the answer says that it was stopped
        self._tell()

    def _scored(self, key: _Key, found: ScoredPrompt) -> None:
        self._slow.stop()
        self._score, self._wanted = None, False
        self._known[key] = found
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)
        self._tell()
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self._slow.stop()
        self._score = None
        if isinstance(error, StoppedError):
            if self._runs.is_idle():
                self._wanted = False
            self._tell()
            return
        self._wanted = False
        message = from_error(error)
        self.problem = f"{message.text} {message.hint}".strip()
        self._space.prompt.messages.show_message("score", message)
        self._tell()
        self.changed.emit()

    def _note_progress(self, done: int, total: int) -> None:
        """On the engine's reader thread: only remembered; the timer tells it."""
        self._progress = (done, total)

    def _tell(self) -> None:
        button, run = self._space.score_button, self._run
        waiting = self._wanted and self._score is None
        slow = self._score is not None and 1000 * (time.monotonic() - self._begun) > _SLOW_MS
        is_missing = run is not None and self.scored is None and bool(run.prompt_tokens)
        button.setVisible(is_missing and (not self._wanted or slow or waiting))
        button.setText(tr("Stop") if self._wanted else tr("Score the prompt"))
        note = ""
        if waiting:
            note = tr("scored after the run")
        elif slow:
            note = _how_far(*self._progress, time.monotonic() - self._begun)
        self._space.prompt.note.setText(note)


def _key(run: ShownRun, top: int) -> _Key:
    ids = tuple(token.id for token in run.prompt_tokens)
    return _Key(run.start.model.path, run.start.settings, ids, top)


def _how_far(done: int, total: int, seconds: float) -> str:
    said = tr("scoring {done:,} of {total:,} tokens", done=done, total=total)
    if 0 < done < total:
        said += tr(" · {seconds:,.0f} s left", seconds=seconds * (total - done) / done)
    return said
