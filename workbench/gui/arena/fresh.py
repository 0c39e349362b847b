"""New replies for the arena, made while the person reads the ones before. GUI thread.

One pairing waits at most. The columns are those of the Compare workspace as they stand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from workbench.core.cancel import CancelToken
from workbench.core.errors import StoppedError, UserError
from workbench.core.sampling import Sampling
from workbench.experiments.arena import Arena, Shown, Source, person
from workbench.experiments.fresh_pairs import FreshPairs, items_of
from workbench.experiments.session import Prepared
from workbench.gui.compare.wishes import Wish, choices
from workbench.gui.lane import Lane
from workbench.gui.page import PageTools
from workbench.gui.translate import tr

MOST_EQUAL = 5
"""So many equal pairs of replies in a row are passed over before it is said."""


class Columns(Protocol):
    """The columns of the Compare workspace."""

    @property
    def is_running(self) -> bool:
        """Whether they are answering now."""

    def wishes(self) -> Sequence[Wish]:
        """What stands in them; empty while the workspace was never shown."""


class FreshReplies(QObject):
    """Makes pairings.

    Signals:
        ready(): a pairing waits.
        failed(error): none could be made.

    Attributes:
        has_begun: whether any was asked for since the last `stop`.
    """

    ready = Signal()
    failed = Signal(object)

    def __init__(
        self, tools: PageTools, columns: Columns, judging: Callable[[], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._tools, self._columns, self._judging = tools, columns, judging
        self._lane = Lane("arena-fresh", self)
        self._cancel = CancelToken()
        self._waiting: Shown | None = None
        self._pairs: tuple[object, FreshPairs] | None = None
        self.is_making = False
        self._again = False
        self.has_begun = False

    def take(self) -> Shown | None:
        """The pairing that waits, if there is one."""
        taken, self._waiting = self._waiting, None
        return taken

    def make(self) -> None:
        """Make the next one, unless one waits or is being made."""
        self.has_begun = True
        if self.is_making or self._waiting is not None:
            # What was stopped ends a little later; then this one begins.
            self._again = self.is_making and bool(self._cancel)
            return
        if self._columns.is_running or self._judging():
            # Each of them decides how many models are loaded; together they would end engines.
            who = tr("The columns are") if self._columns.is_running else tr("A judge is")
            self.failed.emit(
                UserError(tr("{who} at work.", who=who), tr("Wait for the end, or stop it."))
            )
            return
        preparer = self._tools.prompts.preparer()
        if preparer is None:
            self.failed.emit(
                UserError(
                    tr("No prompt or no model is there yet."),
                    tr("Open both in the Prompt workspace, or wait until the model is loaded."),
                )
            )
            return
        try:
            sampling, _ = self._tools.runs.wanted()
        except UserError as error:
            self.failed.emit(error)
            return
        self.is_making = True
        self._cancel = cancel = CancelToken()
        wishes = tuple(self._columns.wishes())
        self._lane.submit(
            lambda: self._made(preparer, wishes, sampling, cancel), self._arrived, self._not_made
        )

    def stop(self) -> None:
        """Stop what is being made and forget what waits."""
        self._cancel.cancel()
        self._waiting = None
        self._again = False
        self.has_begun = False

    def close(self) -> None:
        """End the thread."""
        self.stop()
        self._lane.close()

    def _arrived(self, shown: Shown) -> None:
        if self._cancel:
            self._not_made(StoppedError(tr("It was stopped.")))
            return
        self.is_making = False
        self._waiting = shown
        self._tools.history_changed()
        self.ready.emit()

    def _not_made(self, error: Exception) -> None:
        self.is_making = False
        if self._again:
            self._again = False
            self.make()
        else:
            self.failed.emit(error)

    def _made(
        self,
        preparer: Callable[[], Prepared],
        wishes: tuple[Wish, ...],
        sampling: Sampling,
        cancel: CancelToken,
    ) -> Shown:
        """A pairing of two replies that differ. On the lane's thread."""
        session = self._tools.session
        prepared = preparer()
        chosen = wishes or choices(session, lambda: prepared).first
        pairs = self._pairs_for(prepared, chosen, sampling)
        for _ in range(MOST_EQUAL):
            run_ids = pairs.make(cancel)
            arena = Arena(session.store, session.new_run_id, person(), Source(run_ids=run_ids))
            shown = arena.next()
            if shown is not None:
                return shown
            if cancel:
                raise StoppedError(tr("It was stopped."))
        raise UserError(
            tr("{most_equal} times in a row both columns said the same.", most_equal=MOST_EQUAL),
            tr("Choose a higher temperature, other models, or a prompt with more freedom."),
        )

    def _pairs_for(
        self, prepared: Prepared, wishes: Sequence[Wish], sampling: Sampling
    ) -> FreshPairs:
        """Who meets whom next is remembered while prompt, columns and settings stay the same."""
        key = (prepared.prompt, dict(prepared.values), tuple(wishes), sampling)
        if self._pairs is None or self._pairs[0] != key:
            session = self._tools.session
            columns = [wish.column(session, prepared, sampling, 0) for wish in wishes]
            items = items_of(prepared.prompt, prepared.values, session.library)
            self._pairs = key, FreshPairs(session, columns, items)
        return self._pairs[1]
