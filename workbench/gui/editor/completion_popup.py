"""The list of words that fit at the cursor. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from workbench.gui.direction import keep_left_to_right
from workbench.gui.editor.words import Word
from workbench.gui.fonts import EDITOR_PIXELS, SMALL_PIXELS, Fonts
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme
from workbench.gui.translate import tr

_ROW, _EDGE, _MOST_ROWS = 24, 9, 9
_LEAST_WIDTH, _MOST_WIDTH = 220, 460
_DETAIL = Qt.ItemDataRole.UserRole


class _Rows(QStyledItemDelegate):
    """The word on the left, what it is on the right."""

    def __init__(self, theme: Theme, fonts: Fonts, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._fonts = theme, fonts

    def sizeHint(  # noqa: N802  # Qt's name
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Rows of one height."""
        return QSize(_LEAST_WIDTH, _ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """One row."""
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        c = self._theme.colour
        painter.save()
        if chosen:
            painter.fillRect(rect, c("accent_wash"))
        inner = rect.adjusted(_EDGE, 0, -_EDGE, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        word = str(index.data())
        painter.setFont(self._fonts.mono(EDITOR_PIXELS))
        painter.setPen(c("accent" if chosen else "ink"))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, word)
        used = painter.fontMetrics().horizontalAdvance(word) + 16
        font = self._fonts.ui(SMALL_PIXELS)
        painter.setFont(font)
        painter.setPen(c("chip_ink" if chosen else "muted"))
        room = inner.adjusted(used, 0, 0, 0)
        text = QFontMetrics(font).elidedText(
            str(index.data(_DETAIL)), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, text)
        painter.restore()


class CompletionPopup(QListView):
    """A list over the window that never takes the keyboard; its owner passes keys on.

    Signals:
        chosen(Word): a row was clicked.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, fonts: Fonts, parent: QWidget) -> None:
        super().__init__(parent)
        keep_left_to_right(self)
        set_role(self, "words")
        self._fonts = fonts
        self._words: list[Word] = []
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Words that fit"))
        self.setItemDelegate(_Rows(theme, fonts, self))
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.clicked.connect(lambda index: self.chosen.emit(self._words[index.row()]))
        self.hide()

    def show_words(self, words: Sequence[Word], corner: QRect) -> None:
        """Show `words`, the first chosen, below `corner` (in the parent) or above it."""
        self._words = list(words)
        self._model.clear()
        for word in words:
            item = QStandardItem(word.text)
            item.setData(word.detail or word.kind, _DETAIL)
            item.setData(
                f"{word.text}, {word.kind}. {word.detail}", Qt.ItemDataRole.AccessibleTextRole
            )
            self._model.appendRow(item)
        self.choose(0)
        self._place(corner)
        self.show()
        self.raise_()

    def choose(self, row: int) -> None:
        """Choose a row; past one end comes the other."""
        if self._words:
            self.setCurrentIndex(self._model.index(row % len(self._words), 0))

    def current(self) -> Word | None:
        """The chosen word."""
        row = self.currentIndex().row()
        return self._words[row] if 0 <= row < len(self._words) else None

    @property
    def words(self) -> list[Word]:
        """What is offered."""
        return list(self._words)

    def _place(self, corner: QRect) -> None:
        mono = QFontMetrics(self._fonts.mono(EDITOR_PIXELS))
        small = QFontMetrics(self._fonts.ui(SMALL_PIXELS))
        width = max(
            mono.horizontalAdvance(w.text) + small.horizontalAdvance(w.detail or w.kind)
            for w in self._words
        )
        width = min(max(width + 2 * _EDGE + 34, _LEAST_WIDTH), _MOST_WIDTH)
        height = min(len(self._words), _MOST_ROWS) * _ROW + 2
        parent = self.parentWidget()
        room = parent.rect() if parent is not None else corner
        left = max(0, min(corner.left() - _EDGE, room.width() - width))
        top = corner.bottom() + 4
        if top + height > room.height():
            top = max(0, corner.top() - height - 4)
        self.resize(width, height)
        self.move(QPoint(left, top))
