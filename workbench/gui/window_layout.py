"""How the window is laid out: bar, messages, rail beside the pages, status. GUI thread."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.gui.parts import horizontal_line, pane, vertical_line


def window_layout(
    top_bar: QWidget, notices: QWidget, rail: QWidget, pages: QWidget, status: QWidget
) -> QWidget:
    """One widget that holds them all."""
    body = QHBoxLayout()
    body.setContentsMargins(0, 0, 0, 0)
    body.setSpacing(0)
    body.addWidget(rail)
    body.addWidget(vertical_line())
    body.addWidget(pages, 1)
    whole = pane()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(top_bar)
    column.addWidget(horizontal_line())
    column.addWidget(notices)
    column.addLayout(body, 1)
    column.addWidget(horizontal_line())
    column.addWidget(status)
    return whole
