"""How every table of the window looks and takes keys. GUI thread."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from workbench.gui.direction import keep_left_to_right


def make_plain(table: QTableView, name: str, row_height: int) -> None:
    """No grid, no frame, no numbers of rows; Tab leaves the table instead of walking its cells.

    Args:
        table: any table; its columns and what can be selected stay its own affair.
        name: what screen readers say.
        row_height: of every row, in pixels.
    """
    keep_left_to_right(table)
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
