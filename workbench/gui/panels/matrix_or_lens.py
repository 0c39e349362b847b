"""The lower half of the Attention workspace: the matrix or the logit lens. GUI thread. No logic."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from workbench.gui.parts import EDGE, text_button
from workbench.gui.translate import tr


class MatrixOrLens(QWidget):
    """Two tabs."""

    def __init__(self, matrix: QWidget, lens: QWidget) -> None:
        super().__init__()
        self._stack = QStackedWidget()
        self._tabs = QButtonGroup(self)
        row = QHBoxLayout()
        row.setContentsMargins(EDGE - 5, 6, EDGE, 0)
        row.setSpacing(4)
        for at, (name, widget) in enumerate(((tr("Matrix"), matrix), (tr("Logit lens"), lens))):
            self._stack.addWidget(widget)
            tab = text_button(name, "tab")
            tab.setCheckable(True)
            tab.setChecked(at == 0)
            tab.clicked.connect(partial(self._stack.setCurrentIndex, at))
            self._tabs.addButton(tab, at)
            row.addWidget(tab)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._stack, 1)

    def show_lens(self, *, on: bool) -> None:
        """Turn to the lens, or back to the matrix."""
        self._tabs.button(int(on)).click()
