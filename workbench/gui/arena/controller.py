"""Runs the arena: pairings one after another, votes, undo, and the leaderboard. GUI thread."""

from __future__ import annotations

import time
from enum import Enum, auto
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit

from workbench.core.cancel import CancelToken
from workbench.core.errors import StoppedError, UserError
from workbench.core.votes import Verdict
from workbench.experiments.arena import Arena, Cast, Shown, Source, person
from workbench.experiments.leaderboard import Leaderboard, Wish, leaderboard
from workbench.experiments.ranking import RankOptions
from workbench.gui.arena.board_export import BoardExports
from workbench.gui.arena.fresh import Columns, FreshReplies
from workbench.gui.arena.judge_controller import JudgeController
from workbench.gui.arena.keys import Step, Wanted
from workbench.gui.arena.pair_export import PairExports
from workbench.gui.arena.reply_pane import BETTER
from workbench.gui.arena.space import FRESH, ArenaSpace
from workbench.gui.lane import Lane
from workbench.gui.messages import MessageBar, from_error
from workbench.gui.page import PageTools
from workbench.gui.task_queue import TaskQueue
from workbench.gui.translate import mark, tr, tr_n
from workbench.history.curate import clean_tag

KEY = "arena"
_ASK = mark("Which reply is better? Who wrote them is shown after the vote.")
_SEEN = mark("You have seen who wrote them; the vote will be marked as not blind.")
_VOTE_FIRST = mark(
    "Vote first: 1 or ← for A, 2 or → for B, 3 for a tie, 4 if both are bad; S skips."
)
_NO_PAIRS = mark(
    "Two replies to the same prompt with the same variables will stand here, without names. There"
    " are none in the history that differ in what you chose and that you have not judged."
)
_ALL_JUDGED = mark("You have judged every pairing.")
_MAKE, _AGAIN = mark("Make new replies"), mark("Ask again in the other order")


class Phase(Enum):
    """What the arena is doing."""

    IDLE = auto()
    """Nothing is shown."""
    BUSY = auto()
    """A pairing is being fetched or made, or a vote is being written."""
    VOTING = auto()
    VOTED = auto()


class ArenaController(QObject):
    """Owns the pairing that is shown.

    Attributes:
        session, space: its room, for reading by anybody.
        phase: what can be done now.
        seed: of the order of pairings; None where nobody may foretell it.
    """

    def __init__(
        self,
        tools: PageTools,
        space: ArenaSpace,
        messages: MessageBar,
        columns: Columns,
    ) -> None:
        """`columns`: who answers when new replies are wanted."""
        super().__init__(space.body)
        self._tools, self.space, self._messages = tools, space, messages
        self.session = tools.session
        self.phase = Phase.IDLE
        self._arena: Arena | None = None
        self._shown: Shown | None = None
        self._revealed = False
        self._swapped = False
        self._began = 0.0
        self._casts: list[Cast] = []
        self._queue = TaskQueue("arena", self)
        self._boards = Lane("arena-board", self)
        self._board_cancel = CancelToken()
        self.seed: int | None = None
        self.judge = JudgeController(tools, space.board, self)
        self.fresh = FreshReplies(tools, columns, lambda: self.judge.is_running, self)
        self.judge.started.connect(self.fresh.stop)
        self.exports = BoardExports(tools.window, space.board, messages)
        self.pairs = PairExports(tools, space.board, messages)
        self._connect()
        space.voting.allow(verdicts=False, undo=False)

    @property
    def is_busy(self) -> bool:
        """Whether new replies are being made or a judge is at work."""
        return self.fresh.is_making or self.judge.is_running

    def shown(self) -> None:
        """The sheet came to the front."""
        self.refresh_board()
        self.judge.offer_models()
        if self.phase in (Phase.IDLE, Phase.VOTED):
            self._reload(show=self.phase is Phase.IDLE)

    def press(self) -> None:
        """The primary button: the next pairing."""
        if self.phase is Phase.VOTING:
            self.space.voting.said.setText(tr(_VOTE_FIRST))
        elif self.phase is not Phase.BUSY:
            self._next()

    def escape(self) -> bool:
        """Stop what is being made and the judge; whether there was anything."""
        was_busy = self.is_busy
        self.fresh.stop()
        self.judge.stop()
        return was_busy

    def refresh_board(self) -> None:
        """Rank anew."""
        session, board = self.session, self.space.board
        wish = Wish(
            str(board.voter.currentData()),
            str(board.tag.currentData()),
            RankOptions(by=board.chosen_by),
        )
        self._board_cancel.cancel()
        self._board_cancel = cancel = CancelToken()
        self._boards.submit(
            lambda: leaderboard(session.store, wish, cancel), self._show_board, self._board_failed
        )

    def close(self) -> None:
        """End every thread; a vote that was given is written."""
        self._board_cancel.cancel()
        self.fresh.close()
        self.judge.close()
        self.pairs.close()
        self._queue.close()
        self._boards.close()

    def _connect(self) -> None:
        space = self.space
        space.button.clicked.connect(self.press)
        space.voting.wanted.connect(self._do)
        space.voting.fill.connect(self._fill)
        space.source.activated.connect(lambda _i: self._begin_anew())
        space.differ.activated.connect(lambda _i: self._begin_anew())
        space.board.wanted.connect(self.refresh_board)
        self.judge.changed.connect(self.refresh_board)
        self.judge.failed.connect(self._failed)
        self.fresh.ready.connect(self._fresh_ready)
        self.fresh.failed.connect(self._not_made)

    def _do(self, wanted: Wanted) -> None:
        if isinstance(wanted, Verdict):
            self._vote(wanted)
        elif wanted is Step.NEXT:
            self.press()
        elif wanted is Step.UNDO:
            self._undo()
        elif wanted is Step.SKIP:
            self._skip()
        else:
            self.space.voting.turn_page(1 if wanted is Step.DOWN else -1)

    def _fill(self) -> None:
        """What the empty state offers."""
        if self.space.voting.fill_button.text() == _AGAIN:
            self._swapped = True
            self._next()
            return
        self.space.source.setCurrentIndex(self.space.source.findData(FRESH))
        self._begin_anew()

    def _begin_anew(self) -> None:
        """Another source of pairings; what is shown and not judged is put back."""
        self._swapped = False
        self.space.differ.setEnabled(not self.space.is_fresh)
        self.fresh.stop()
        self._reload(show=True)

    def _reload(self, *, show: bool) -> None:
        """Read the history anew; then show a pairing, or only count."""
        session = self.session
        prompt = self._tools.prompts.prompt
        named = prompt.name if prompt is not None and self.space.is_here else ""
        source, seed = Source(self.space.chosen_by, prompt=named), self.seed

        def made() -> tuple[Arena, int]:
            arena = Arena(session.store, session.new_run_id, person(), source, seed)
            return arena, arena.maker.left()

        if show:
            self.phase = Phase.BUSY
        self._queue.submit(made, partial(self._loaded, show), self._failed)

    def _loaded(self, show: bool, made: tuple[Arena, int]) -> None:
        self._arena, left = made
        self._count(left)
        if show:
            self.phase = Phase.IDLE
            if self.space.is_fresh and self.space.voting.is_empty and not self.fresh.has_begun:
                self._make()
            else:
                self._next()

    def _next(self) -> None:
        if self.space.is_fresh:
            self._make()
            return
        arena, swapped = self._arena, self._swapped
        if arena is None:
            return
        self.phase = Phase.BUSY
        self._queue.submit(
            lambda: (arena.next(swapped=swapped), arena.maker.left()), self._offered, self._failed
        )

    def _make(self) -> None:
        """New replies: those that wait, or as soon as they are there."""
        waiting = self.fresh.take()
        if waiting is not None:
            self._show(waiting)
            return
        self.phase = Phase.BUSY
        self.space.voting.show_nothing(
            tr(
                "Two columns are answering. Both replies are shown when both are there, so "
                "that speed gives nobody away. Esc stops."
            ),
            "",
        )
        self.fresh.make()

    def _fresh_ready(self) -> None:
        if self.phase is Phase.BUSY and self.space.is_fresh and self.space.voting.is_empty:
            waiting = self.fresh.take()
            if waiting is not None:
                self._show(waiting)

    def _not_made(self, error: Exception) -> None:
        if self.phase is Phase.BUSY and self.space.is_fresh and self.space.voting.is_empty:
            self.phase = Phase.IDLE
            self.space.voting.show_nothing(tr("No new replies were made."), _MAKE)
        if not isinstance(error, StoppedError):
            self._messages.show_message(KEY, from_error(error))

    def _offered(self, found: tuple[Shown | None, int]) -> None:
        shown, left = found
        self._count(left)
        if shown is not None:
            self._show(shown)
            return
        self.phase = Phase.IDLE
        self._shown = None
        arena = self._arena
        passed = "" if arena is None or not arena.tally.same else (
            tr(" {same:,} were passed over: both replies are the same.", same=arena.tally.same)
        )  # fmt: skip
        again = arena is not None and arena.maker.has_swapped and not self._swapped
        self.space.voting.show_nothing(
            f"{tr(_ALL_JUDGED) if again else tr(_NO_PAIRS)}{passed}",
            tr(_AGAIN) if again else tr(_MAKE),
        )
        self._swapped = False
        self._allow()

    def _show(self, shown: Shown, *, revealed: bool = False) -> None:
        self._shown, self._revealed = shown, revealed
        self.phase = Phase.VOTING
        self._began = time.monotonic()
        voting = self.space.voting
        voting.show_pairing(shown.question, shown.a, shown.b)
        voting.said.setText(tr(_SEEN) if revealed else tr(_ASK))
        self._allow()
        if not isinstance(voting.window().focusWidget(), QLineEdit):
            # Not in one of the replies: a ring round it would favour it.
            voting.asked.setFocus()
        if self.space.is_fresh:
            self.fresh.make()

    def _vote(self, verdict: Verdict) -> None:
        shown, arena = self._shown, self._arena
        if self.phase is not Phase.VOTING or shown is None or arena is None:
            return
        try:
            tags = [clean_tag(tag) for tag in self.space.tags.text().split(",") if tag.strip()]
        except UserError as error:
            self._messages.show_message(KEY, from_error(error))
            return
        self._messages.dismiss(KEY)
        seconds, revealed = time.monotonic() - self._began, self._revealed
        self.phase = Phase.BUSY
        self._allow()
        self._queue.submit(
            lambda: (
                arena.vote(shown, verdict, seconds=seconds, revealed=revealed, tags=tags),
                arena.maker.left(),
            ),
            self._voted,
            self._not_counted,
        )

    def _voted(self, done: tuple[Cast, int]) -> None:
        cast, left = done
        self._casts.append(cast)
        self._count(left)
        self.phase = Phase.VOTED
        verdict, names = cast.vote.verdict, cast.shown.names
        for number, one in enumerate(self.space.voting.panes):
            preferred = verdict is (Verdict.A, Verdict.B)[number]
            one.reveal(names[number], tr(BETTER) if preferred else "")
        said = {
            Verdict.A: tr("A is better."),
            Verdict.B: tr("B is better."),
            Verdict.TIE: tr("A tie."),
            Verdict.BOTH_BAD: tr("Both are bad."),
        }[verdict]
        self.space.voting.said.setText(
            tr("{said} Space shows the next pairing, U takes it back.", said=said)
        )
        self._allow()
        self.refresh_board()

    def _not_counted(self, error: Exception) -> None:
        """The vote was refused (a run is gone, or judged in another window): on to the next."""
        self.phase = Phase.IDLE
        self._next()
        self._messages.show_message(KEY, from_error(error))

    def _undo(self) -> None:
        arena = self._arena
        if self.phase is Phase.BUSY or not self._casts or arena is None:
            return
        cast = self._casts.pop()
        self.phase = Phase.BUSY
        self._allow()

        def undo() -> int:
            arena.undo(cast)
            return arena.maker.left()

        self._queue.submit(undo, partial(self._undone, cast), self._failed)

    def _undone(self, cast: Cast, left: int) -> None:
        self._count(left)
        self._show(cast.shown, revealed=True)
        self.refresh_board()

    def _skip(self) -> None:
        shown, arena = self._shown, self._arena
        if self.phase is not Phase.VOTING or shown is None or arena is None:
            return
        arena.maker.skip(shown.pairing)
        self.phase = Phase.IDLE
        self._next()

    def _allow(self) -> None:
        self.space.voting.allow(
            verdicts=self.phase is Phase.VOTING,
            undo=bool(self._casts) and self.phase is not Phase.BUSY,
        )

    def _count(self, left: int) -> None:
        given = len(self._casts)
        words = [tr("{given:,} given now", given=given)] if given else []
        if not self.space.is_fresh:
            words.insert(0, tr_n("1 pairing left", "{n:,} pairings left", left))
        self.space.chip.setText(" · ".join(words))
        self.space.chip.setVisible(bool(words))

    def _show_board(self, board: Leaderboard) -> None:
        self.space.board.show_board(board)

    def _board_failed(self, error: Exception) -> None:
        if isinstance(error, UserError) and self.space.board.tag.currentData():
            # The last vote with the chosen tag was taken back.
            self.space.board.tag.setCurrentIndex(0)
            self.refresh_board()
            return
        self._failed(error)

    def _failed(self, error: Exception) -> None:
        if self.phase is Phase.BUSY:
            self.phase = Phase.IDLE if self._shown is None else Phase.VOTED
        self._messages.show_message(KEY, from_error(error))
        self._allow()
