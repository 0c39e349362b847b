"""The models of the workspace's tables. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView

from workbench.core.task import BadRow
from workbench.experiments.report.values import ReportData, ReportItem
from workbench.gui.experiments.rows import (
    AnswerCell,
    ScoreCell,
    Show,
    answer_cell,
    bad_row_text,
    one_line,
    ordered,
    score_rows,
    shown_items,
)
from workbench.gui.fonts import Fonts
from workbench.gui.plain_table import make_plain
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme
from workbench.gui.translate import mark, tr

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole
ROW_HEIGHT = 26


def plain_table(name: str, fonts: Fonts, model: QAbstractTableModel) -> QTableView:
    """A table without frame and grid, rows of one height."""
    made = QTableView()
    make_plain(made, name, ROW_HEIGHT)
    made.setModel(model)
    made.setFont(fonts.ui(13))
    made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
    made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    set_role(made, "runs")
    return made


class ScoresModel(QAbstractTableModel):
    """Subjects by metrics; the interval stands behind the value."""

    def __init__(self) -> None:
        super().__init__()
        self.names: tuple[str, ...] = ()
        self._subjects: tuple[str, ...] = ()
        self._labels: tuple[str, ...] = ()
        self._tips: tuple[str, ...] = ()
        self._rows: list[list[ScoreCell]] = []

    def show_data(self, data: ReportData | None) -> None:
        """Show other results; None shows none."""
        self.beginResetModel()
        metrics = data.metrics if data is not None else ()
        self.names = tuple(m.name for m in metrics)
        self._labels = tuple(_metric_head(m.name, m.info.label) for m in metrics)
        self._tips = tuple(f"{tr(m.info.means)}\n{m.info.source}" for m in metrics)
        self._subjects = tuple(s.label for s in data.subjects) if data is not None else ()
        self._rows = score_rows(data) if data is not None else []
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802  # Qt's name
        """One for each subject."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802  # Qt's name
        """The subject, and one for each metric."""
        return 0 if parent.isValid() else 1 + len(self.names)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """A cell."""
        row, column = index.row(), index.column() - 1
        if role == _Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if column < 0 else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        if column < 0:
            return self._subjects[row] if role in (_Role.DisplayRole, _Role.ToolTipRole) else None
        cell = self._rows[row][column]
        if role == _Role.DisplayRole:
            return f"{cell.value}   {cell.span}" if cell.span else cell.value
        return cell.tip if role == _Role.ToolTipRole else None

    def headerData(  # noqa: N802  # Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        """What the columns hold."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if not section else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == _Role.ToolTipRole and section:
            return self._tips[section - 1]
        if role != _Role.DisplayRole:
            return None
        return tr("model") if section == 0 else self._labels[section - 1]


def _metric_head(name: str, label: str) -> str:
    _, bracket, arguments = name.partition("(")
    return f"{label} ({arguments}" if bracket else label


class ItemsModel(QAbstractTableModel):
    """Items of a task, and behind each what every subject said and how right it was."""

    HEADS = (mark("item"), mark("group"), mark("question"), mark("right answer"))

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._items: tuple[ReportItem, ...] = ()
        self._bad: tuple[BadRow, ...] = ()
        self._result: ReportData | None = None
        self._metric = ""
        self._show = Show.ALL
        self._places: list[int] = []
        self._sorted: tuple[int, bool] | None = None

    @property
    def subjects(self) -> tuple[str, ...]:
        """The subjects that answered."""
        return tuple(s.label for s in self._result.subjects) if self._result is not None else ()

    @property
    def has_groups(self) -> bool:
        """Whether items belong to groups."""
        return any(item.group for item in self._items)

    def show_items(self, items: Sequence[ReportItem], bad: Sequence[BadRow]) -> None:
        """Show a task that was not run."""
        self._items, self._bad, self._result = tuple(items), tuple(bad), None
        self._sorted = None
        self._again()

    def show_result(self, data: ReportData, metric: str) -> None:
        """Show results by one metric."""
        if self._result is None or len(data.items) != len(self._items):
            self._sorted = None
        self._items, self._result, self._metric = data.items, data, metric
        self._again()

    def show_only(self, show: Show) -> None:
        """Show some of the items."""
        self._show = show
        self._again()

    def item_at(self, row: int) -> tuple[int, ReportItem] | None:
        """The place and the item of a row; None for a row that was left out of the task."""
        if self._show is Show.BAD_ROWS or not 0 <= row < len(self._places):
            return None
        return self._places[row], self._items[self._places[row]]

    def run_at(self, row: int, column: int) -> str | None:
        """The run behind a cell: of its subject, or of the first one; None when there is none."""
        found = self.item_at(row)
        if found is None or self._result is None or not self._result.subjects:
            return None
        number = max(0, column - len(self.HEADS))
        return self._result.subjects[number].runs[found[0]]

    def row_of(self, place: int) -> int:
        """The row that shows an item; -1 when none does."""
        return self._places.index(place) if place in self._places else -1

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802  # Qt's name
        """How many are shown."""
        return 0 if parent.isValid() else len(self._places)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802  # Qt's name
        """The item's own columns, and one for each subject."""
        return 0 if parent.isValid() else len(self.HEADS) + len(self.subjects)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """A cell."""
        if role == _Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        place, column = self._places[index.row()], index.column()
        if self._show is Show.BAD_ROWS:
            if role in (_Role.DisplayRole, _Role.ToolTipRole):
                return self._bad_text(place, column)
            return None
        if column < len(self.HEADS):
            return self._own(self._items[place], column, role)
        cell = self._cell(place, column - len(self.HEADS))
        if role == _Role.DisplayRole:
            return cell.text
        if role == _Role.ToolTipRole:
            return cell.tip
        if role == _Role.ForegroundRole and cell.good is not None:
            return self._theme.colour("good" if cell.good else "warning")
        return None

    def headerData(  # noqa: N802  # Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        """What the columns hold."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != _Role.DisplayRole:
            return None
        if section < len(self.HEADS):
            return tr(self.HEADS[section])
        return self.subjects[section - len(self.HEADS)]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column; column -1 is the task's order."""
        down = order is Qt.SortOrder.DescendingOrder
        self._sorted = None if column < 0 else (column, down)
        self._again()

    def _again(self) -> None:
        self.beginResetModel()
        data = self._result
        if self._show is Show.BAD_ROWS:
            self._places = list(range(len(self._bad)))
        elif data is None:
            self._places = list(range(len(self._items)))
        else:
            self._places = shown_items(data, self._metric, self._show)
        if self._sorted is not None and self._show is not Show.BAD_ROWS:
            column, down = self._sorted
            if column < self.columnCount():
                self._places = ordered(self._places, self._keys(column), down=down)
        self.endResetModel()

    def _cell(self, place: int, number: int) -> AnswerCell:
        """What a subject said to an item; made when it is looked at, for there may be many."""
        if self._result is None:
            return AnswerCell("", None, "")
        subject = self._result.subjects[number]
        info = next(m.info for m in self._result.metrics if m.name == self._metric)
        return answer_cell(info, subject.scores[self._metric][place], subject.answers[place])

    def _keys(self, column: int) -> Sequence[float | str | None]:
        if column >= len(self.HEADS) and self._result is not None:
            subject = self._result.subjects[column - len(self.HEADS)]
            return [score.value for score in subject.scores[self._metric]]
        return [_own_text(item, column) for item in self._items]

    def _own(self, item: ReportItem, column: int, role: int) -> object:
        text = _own_text(item, column)
        if role == _Role.DisplayRole:
            return one_line(text)
        if role == _Role.ToolTipRole:
            return text[:1500]
        if role == _Role.ForegroundRole and column < 2:
            return self._theme.colour("muted")
        return None

    def _bad_text(self, place: int, column: int) -> str:
        bad = self._bad[place]
        return (tr("line {line:,}", line=bad.line), bad.column, bad_row_text(bad), "")[
            min(column, 3)
        ]


def _own_text(item: ReportItem, column: int) -> str:
    variant = f" · {item.variant}" if item.variant else ""
    return (f"{item.id}{'' if not variant or item.variant in item.id else variant}",
            item.group, item.question, item.gold)[column]  # fmt: skip
