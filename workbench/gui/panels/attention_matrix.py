"""The matrix of one head or mean: the picture, its legend, and one line about the cell pointed at.
GUI thread. No logic.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from workbench.gui.fonts import Fonts
from workbench.gui.panels.colour_scale import ColourScale
from workbench.gui.panels.matrix_view import MatrixView
from workbench.gui.parts import EDGE, label, text_button
from workbench.gui.theme import Theme
from workbench.gui.translate import mark, tr

EXPORTS = {
    "png": mark("Picture (PNG), one pixel per cell or larger…"),
    "svg": mark("Drawing with labels (SVG)…"),
    "npz": mark("Weights (NPZ)…"),
    "csv": mark("Weights as a table (CSV)…"),
}
EMPTY = mark("The attention matrix of a run will stand here: which token looked at which.")


class AttentionMatrixPanel(QWidget):
    """What stands where.

    Signals:
        wanted(): the person asks for the matrix of a long text.
        export_wanted(kind): a key of `EXPORTS`.
    """

    wanted = Signal()
    export_wanted = Signal(str)

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self.view = MatrixView(theme, fonts)
        self.name = label("", "muted")
        self.readout = label("", "caption")
        self.reason = label(tr(EMPTY), "empty")
        self.reason.setWordWrap(True)
        self.ask_button = text_button(tr("Read the text and show the matrix"), "small")
        self.ask_button.clicked.connect(self.wanted)
        self.export_button = text_button(tr("Export… ▾"), accessible=tr("Export the matrix"))
        menu = QMenu(self)
        for kind, text in EXPORTS.items():
            menu.addAction(tr(text), partial(self.export_wanted.emit, kind))
        self.export_button.setMenu(menu)
        further, closer, everything = (
            text_button(text, accessible=accessible)
            for text, accessible in (
                ("−", tr("Zoom out")),
                ("+", tr("Zoom in")),
                (tr("all"), tr("Show all")),
            )
        )
        further.clicked.connect(lambda: self.view.zoom(-2))
        closer.clicked.connect(lambda: self.view.zoom(2))
        everything.clicked.connect(self.view.show_all)
        self.tools = QHBoxLayout()
        self.tools.setContentsMargins(0, 0, 0, 0)
        self.tools.setSpacing(10)
        self.tools.addWidget(self.name, 1)
        for button in (further, closer, everything, self.export_button):
            self.tools.addWidget(button)
        foot = QHBoxLayout()
        foot.setContentsMargins(EDGE, 2, EDGE, 6)
        foot.addWidget(self.readout, 1)
        foot.addWidget(ColourScale(theme, fonts))
        self._shown = QWidget()
        shown = QVBoxLayout(self._shown)
        shown.setContentsMargins(0, 0, 0, 0)
        shown.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(EDGE, 4, EDGE, 0)
        top.addLayout(self.tools)
        shown.addLayout(top)
        shown.addWidget(self.view, 1)
        shown.addLayout(foot)
        nothing = QWidget()
        empty = QVBoxLayout(nothing)
        empty.setContentsMargins(EDGE, 24, EDGE, 24)
        empty.addWidget(self.reason)
        row = QHBoxLayout()
        row.addWidget(self.ask_button)
        row.addStretch(1)
        empty.addLayout(row)
        empty.addStretch(1)
        self._stack = QStackedWidget()
        self._stack.addWidget(nothing)
        self._stack.addWidget(self._shown)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.show_reason(tr(EMPTY))

    @property
    def shows_matrix(self) -> bool:
        """Whether a matrix stands there."""
        return self._stack.currentIndex() == 1

    def show_reason(self, text: str, *, can_ask: bool = False) -> None:
        """Say why there is no matrix, with a button if it only has to be asked for."""
        self.reason.setText(text)
        self.ask_button.setVisible(can_ask)
        self.readout.setText("")
        self._stack.setCurrentIndex(0)

    def show_view(self) -> None:
        """Show the matrix again."""
        self._stack.setCurrentIndex(1)
