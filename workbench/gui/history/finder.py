"""Searches while one types, and reads the rows that are looked at. GUI thread.

A newer search stops the older one inside SQLite. What is found comes in pieces, so that the
first screen stands while the rest is still looked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from workbench.core.cancel import CancelToken
from workbench.experiments.session import Session
from workbench.gui.history.space import HistoryWorkspace
from workbench.gui.history.table import NOTHING_CHOSEN
from workbench.gui.lane import Lane
from workbench.gui.messages import MessageBar, from_error
from workbench.gui.said import said_error
from workbench.gui.translate import tr
from workbench.history.find import Ids, find
from workbench.history.find_sql import distinct
from workbench.history.groups import Group, groups
from workbench.history.listing import RunLine, TimeOrder, in_order, lines
from workbench.history.memory_runs import MemoryRuns
from workbench.history.query import EVERYTHING, Condition, Query, QueryError, parse_query

TYPING_MS = 90
_AHEAD = 30
"""Rows above and below the screen that are read when it stands."""
_KEY = "history-search"
_ROOT = Qt.ItemDataRole.UserRole


class _Piece(NamedTuple):
    number: int
    ids: Ids
    first: bool
    done: float


class Finder(QObject):
    """Owns the search of one History workspace.

    Signals:
        found(): all runs are known; `ids` has them.
        metrics_known(list): metrics that have scores.
    """

    found = Signal()
    metrics_known = Signal(list)
    _piece = Signal(object)

    def __init__(self, session: Session, space: HistoryWorkspace, messages: MessageBar) -> None:
        super().__init__(space)
        self._session, self._space, self._messages = session, space, messages
        self._model = space.list.runs
        self._search = Lane("history-search", self)
        self._rows = Lane("history-rows", self)
        self._grouping = Lane("history-groups", self)
        self._memory = MemoryRuns()
        self._time_order = TimeOrder()  # the search's thread only
        self._stop = CancelToken()
        self._number = 0
        self._typed: Query = EVERYTHING
        self._group: Condition | None = None
        self._dirty = True
        self._keep = NOTHING_CHOSEN
        self._anew = False
        self._wanted = self._standing = (EVERYTHING, "", True)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._read_query)
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(0)
        self._looking.timeout.connect(self._read_rows)
        space.search.textChanged.connect(lambda _t: self._typing.start())
        space.search.returnPressed.connect(self._read_query)
        space.history_changed.connect(self.refresh)
        space.list.order_wanted.connect(self.order)
        space.group.activated.connect(lambda _i: self._choose_grouping())
        space.groups.currentItemChanged.connect(lambda item, _old: self._choose_group(item))
        self._model.rows_wanted.connect(self._looking.start)
        # Reading begins with the scroll, not with the first cell that is painted without a text.
        space.list.verticalScrollBar().valueChanged.connect(lambda _v: self._scrolled())
        self._piece.connect(self._show_piece, Qt.ConnectionType.QueuedConnection)

    @property
    def ids(self) -> Ids:
        """Row numbers of what is shown and saved, in its order."""
        return self._model.ids[self._model.ids > 0]

    @property
    def query(self) -> Query:
        """What is looked for, the chosen group included."""
        return self._typed.also(self._group) if self._group is not None else self._typed

    def refresh(self) -> None:
        """The history changed: look again, now or when the workspace is shown."""
        self._dirty = True
        if self._space.isVisible():
            self.shown()

    def shown(self) -> None:
        """The workspace came to the front."""
        if self._dirty:
            self._start(again=True)
            self._read_groups()

    def order(self, order: str, descending: bool) -> None:
        """Order the runs by a column."""
        self._model.show_order(order, descending)
        self._start()

    def close(self) -> None:
        """Stop everything."""
        self._stop.cancel()
        for timer in (self._typing, self._looking):
            timer.stop()
        for lane in (self._search, self._rows, self._grouping):
            lane.close()
        self._memory.close()

    def _read_query(self) -> None:
        self._typing.stop()
        try:
            typed = parse_query(self._space.search.text())
        except QueryError as error:
            self._space.show_trouble(said_error(error))
            return
        self._space.show_trouble("")
        if typed != self._typed:
            self._typed = typed
            self._start()
            self._read_groups()

    def _start(self, *, again: bool = False) -> None:
        """Search; `again` leaves what is shown until all is known, so that nothing jumps."""
        self._stop.cancel()
        self._stop = stop = CancelToken()
        self._number += 1
        self._dirty = False
        chosen = self._space.list.choice()
        if chosen.current is not None or not self._space.list.runs.ids.size:
            self._keep = chosen
        wanted = (self.query, self._model.order, self._model.descending)
        again = again and self._standing == wanted
        self._wanted = wanted
        self._anew = not again and wanted[1:] != ("created", True)
        work = partial(
            self._work, self._number, self.query, stop,
            self._model.order, self._model.descending, again,
        )  # fmt: skip
        self._search.submit(work, self._finished, self._failed)

    def _work(
        self,
        number: int,
        query: Query,
        stop: CancelToken,
        order: str,
        descending: bool,
        again: bool,
    ) -> Ids:
        store = self._session.store
        read = partial(store.read, stop=stop.__bool__)
        newest_first = order == "created" and descending
        # What could not be saved is newer than all the rest, and stands on top in any order.
        memory = self._memory.find(store, query)
        pieces: list[Ids] = []
        for piece in find(read, query):
            if stop:
                break
            found = piece.ids
            if len(memory.in_file):
                found = found[~np.isin(found, memory.in_file)]
            first = not pieces
            pieces.append(found)
            if newest_first and not again:
                shown = np.concatenate([memory.ids, found]) if first else found
                self._piece.emit(_Piece(number, shown, first, piece.done))
        ids = np.concatenate(pieces) if pieces else np.empty(0, np.int64)
        if not stop and not (newest_first and read(self._time_order.holds)):
            ids = read(partial(in_order, ids=ids, order=order, descending=descending))
        return np.concatenate([memory.ids, ids])

    def _lines(self, rows: Sequence[int]) -> dict[int, RunLine]:
        saved = [row for row in rows if row > 0]
        found = self._session.store.read(partial(lines, rows=saved)) if saved else {}
        return found | self._memory.lines([row for row in rows if row < 0])

    def _show_piece(self, piece: _Piece) -> None:
        if piece.number != self._number:
            return
        self._standing = self._wanted
        if piece.first:
            self._space.list.show_new(piece.ids)
        else:
            self._model.append_ids(piece.ids)
        self._tell(piece.done)

    def _finished(self, ids: Ids) -> None:
        self._messages.dismiss(_KEY)
        if self._anew:
            self._space.list.show_new(ids)
        self._space.list.show_again(ids, self._keep)
        self._standing = self._wanted
        self._model.forget_lines()
        self._tell(1.0)
        self.found.emit()

    def _failed(self, error: Exception) -> None:
        self._messages.show_message(_KEY, from_error(error))

    def _tell(self, done: float) -> None:
        count = len(self._model.ids)
        more = "" if done >= 1.0 else " …"
        self._space.show_found(f"{count:,}{more}")
        nothing = ""
        if not count and done >= 1.0:
            nothing = (
                tr("Every run is kept here. Generate a reply to begin.")
                if self.query == EVERYTHING
                else tr("No run is like that. Take a word away, or look at the fields in the help.")
            )
        self._space.show_empty(nothing)

    def _scrolled(self) -> None:
        if not self._model.is_known(*self._space.list.seen()):
            self._space.list.hold_still()
        self._looking.start()

    def _read_rows(self) -> None:
        """Read what is missing on the screen, then what stands around it."""
        first, last = self._space.list.seen()
        wanted = self._model.missing(first, last)
        on_screen = bool(wanted)
        if not on_screen:
            self._space.list.move_on()
            wanted = self._model.missing(max(0, first - _AHEAD), last + _AHEAD)
        if not wanted:
            self._model.put_lines({}, seen=False)
            return
        self._model.expect_lines()
        self._rows.submit(
            partial(self._lines, wanted),
            lambda found: self._show_rows(found, wanted, on_screen),
            self._failed,
        )

    def _show_rows(
        self, found: Mapping[int, RunLine], wanted: Sequence[int], on_screen: bool
    ) -> None:
        self._model.put_lines(found, wanted, seen=on_screen)
        self._looking.start()

    def _choose_grouping(self) -> None:
        by = self._space.group.currentData()
        self._space.groups.setVisible(bool(by))
        had, self._group = self._group, None
        self._read_groups()
        if had is not None:
            self._start()

    def _read_groups(self) -> None:
        by, query = self._space.group.currentData(), self._typed
        self._grouping.submit(partial(self._groups_of, by, query), self._show_groups, self._failed)

    def _groups_of(self, by: str, query: Query) -> tuple[list[Group], list[str]]:
        store = self._session.store
        metrics = store.read(lambda c: [str(m) for m in distinct(c, "scores", "metric")])
        if not by:
            return [], metrics
        ids = None
        if query != EVERYTHING:
            pieces = [piece.ids for piece in find(store.read, query)]
            ids = np.concatenate(pieces) if pieces else np.empty(0, np.int64)
        return store.read(partial(groups, by=by, ids=ids)), metrics

    def _show_groups(self, answer: tuple[Sequence[Group], list[str]]) -> None:
        found, metrics = answer
        self._space.list.use_metrics(metrics)
        self.metrics_known.emit(metrics)
        shown = self._space.groups
        shown.blockSignals(True)
        shown.clear()
        total = sum(group.count for group in found)
        shown.addItem(tr("All  {total:,}", total=total))
        shown.item(0).setData(_ROOT, None)
        current = 0
        for group in found:
            shown.addItem(f"{group.label}  {group.count:,}")
            item = shown.item(shown.count() - 1)
            item.setToolTip(group.label)
            item.setData(_ROOT, group.condition)
            if group.condition is None:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
            elif group.condition == self._group:
                current = shown.count() - 1
        shown.setCurrentRow(current)
        shown.blockSignals(False)

    def _choose_group(self, item: object) -> None:
        condition = item.data(_ROOT) if item is not None else None  # type: ignore[attr-defined]
        if condition != self._group:
            self._group = condition
            self._start()
