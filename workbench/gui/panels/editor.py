"""The prompt: its message blocks to edit and, below, the exact text the model reads. GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from enum import StrEnum

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.gui.cut_label import CutLabel
from workbench.gui.editor.block_list import BlockList, BlockText
from workbench.gui.editor.completer import Completer
from workbench.gui.editor.find_controller import FindController
from workbench.gui.editor.source_view import SourceView
from workbench.gui.fonts import Fonts
from workbench.gui.messages import MessageBar
from workbench.gui.panels.exact_prompt import ExactPrompt
from workbench.gui.panels.message_block import TEXT_ROLE, MessageBlock
from workbench.gui.parts import (
    EDGE,
    horizontal_line,
    label,
    pane,
    text_button,
    title_bar,
    wrapping_label,
)
from workbench.gui.primary_button import PrimaryButton
from workbench.gui.prompt_mistakes import Mistake
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme
from workbench.gui.translate import mark, tr

__all__ = ["TEXT_ROLE", "BlockText", "EditorPanel", "Show"]


class Show(StrEnum):
    """What stands in the editor."""

    WRITE = mark("Write")
    RENDERED = mark("Rendered")
    TOKENS = mark("Tokens")
    YAML = "YAML"


_FEWEST_OF_TITLE, _GAP = 24, 8
_HELP = {
    Show.WRITE: mark("Only the template"),
    Show.RENDERED: mark("The template and the exact prompt"),
    Show.YAML: mark("The prompt file as it will be saved"),
    Show.TOKENS: mark(
        "The exact prompt with the borders of its tokens, spaces and line breaks visible"
    ),
}


class EditorPanel(QWidget):
    """Header, blocks and exact prompt.

    Signals:
        edited(): some block's text is another now.
        pressed(): the person pressed the primary button.
        new_wanted(): the person pressed the button of the empty state.
        export_wanted(): the person pressed Export.
    """

    edited = Signal()
    pressed = Signal()
    new_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self._theme, self._fonts = theme, fonts
        self.title = CutLabel("title", 28, "prompt-title")
        self.chip = label("", "chip", name="prompt-chip")
        self.chip.hide()
        self.button = PrimaryButton(theme, fonts)
        self.button.show_text(tr("Generate"), "Ctrl ↵")
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
        self.list = BlockList(theme, fonts)
        self.list.made.connect(self._block_made)
        self.list.edited.connect(self.edited)
        self.list.cursor_moved.connect(self._follow)
        self.list.shown.connect(self._reveal_place)
        self.completer = Completer(self, self.list, theme, fonts)
        self.finder = FindController(self, self.list, theme)
        self.finder.shown.connect(self._show_found)
        self.source = SourceView(theme, fonts)
        self._column.addWidget(self.list)
        self._column.addWidget(self.error)
        self._column.addWidget(self.source)
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
        column.addWidget(self.finder.bar)
        column.addWidget(self._stack, 1)
        self._add_keys()
        self.show_mode(Show.RENDERED)

    @property
    def blocks(self) -> list[MessageBlock]:
        """The message blocks, in order; one for a raw text."""
        return self.list.blocks

    def show_prompt(self, name: str, blocks: Sequence[BlockText]) -> None:
        """Open a prompt: its name and its blocks.

        The keyboard goes into the last message if it was in one, or if there is all to write.
        """
        focused = QApplication.focusWidget()
        had_keyboard = focused is not None and self.list.isAncestorOf(focused)
        self.title.setText(name)
        self.list.show_blocks(blocks)
        self.clear_error()
        self.exact.show_nothing()
        self._stack.setCurrentIndex(1)
        self.show_mode(self.mode)
        self.area.verticalScrollBar().setValue(0)
        is_new = not any(block.content.strip() for block in blocks)
        if self.blocks and self.list.isVisible() and (had_keyboard or is_new):
            self.blocks[-1].edit.setFocus()

    def show_empty(self) -> None:
        """No prompt is open."""
        self.title.setText("")
        self.show_chip("")
        self._stack.setCurrentIndex(0)

    def texts(self) -> list[BlockText]:
        """The blocks as they stand."""
        return self.list.texts()

    def show_source(self, source: str) -> None:
        """The prompt file as it would be saved now."""
        self.source.show_source(source)

    def show_chip(self, text: str) -> None:
        """The prompt's state beside its name; empty hides it."""
        self.chip.setText(text)
        self._fit_header()

    def set_variables(self, names: Collection[str]) -> None:
        """Which names are variables of the form."""
        self.list.set_variables(names)

    def show_counts(self, counts: Sequence[str]) -> None:
        """How long each block is when rendered."""
        for block, text in zip(self.blocks, counts, strict=False):
            block.show_count(text)

    def show_errors(self, mistakes: Sequence[Mistake]) -> None:
        """Say everything that is wrong, under the blocks it is wrong in, and underline it."""
        self.clear_error()
        known = range(len(self.blocks))
        self.error.setText("\n".join(m.text for m in mistakes if m.block not in known))
        self.error.setVisible(bool(self.error.text()))
        for number, block in enumerate(self.blocks):
            own = [mistake for mistake in mistakes if mistake.block == number]
            if own:
                block.show_errors([(mistake.text, mistake.line) for mistake in own])

    def clear_error(self) -> None:
        """Nothing is wrong."""
        self.error.hide()
        self.error.setText("")
        for block in self.blocks:
            if block.error.text():
                block.show_errors([])

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
        blocks_had_focus = self.list.focusWidget() is not None and self.list.isVisible()
        self.list.setVisible(mode in (Show.WRITE, Show.RENDERED))
        self.source.setVisible(mode is Show.YAML)
        self.exact.setVisible(mode in (Show.RENDERED, Show.TOKENS))
        self.exact.view.show_marks(mode is Show.TOKENS)
        if mode is Show.YAML:
            self.area.verticalScrollBar().setValue(0)
        # Qt would hand the keyboard of a hidden block to the next panel.
        if blocks_had_focus and not self.list.isVisible():
            self.tabs[mode].setFocus()

    def calls(self) -> dict[str, Callable[[], None]]:
        """What the editor does for the window's actions, by name."""
        return {
            "find": lambda: self.show_find(replace=False),
            "replace": lambda: self.show_find(replace=True),
            "find_next": lambda: self.finder.step(1),
            "find_previous": lambda: self.finder.step(-1),
            "to_error": self.go_to_error,
        }

    def show_find(self, *, replace: bool = False) -> None:
        """Open the find bar, with what is selected in it."""
        if self.mode in (Show.TOKENS, Show.YAML):
            self.show_mode(Show.WRITE)
        self.finder.open(replace=replace)

    def go_to_error(self) -> None:
        """Put the cursor where the mistake is."""
        if self.mode in (Show.TOKENS, Show.YAML):
            self.show_mode(Show.RENDERED)
        any(block.go_to_error() for block in self.blocks)

    def close_lanes(self) -> None:
        """End the thread that searches."""
        self.finder.close()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """In a narrow window the header keeps what has no other way in sight."""
        super().resizeEvent(event)
        self._fit_header()

    def _fit_header(self) -> None:
        fixed = (*self.tabs.values(), self.button)
        room = self.width() - 2 * EDGE - _FEWEST_OF_TITLE
        room -= sum(part.sizeHint().width() + _GAP for part in fixed)
        for part, wanted in ((self.chip, bool(self.chip.text())), (self.export_button, True)):
            need = part.sizeHint().width() + _GAP
            part.setVisible(wanted and need <= room)
            room -= need if wanted and need <= room else 0

    def _block_made(self, block: MessageBlock) -> None:
        self.completer.watch(block.edit)
        block.edit.textChanged.connect(self.finder.texts_changed)

    def _add_keys(self) -> None:
        """Keys that count anywhere in the editor; those of a text field come first."""
        undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
        for keys, call in (
            (undo, self.list.undo),
            (redo, self.list.redo),
            ("Alt+Up", lambda: self._with_block(lambda b: b.move_wanted.emit(-1))),
            ("Alt+Down", lambda: self._with_block(lambda b: b.move_wanted.emit(1))),
            ("Ctrl+Shift+D", lambda: self._with_block(self.list.duplicate)),
            ("Ctrl+Shift+Backspace", lambda: self._with_block(self.list.delete)),
            ("Ctrl+Shift+Return", self._add_below),
            ("Ctrl+Shift+F", lambda: self._with_block(lambda b: b.fold(not b.is_folded))),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(call)

    def _with_block(self, call: Callable[[MessageBlock], None]) -> None:
        block = self.list.current()
        if block is not None:
            call(block)

    def _add_below(self) -> None:
        block = self.list.current()
        self.list.add_block("user" if block is None else next_role(block.role), block)

    def _follow(self, block: MessageBlock) -> None:
        if not block.edit.hasFocus():
            return
        # The block gets its new height only after this signal.
        QTimer.singleShot(0, block, lambda: self._reveal(block))

    def _show_found(self, block: MessageBlock) -> None:
        QTimer.singleShot(0, block, lambda: self._reveal(block))

    def _reveal(self, block: MessageBlock) -> None:
        rect = block.edit.cursorRect()
        at = block.edit.viewport().mapTo(self._page, QPoint(rect.left(), rect.center().y()))
        self.area.ensureVisible(at.x(), at.y(), 20, 40)

    def _reveal_place(self, point: QPoint) -> None:
        at = self.list.mapTo(self._page, point)
        self.area.ensureVisible(at.x(), at.y(), 0, 30)

    def _header(self) -> QWidget:
        holder, row = title_bar(self.title, self.chip)
        group = QButtonGroup(self)
        for show in Show:
            tab = text_button(tr(show.value), "tab")
            tab.setCheckable(True)
            tab.setToolTip(tr(_HELP[show]))
            tab.clicked.connect(lambda _on=False, s=show: self.show_mode(s))
            group.addButton(tab)
            self.tabs[show] = tab
            row.addWidget(tab)
        row.addSpacing(4)
        self.export_button = text_button(tr("Export…"), "")
        self.export_button.setToolTip(tr("Write the prompt as a file for another tool (Ctrl+E)"))
        self.export_button.clicked.connect(self.export_wanted)
        row.addWidget(self.export_button)
        row.addWidget(self.button)
        return holder

    def _empty_state(self) -> QWidget:
        holder = pane("well")
        column = QVBoxLayout(holder)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.setSpacing(10)
        text = label(tr("Choose a prompt in the library on the left, or begin with an empty one."))
        column.addWidget(text)
        self.start = text_button(tr("Write a new prompt"), "")
        self.start.clicked.connect(self.new_wanted)
        row = QHBoxLayout()
        row.addWidget(self.start)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        return holder


def next_role(role: str) -> str:
    """Who speaks after `role`."""
    return "assistant" if role == "user" else "user"
