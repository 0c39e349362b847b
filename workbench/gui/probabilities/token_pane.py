"""A text of tokens under its title: the prompt or the reply. GUI thread."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from workbench.gui.fonts import MODEL_PIXELS, Fonts
from workbench.gui.messages import MessageBar
from workbench.gui.parts import EDGE, label, pane, title_row
from workbench.gui.theme import Theme
from workbench.gui.token_view import TokenView


class TokenPane(QWidget):
    """Title, chip, what belongs at the right end, messages, and the token view.

    Attributes:
        tools: where buttons of this text are added, at the right end of its title.
    """

    def __init__(self, theme: Theme, fonts: Fonts, title: str, empty: str) -> None:
        super().__init__()
        self.chip = label("", "chip")
        self.chip.hide()
        self.note = label("", "muted")
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.messages = MessageBar(theme)
        self.view = TokenView(theme, fonts, pixels=MODEL_PIXELS, spacing=2.0)
        self.view.setAccessibleName(title)
        self.tools = QHBoxLayout()
        self.tools.setSpacing(8)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty_state(empty))
        self._stack.addWidget(self.view)
        head = title_row(title, left=(self.chip, self.note))
        head.setStretchFactor(self.note, 1)
        head.addLayout(self.tools)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.messages)
        column.addWidget(self._stack, 1)

    def show_tokens(self, on: bool) -> None:
        """Show the token view, or what will stand there."""
        self._stack.setCurrentIndex(1 if on else 0)

    def show_facts(self, chip: str, note: str = "") -> None:
        """What stands beside the title; an empty chip is hidden."""
        self.chip.setText(chip)
        self.chip.setVisible(bool(chip))
        self.note.setText(note)

    def _empty_state(self, text: str) -> QWidget:
        holder = pane()
        column = QVBoxLayout(holder)
        column.setContentsMargins(EDGE + 2, 6, EDGE, EDGE)
        empty = label(text, "empty")
        empty.setWordWrap(True)
        column.addWidget(empty)
        column.addStretch(1)
        return holder
