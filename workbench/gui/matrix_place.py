"""Which part of a matrix is on the screen, and how large: zoom, pan and where cells are. No Qt
widget.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF

_LARGEST_CELL = 48.0
_LARGEST_AT_FIRST = 24.0


class MatrixPlace:
    """Cells of a matrix in an area of the screen; points are relative to the area's corner.

    Attributes:
        cell: pixels per cell, the same both ways.
    """

    def __init__(self) -> None:
        self.cell = 1.0
        self._rows = self._columns = 1
        self._width = self._height = 1.0
        self._left = self._top = 0.0  # the cell coordinates of the area's corner
        self._all = True

    def set_size(self, rows: int, columns: int) -> None:
        """The matrix has so many cells."""
        self._rows, self._columns = max(1, rows), max(1, columns)
        self._settle()

    def set_area(self, width: float, height: float) -> None:
        """The area has so many pixels."""
        self._width, self._height = width, height
        self._settle()

    def show_all(self) -> None:
        """The whole matrix, as large as fits."""
        self._all = True
        self._settle()

    def zoom(self, factor: float, about: QPointF) -> None:
        """So many times larger; the cell at `about` stays where it is."""
        before = self.cell
        self._all = False
        self.cell = min(max(before * factor, self._least()), _LARGEST_CELL)
        self._left += about.x() / before - about.x() / self.cell
        self._top += about.y() / before - about.y() / self.cell
        self._settle()

    def pan(self, moved: QPointF) -> None:
        """The matrix was dragged by so many pixels."""
        self._all = False
        self._left -= moved.x() / self.cell
        self._top -= moved.y() / self.cell
        self._settle()

    def bring(self, row: int, column: int) -> None:
        """Pan so far that a cell is on the screen."""
        across, down = self._width / self.cell, self._height / self.cell
        self._left = min(max(self._left, column + 1 - across), column)
        self._top = min(max(self._top, row + 1 - down), row)
        self._settle()

    def source(self) -> QRectF:
        """The part that is on the screen, in cells."""
        return QRectF(
            self._left,
            self._top,
            min(self._width / self.cell, self._columns - self._left),
            min(self._height / self.cell, self._rows - self._top),
        )

    def target(self) -> QRectF:
        """Where that part is drawn."""
        source = self.source()
        return QRectF(0.0, 0.0, source.width() * self.cell, source.height() * self.cell)

    def visible(self) -> tuple[range, range]:
        """Rows and columns of which something is on the screen."""
        source = self.source()
        rows = range(math.floor(source.top()), min(self._rows, math.ceil(source.bottom())))
        columns = range(math.floor(source.left()), min(self._columns, math.ceil(source.right())))
        return rows, columns

    def x_of(self, column: int) -> float:
        """The left edge of a column."""
        return (column - self._left) * self.cell

    def y_of(self, row: int) -> float:
        """The upper edge of a row."""
        return (row - self._top) * self.cell

    def cell_at(self, at: QPointF) -> tuple[int, int]:
        """Row and column at a point; (-1, -1) outside the matrix."""
        if not (0 <= at.x() < self._width and 0 <= at.y() < self._height):
            return -1, -1
        row = math.floor(self._top + at.y() / self.cell)
        column = math.floor(self._left + at.x() / self.cell)
        inside = 0 <= row < self._rows and 0 <= column < self._columns
        return (row, column) if inside else (-1, -1)

    def label_step(self, height: float) -> int:
        """Every how many cells a label of this height fits."""
        return max(1, math.ceil(height / self.cell))

    def _least(self) -> float:
        return min(self._width / self._columns, self._height / self._rows, _LARGEST_AT_FIRST)

    def _settle(self) -> None:
        """Keep the matrix in the area."""
        if self._all:
            self.cell, self._left, self._top = self._least(), 0.0, 0.0
            return
        self.cell = max(self.cell, self._least())
        across, down = self._width / self.cell, self._height / self.cell
        self._left = min(max(0.0, self._left), max(0.0, self._columns - across))
        self._top = min(max(0.0, self._top), max(0.0, self._rows - down))
