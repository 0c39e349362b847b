"""The prompt: its message blocks to edit and, below, the exact text the model reads. GUI thread."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.gui.fonts import Fonts
from workbench.gui.messages import MessageBar
from workbench.gui.panels.exact_prompt import ExactPrompt
from workbench.gui.panels.message_block import MessageBlock
from workbench.gui.parts import EDGE, horizontal_line, label, pane, text_button, wrapping_label
from workbench.gui.primary_button import PrimaryButton
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme

HEADER_HEIGHT = 43
TEXT_ROLE = "text"
"""The role shown on the only block of a raw completion prompt."""


class BlockText(NamedTuple):
    """One block: the message's role (TEXT_ROLE for raw text) and its template."""

    role: str
    content: str


class Show(StrEnum):
    """What stands in the editor."""

    WRITE = "Write"
    RENDERED = "Rendered"
    TOKENS = "Tokens"


_HELP = {
    Show.WRITE: "Only the template",
    Show.RENDERED: "The template and the exact prompt",
    Show.TOKENS: "The exact prompt with the borders of its tokens, spaces and line breaks visible",
}


class EditorPanel(QWidget):
    """Header, blocks and exact prompt.

    Signals:
        edited(): some block's text is another now.
        pressed(): the person pressed the primary button.
        new_wanted(): the person pressed the button of the empty state.
    """

    edited = Signal()
    pressed = Signal()
    new_wanted = Signal()

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self._theme, self._fonts = theme, fonts
        self.blocks: list[MessageBlock] = []
        self.title = label("", "title", name="prompt-title")
        self.chip = label("", "chip", name="prompt-chip")
        self.chip.hide()
        self.button = PrimaryButton(theme, fonts)
        self.button.show_text("Generate", "Ctrl ↵")
        self.button.clicked.connect(self.pressed)
        self.tabs: dict[Show, QPushButton] = {}
        self.messages = MessageBar(theme)
        self.error = wrapping_label("warning")
        self.error.setObjectName("prompt-error")
        self.error.hide()
        self.exact = ExactPrompt(theme, fonts)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(EDGE, 9, EDGE, 12)
        self._column.setSpacing(8)
        self._column.addWidget(self.error)
        self._column.addWidget(self.exact)
        self._column.addStretch(1)
        page = pane("well")
        page.setLayout(self._column)
        self.area = QScrollArea()
        set_role(self.area, "well")
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(page)
        self._page = page
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty_state())
        self._stack.addWidget(self.area)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        column.addWidget(horizontal_line())
        column.addWidget(self.messages)
        column.addWidget(self._stack, 1)
        self.show_mode(Show.RENDERED)

    def show_prompt(self, name: str, blocks: Sequence[BlockText]) -> None:
        """Open a prompt: its name and its blocks."""
        self.title.setText(name)
        for block in self.blocks:
            self._column.removeWidget(block)
            block.hide()
            block.deleteLater()
        self.blocks = [self._add(block) for block in blocks]
        self.clear_error()
        self.exact.show_nothing()
        self._stack.setCurrentIndex(1)
        self.show_mode(self.mode)
        self.area.verticalScrollBar().setValue(0)

    def show_empty(self) -> None:
        """No prompt is open."""
        self.title.setText("")
        self.show_chip("")
        self._stack.setCurrentIndex(0)

    def texts(self) -> list[BlockText]:
        """The blocks as they stand."""
        return [BlockText(block.role, block.content) for block in self.blocks]

    def show_chip(self, text: str) -> None:
        """The prompt's state beside its name; empty hides it."""
        self.chip.setText(text)
        self.chip.setVisible(bool(text))

    def set_variables(self, names: Collection[str]) -> None:
        """Which names are variables of the form."""
        for block in self.blocks:
            block.set_variables(names)

    def show_counts(self, counts: Sequence[str]) -> None:
        """How long each block is when rendered."""
        for block, text in zip(self.blocks, counts, strict=False):
            block.show_count(text)

    def show_error(self, text: str, block: int | None = None) -> None:
        """One sentence under block number `block`, or under all blocks when it is None."""
        self.clear_error()
        if block is not None and 0 <= block < len(self.blocks):
            self.blocks[block].show_error(text)
        else:
            self.error.setText(text)
            self.error.show()

    def clear_error(self) -> None:
        """Nothing is wrong."""
        self.error.hide()
        self.error.setText("")
        for block in self.blocks:
            if block.error.text():
                block.show_error("")

    def error_text(self) -> str:
        """What is shown to be wrong; empty when nothing is."""
        return self.error.text() or next(
            (b.error.text() for b in self.blocks if b.error.text()), ""
        )

    @property
    def mode(self) -> Show:
        """What stands in the editor now."""
        return next((s for s, tab in self.tabs.items() if tab.isChecked()), Show.RENDERED)

    def show_mode(self, mode: Show) -> None:
        """Show the template, the exact prompt, or both."""
        self.tabs[mode].setChecked(True)
        for block in self.blocks:
            block.setVisible(mode is not Show.TOKENS)
        self.exact.setVisible(mode is not Show.WRITE)
        self.exact.view.show_marks(mode is Show.TOKENS)

    def _add(self, text: BlockText) -> MessageBlock:
        block = MessageBlock(self._theme, self._fonts, text.role, text.content)
        block.edited.connect(self.edited)
        block.cursor_moved.connect(lambda: self._follow(block))
        self._column.insertWidget(self._column.indexOf(self.error), block)
        return block

    def _follow(self, block: MessageBlock) -> None:
        if not block.edit.hasFocus():
            return
        # The block gets its new height only after this signal.
        QTimer.singleShot(0, block, lambda: self._reveal(block))

    def _reveal(self, block: MessageBlock) -> None:
        rect = block.edit.cursorRect()
        at = block.edit.viewport().mapTo(self._page, QPoint(rect.left(), rect.center().y()))
        self.area.ensureVisible(at.x(), at.y(), 20, 40)

    def _header(self) -> QWidget:
        holder = pane()
        holder.setFixedHeight(HEADER_HEIGHT)
        row = QHBoxLayout(holder)
        row.setContentsMargins(EDGE, 0, EDGE, 0)
        row.setSpacing(8)
        row.addWidget(self.title)
        row.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        group = QButtonGroup(self)
        for show in Show:
            tab = text_button(show.value, "tab")
            tab.setCheckable(True)
            tab.setToolTip(_HELP[show])
            tab.clicked.connect(lambda _on=False, s=show: self.show_mode(s))
            group.addButton(tab)
            self.tabs[show] = tab
            row.addWidget(tab)
        row.addSpacing(4)
        row.addWidget(self.button)
        return holder

    def _empty_state(self) -> QWidget:
        holder = pane("well")
        column = QVBoxLayout(holder)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.setSpacing(10)
        text = label("Choose a prompt in the library on the left, or begin with an empty one.")
        column.addWidget(text)
        self.start = text_button("Write a new prompt", "")
        self.start.clicked.connect(self.new_wanted)
        row = QHBoxLayout()
        row.addWidget(self.start)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        return holder
