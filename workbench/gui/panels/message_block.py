"""One message of a prompt: its role, its length, and its template to edit. GUI thread."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from workbench.gui.editor.block_edit import BlockEdit
from workbench.gui.editor.block_header import BlockHeader
from workbench.gui.editor.error_place import line_in, squiggles
from workbench.gui.editor.undo import Block, difference
from workbench.gui.fonts import Fonts
from workbench.gui.highlighter import TemplateHighlighter
from workbench.gui.key_hints import keyed
from workbench.gui.parts import horizontal_line, wrapping_label
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme
from workbench.gui.translate import tr

TEXT_ROLE = "text"
"""The role shown on the only block of a raw completion prompt."""
_PREVIEW_CHARS = 60
_MOST_SAID = 4
"""Mistakes of one message that are said below it."""
_BODY_EDGES, _EDGES_BELOW_ERROR = (12, 8, 12, 3), (12, 8, 12, 7)


class MessageBlock(QFrame):
    """A card with role, token count and text.

    Signals:
        edited(int, str, str): the text is another now; see `BlockEdit.edited`.
        cursor_moved(): the cursor stands elsewhere; the page brings it into view.
        dragged(QPoint), dropped(QPoint), drag_left(): the handle was moved; places of the screen.
        role_chosen(str), duplicate_wanted(), delete_wanted(), move_wanted(int): see `BlockHeader`.
    """

    edited = Signal(int, str, str)
    cursor_moved = Signal()
    dragged = Signal(QPoint)
    dropped = Signal(QPoint)
    drag_left = Signal()
    role_chosen = Signal(str)
    duplicate_wanted = Signal()
    delete_wanted = Signal()
    move_wanted = Signal(int)

    def __init__(self, theme: Theme, fonts: Fonts, block: Block) -> None:
        super().__init__()
        self.key, self.role = block.key, block.role
        set_role(self, "block")
        self.setObjectName(f"block-{block.role}")
        self.header = BlockHeader(theme, block.role, is_message=block.role != TEXT_ROLE)
        self.count = self.header.count
        self.edit = BlockEdit(theme, fonts)
        self.edit.setAccessibleName(tr("{role} message", role=block.role))
        self.edit.setPlaceholderText(tr("Write the message here. {{ name }} makes a variable."))
        self.highlighter = TemplateHighlighter(self.edit.document(), theme)
        self.error = wrapping_label("warning")
        self.error.hide()
        self.edit.show_text(block.content)
        # What the file says, for as long as nobody edits: Qt has only one kind of line end.
        self._given, self._shown = block.content, self.edit.text()
        self._body = QVBoxLayout()
        self._body.setContentsMargins(*_BODY_EDGES)
        self._body.addWidget(self.edit)
        self._body.addWidget(self.error)
        self._line = horizontal_line()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._line)
        column.addLayout(self._body)
        self.edit.edited.connect(self.edited)
        self.edit.cursorPositionChanged.connect(self.cursor_moved)
        self.edit.installEventFilter(self)
        head = self.header
        head.fold_wanted.connect(lambda: self.fold(not self.is_folded))
        for signal, ours in (
            (head.role_chosen, self.role_chosen),
            (head.duplicate_wanted, self.duplicate_wanted),
            (head.delete_wanted, self.delete_wanted),
            (head.move_wanted, self.move_wanted),
            (head.grip.dragged, self.dragged),
            (head.grip.dropped, self.dropped),
            (head.grip.left, self.drag_left),
        ):
            signal.connect(ours)

    @property
    def content(self) -> str:
        """The template as it stands."""
        text = self.edit.text()
        return self._given if text == self._shown else text

    @property
    def block(self) -> Block:
        """The block as a value."""
        return Block(self.key, self.role, self.content)

    def show_block(self, block: Block) -> None:
        """Take role and text from `block`, without telling."""
        if block.role != self.role:
            self.role = block.role
            self.setObjectName(f"block-{block.role}")
            self.header.show_role(block.role)
            self.edit.setAccessibleName(tr("{role} message", role=block.role))
        if block.content != self.content:
            start, removed, inserted = difference(self.edit.text(), block.content, 0)
            self.edit.replace_text(start, len(removed), inserted)
            self._given, self._shown = block.content, self.edit.text()
            self._show_fold()

    @property
    def is_folded(self) -> bool:
        """Whether only the first row is shown."""
        return self.edit.isHidden()

    def fold(self, folded: bool) -> None:  # Qt slots take it so
        """Show only the first row, or everything."""
        if folded and self.edit.hasFocus():
            self.header.fold.setFocus()
        self.edit.setVisible(not folded)
        self._line.setVisible(not folded)
        self._room()
        self._show_fold()

    def focusables(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [self.header.fold, self.header.role, self.header.more, self.edit]

    def set_variables(self, names: Collection[str]) -> None:
        """Which names the form offers."""
        self.highlighter.set_variables(names)

    def show_count(self, text: str) -> None:
        """How long the rendered message is."""
        self.count.setText(text)

    def show_errors(self, mistakes: Sequence[tuple[str, int | None]]) -> None:
        """What is wrong in this message: sentences, each with its line of the text if known."""
        said = [text for text, _ in mistakes[:_MOST_SAID]]
        if len(mistakes) > _MOST_SAID:
            said.append(
                tr(
                    "{n_mistakes} more are underlined; F8 goes to the first.",
                    n_mistakes=len(mistakes) - _MOST_SAID,
                )
            )
        self.error.setText(keyed(self.error, "\n".join(said)))
        self.error.setVisible(bool(mistakes))
        self._room()
        content = self.edit.text()
        self.edit.show_squiggles(
            [
                place
                for text, line in mistakes
                for place in squiggles(content, line if line is not None else line_in(text), text)
            ]
        )
        self._frame()

    def go_to_error(self) -> bool:
        """Put the cursor where the mistake is; False when there is none."""
        start = self.edit.first_wrong()
        if start is None:
            return False
        self.fold(False)
        self.edit.setFocus()
        self.edit.setTextCursor(start)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Show which block has the keyboard."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._frame()
        return super().eventFilter(watched, event)

    def _room(self) -> None:
        """Folded and without a mistake, the block is its first row."""
        if self.error.isHidden():
            self._body.setContentsMargins(*((0, 0, 0, 0) if self.is_folded else _BODY_EDGES))
        else:
            self._body.setContentsMargins(*_EDGES_BELOW_ERROR)

    def _show_fold(self) -> None:
        text = " ".join(self.edit.text()[: 4 * _PREVIEW_CHARS].split())
        short = text if len(text) <= _PREVIEW_CHARS else f"{text[:_PREVIEW_CHARS]}…"
        self.header.show_folded(short if self.is_folded else None)

    def _frame(self) -> None:
        wrong = bool(self.error.text())
        focused = self.edit.hasFocus()
        wanted = "block-wrong" if wrong else "block-focus" if focused else "block"
        if self.property("role") != wanted:
            set_role(self, wanted)
