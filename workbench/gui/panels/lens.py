"""The logit lens: the grid, what it is coloured by, and one line about the cell pointed at.
GUI thread. No logic.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from workbench.core.lens_statistics import LENS_STATISTICS
from workbench.gui.fonts import Fonts
from workbench.gui.panels.colour_scale import ColourScale
from workbench.gui.panels.lens_grid import LensGrid
from workbench.gui.parts import EDGE, label, text_button
from workbench.gui.theme import Theme
from workbench.gui.translate import mark, tr

EXPORTS = {
    "png": mark("Picture (PNG)…"),
    "svg": mark("Drawing (SVG)…"),
    "npz": mark("Figures (NPZ)…"),
    "csv": mark("Figures as a table (CSV)…"),
}
EMPTY = mark(
    "The logit lens of a run will stand here: what each layer would say next if it were the last."
)
UNADJUSTED = mark("unadjusted: early layers were never trained for this")


class LensPanel(QWidget):
    """What stands where.

    Signals:
        wanted(): the person asks for the lens.
        statistic_chosen(name): a key of `LENS_STATISTICS`.
        export_wanted(kind): a key of `EXPORTS`.
    """

    wanted = Signal()
    statistic_chosen = Signal(str)
    export_wanted = Signal(str)

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self.grid = LensGrid(theme, fonts)
        self.readout = label("", "caption")
        self.name = label(tr(UNADJUSTED), "muted")
        self.reason = label(tr(EMPTY), "empty")
        self.reason.setWordWrap(True)
        self.ask_button = text_button(tr("Look through the layers"), "small")
        self.ask_button.clicked.connect(self.wanted)
        self.statistic = QComboBox()
        self.statistic.setAccessibleName(tr("Colour by"))
        for at, (name, statistic) in enumerate(LENS_STATISTICS.items()):
            self.statistic.addItem(tr(name), name)
            self.statistic.setItemData(at, tr(statistic.help), Qt.ItemDataRole.ToolTipRole)
        self.statistic.currentIndexChanged.connect(
            lambda at: self.statistic_chosen.emit(self.statistic.itemData(at))
        )
        self.export_button = text_button(tr("Export… ▾"), accessible=tr("Export the lens"))
        menu = QMenu(self)
        for kind, text in EXPORTS.items():
            menu.addAction(tr(text), partial(self.export_wanted.emit, kind))
        self.export_button.setMenu(menu)
        top = QHBoxLayout()
        top.setContentsMargins(EDGE, 4, EDGE, 4)
        top.setSpacing(10)
        top.addWidget(self.name, 1)
        top.addWidget(label(tr("colour by"), "muted"))
        top.addWidget(self.statistic)
        top.addWidget(self.export_button)
        foot = QHBoxLayout()
        foot.setContentsMargins(EDGE, 2, EDGE, 6)
        foot.addWidget(self.readout, 1)
        foot.addWidget(ColourScale(theme, fonts, "n/a"))
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.grid, 1)
        column.addLayout(foot)
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
        self._stack.addWidget(shown)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.show_reason(tr(EMPTY))

    @property
    def shows_lens(self) -> bool:
        """Whether a lens stands there."""
        return self._stack.currentIndex() == 1

    def show_reason(self, text: str, *, can_ask: bool = False) -> None:
        """Say why there is no lens, with a button if it only has to be asked for."""
        self.reason.setText(text)
        self.ask_button.setVisible(can_ask)
        self.readout.setText("")
        self._stack.setCurrentIndex(0)

    def show_grid(self) -> None:
        """Show the lens again."""
        self._stack.setCurrentIndex(1)
