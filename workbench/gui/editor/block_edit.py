"""The text of one block: plain text as high as what it holds, with marks. GUI thread.

Qt's own undo is off: one stack for all blocks takes its place (see `undo`), so every change is
told as what was removed and inserted where.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QMenu, QTextEdit, QToolTip

from workbench.gui.editor.error_place import Squiggle
from workbench.gui.editor.text_units import from_units, to_units
from workbench.gui.editor.undo import difference
from workbench.gui.fonts import EDITOR_PIXELS, Fonts
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme, mixed
from workbench.gui.translate import tr

_LINE_HEIGHT = 110.0
"""Percent of the font's own height, which is 1.32 of its size: together 1.45."""
_MOST_MARKS = 400
"""Found places that are washed at once; Qt keeps a cursor for each, which every edit moves."""
_OURS = QTextFormat.Property.UserProperty.value + 31
"""Marks our selections; those of others stay as they are."""
_PARAGRAPH = "\u2029"


class BlockEdit(QTextEdit):
    """Plain text that is as high as what it holds.

    Signals:
        edited(int, str, str): at this place this text gave way to that one; places count code
            points. `replace_text` does not tell.
        undo_wanted(), redo_wanted(): the person asks for a step back or forth.
        words_wanted(): the person asks for the words that fit at the cursor.
    """

    edited = Signal(int, str, str)
    undo_wanted = Signal()
    redo_wanted = Signal()
    words_wanted = Signal()

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self._theme = theme
        self._text = ""
        self._silent = False
        self._wrong: list[tuple[QTextCursor, str]] = []
        self._found: list[tuple[int, int]] = []
        self._current: tuple[int, int] | None = None
        set_role(self, "source")
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(fonts.mono(EDITOR_PIXELS))
        self.document().setDefaultFont(fonts.mono(EDITOR_PIXELS))
        self.document().setDocumentMargin(0)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.textChanged.connect(self._changed)
        theme.changed.connect(self._mark)

    def show_text(self, text: str) -> None:
        """Replace everything, without telling."""
        self._silent = True
        self.setPlainText(text)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        spacing = QTextBlockFormat()
        kind = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        spacing.setLineHeight(_LINE_HEIGHT, kind)
        cursor.mergeBlockFormat(spacing)
        self._text = self._read()
        self._silent = False
        self._fit(self.document().documentLayout().documentSize())

    def text(self) -> str:
        """The text as it stands; line ends are "\\n"."""
        return self._text

    def replace_text(self, start: int, length: int, text: str) -> None:
        """Put `text` instead of `length` code points, without telling; the cursor is behind it."""
        cursor = self._cursor(start, start + length)
        self._silent = True
        cursor.insertText(text)
        self._silent = False
        self.setTextCursor(cursor)

    def place(self) -> int:
        """Where the cursor is, in code points."""
        return from_units(self._text, self.textCursor().position())

    def select(self, start: int, end: int) -> None:
        """Select these code points; the cursor is at the end."""
        self.setTextCursor(self._cursor(start, end))

    def show_squiggles(self, squiggles: Sequence[Squiggle]) -> None:
        """Underline these places; pointing at one says what is wrong."""
        if not squiggles and not self._wrong:
            return
        self._wrong = [(self._cursor(s.start, s.end), s.text) for s in squiggles]
        self.setAccessibleDescription(squiggles[0].text if squiggles else "")
        self._mark()

    def first_wrong(self) -> QTextCursor | None:
        """A cursor in front of the first underlined place; None when there is none."""
        if not self._wrong:
            return None
        start = QTextCursor(self.document())
        start.setPosition(min(cursor.selectionStart() for cursor, _ in self._wrong))
        return start

    def show_found(
        self, places: Sequence[tuple[int, int]], current: tuple[int, int] | None = None
    ) -> None:
        """Wash the found places, the current one stronger; in code points."""
        if not places and not self._found:
            return
        self._found, self._current = list(places), current
        self._mark()

    def wrong_at(self, point: QPoint) -> str:
        """What is wrong with the text at `point` of the viewport; empty when nothing is."""
        at = self.cursorForPosition(point).position()
        for cursor, text in self._wrong:
            if cursor.selectionStart() <= at <= cursor.selectionEnd():
                return text
        return ""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Undo and redo are the prompt's, not this block's."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Redo) or _is_redo(event):
            self.redo_wanted.emit()
        elif _is_words(event):
            self.words_wanted.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802  # Qt's name
        """The usual menu, with the prompt's undo."""
        self.menu().exec(event.globalPos())

    def menu(self) -> QMenu:
        """What the right button shows."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chosen = self.textCursor().hasSelection()
        menu.addAction(tr("Undo\tCtrl+Z"), self.undo_wanted.emit)
        menu.addAction(tr("Redo\tCtrl+Shift+Z"), self.redo_wanted.emit)
        menu.addSeparator()
        for name, call in ((tr("Cut\tCtrl+X"), self.cut), (tr("Copy\tCtrl+C"), self.copy)):
            menu.addAction(name, call).setEnabled(chosen)
        menu.addAction(tr("Paste\tCtrl+V"), self.paste).setEnabled(self.canPaste())
        menu.addAction(tr("Select all\tCtrl+A"), self.selectAll)
        menu.addSeparator()
        menu.addAction(tr("Names and filters…\tCtrl+Space"), self.words_wanted.emit)
        return menu

    def event(self, event: QEvent) -> bool:
        """Keys of ours that a shortcut elsewhere must not take."""
        asks = event.type() is QEvent.Type.ShortcutOverride
        if asks and isinstance(event, QKeyEvent) and (_is_redo(event) or _is_words(event)):
            event.accept()
            return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Pointing at an underlined place says what is wrong."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.wrong_at(event.pos()), self.viewport())
            return True
        return super().viewportEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's name
        """The page scrolls, not the block."""
        event.ignore()

    def _read(self) -> str:
        # toPlainText would turn non-breaking spaces into ordinary ones.
        return self.document().toRawText().replace(_PARAGRAPH, "\n")

    def _changed(self) -> None:
        # The highlighter's recolouring is told as a change too.
        text = self._read()
        if text == self._text:
            return
        old, self._text = self._text, text
        if self._found:
            self._found = []
            self._mark()
        if not self._silent:
            cursor = from_units(text, self.textCursor().position())
            self.edited.emit(*difference(old, text, cursor))

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(to_units(self._text, start))
        cursor.setPosition(to_units(self._text, end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _mark(self) -> None:
        c = self._theme.colours
        marks: list[QTextEdit.ExtraSelection] = []
        for place in self._near_found():
            now = place == self._current
            wash = QTextCharFormat()
            wash.setBackground(mixed(c.pane, c.surprise, 0.95 if now else 0.4))
            wash.setForeground(self._theme.colour("ink"))
            marks.append(_selection(self._cursor(*place), wash))
        wave = QTextCharFormat()
        wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        wave.setUnderlineColor(self._theme.colour("warning"))
        marks += [_selection(cursor, wave) for cursor, _ in self._wrong]
        others = [one for one in self.extraSelections() if not one.format.property(_OURS)]
        self.setExtraSelections([*others, *marks])

    def _near_found(self) -> list[tuple[int, int]]:
        if len(self._found) <= _MOST_MARKS:
            return self._found
        at = self._found.index(self._current) if self._current in self._found else 0
        first = max(0, at - _MOST_MARKS // 2)
        return self._found[first : first + _MOST_MARKS]

    def _fit(self, size: QSizeF) -> None:
        height = max(20, round(size.height()) + 2)
        if height != self.height():
            self.setFixedHeight(height)


def _selection(cursor: QTextCursor, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
    made = QTextEdit.ExtraSelection()
    look.setProperty(_OURS, 1)
    made.cursor, made.format = cursor, look
    return made


def _is_redo(event: QKeyEvent) -> bool:
    """Both usual keys, whatever the system's own one is."""
    wanted = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    return (event.key(), wanted) in (
        (Qt.Key.Key_Z, control | shift),
        (Qt.Key.Key_Y, control),
    )


def _is_words(event: QKeyEvent) -> bool:
    return (
        event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ControlModifier
    )
