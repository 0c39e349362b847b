"""Offers the words that fit while a template is written. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from workbench.gui.editor.block_edit import BlockEdit
from workbench.gui.editor.block_list import BlockList
from workbench.gui.editor.completion_popup import CompletionPopup
from workbench.gui.editor.words import (
    Spot,
    Vocabulary,
    Word,
    fitting,
    is_opened,
    load_vocabulary,
    spot_at,
    words_for,
)
from workbench.gui.fonts import Fonts
from workbench.gui.theme import Theme

_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_PageUp: -8,
}
_TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class Completer(QObject):
    """Opens the list behind `{{`, `{%` and `|`, and on Ctrl+Space; keys of the list go to it."""

    def __init__(self, owner: QWidget, blocks: BlockList, theme: Theme, fonts: Fonts) -> None:
        super().__init__(owner)
        self._owner, self._blocks = owner, blocks
        self._theme, self._fonts = theme, fonts
        self._made: CompletionPopup | None = None
        self._edit: BlockEdit | None = None
        self._known: Vocabulary | None = None
        self._taking = False
        self._spot: Spot | None = None
        self._all: list[Word] = []

    @property
    def popup(self) -> CompletionPopup:
        """The list; it lies over the whole window."""
        window = self._owner.window()
        if self._made is None or self._made.parentWidget() is not window:
            if self._made is not None:
                self._made.deleteLater()
            self._made = CompletionPopup(self._theme, self._fonts, window)
            self._made.chosen.connect(self._take)
        return self._made

    @property
    def is_open(self) -> bool:
        """Whether words are offered."""
        return self._edit is not None

    def watch(self, edit: BlockEdit) -> None:
        """Help to write in `edit` from now on."""
        edit.installEventFilter(self)
        edit.words_wanted.connect(lambda: self._offer(edit, asked=True))
        edit.edited.connect(lambda _at, _gone, put: self._typed(edit, put))
        edit.cursorPositionChanged.connect(lambda: self._moved(edit))

    def close(self) -> None:
        """Offer nothing any more."""
        self._edit = None
        if self._made is not None:
            self._made.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Keys for the list, while it is open."""
        kind = event.type()
        if watched is not self._edit:
            return False
        if kind in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.close()
        elif kind is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        elif kind is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.close()
            return True
        if key in _TAKES:
            word = self.popup.current()
            self._take(word)
            return word is not None
        if key in _STEPS:
            row = self.popup.currentIndex().row()
            step, last = _STEPS[key], len(self.popup.words) - 1
            wraps = abs(step) == 1
            self.popup.choose(row + step if wraps else max(0, min(row + step, last)))
            return True
        return False

    def _typed(self, edit: BlockEdit, put: str) -> None:
        if self._taking:
            return
        if self._edit is edit or (len(put) == 1 and is_opened(_before(edit))):
            self._offer(edit, asked=False)

    def _moved(self, edit: BlockEdit) -> None:
        if self._edit is edit and not self._taking and spot_at(_before(edit)) is None:
            self.close()

    def _offer(self, edit: BlockEdit, *, asked: bool) -> None:
        text = _before(edit)
        spot = spot_at(text)
        words = [] if spot is None else self._words(spot, text)
        only = words[0].text if len(words) == 1 else ""
        if spot is None or not words or (not asked and only and only == text[spot.start :]):
            self.close()
            return
        self._edit = edit
        self.popup.show_words(words, self._corner(edit, len(text) - spot.start))

    def _words(self, spot: Spot, text: str) -> list[Word]:
        if not self.is_open or self._spot != spot:
            if self._known is None:
                self._known = load_vocabulary()
            others = [block.content for block in self._blocks.blocks]
            self._spot = spot
            self._all = words_for(spot, text, self._blocks.variables, others, self._known)
        return fitting(self._all, text[spot.start :])

    def _corner(self, edit: BlockEdit, begun: int) -> QRect:
        cursor = edit.textCursor()
        cursor.setPosition(cursor.position() - begun)
        rect = edit.cursorRect(cursor)
        window = self._owner.window()
        return QRect(edit.viewport().mapTo(window, rect.topLeft()), rect.size())

    def _take(self, word: Word | None) -> None:
        edit = self._edit
        if edit is None or word is None:
            return
        text = _before(edit)
        spot = spot_at(text)
        if spot is not None:
            start = spot.start
            lead = " " if text[:start].endswith(("{", "%", "-")) else ""
            self._taking = True
            cursor = edit.textCursor()
            begun = len(text) - start  # a begun word is of plain letters
            cursor.setPosition(cursor.position() - begun, cursor.MoveMode.KeepAnchor)
            cursor.insertText(lead + word.text)
            edit.setTextCursor(cursor)
            self._taking = False
        self.close()


def _before(edit: BlockEdit) -> str:
    return edit.text()[: edit.place()]
