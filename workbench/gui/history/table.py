"""The table of runs on the screen. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView

from workbench.gui.direction import figure_painter
from workbench.gui.fonts import Fonts
from workbench.gui.history.columns import COLUMNS, SCORE, Column, columns_of
from workbench.gui.history.model import Index, RunsModel
from workbench.gui.history.row_painter import Place, Row, RowPainter
from workbench.gui.plain_table import make_plain
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme
from workbench.gui.translate import tr
from workbench.history.find import Ids

_ROW_HEIGHT = 26
_STILL_MS = 60
_NEAR = 1000
"""Rows below the top of the screen among which one is looked for that is still shown."""


class Chosen(NamedTuple):
    """What is chosen, by row numbers.

    Attributes:
        current: where the keyboard is; None when it is nowhere.
    """

    rows: Ids
    current: int | None


NOTHING_CHOSEN = Chosen(np.empty(0, np.int64), None)


class RunTable(QTableView):
    """Runs as rows; the current one is opened, several may be chosen.

    Signals:
        opened(run_id): the person wants to see this run.
        order_wanted(order, descending): the person clicked a column's head.
        columns_changed(): other columns are shown, or in another order.
        remove_wanted(): Delete was pressed.
    """

    opened = Signal(str)
    order_wanted = Signal(str, bool)
    columns_changed = Signal()
    remove_wanted = Signal()
    chosen_changed = Signal()

    def __init__(self, theme: Theme, fonts: Fonts, model: RunsModel) -> None:
        super().__init__()
        make_plain(self, tr("Runs"), _ROW_HEIGHT)
        self.runs = model
        self._metrics: tuple[str, ...] = ()
        self._waiting = self._choosing = False
        self._marked = ""
        self.setModel(model)
        self.setFont(fonts.ui(13))
        self._painter = RowPainter(theme, fonts.ui(13), _ROW_HEIGHT)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        set_role(self, "runs")
        head = self.horizontalHeader()
        head.setSectionsMovable(True)
        head.setMinimumSectionSize(24)
        head.sectionClicked.connect(self._head_clicked)
        head.sectionMoved.connect(lambda *_: self.columns_changed.emit())
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(
            lambda at: self.columns_menu().exec(head.mapToGlobal(at))
        )
        self.activated.connect(self._open)
        self.clicked.connect(self._open)
        model.dataChanged.connect(lambda *_: self._rows_came())
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(_STILL_MS)
        self._still.timeout.connect(self.move_on)
        self.show_columns(model.columns)
        theme.changed.connect(self.viewport().update)

    def hold_still(self) -> None:
        """Paint nothing until rows that are being read are there, a few frames at most.

        Otherwise every jump would be painted twice, first as a screen of "…".
        """
        self.viewport().setUpdatesEnabled(False)
        self._still.start()

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns, each as wide as it begins."""
        self.runs.show_columns(columns)
        head = self.horizontalHeader()
        for place, column in enumerate(columns):
            head.moveSection(head.visualIndex(place), place)
            self.setColumnWidth(place, column.width)
        self.columns_changed.emit()

    def keys(self) -> list[str]:
        """The keys of the columns as they stand on the screen, from the left."""
        head = self.horizontalHeader()
        places = range(len(self.runs.columns))
        return [self.runs.columns[head.logicalIndex(place)].key for place in places]

    def use_metrics(self, metrics: Sequence[str]) -> None:
        """Metrics that have scores: each can be a column."""
        self._metrics = tuple(metrics)

    def columns_menu(self) -> QMenu:
        """Every column with a tick at those that are shown."""
        menu = QMenu(self)
        shown = self.keys()
        named = [(column.key, tr(column.label)) for column in COLUMNS]
        for key, text in (*named, *((SCORE + m, tr("score {m}", m=m)) for m in self._metrics)):
            action = menu.addAction({"★": "Star", "v": "Version"}.get(text, text))
            action.setCheckable(True)
            action.setChecked(key in shown)
            action.toggled.connect(lambda on, key=key: self._toggle(key, on))
        return menu

    def mark(self, run_id: str) -> None:
        """Make a run the current one without opening it, if it is shown; or when it is read."""
        place = self.runs.position_of(run_id)
        self._marked = run_id if place < 0 else ""
        if place >= 0 and place != self.currentIndex().row():
            self.blockSignals(True)
            self.selectRow(place)
            self.blockSignals(False)

    def chosen(self) -> list[int]:
        """Row numbers of the chosen runs, from the top."""
        return [int(row) for row in self.choice().rows]

    def choice(self) -> Chosen:
        """What is chosen now, to be chosen again in another list."""
        ids, current = self.runs.ids, self.currentIndex().row()
        ranges = self.selectionModel().selection()
        spans = [
            np.arange(span.top(), min(span.bottom() + 1, len(ids)))
            for span in map(ranges.at, range(ranges.size()))
        ]
        places = np.unique(np.concatenate(spans)) if spans else np.empty(0, np.int64)
        return Chosen(ids[places], int(ids[current]) if 0 <= current < len(ids) else None)

    def show_new(self, ids: Ids) -> None:
        """Show what was found by another search, from the top."""
        self.runs.show_ids(ids)
        self.scrollToTop()

    def show_again(self, ids: Ids, chosen: Chosen) -> None:
        """Show what a search finds now. What was scrolled to stays where it is on the screen.

        The same runs stay chosen; when none is, those of `chosen` are.
        """
        top, old = self.verticalScrollBar().value(), self.runs.ids
        now = self.choice()
        self.runs.show_ids(ids)
        self._choose_again(now if now.current is not None else chosen)
        if top > 0 and self.runs.ids is not old:
            self.executeDelayedItemsLayout()
            # When the first row is gone, the next that is left takes its place.
            left = self.runs.positions(old[top : top + _NEAR])
            self.verticalScrollBar().setValue(int(left[0]) if len(left) else top)

    def _choose_again(self, chosen: Chosen) -> None:
        """Choose runs without opening one and without going there."""
        place = -1 if chosen.current is None else self.runs.position(chosen.current)
        places = self.runs.positions(chosen.rows)
        if place == self.currentIndex().row() and np.array_equal(self.choice().rows, chosen.rows):
            return
        selection = QItemSelection()
        last = len(self.runs.columns) - 1
        for span in np.split(places, np.flatnonzero(np.diff(places) != 1) + 1):
            if len(span):
                corners = self.runs.index(int(span[0]), 0), self.runs.index(int(span[-1]), last)
                selection.select(*corners)
        model, flags = self.selectionModel(), QItemSelectionModel.SelectionFlag
        self.setAutoScroll(False)
        self._choosing = True
        try:
            if place >= 0:
                model.setCurrentIndex(self.runs.index(place, 0), flags.NoUpdate)
            model.select(selection, flags.ClearAndSelect)
        finally:
            self._choosing = False
            self.setAutoScroll(True)

    def seen(self) -> tuple[int, int]:
        """The first and the last row on the screen."""
        top = self.rowAt(0)
        shown = self.viewport().height() // _ROW_HEIGHT + 1
        first = max(0, top)
        return first, first + shown

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Paint the rows that are to be painted."""
        area = event.rect()
        first, last = self.rowAt(area.top()), self.rowAt(area.bottom())
        if first < 0:
            return
        last = self.runs.rowCount() - 1 if last < 0 else last
        head = self.horizontalHeader()
        places = []
        for section, column in enumerate(self.runs.columns):
            x, width = head.sectionViewportPosition(section), head.sectionSize(section)
            if x <= area.right() and x + width > area.left():
                places.append(Place(column, x, width))
        chosen, current = self.selectionModel(), self.currentIndex().row()
        top = self.rowViewportPosition(first)
        rows = [
            Row(
                top + (row - first) * _ROW_HEIGHT,
                self.runs.shown_line(row),
                chosen.isRowSelected(row),
                row == current,
            )
            for row in range(first, last + 1)
        ]
        painter = figure_painter(self.viewport())
        self._painter.paint(painter, places, rows, focused=self.hasFocus())
        painter.end()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802  # Qt's name
        """Open the run that the keyboard or the mouse came to."""
        super().currentChanged(current, previous)
        quiet = self._choosing or self.signalsBlocked()
        if current.isValid() and current.row() != previous.row() and not quiet:
            self._open(current)

    def selectionChanged(self, new: QItemSelection, old: QItemSelection) -> None:  # noqa: N802  # Qt's name
        """Tell how many are chosen."""
        super().selectionChanged(new, old)
        self.chosen_changed.emit()

    def keyPressEvent(self, event) -> None:  # type: ignore[no-untyped-def]  # noqa: N802  # Qt's name and type
        """Delete removes; everything else is the table's."""
        if event.key() == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
            return
        super().keyPressEvent(event)

    def _open(self, index: Index) -> None:
        line = self.runs.line(index.row()) if index.isValid() else None
        self._waiting = index.isValid() and line is None
        if line is not None:
            self.opened.emit(line.run_id)

    def _rows_came(self) -> None:
        """Open the run that was still being read when it became the current one."""
        self.move_on()
        if self._marked and not self.currentIndex().isValid():
            self.mark(self._marked)
        if self._waiting:
            self._open(self.currentIndex())

    def move_on(self) -> None:
        """Paint again after `hold_still`."""
        self._still.stop()
        if not self.viewport().updatesEnabled():
            self.viewport().setUpdatesEnabled(True)

    def _head_clicked(self, section: int) -> None:
        order = self.runs.columns[section].order
        if order:
            same = order == self.runs.order
            self.order_wanted.emit(order, not self.runs.descending if same else True)

    def _toggle(self, key: str, on: bool) -> None:
        keys = [k for k in self.keys() if k != key]
        self.show_columns(columns_of([*keys, key] if on else keys))
