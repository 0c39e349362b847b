"""Rows of named values (few-shot examples) as a table that can be edited and undone. GUI thread."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Row: TypeAlias = dict[str, object]


class _State(NamedTuple):
    columns: tuple[str, ...]
    rows: tuple[_Row, ...]


def is_table(value: object) -> bool:
    """Whether `value` is a list of one or more objects, and nothing else."""
    return isinstance(value, list) and bool(value) and all(isinstance(r, dict) for r in value)


def as_cell(value: object) -> str:
    """A value as it stands in a cell; only a text stands there as it is."""
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False)


class RowsModel(QAbstractTableModel):
    """A list of objects; their keys are the columns. Rows are replaced, never changed in place.

    Signals:
        edited(): the person changed something; not after `show_rows`.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._now = _State((), ())
        self._undo: list[_State] = []
        self._redo: list[_State] = []

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self._now.columns

    def rows(self) -> list[_Row]:
        """The rows as they stand."""
        return [dict(row) for row in self._now.rows]

    def show_rows(self, rows: Sequence[Mapping[str, object]], columns: Sequence[str] = ()) -> None:
        """Show `rows`; `columns` come first, even where no row has them."""
        names = dict.fromkeys(columns)
        for row in rows:
            names.update(dict.fromkeys(row))
        self._undo, self._redo = [], []
        self._put(_State(tuple(names), tuple(dict(row) for row in rows)))

    def show_columns(self, names: Sequence[str]) -> None:
        """Show these columns too; the rows stay as they are, without them."""
        columns = tuple(dict.fromkeys((*self._now.columns, *names)))
        if columns != self._now.columns:
            self._put(self._now._replace(columns=columns))

    def rowCount(self, parent: _Index = _ROOT) -> int:  # noqa: N802  # Qt's name
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._now.rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:  # noqa: N802  # Qt's name
        """How many columns there are."""
        return 0 if parent.isValid() else len(self._now.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            row = self._now.rows[index.row()]
            return as_cell(row.get(self._now.columns[index.column()]))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        return None

    def headerData(  # noqa: N802  # Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Names of columns, numbers of rows."""
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation is Qt.Orientation.Horizontal:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return self._now.columns[section]
        return f"{section + 1:,}"

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Every cell can be edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag
        return flags.ItemIsEnabled | flags.ItemIsSelectable | flags.ItemIsEditable

    def setData(  # noqa: N802  # Qt's name
        self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Take what was typed."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        self.put_cells(index.row(), index.column(), [[str(value)]])
        return True

    def add_row(self, at: int) -> None:
        """A row with every column empty, before row `at`."""
        fresh: _Row = dict.fromkeys(self._now.columns, "")
        rows = self._now.rows
        self._change(self._now._replace(rows=(*rows[:at], fresh, *rows[at:])))

    def remove_rows(self, numbers: Sequence[int]) -> None:
        """Take rows away."""
        gone = set(numbers)
        kept = tuple(row for n, row in enumerate(self._now.rows) if n not in gone)
        self._change(self._now._replace(rows=kept))

    def move_rows(self, numbers: Sequence[int], by: int) -> bool:
        """Move rows up (-1) or down (1) together; False at the end of the table."""
        order, chosen = list(range(len(self._now.rows))), sorted(set(numbers))
        if not chosen or chosen[0] + by < 0 or chosen[-1] + by >= len(order):
            return False
        for n in chosen if by < 0 else reversed(chosen):
            order[n], order[n + by] = order[n + by], order[n]
        self._change(self._now._replace(rows=tuple(self._now.rows[n] for n in order)))
        return True

    def add_column(self, name: str) -> None:
        """A column at the end, empty in every row; one of that name stays as it is."""
        if name and name not in self._now.columns:
            rows = tuple({**row, name: ""} for row in self._now.rows)
            self._change(_State((*self._now.columns, name), rows))

    def remove_column(self, name: str) -> None:
        """Take a column away."""
        rows = tuple({k: v for k, v in row.items() if k != name} for row in self._now.rows)
        self._change(_State(tuple(c for c in self._now.columns if c != name), rows))

    def put_cells(self, row: int, column: int, cells: Sequence[Sequence[str]]) -> None:
        """Write `cells` from (row, column) on; rows and columns are added where they reach over.

        A value that was no text is read as JSON where it can be; a number stays a number.
        """
        width = max((len(line) for line in cells), default=0)
        columns = list(self._now.columns)
        while len(columns) < column + width:
            columns.append(_fresh_name(columns))
        before = self._now.rows
        rows = [dict(r) for r in before]
        for at, line in enumerate(cells, start=row):
            if at >= len(rows):
                rows.append(dict.fromkeys(columns, ""))
            pattern = before[min(at, len(before) - 1)] if before else {}
            for name, text in zip(columns[column:], line, strict=False):
                if text != as_cell(rows[at].get(name)):
                    rows[at][name] = _read(text, pattern.get(name))
        self._change(_State(tuple(columns), tuple(rows)))

    def paste(self, row: int, column: int, cells: list[list[str]]) -> None:
        """Like `put_cells`, but a first line that names columns says where the cells belong."""
        known = {name.casefold(): name for name in self._now.columns}
        if not self._now.columns and len(cells) > 1:
            names = tuple(dict.fromkeys(c.strip() or f"column_{i}" for i, c in enumerate(cells[0])))
            fresh = tuple(_Row(zip(names, line, strict=False)) for line in cells[1:])
            self._change(_State(names, fresh))
            return
        head = [known.get(cell.strip().casefold(), "") for cell in cells[0]] if cells else []
        if len(cells) < 2 or not all(head) or len(set(head)) != len(head):
            self.put_cells(row, column, cells)
            return
        order = [head.index(name) if name in head else -1 for name in self._now.columns]
        kept = self._now.rows[row : row + len(cells) - 1]
        lines = [
            [
                line[n] if 0 <= n < len(line) else as_cell(kept[i].get(c)) if i < len(kept) else ""
                for n, c in zip(order, self._now.columns, strict=True)
            ]
            for i, line in enumerate(cells[1:])
        ]
        self.put_cells(row, 0, lines)

    def clear_cells(self, cells: Sequence[tuple[int, int]]) -> None:
        """Empty the cells at (row, column)."""
        rows = [dict(r) for r in self._now.rows]
        for row, column in cells:
            rows[row][self._now.columns[column]] = ""
        self._change(self._now._replace(rows=tuple(rows)))

    def undo(self) -> None:
        """Take the last change back."""
        self._step(self._undo, self._redo)

    def redo(self) -> None:
        """Make the change again that was taken back."""
        self._step(self._redo, self._undo)

    def _step(self, source: list[_State], target: list[_State]) -> None:
        if source:
            target.append(self._now)
            self._put(source.pop())
            self.edited.emit()

    def _change(self, state: _State) -> None:
        # For ==, 1 and true are the same.
        if repr(state) != repr(self._now):
            self._undo.append(self._now)
            self._redo = []
            self._put(state)
            self.edited.emit()

    def _put(self, state: _State) -> None:
        if state.columns == self._now.columns and len(state.rows) == len(self._now.rows):
            self._now = state
            if state.rows:
                last = self.index(len(state.rows) - 1, max(0, len(state.columns) - 1))
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._now = state
        self.endResetModel()


def _fresh_name(taken: Sequence[str]) -> str:
    number = len(taken) + 1
    while f"column_{number}" in taken:
        number += 1
    return f"column_{number}"


def _read(text: str, pattern: object) -> object:
    """What a typed text means where `pattern` stood or stands above."""
    if pattern is None or isinstance(pattern, str):
        return text
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
