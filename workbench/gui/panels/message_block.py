"""One message of a prompt: its role, its length, and its template to edit. GUI thread."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, QObject, QSizeF, Qt, Signal
from PySide6.QtGui import QTextBlockFormat, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextEdit, QVBoxLayout

from workbench.gui.fonts import EDITOR_PIXELS, Fonts
from workbench.gui.highlighter import TemplateHighlighter
from workbench.gui.parts import horizontal_line, label, wrapping_label
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme

_LINE_HEIGHT = 135.0
"""Percent of the font's own height, which is 1.32 of its size: together about 1.45 with leading."""


class BlockEdit(QTextEdit):
    """Plain text that is as high as what it holds."""

    def __init__(self, fonts: Fonts) -> None:
        super().__init__()
        set_role(self, "source")
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(fonts.mono(EDITOR_PIXELS))
        self.document().setDefaultFont(fonts.mono(EDITOR_PIXELS))
        self.document().setDocumentMargin(0)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def show_text(self, text: str) -> None:
        """Replace everything; this cannot be undone into another prompt's text."""
        document = self.document()
        document.setUndoRedoEnabled(False)
        self.setPlainText(text)
        cursor = QTextCursor(document)
        cursor.select(QTextCursor.SelectionType.Document)
        spacing = QTextBlockFormat()
        kind = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        spacing.setLineHeight(_LINE_HEIGHT, kind)
        cursor.mergeBlockFormat(spacing)
        document.setUndoRedoEnabled(True)
        self._fit(document.documentLayout().documentSize())

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's name
        """The page scrolls, not the block."""
        event.ignore()

    def _fit(self, size: QSizeF) -> None:
        height = max(20, round(size.height()) + 2)
        if height != self.height():
            self.setFixedHeight(height)


class MessageBlock(QFrame):
    """A card with role, token count and text.

    Signals:
        edited(): the text is another now.
        cursor_moved(): the cursor stands elsewhere; the page brings it into view.
    """

    edited = Signal()
    cursor_moved = Signal()

    def __init__(self, theme: Theme, fonts: Fonts, role: str, content: str) -> None:
        super().__init__()
        self.role = role
        set_role(self, "block")
        self.setObjectName(f"block-{role}")
        self.count = label("", "caption")
        self.edit = BlockEdit(fonts)
        self.edit.setAccessibleName(f"{role} message")
        self.highlighter = TemplateHighlighter(self.edit.document(), theme)
        self.error = wrapping_label("warning")
        self.error.hide()
        self.edit.show_text(content)
        self._text = content
        head = QHBoxLayout()
        head.setContentsMargins(12, 5, 12, 5)
        head.addWidget(label(role, "caption"))
        head.addStretch(1)
        head.addWidget(self.count)
        body = QVBoxLayout()
        body.setContentsMargins(12, 8, 12, 3)
        body.addWidget(self.edit)
        body.addWidget(self.error)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(horizontal_line())
        column.addLayout(body)
        self.edit.textChanged.connect(self._changed)
        self.edit.cursorPositionChanged.connect(self.cursor_moved)
        self.edit.installEventFilter(self)

    @property
    def content(self) -> str:
        """The template as it stands."""
        return self._text

    def set_variables(self, names: Collection[str]) -> None:
        """Which names the form offers."""
        self.highlighter.set_variables(names)

    def show_count(self, text: str) -> None:
        """How long the rendered message is."""
        self.count.setText(text)

    def show_error(self, text: str) -> None:
        """What is wrong in this message; empty takes it away."""
        self.error.setText(text)
        self.error.setVisible(bool(text))
        self._frame()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Show which block has the keyboard."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._frame()
        return super().eventFilter(watched, event)

    def _changed(self) -> None:
        # The highlighter's recolouring is told as a change too.
        text = self.edit.toPlainText()
        if text != self._text:
            self._text = text
            self.edited.emit()

    def _frame(self) -> None:
        wrong = not self.error.isHidden()
        focused = self.edit.hasFocus()
        set_role(self, "block-wrong" if wrong else "block-focus" if focused else "block")
