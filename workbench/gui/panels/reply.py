"""The reply: its tokens, what colours them, and the facts of the run. GUI thread."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from workbench.gui.cut_label import CutLabel
from workbench.gui.fonts import MODEL_PIXELS, Fonts
from workbench.gui.messages import MessageBar
from workbench.gui.parts import label, pane, text_button, title_row, wrapping_label
from workbench.gui.theme import Theme
from workbench.gui.tint_legend import TintLegend
from workbench.gui.tints import TINTS, Tint
from workbench.gui.token_view import TokenView
from workbench.gui.translate import tr

_NARROWEST_CHIP = 120
"""Pixels that are left of the facts of a run where there is no room for more."""


class ReplyPanel(QWidget):
    """Header, messages of this run, and the token view.

    Signals:
        tint_chosen(name): the person colours by another quantity.
        generate_wanted(): the person pressed the button of the empty state.
    """

    tint_chosen = Signal(str)
    generate_wanted = Signal()

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self.chip = CutLabel("chip", _NARROWEST_CHIP, "reply-chip")
        self.chip.hide()
        self.tint_button = text_button(tr("tint: surprise ▾"), accessible=tr("Tint"))
        self._low, self._high = label(tr("certain"), "muted"), label(tr("surprised"), "muted")
        self.legend = TintLegend(theme)
        menu = QMenu(self)
        for tint in TINTS:
            menu.addAction(tr(tint.name), partial(self.tint_chosen.emit, tint.name))
        self.tint_button.setMenu(menu)
        self.messages = MessageBar(theme)
        self.view = TokenView(theme, fonts, pixels=MODEL_PIXELS, spacing=2.0)
        self.view.setAccessibleName(tr("Reply"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty_state())
        self._stack.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        legend = (self._low, self.legend, self._high)
        column.addLayout(title_row(tr("Reply"), self.tint_button, *legend, left=(self.chip,)))
        column.addWidget(self.messages)
        column.addWidget(self._stack, 1)
        self.show_tint(TINTS.get("surprise"))

    def show_empty(self) -> None:
        """No reply yet: say what will be here."""
        self.view.clear()
        self.chip.hide()
        self._stack.setCurrentIndex(0)

    def show_reply(self) -> None:
        """Show the token view instead of the empty state."""
        self._stack.setCurrentIndex(1)

    def show_facts(self, text: str) -> None:
        """What stands in the chip beside the title; empty hides it."""
        self.chip.setText(text)
        self.chip.setVisible(bool(text))

    def show_tint(self, tint: Tint) -> None:
        """What the colours mean now."""
        self.tint_button.setText(tr("tint: {name} ▾", name=tr(tint.name)))
        self.tint_button.setToolTip(tr(tint.help))
        self.tint_button.setAccessibleDescription(tr(tint.help))
        self._low.setText(tr(tint.low))
        self._high.setText(tr(tint.high))
        self.legend.show_tint(tint)

    def _empty_state(self) -> QWidget:
        holder = pane()
        column = QVBoxLayout(holder)
        column.setContentsMargins(16, 10, 16, 16)
        column.setSpacing(10)
        text = tr("The reply will stand here, every token coloured by how sure the model was.")
        words = wrapping_label("empty")
        words.setText(text)
        column.addWidget(words)
        self.start = text_button(tr("Generate a reply"), "", accessible=tr("Generate a reply"))
        self.start.clicked.connect(self.generate_wanted)
        row = QHBoxLayout()
        row.addWidget(self.start)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        return holder
