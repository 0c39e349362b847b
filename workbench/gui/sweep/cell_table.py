"""The cells of a sweep as rows: sortable, and every number can be copied. GUI thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from workbench.experiments.sweep import Cell
from workbench.experiments.sweep_numbers import NUMBERS
from workbench.gui.sweep.axis_names import axis_name
from workbench.gui.sweep.heatmap import number
from workbench.gui.translate import tr

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_FIGURES = ("tokens", "logprob", "entropy", "agreement", "distinct", "stopped")


class CellTable(QAbstractTableModel):
    """A row per cell that is done; the first reply in one line stands at the end."""

    def __init__(self) -> None:
        super().__init__()
        self._cells: list[Cell] = []
        self._axes: tuple[str, ...] = ()
        self._figure = ""
        self._values: Mapping[int, float | None] = {}

    def show_cells(
        self,
        axes: Sequence[str],
        cells: Sequence[Cell],
        figure: str,
        values: Mapping[int, float | None],
    ) -> None:
        """Show these cells; `figure` is a metric with its `values`, or empty."""
        self.beginResetModel()
        self._axes, self._cells = tuple(axes), list(cells)
        self._figure = "" if figure in _FIGURES else figure
        self._values = values
        self.endResetModel()

    def cell_at(self, row: int) -> Cell:
        """The cell of a row."""
        return self._cells[row]

    def row_of(self, cell: int) -> int | None:
        """The row of a cell; None when it is not there."""
        return next((row for row, one in enumerate(self._cells) if one.index == cell), None)

    def rowCount(self, parent: _Index = _ROOT) -> int:  # noqa: N802  # Qt's name
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._cells)

    def columnCount(self, parent: _Index = _ROOT) -> int:  # noqa: N802  # Qt's name
        """How many columns there are."""
        return 0 if parent.isValid() else len(self._names())

    def headerData(  # noqa: N802  # Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The name of a column."""
        if orientation is Qt.Orientation.Horizontal:
            name = self._names()[section]
            if role == Qt.ItemDataRole.DisplayRole:
                return axis_name(name) if section < len(self._axes) else name
            if role == Qt.ItemDataRole.ToolTipRole and name in NUMBERS:
                return tr(NUMBERS[name].help)
        elif role == Qt.ItemDataRole.DisplayRole:
            return str(self._cells[section].index + 1)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows."""
        cell = self._cells[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(cell, index.column())
        is_number = len(self._axes) <= index.column() < self.columnCount() - 1
        if role == Qt.ItemDataRole.TextAlignmentRole and is_number:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.error or (cell.texts[0] if cell.texts else None)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By a column; figures by their value, those without one at the end."""
        down = order is Qt.SortOrder.DescendingOrder
        self.layoutAboutToBeChanged.emit()
        n_axes = len(self._axes)
        if n_axes <= column < self.columnCount() - 1:
            name = self._names()[column]
            known = [c for c in self._cells if self._value(c, name) is not None]
            known.sort(key=lambda c: (self._value(c, name) or 0.0, c.index), reverse=down)
            self._cells = known + [c for c in self._cells if self._value(c, name) is None]
        else:
            self._cells.sort(key=lambda c: self._key(c, column), reverse=down)
        self.layoutChanged.emit()

    def _key(self, cell: Cell, column: int) -> tuple[float, str, int]:
        text = self._text(cell, column)
        try:
            return float(text), "", cell.index
        except ValueError:
            return float("inf"), text, cell.index

    def _names(self) -> tuple[str, ...]:
        figure = (self._figure,) if self._figure else ()
        return (*self._axes, *figure, *_FIGURES, tr("first reply"))

    def _value(self, cell: Cell, name: str) -> float | None:
        return self._values.get(cell.index) if name == self._figure else cell.numbers.get(name)

    def _text(self, cell: Cell, column: int) -> str:
        name = self._names()[column]
        if column < len(self._axes):
            return cell.at[name]
        if column == len(self._names()) - 1:
            return cell.error or " ".join((cell.texts[0] if cell.texts else "").split())[:200]
        value = self._value(cell, name)
        return "–" if value is None else number(value)
