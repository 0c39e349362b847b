"""A million runs as a table: their row numbers, and the few rows that are looked at. GUI thread.

Nothing is read here. A cell that is not there yet shows "…", and `rows_wanted` asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from workbench.gui.history.columns import DEFAULT, Column, columns_of
from workbench.gui.panels.history import RUN_ID
from workbench.gui.translate import tr
from workbench.history.find import Ids
from workbench.history.listing import RunLine

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
MOST_LINES = 4000
"""Rows that are kept after they were looked at."""
# Plain numbers: comparing with Qt's enumerations costs more than the rest of a cell.
_DISPLAY, _TIP = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_ANSWERED = frozenset((_DISPLAY, _TIP, _SPOKEN, _ALIGNMENT, int(RUN_ID)))
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ARROWS = {True: " ↓", False: " ↑"}


class RunsModel(QAbstractTableModel):
    """The runs that were found, in their order.

    Signals:
        rows_wanted(): a row was asked for that is not there; see `missing`.
    """

    rows_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._ids: Ids = np.empty(0, np.int64)
        self._lines: dict[int, RunLine] = {}
        self._old: set[int] = set()
        self._gone: set[int] = set()
        self._asked = False
        self.columns: tuple[Column, ...] = columns_of(DEFAULT)
        self.order, self.descending = "created", True

    @property
    def ids(self) -> Ids:
        """The row numbers of all runs, in their order."""
        return self._ids

    def show_ids(self, ids: Ids) -> None:
        """Show other runs; those that only came on top or behind are added to the others."""
        old = self._ids
        grown = len(ids) - len(old)
        if grown > 0 and len(old) and np.array_equal(ids[grown:], old):
            self.beginInsertRows(_ROOT, 0, grown - 1)
            self._ids = ids
            self.endInsertRows()
        elif grown > 0 and len(old) and np.array_equal(ids[: len(old)], old):
            self.append_ids(ids[len(old) :])
        elif not np.array_equal(ids, old):
            self.beginResetModel()
            self._ids = ids
            self.endResetModel()

    def append_ids(self, ids: Ids) -> None:
        """More runs behind those that stand here."""
        if len(ids):
            first = len(self._ids)
            self.beginInsertRows(_ROOT, first, first + len(ids) - 1)
            self._ids = np.concatenate([self._ids, ids])
            self.endInsertRows()

    def forget_lines(self) -> None:
        """What is kept may be old: read what is looked at again, and show it until then."""
        self._old = set(self._lines)
        self._gone.clear()
        self._asked = False
        self._changed()

    def put_lines(
        self, lines: Mapping[int, RunLine], asked: Sequence[int] = (), *, seen: bool = True
    ) -> None:
        """Rows that were read; what was `asked` and is not among them is gone from the file.

        `seen`: some of them are on the screen, which is to be painted anew.
        """
        self._asked = False
        self._gone.update(set(asked).difference(lines))
        self._lines.update(lines)
        self._old.difference_update(lines)
        while len(self._lines) > MOST_LINES:
            del self._lines[next(iter(self._lines))]
        if seen:
            self._changed()

    def missing(self, first: int, last: int) -> list[int]:
        """Row numbers to read before the rows from `first` to `last` are there and new."""
        return [row for row in self._ids[first : last + 1].tolist() if self._is_wanted(row)]

    def is_known(self, first: int, last: int) -> bool:
        """Whether the rows from `first` to `last` can be shown."""
        return not any(n not in self._lines for n in self._ids[first : last + 1].tolist())

    def expect_lines(self) -> None:
        """They are being read: painting need not ask again, which would begin the reading anew."""
        self._asked = True

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def show_order(self, order: str, descending: bool) -> None:
        """Mark the column that the rows are ordered by."""
        self.order, self.descending = order, descending
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def line(self, row: int) -> RunLine | None:
        """What is known of a row; None while it is read."""
        return self._lines.get(int(self._ids[row])) if 0 <= row < len(self._ids) else None

    def shown_line(self, row: int) -> RunLine | None:
        """The same for a row that is painted: it is asked for when it is not known."""
        number = int(self._ids[row])
        if not self._asked and self._is_wanted(number):
            self._asked = True
            self.rows_wanted.emit()
        return self._lines.get(number)

    def position(self, row_number: int) -> int:
        """Where a run stands; -1 when it is not shown."""
        found = np.flatnonzero(self._ids == row_number)
        return int(found[0]) if len(found) else -1

    def positions(self, row_numbers: Ids) -> Ids:
        """Where those of some runs stand that are shown, from the top."""
        return np.flatnonzero(np.isin(self._ids, row_numbers))

    def position_of(self, run_id: str) -> int:
        """Where a run stands that was looked at; -1 when it is not shown or not known."""
        for number, line in self._lines.items():
            if line.run_id == run_id:
                return self.position(number)
        return -1

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802  # Qt's name
        """How many runs were found."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802  # Qt's name
        """How many columns are shown."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell's text, its whole text as a tip, and where it stands."""
        # A painted cell asks for seven roles that it has nothing to say to.
        if role not in _ANSWERED:
            return None
        column = self.columns[index.column()]
        if role == _ALIGNMENT:
            return _RIGHT if column.right else _LEFT
        line = self.shown_line(index.row())
        if line is None:
            return "…" if role in (_DISPLAY, _SPOKEN) else None
        if role == RUN_ID:
            return line.run_id
        text = column.text(line)
        unsaved = (
            tr("Only in memory so far: {unsaved}", unsaved=line.unsaved) if line.unsaved else ""
        )
        if role == _TIP:
            return "\n".join(part for part in (text, line.error, unsaved) if part) or None
        return f"{tr(column.label)}: {text} {unsaved}".strip() if role == _SPOKEN else text

    def headerData(  # noqa: N802  # Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """A column's name, with an arrow when the rows are ordered by it."""
        if orientation is Qt.Orientation.Vertical or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            ordered = column.order and column.order == self.order
            return tr(column.label) + (_ARROWS[self.descending] if ordered else "")
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr("Click to order by it.") if column.order else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _is_wanted(self, number: int) -> bool:
        return (number not in self._lines or number in self._old) and number not in self._gone

    def _changed(self) -> None:
        if len(self._ids):
            last = self.index(len(self._ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
