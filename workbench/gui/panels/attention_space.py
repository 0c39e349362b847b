"""The Attention workspace: the text and the matrix, and what is known of them at the right.
GUI thread. No logic.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QMenu, QSizePolicy, QVBoxLayout, QWidget

from workbench.gui.attention.hosted import Hosted, Place
from workbench.gui.fonts import Fonts
from workbench.gui.panels.attention_text import AttentionText
from workbench.gui.panels.by_source import BySourcePanel
from workbench.gui.panels.influence import InfluencePanel
from workbench.gui.panels.steering import SteeringPanel
from workbench.gui.panels.workspaces import splitter
from workbench.gui.parts import horizontal_line, label, pane, text_button, title_bar
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme
from workbench.gui.tight_scroll import TightScroll
from workbench.gui.translate import mark, tr

EXPORTS = {
    "png": mark("Picture of the text (PNG)…"),
    "svg": mark("Drawing of the text (SVG)…"),
    "npz": mark("Attention weights (NPZ)…"),
    "csv": mark("Weights of every token (CSV)…"),
    "shares": mark("Shares of attention, part by part (CSV)…"),
    "parts": mark("What mattered, part by part (CSV)…"),
}

_TEXT_HEIGHT = 280


class AttentionSpace(QWidget):
    """What stands where.

    Signals:
        export_wanted(kind): a key of `EXPORTS`.
    """

    export_wanted = Signal(str)

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self.title = label(tr("Attention"), "title")
        self.chip = label("", "chip")
        self.chip.hide()
        self.facts = label("", "muted")
        self.facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.facts.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.export_button = text_button(tr("Export… ▾"), accessible=tr("Export"))
        menu = QMenu(self)
        for kind, text in EXPORTS.items():
            menu.addAction(tr(text), partial(self.export_wanted.emit, kind))
        self.export_button.setMenu(menu)
        self.text = AttentionText(theme, fonts)
        self.by_source = BySourcePanel(theme, fonts)
        self.influence = InfluencePanel(theme, fonts)
        self.steering = SteeringPanel(theme, fonts)
        vertical, horizontal = Qt.Orientation.Vertical, Qt.Orientation.Horizontal
        self._middle = splitter("attention-middle", vertical, [_TEXT_HEIGHT], self.text)
        self._middle.setMinimumWidth(380)
        holder = pane()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.by_source)
        self._column.addWidget(self.influence)
        self._column.addWidget(self.steering)
        self._column.addStretch(1)
        self._right = TightScroll(Qt.Orientation.Vertical)
        self._right.setWidget(holder)
        set_role(self._right, "pane")
        columns = splitter("attention", horizontal, [960, 430], self._middle, self._right)
        columns.setStretchFactor(0, 1)
        columns.setStretchFactor(1, 0)
        head, row = title_bar(self.title, self.chip)
        row.addWidget(self.facts, 1)
        row.addWidget(self.export_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(horizontal_line())
        column.addWidget(columns, 1)

    def host(self, panel: Hosted) -> None:
        """Put a further panel where it belongs."""
        if panel.place is Place.BELOW:
            self._middle.addWidget(panel.widget)
            self._middle.setSizes([_TEXT_HEIGHT, panel.height])
            self._middle.setStretchFactor(0, 0)
            self._middle.setStretchFactor(1, 1)
        elif panel.place is Place.FIRST:
            self._column.insertWidget(0, panel.widget)
        else:
            self._column.insertWidget(self._column.indexOf(self.steering), panel.widget)

    def reveal(self, panel: QWidget) -> None:
        """Scroll the right column so that a panel begins at its top, as far as that goes."""
        # Not before the layout knows how high everything is.
        QTimer.singleShot(0, self, lambda: self._right.verticalScrollBar().setValue(panel.y()))

    def show_chip(self, text: str) -> None:
        """Which row or column is shown; empty hides it."""
        self.chip.setText(text)
        self.chip.setVisible(bool(text))

    def show_facts(self, text: str) -> None:
        """Layer, head and sink, at the right end of the title."""
        self.facts.setText(text)
        self.facts.setToolTip(text)
