"""A local model that votes while the window stays usable. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.errors import StoppedError, UserError
from workbench.core.types import ModelInfo
from workbench.core.votes import Vote
from workbench.experiments.arena import Arena, Shown, Source
from workbench.experiments.judge import Judge, Judged, judge_all, judge_prompt, judged_by_people
from workbench.experiments.models import list_models
from workbench.gui.arena.board import BoardPanel
from workbench.gui.lane import Lane
from workbench.gui.page import PageTools
from workbench.gui.translate import tr

MOST = 100
"""Pairings of one go."""

MODELS = 2
"""The window's own and the judge; the window may ask for its own while the judge works."""


class JudgeController(QObject):
    """Lets a model vote on what people judged first, and then on what is left.

    Signals:
        started(): it is about to load its model.
        changed(): it has voted.
        failed(error): it could not.
    """

    started = Signal()
    changed = Signal()
    failed = Signal(object)
    _told = Signal(int)

    def __init__(self, tools: PageTools, board: BoardPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._tools, self._board = tools, board
        self._lane, self._models = Lane("arena-judge", self), Lane("arena-models", self)
        self._cancel = CancelToken()
        self.is_running = False
        self._told.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)
        board.stop.clicked.connect(self.stop)

    def offer_models(self) -> None:
        """Fill the menu with the models there are."""
        profile = self._tools.session.profile
        self._models.submit(lambda: list_models(profile), self._offer, self.failed.emit)

    def start(self, model: ModelInfo) -> None:
        """Let this model judge."""
        if self.is_running:
            return
        self.is_running = True
        self.started.emit()
        self._cancel = cancel = CancelToken()
        self._board.judge.setEnabled(False)
        self._board.stop.show()
        self._board.judging.setText(
            tr(
                "{name} {quantization} is loading…",
                name=model.name,
                quantization=model.quantization,
            )
        )
        path = Path(model.path)
        self._lane.submit(lambda: self._judge(path, cancel), self._done, self._not_done)

    def stop(self) -> None:
        """Stop it; what it decided is kept."""
        self._cancel.cancel()

    def close(self) -> None:
        """Stop it and end the threads."""
        self.stop()
        self._lane.close()
        self._models.close()

    def _offer(self, models: list[ModelInfo]) -> None:
        menu = self._board.judge_menu
        menu.clear()
        for model in models:
            menu.addAction(f"{model.name} {model.quantization}", partial(self.start, model))
        self._board.judge.setEnabled(bool(models) and not self.is_running)

    def _judge(self, path: Path, cancel: CancelToken) -> Judged:
        """On the lane's thread."""
        session = self._tools.session
        session.room_for_another(MODELS)
        judge = Judge(session, path, judge_prompt(session.library))
        arena = Arena(session.store, session.new_run_id, judge.voter, Source())
        first = judged_by_people(arena)
        arena.source = Source()
        arena.reload()

        def told(number: int, _shown: Shown, _votes: Sequence[Vote]) -> None:
            self._told.emit(number)

        return judge_all(judge, arena, MOST, cancel, first=first, told=told)

    def _show_progress(self, number: int) -> None:
        if self.is_running:
            self._board.judging.setText(tr("{number:,} decided…", number=number))
            self.changed.emit()

    def _done(self, done: Judged) -> None:
        said = tr(
            "{pairings:,} decided, {consistent:,} the same in both orders",
            pairings=done.pairings,
            consistent=done.consistent,
        )
        if done.stopped:
            said = tr("stopped; {said}", said=said)
        if not done.pairings and not done.stopped:
            said = tr("nothing that it may judge and has not judged")
        self._end(said)
        if done.problems:
            self.failed.emit(UserError(tr("Not judged: {problems}", problems=done.problems[0])))
        self.changed.emit()

    def _not_done(self, error: Exception) -> None:
        self._end("")
        if not isinstance(error, StoppedError | Cancelled):
            self.failed.emit(error)
        self.changed.emit()

    def _end(self, said: str) -> None:
        self.is_running = False
        self._board.judging.setText(said)
        self._board.stop.hide()
        self._board.judge.setEnabled(True)
