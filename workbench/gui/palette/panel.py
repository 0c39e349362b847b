"""The palette on the screen: a field and what it finds, over the dimmed window. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
)
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from workbench.gui.direction import figure_painter, keep_left_to_right
from workbench.gui.fonts import SMALL_PIXELS, Fonts
from workbench.gui.palette.entries import Entry, Found, Index, Kind
from workbench.gui.parts import horizontal_line, label
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme
from workbench.gui.translate import mark, tr

_WIDTH, _HEIGHT, _TOP = 720, 468, 54
_ROW, _EDGE, _GAP = 32, 14, 10
_KIND_WIDTH = 74
_FOUND = Qt.ItemDataRole.UserRole
_NAMES = {
    Kind.ACTION: mark("action"),
    Kind.PROMPT: mark("prompt"),
    Kind.MODEL: mark("model"),
    Kind.RUN: mark("run"),
    Kind.SETTING: mark("setting"),
    Kind.HELP: mark("help"),
}
_FOOT = mark("> actions   / prompts   @ models   # runs   , settings   ? help")


class PalettePanel(QWidget):
    """Covers the window while it is open; a click beside it or Esc closes it.

    Signals:
        chosen(Entry): the person wants this done.
        closed(): it is closed, and nothing was chosen.
    """

    chosen = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme, fonts: Fonts, window: QWidget) -> None:
        super().__init__(window)
        self._theme, self._window = theme, window
        self._index = Index(())
        self.hide()
        self.box = QFrame(self)
        set_role(self.box, "palette")
        self.field = _Field()
        set_role(self.field, "palette")
        self.field.setPlaceholderText(tr("Search or run a command"))
        self.field.setAccessibleName(tr("Search or run a command"))
        self.model = _Model(self)
        self.list = QListView()
        keep_left_to_right(self.list)
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Delegate(theme, fonts, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(tr("What was found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self._choose(index.row()))
        self.foot = label("", "caption")
        column = QVBoxLayout(self.box)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.field)
        column.addWidget(horizontal_line())
        column.addWidget(self.list, 1)
        column.addWidget(horizontal_line())
        # A layout's margins: the style sheet takes those of a label away.
        foot = QVBoxLayout()
        foot.setContentsMargins(_EDGE, 6, _EDGE, 7)
        foot.addWidget(self.foot)
        column.addLayout(foot)
        self.field.textChanged.connect(self._find)
        self.field.pressed = self._key
        window.installEventFilter(self)

    def open(self, index: Index, text: str = "") -> None:
        """Show it with these entries and what is searched at first."""
        self._index = index
        self._cover()
        self.show()
        self.raise_()
        self.field.setText(text)
        self.field.setFocus()
        self._find(text)

    def close_panel(self) -> None:
        """Put it away; the keyboard goes back by whoever opened it."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Stay as large as the window."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._cover()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """A click beside the box closes it."""
        if not self.box.geometry().contains(event.position().toPoint()):
            self.close_panel()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Dim what is behind."""
        painter = figure_painter(self)
        painter.fillRect(self.rect(), QColor(0, 0, 0, 90 if self._theme.colours.is_dark else 46))
        painter.end()

    def _cover(self) -> None:
        window = self._window
        self.setGeometry(window.rect())
        width = min(_WIDTH, window.width() - 32)
        height = min(_HEIGHT, window.height() - _TOP - 16)
        self.box.setGeometry((window.width() - width) // 2, _TOP, width, height)

    def _find(self, text: str) -> None:
        self.model.show_found(self._index.search(text))
        self.list.setCurrentIndex(self.model.index(0))
        self.list.scrollToTop()
        found = self.model.rowCount()
        self.foot.setText(tr(_FOOT) if found else tr("Nothing is called “{text}”.", text=text))
        set_role(self.foot, "caption")

    def _key(self, key: int) -> bool:
        """What a key of the field does here; False leaves it to the field."""
        rows = self.model.rowCount()
        row = self.list.currentIndex().row()
        page = max(1, self.list.viewport().height() // _ROW - 1)
        if key == Qt.Key.Key_Escape:
            self.close_panel()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(row)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Tab) and rows:
            self._go((row + 1) % rows)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Backtab) and rows:
            self._go((row - 1) % rows)
        elif key == Qt.Key.Key_PageDown and rows:
            self._go(min(rows - 1, row + page))
        elif key == Qt.Key.Key_PageUp and rows:
            self._go(max(0, row - page))
        else:
            return False
        return True

    def _go(self, row: int) -> None:
        self.list.setCurrentIndex(self.model.index(row))
        entry = self.model.found(row).entry
        self.foot.setText(entry.why_not or tr(_FOOT))
        set_role(self.foot, "warning" if entry.why_not else "caption")

    def _choose(self, row: int) -> None:
        if not 0 <= row < self.model.rowCount():
            return
        entry = self.model.found(row).entry
        if entry.why_not:
            self._go(row)
            return
        self.hide()
        self.chosen.emit(entry)


class _Field(QLineEdit):
    """The line; keys of the list and Esc go to the palette before the window's shortcuts."""

    def __init__(self) -> None:
        super().__init__()
        self.pressed: Callable[[int], bool] = lambda _key: False

    def event(self, event: QEvent) -> bool:
        """Esc, Return and Tab belong to the palette."""
        if isinstance(event, QKeyEvent):
            plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
                Qt.KeyboardModifier.ShiftModifier,
            )
            if event.type() is QEvent.Type.ShortcutOverride and plain:
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress and plain and self.pressed(event.key()):
                return True
        return super().event(event)


class _Model(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: list[Found] = []

    def show_found(self, rows: list[Found]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def found(self, row: int) -> Found:
        return self._rows[row]

    def rowCount(  # noqa: N802  # Qt's name
        self, parent: QModelIndex | QPersistentModelIndex | None = None
    ) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        one = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            said = one.entry
            parts = (said.title, tr(_NAMES[said.kind]), said.keys, said.why_not or said.detail)
            return ", ".join(part for part in parts if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return one.entry.why_not or one.entry.detail
        return one if role == _FOUND else None


class _Delegate(QStyledItemDelegate):
    """Kind, title with the letters that fit, detail; the keys or the reason at the right."""

    def __init__(self, theme: Theme, fonts: Fonts, parent: QObject) -> None:
        super().__init__(parent)
        self._theme, self._fonts = theme, fonts

    def sizeHint(  # noqa: N802  # Qt's name
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(200, _ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        found: Found = index.data(_FOUND)
        entry, colour = found.entry, self._theme.colour
        rect = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.setPen(colour("focus") if self._theme.colours.is_contrast
                           else Qt.PenStyle.NoPen)  # fmt: skip
            painter.setBrush(colour("accent_wash"))
            painter.drawRoundedRect(QRectF(rect).adjusted(4.5, 1.5, -4.5, -1.5), 6, 6)
        muted = colour("ink") if chosen else colour("muted")
        small = self._fonts.ui(SMALL_PIXELS)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(small)
        painter.setPen(muted)
        left = rect.left() + _EDGE
        painter.drawText(
            QRect(left, rect.top(), _KIND_WIDTH - _GAP, rect.height()), middle,
            tr(_NAMES[entry.kind]),
        )  # fmt: skip
        left += _KIND_WIDTH
        right = rect.right() - _EDGE
        metrics = QFontMetrics(small)
        beside = entry.why_not or entry.keys
        if beside:
            width = min(metrics.horizontalAdvance(beside) + 2, (right - left) // 2)
            shown = metrics.elidedText(beside, Qt.TextElideMode.ElideRight, width)
            painter.setPen(colour("warning") if entry.why_not else muted)
            box = QRect(right - width, rect.top(), width, rect.height())
            painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, shown)
            right -= width + _GAP
        ink = muted if entry.why_not else colour("ink")
        left += self._title(painter, entry, found.places, QRect(left, rect.top(), right - left,
                            rect.height()), ink)  # fmt: skip
        room = right - left - _GAP
        if entry.detail and room > 40:
            painter.setFont(small)
            painter.setPen(muted)
            shown = metrics.elidedText(entry.detail, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(left + _GAP, rect.top(), room, rect.height()), middle, shown)
        painter.restore()

    def _title(
        self, painter: QPainter, entry: Entry, places: tuple[int, ...], box: QRect, ink: QColor
    ) -> int:
        """Draw the title; returns how wide it is."""
        font = self._fonts.ui()
        text = QFontMetrics(font).elidedText(
            entry.title, Qt.TextElideMode.ElideRight, max(0, box.width())
        )
        layout = QTextLayout(text, font)
        marks = []
        for place in places:
            if place >= len(text) - (text != entry.title):
                break
            one = QTextLayout.FormatRange()
            units = len(text[:place].encode("utf-16-le")) // 2
            one.start = units
            one.length = len(text[place].encode("utf-16-le")) // 2
            look = QTextCharFormat()
            look.setForeground(self._theme.colour("accent"))
            look.setFontWeight(600)
            one.format = look
            marks.append(one)
        layout.setFormats(marks)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(1e6)
        layout.endLayout()
        painter.setPen(ink)
        top = box.top() + (box.height() - line.height()) / 2
        layout.draw(painter, QRectF(box.left(), top, 0, 0).topLeft())
        return round(line.naturalTextWidth())
