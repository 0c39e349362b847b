"""A model's card: a head with what matters most, and a page for each kind of detail. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.core.memory import size_words
from workbench.core.visible import one_line
from workbench.experiments.model_card import ModelCard, card_text
from workbench.experiments.model_facts import count_words
from workbench.experiments.model_fit import Machine, Verdict
from workbench.gui.fonts import Fonts
from workbench.gui.model_card.facts_page import FactsPage
from workbench.gui.model_card.keys_page import KeysPage
from workbench.gui.model_card.pages import MemoryPage, TemplatePage, TokensPage, WeightsPage
from workbench.gui.parts import EDGE, horizontal_line, label, text_button, wrapping_label
from workbench.gui.said import tr_said
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme
from workbench.gui.translate import tr


class ModelCardView(QWidget):
    """Shows one card, or one sentence instead of it.

    Attributes:
        card: what is shown; None while a sentence stands here.
    """

    edit_template = Signal()
    """The person wants to change the chat template of the model in use."""

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self.card: ModelCard | None = None
        self.name = wrapping_label("title")
        self.chips = [label("", "chip") for _ in range(4)]
        self.fit = label("", "good")
        self.copy = text_button(tr("Copy"), "small", accessible=tr("Copy the card as text"))
        self.copy.setAutoDefault(False)
        self.copy.clicked.connect(self._copy)
        self.sentence = wrapping_label("muted")
        self.facts = FactsPage()
        self.memory = MemoryPage(theme, fonts)
        self.weights = WeightsPage(theme, fonts)
        self.tokens = TokensPage(theme, fonts)
        self.template = TemplatePage(theme, fonts)
        self.template.edit_wanted.connect(self.edit_template)
        self.keys = KeysPage(theme, fonts)
        pages = (
            (tr("About"), self.facts),
            (tr("Memory"), self.memory),
            (tr("Weights"), self.weights),
            (tr("Tokens"), self.tokens),
            (tr("Chat template", "a tab"), self.template),
            (tr("All keys", "a tab"), self.keys),
        )
        self.stack = QStackedWidget()
        self.tabs: list[QPushButton] = []
        self._group = QButtonGroup(self)
        for title, page in pages:
            tab = text_button(title, "tab")
            tab.setCheckable(True)
            tab.setAutoDefault(False)
            self._group.addButton(tab, len(self.tabs))
            self.tabs.append(tab)
            self.stack.addWidget(page)
        self.tabs[0].setChecked(True)
        self._group.idClicked.connect(self.stack.setCurrentIndex)
        self._assemble()
        self.show_sentence("")

    def show_card(
        self,
        card: ModelCard,
        machine: Machine,
        more: Sequence[tuple[str, str]] = (),
        *,
        is_loaded: bool = False,
    ) -> None:
        """Show a card.

        Args:
            more: lines about the file: where it was found, say.
            is_loaded: whether it is the model in use, whose chat template can be edited.
        """
        self.card = card
        info = card.header.info
        self.name.setText(one_line(info.name, 120))
        texts = (
            one_line(info.architecture, 30),
            count_words(info.n_params) if info.n_params else "",
            info.quantization if info.quantization != "unknown" else "",
            size_words(card.header.weight_bytes),
        )
        for chip, text in zip(self.chips, texts, strict=True):
            chip.setText(text)
            chip.setVisible(bool(text))
        verdict = card.fit.verdict if card.fit is not None else None
        self.fit.setText(tr(card.kind.value) if card.fit is None else tr_said(card.fit.words))
        set_role(self.fit, "good" if verdict is Verdict.FITS else "warning")
        self.facts.show_facts(card.facts, more)
        self.memory.show_card(card, machine)
        self.weights.show_card(card)
        self.tokens.show_card(card)
        self.template.show_card(card, can_edit=is_loaded)
        self.keys.show_keys(card.keys)
        self._show_parts(is_card=True)

    def show_sentence(self, text: str, title: str = "") -> None:
        """Show a sentence: that nothing is chosen, or why there is no card."""
        self.card = None
        self.name.setText(one_line(title, 200))
        self.sentence.setText(text)
        self._show_parts(is_card=False)

    def _show_parts(self, *, is_card: bool) -> None:
        self.name.setVisible(bool(self.name.text()))
        for widget in (*self.chips, self.fit, self.copy, *self.tabs, self.stack, self._line):
            widget.setVisible(is_card and (widget not in self.chips or bool(_text(widget))))
        self.sentence.setVisible(not is_card)
        self._rest.setVisible(not is_card)

    def _copy(self) -> None:
        if self.card is not None:
            QGuiApplication.clipboard().setText(card_text(self.card))

    def _assemble(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(EDGE, 10, EDGE, 0)
        head.addWidget(self.name, 1)
        head.addWidget(self.copy)
        chips = QHBoxLayout()
        chips.setContentsMargins(EDGE, 0, EDGE, 4)
        chips.setSpacing(6)
        for chip in self.chips:
            chips.addWidget(chip)
        chips.addWidget(self.fit)
        chips.addStretch(1)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(EDGE - 6, 0, EDGE, 2)
        tabs.setSpacing(2)
        for tab in self.tabs:
            tabs.addWidget(tab)
        tabs.addStretch(1)
        self.sentence.setContentsMargins(EDGE, 0, EDGE, 0)
        self._line, self._rest = horizontal_line(), QWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(chips)
        column.addLayout(tabs)
        column.addWidget(self._line)
        column.addWidget(self.stack, 1)
        column.addWidget(self.sentence)
        column.addWidget(self._rest, 1)


def _text(widget: QWidget) -> str:
    return str(widget.property("text") or "")
