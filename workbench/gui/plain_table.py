"""How every table of the window looks and takes keys. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from workbench.gui.direction import keep_left_to_right


class FigureHead(QHeaderView):
    """Heads of columns of figures; Qt's own write "Rating, 95 %" as "% Rating, 95" when mirrored.

    It can be clicked, as a table's own head can.
    """

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        keep_left_to_right(self)
        self.setSectionsClickable(True)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:  # noqa: N802  # Qt's name
        """A head, aligned and read from the left; Qt's own takes the direction of the program."""
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        super().paintSection(painter, rect, logical)


def make_plain(table: QTableView, name: str, row_height: int) -> None:
    """No grid, no frame, no numbers of rows; Tab leaves the table instead of walking its cells.

    Args:
        table: any table; its columns and what can be selected stay its own affair.
        name: what screen readers say.
        row_height: of every row, in pixels.
    """
    keep_left_to_right(table)
    table.setHorizontalHeader(FigureHead(table))
    table.setAccessibleName(name)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setFrameShape(QTableView.Shape.NoFrame)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    rows = table.verticalHeader()
    rows.setDefaultSectionSize(row_height)
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.hide()
    table.horizontalHeader().setHighlightSections(False)
