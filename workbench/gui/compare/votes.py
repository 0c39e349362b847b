"""Reads the votes on what stands in the columns, off the GUI thread. GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject

from workbench.experiments.column_votes import ColumnVotes, column_votes
from workbench.experiments.contestants import contestant
from workbench.experiments.session import Session
from workbench.gui.compare.column_view import VOTES
from workbench.gui.compare.columns import Shown
from workbench.gui.compare.space import CompareSpace
from workbench.gui.compare.votes_panel import (
    ALIKE,
    NO_VOTES,
    NOT_RUN,
    against_words,
    interval_words,
    wins_words,
)
from workbench.gui.lane import Lane
from workbench.gui.messages import from_error
from workbench.gui.translate import tr


class Votes(QObject):
    """Shows the person's votes under the columns and beside how their models differ."""

    def __init__(self, session: Session, space: CompareSpace) -> None:
        super().__init__(space)
        self._session, self._space = session, space
        self._lane = Lane("compare-votes", self)

    def read(self, columns: Sequence[Shown]) -> None:
        """Read them anew for these columns."""
        starts = [
            c.end.outcome.start if c.end is not None and c.end.outcome is not None else None
            for c in columns
        ]
        self._lane.forget()
        if sum(start is not None for start in starts) < 2:
            self._space.votes.show_nothing(tr(NOT_RUN))
            return
        store, titles = self._session.store, [c.wish.title for c in columns]
        made = [None if start is None else contestant(start) for start in starts]
        self._lane.submit(
            lambda: column_votes(store, made), partial(self._show, titles), self._failed
        )

    def on_vote(self, call: Callable[[], object]) -> None:
        """What leads to the arena."""
        self._space.votes.on_vote(call)

    def close(self) -> None:
        """End the thread."""
        self._lane.close()

    def _show(self, titles: Sequence[str], found: ColumnVotes) -> None:
        if found.decisions:
            self._space.votes.show_votes(found, titles)
        else:
            self._space.votes.show_nothing(tr(NO_VOTES) if found.against else tr(ALIKE))
        for number, (view, record) in enumerate(zip(self._space.views, found.records, strict=True)):
            tip = "" if record is None else interval_words(record)
            lines = [line for line in (tip, against_words(found, number)) if line]
            view.show_fact(VOTES, wins_words(record), "\n".join(lines))

    def _failed(self, error: Exception) -> None:
        self._space.votes.show_nothing(from_error(error).text)
