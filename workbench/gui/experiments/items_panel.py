"""The table of items and, beside it, the chosen one in full. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QComboBox, QHeaderView, QMenu, QPlainTextEdit, QVBoxLayout, QWidget

from workbench.core.task import BadRow
from workbench.experiments.report.values import ReportData, ReportItem
from workbench.gui.experiments.rows import Show
from workbench.gui.experiments.tables import ItemsModel, plain_table
from workbench.gui.fonts import Fonts
from workbench.gui.panels.workspaces import splitter
from workbench.gui.parts import label, pane, title_row
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme
from workbench.gui.translate import tr

_WIDTHS = (140, 110, 270, 110)
_ANSWER_WIDTH = 124
_NARROWEST = 56


class ItemsPanel(QWidget):
    """Every item, what was said to it, and a way to its run.

    Signals:
        run_wanted(run_id, in_history): the person wants to see the run behind a cell.
    """

    run_wanted = Signal(str, bool)

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self.model = ItemsModel(theme)
        self.table = plain_table(tr("Items"), fonts, self.model)
        self.show_choice = QComboBox()
        self.show_choice.setAccessibleName(tr("Which items are shown"))
        for show in Show:
            self.show_choice.addItem(tr(show.value), show)
        self.said = label("", "caption")
        self.full = QPlainTextEdit()
        self.full.setReadOnly(True)
        self.full.setAccessibleName(tr("The chosen item"))
        self.full.setFont(fonts.mono(13))
        self.full.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        set_role(self.full, "reading")
        self.full.setPlaceholderText(
            tr("The chosen item stands here in full. Enter or a double click opens its run.")
        )
        self._data: ReportData | None = None
        self._bad: tuple[BadRow, ...] = ()
        self._dragged: set[int] = set()
        head = self.table.horizontalHeader()
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setStretchLastSection(True)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.sortIndicatorChanged.connect(self.model.sort)
        head.sectionResized.connect(self._resized)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(
            lambda at: self.menu().exec(self.table.viewport().mapToGlobal(at))
        )
        self.table.activated.connect(lambda index: self._open(index, in_history=False))
        self.model.modelReset.connect(self._reset)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._show_full())
        self.show_choice.activated.connect(self._choose)
        holder = pane()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(title_row(tr("Items"), self.said, left=(self.show_choice,)))
        parts = splitter(
            "experiment-items", Qt.Orientation.Horizontal, [860, 300], self.table, self.full
        )
        parts.setStretchFactor(0, 1)
        column.addWidget(parts, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(holder)

    def show_items(self, items: Sequence[ReportItem], bad: Sequence[BadRow]) -> None:
        """A task that was not run."""
        self._data, self._bad = None, tuple(bad)
        self.show_choice.setCurrentIndex(0)
        self.model.show_only(Show.ALL)
        self.model.show_items(items, bad)

    def show_result(self, data: ReportData, metric: str) -> None:
        """Results; the chosen item stays chosen."""
        self._data = data
        kept = self.model.item_at(self.table.currentIndex().row())
        column = self.table.currentIndex().column()
        top = self.table.verticalScrollBar().value()
        self.model.show_result(data, metric)
        if kept is not None and (row := self.model.row_of(kept[0])) >= 0:
            self.table.setCurrentIndex(self.model.index(row, max(0, column)))
        self.table.verticalScrollBar().setValue(top)

    def go_to(self, place: int) -> None:
        """Choose an item by its place, showing all items if it is hidden."""
        if self.model.row_of(place) < 0:
            self.show_choice.setCurrentIndex(0)
            self.model.show_only(Show.ALL)
        if (row := self.model.row_of(place)) >= 0:
            self.table.setCurrentIndex(self.model.index(row, 0))
            self.table.scrollTo(self.model.index(row, 0))

    def show_only(self, show: Show) -> None:
        """Show some of the items."""
        self.show_choice.setCurrentIndex(list(Show).index(show))
        self.model.show_only(show)

    def menu(self) -> QMenu:
        """What can be done with the chosen cell."""
        menu = QMenu(self)
        index = self.table.currentIndex()
        has_run = index.isValid() and self.model.run_at(index.row(), index.column()) is not None
        for text, in_history in (
            (tr("Open in Probabilities"), False),
            (tr("Open in History"), True),
        ):
            action = menu.addAction(text)
            action.setEnabled(has_run)
            action.triggered.connect(
                lambda _on, index=index, there=in_history: self._open(index, in_history=there)
            )
        copy = menu.addAction(tr("Copy the item"))
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setEnabled(index.isValid())
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(self.full.toPlainText()))
        return menu

    def _choose(self, number: int) -> None:
        self.model.show_only(list(Show)[number])

    def _open(self, index: QModelIndex, *, in_history: bool) -> None:
        run = self.model.run_at(index.row(), index.column())
        if run is not None:
            self.run_wanted.emit(run, in_history)

    def _reset(self) -> None:
        head = self.table.horizontalHeader()
        for section in set(range(self.model.columnCount())) - self._dragged:
            most = _WIDTHS[section] if section < len(_WIDTHS) else _ANSWER_WIDTH
            needed = max(self.table.sizeHintForColumn(section), head.sectionSizeHint(section))
            self.table.setColumnWidth(section, max(_NARROWEST, min(most, needed + 6)))
        self.table.setColumnHidden(1, not self.model.has_groups)
        shown, bad = self.model.rowCount(), len(self._bad)
        left = tr(" · {bad:,} rows left out", bad=bad) if bad else ""
        self.said.setText(tr("{shown:,} shown{left}", shown=shown, left=left))
        self._show_full()

    def _resized(self, section: int, _before: int, _width: int) -> None:
        """What a person made wider or narrower keeps its width."""
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._dragged.add(section)

    def _show_full(self) -> None:
        found = self.model.item_at(self.table.currentIndex().row())
        if found is None:
            self.full.clear()
            return
        place, item = found
        parts = [item.question, tr("right: {gold}", gold=item.gold) if item.gold else ""]
        for subject in self._data.subjects if self._data is not None else ():
            answer = subject.answers[place]
            scores = ", ".join(
                f"{name} {'–' if (v := scores[place].value) is None else format(v, '.4g')}"
                for name, scores in subject.scores.items()
            )
            reasons = {s[place].reason for s in subject.scores.values() if s[place].reason}
            said = tr("(no answer)") if answer is None else answer
            parts.append("\n".join([f"{subject.label}: {said}", f"   {scores}", *sorted(reasons)]))
        self.full.setPlainText("\n\n".join(part for part in parts if part))
