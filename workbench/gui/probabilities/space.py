"""The Probabilities workspace: prompt over reply in the middle, panels at the right. No logic.
GUI thread.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from workbench.gui.fonts import Fonts
from workbench.gui.panels.workspaces import splitter
from workbench.gui.parts import horizontal_line, label, text_button, title_bar
from workbench.gui.primary_button import PrimaryButton
from workbench.gui.probabilities.side import SideTabs
from workbench.gui.probabilities.token_pane import TokenPane
from workbench.gui.shown_tokens import ShownTokens
from workbench.gui.theme import Theme
from workbench.gui.tint_legend import TintLegend
from workbench.gui.tints import TINTS
from workbench.gui.token_cards import TokenCards

_NO_PROMPT = "The prompt of a run will stand here, every token coloured by how much it surprised."
_NO_REPLY = "The reply will stand here. Generate one (Ctrl+Enter in Prompt), or open a run."


class ProbabilitiesSpace(QWidget):
    """What stands where.

    Attributes:
        prompt, reply: the two texts; `prompt_tokens`, `reply_tokens` what they are fed by.
        side: the panels of the right column.
        below: a place under the reply; empty until `put_below`.

    Signals:
        tint_chosen(name): the person colours by another quantity.
        marks_wanted(on): the person wants spaces, newlines and bytes shown, or hidden.
        pressed(): the primary button.
    """

    tint_chosen = Signal(str)
    marks_wanted = Signal(bool)
    pressed = Signal()

    def __init__(self, theme: Theme, fonts: Fonts, cards: TokenCards) -> None:
        super().__init__()
        self.title = label("Probabilities", "title")
        self.chip = label("", "chip")
        self.chip.hide()
        self.tint_button = text_button("tint: surprise ▾", accessible="Tint")
        self.low, self.high = label("", "muted"), label("", "muted")
        self.legend = TintLegend(theme)
        self.marks = _toggle("¶ bytes", "Show spaces, newlines and bytes (Ctrl+.)")
        self.marks.toggled.connect(self.marks_wanted)
        self.button = PrimaryButton(theme, fonts)
        self.button.clicked.connect(self.pressed)
        self.prompt = TokenPane(theme, fonts, "Prompt", _NO_PROMPT)
        self.reply = TokenPane(theme, fonts, "Reply", _NO_REPLY)
        self.prompt_tokens = ShownTokens(self.prompt.view, cards, self)
        self.reply_tokens = ShownTokens(self.reply.view, cards, self)
        self.side = SideTabs()
        menu = QMenu(self)
        for tint in TINTS:
            menu.addAction(tint.name, partial(self.tint_chosen.emit, tint.name)).setToolTip(
                tint.help
            )
        menu.setToolTipsVisible(True)
        self.tint_button.setMenu(menu)
        vertical, horizontal = Qt.Orientation.Vertical, Qt.Orientation.Horizontal
        self._middle = splitter(
            "probabilities-middle", vertical, [380, 420], self.prompt, self.reply
        )
        columns = splitter("probabilities", horizontal, [1020, 366], self._middle, self.side)
        self._middle.setMinimumWidth(380)
        self.side.setMinimumWidth(300)
        columns.setStretchFactor(0, 1)
        columns.setStretchFactor(1, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        column.addWidget(horizontal_line())
        column.addWidget(columns, 1)

    def put_below(self, widget: QWidget, height: int) -> None:
        """Put a panel under the reply, `height` pixels high at first."""
        self._middle.addWidget(widget)
        sizes = self._middle.sizes()
        self._middle.setSizes([*sizes[:-1], height])

    def show_tint(self, name: str) -> None:
        """What the colours of both texts mean now."""
        tint = TINTS.get(name)
        self.tint_button.setText(f"tint: {tint.name} ▾")
        self.tint_button.setToolTip(tint.help)
        self.low.setText(tint.low)
        self.high.setText(tint.high)
        self.legend.show_tint(tint)

    def _header(self) -> QWidget:
        holder, row = title_bar(self.title, self.chip)
        for widget in (
            self.marks,
            self.tint_button,
            self.low,
            self.legend,
            self.high,
            self.button,
        ):
            row.addWidget(widget)
        return holder


def _toggle(text: str, tip: str) -> QPushButton:
    made = text_button(text, "toggle")
    made.setCheckable(True)
    made.setToolTip(tip)
    made.setAccessibleName(tip)
    return made
