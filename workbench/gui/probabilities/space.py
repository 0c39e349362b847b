"""The Probabilities workspace: prompt over reply in the middle, panels at the right. No logic.
GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from workbench.core.tokens import TokenRecord
from workbench.experiments.token_tables import tokens_json, tokens_tsv
from workbench.gui.current import Part
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
from workbench.gui.translate import mark, tr

_NO_PROMPT = mark(
    "The prompt of a run will stand here, every token coloured by how much it surprised."
)
_NO_REPLY = mark("The reply will stand here. Generate one (Ctrl+Enter in Prompt), or open a run.")


class ProbabilitiesSpace(QWidget):
    """What stands where.

    Attributes:
        prompt, reply: the two texts; `prompt_tokens`, `reply_tokens` what they are fed by.
        side: the panels of the right column.
        score_button: has the prompt scored, or stops that.
        edited: shows the prompt that is being edited instead of the run's.

    Signals:
        tint_chosen(name): the person colours by another quantity.
        marks_wanted(on): the person wants spaces, newlines and bytes shown, or hidden.
        pressed(): the primary button.
        sample_chosen(number): the person wants to see another reply of the run.
    """

    tint_chosen = Signal(str)
    marks_wanted = Signal(bool)
    pressed = Signal()
    sample_chosen = Signal(int)

    def __init__(self, theme: Theme, fonts: Fonts, cards: TokenCards) -> None:
        super().__init__()
        self.title = label(tr("Probabilities"), "title")
        self.chip = label("", "chip")
        self.chip.hide()
        self.tint_button = text_button(tr("tint: surprise ▾"), accessible=tr("Tint"))
        self.low, self.high = label("", "muted"), label("", "muted")
        self.legend = TintLegend(theme)
        self.marks = _toggle(tr("¶ bytes"), tr("Show spaces, newlines and bytes (Ctrl+.)"))
        self.marks.toggled.connect(self.marks_wanted)
        self.button = PrimaryButton(theme, fonts)
        self.button.clicked.connect(self.pressed)
        self.prompt = TokenPane(theme, fonts, tr("Prompt"), tr(_NO_PROMPT))
        self.reply = TokenPane(theme, fonts, tr("Reply"), tr(_NO_REPLY))
        self.score_button = text_button(tr("Score the prompt"), accessible=tr("Score the prompt"))
        self.score_button.hide()
        tip = tr("Show the prompt as it stands in the editor now, instead of as it was run.")
        self.edited = _toggle(tr("as edited now"), tip)
        self.edited.hide()
        self.samples = text_button("", accessible=tr("Reply"))
        self.samples.setMenu(QMenu(self.samples))
        self.samples.hide()
        self.reply.tools.addWidget(self.samples)
        for button in (self.edited, self.score_button):
            self.prompt.tools.addWidget(button)
        self.prompt_tokens = ShownTokens(self.prompt.view, cards, self, Part.PROMPT)
        self.reply_tokens = ShownTokens(self.reply.view, cards, self, Part.REPLY)
        for pane, tokens in ((self.prompt, self.prompt_tokens), (self.reply, self.reply_tokens)):
            pane.tools.addWidget(copy_button(tokens))
        self.side = SideTabs()
        menu = QMenu(self)
        for tint in TINTS:
            menu.addAction(tr(tint.name), partial(self.tint_chosen.emit, tint.name)).setToolTip(
                tr(tint.help)
            )
        menu.setToolTipsVisible(True)
        self.tint_button.setMenu(menu)
        vertical, horizontal = Qt.Orientation.Vertical, Qt.Orientation.Horizontal
        self._middle = splitter(
            "probabilities-middle", vertical, [380, 420], self.prompt, self.reply
        )
        columns = splitter("probabilities", horizontal, [976, 410], self._middle, self.side)
        self._middle.setMinimumWidth(380)
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

    def settle(self) -> None:
        """Give every panel its place now, not when the event loop comes to it."""
        self._middle.refresh()

    def show_samples(self, count: int, shown: int) -> None:
        """Which of how many replies is shown; one alone needs no button."""
        self.samples.setVisible(count > 1)
        self.samples.setText(tr("reply {shown} of {count} ▾", shown=shown + 1, count=count))
        menu = self.samples.menu()
        menu.clear()
        for number in range(count):
            menu.addAction(
                tr("reply {number}", number=number + 1), partial(self.sample_chosen.emit, number)
            )

    def show_tint(self, name: str) -> None:
        """What the colours of both texts mean now."""
        tint = TINTS.get(name)
        self.tint_button.setText(tr("tint: {name} ▾", name=tr(tint.name)))
        self.tint_button.setToolTip(tr(tint.help))
        self.low.setText(tr(tint.low))
        self.high.setText(tr(tint.high))
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


def copy_button(tokens: ShownTokens) -> QPushButton:
    """A button that copies what is known of the selected tokens, or of all."""

    def copy(write: Callable[[Sequence[TokenRecord], int], str]) -> None:
        first, records = tokens.selected_records()
        QGuiApplication.clipboard().setText(write(records, first))

    button = text_button(tr("Copy ▾"), accessible=tr("Copy tokens"))
    button.setToolTip(tr("The selected tokens, or all: drag over the text to select."))
    menu = QMenu(button)
    menu.addAction(tr("Tokens, as TSV"), partial(copy, tokens_tsv))
    menu.addAction(
        tr("Tokens, as JSON"), partial(copy, lambda records, _first: tokens_json(records))
    )
    button.setMenu(menu)
    return button


def _toggle(text: str, tip: str) -> QPushButton:
    made = text_button(text, "toggle")
    made.setCheckable(True)
    made.setToolTip(tip)
    made.setAccessibleName(tip)
    return made
