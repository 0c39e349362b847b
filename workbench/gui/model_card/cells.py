"""A table of ready-made cells: text, colour, and what it is sorted by. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QTableView

from workbench.gui.experiments.tables import ROW_HEIGHT
from workbench.gui.fonts import Fonts
from workbench.gui.plain_table import make_plain
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its title in the person's language, and whether it holds figures."""

    title: str
    is_number: bool = False
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        colour: a field of the theme's colours; empty for ordinary ink.
        tip: more, while it is pointed at.
        whole: what copying takes; empty for the text itself.
        is_mono: drawn in the fonts of model text.
    """

    text: str
    colour: str = ""
    tip: str = ""
    whole: str = ""
    is_mono: bool = False


class CellsModel(QAbstractTableModel):
    """Rows of cells."""

    def __init__(self, theme: Theme, fonts: Fonts, heads: Sequence[Head]) -> None:
        super().__init__()
        self._theme, self._fonts, self._heads = theme, fonts, tuple(heads)
        self._rows: tuple[tuple[Cell, ...], ...] = ()

    def show_rows(self, rows: Sequence[Sequence[Cell]], heads: Sequence[Head] = ()) -> None:
        """Show other rows, under other heads where there are any."""
        self.beginResetModel()
        self._rows = tuple(tuple(row) for row in rows)
        self._heads = tuple(heads) or self._heads
        self.endResetModel()

    def cell(self, row: int, column: int) -> Cell:
        """One cell."""
        return self._rows[row][column]

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802  # Qt's name
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802  # Qt's name
        """How many columns there are."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """A cell."""
        cell = self._rows[index.row()][index.column()]
        if role == _Role.DisplayRole:
            return cell.text
        if role == _Role.ToolTipRole:
            return cell.tip or None
        if role == _Role.ForegroundRole and cell.colour:
            return self._theme.colour(cell.colour)
        if role == _Role.FontRole and cell.is_mono:
            return self._fonts.mono(12)
        if role == _Role.TextAlignmentRole:
            return _side(self._heads[index.column()]) | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(  # noqa: N802  # Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        """What the columns hold."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        head = self._heads[section]
        if role == _Role.TextAlignmentRole:
            return _side(head) | Qt.AlignmentFlag.AlignVCenter
        if role == _Role.ToolTipRole:
            return head.tip or None
        return head.title if role == _Role.DisplayRole else None


class CellsTable(QTableView):
    """Shows a model of cells; Ctrl+C copies the chosen rows as a spreadsheet takes them."""

    def __init__(self, name: str, fonts: Fonts) -> None:
        super().__init__()
        make_plain(self, name, ROW_HEIGHT)
        self.setFont(fonts.ui(13))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        set_role(self, "runs")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Ctrl+C."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the chosen row on the clipboard."""
        texts = [
            str(index.data() or "")
            for index in sorted(self.selectedIndexes(), key=lambda i: (i.row(), i.column()))
        ]
        if texts:
            QGuiApplication.clipboard().setText("\t".join(texts))


def _side(head: Head) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if head.is_number else Qt.AlignmentFlag.AlignLeft
