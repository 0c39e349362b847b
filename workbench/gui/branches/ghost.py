"""The grey text behind what stands: painted over a text, never part of it. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from workbench.gui.direction import figure_painter, keep_left_to_right
from workbench.gui.theme import Theme
from workbench.gui.translate import tr

_KEY, _KEY_PIXELS, _KEY_HEIGHT = "Tab", 10, 15


class Ghost(QWidget):
    """Lies over a text's viewport and paints a preview where the text ends.

    The mouse reaches what lies below. While it shows something, keys of the text's widget take
    it: Tab all of it, Ctrl+Right its next word; Esc puts it away.

    Signals:
        taken(n): the person takes the first `n` pieces.
        dismissed(): the person does not want it.
    """

    taken = Signal(int)
    dismissed = Signal()

    def __init__(
        self, theme: Theme, font: Callable[[], QFont], keys: QWidget, viewport: QWidget
    ) -> None:
        """`keys` has the keyboard, `viewport` is painted over; `font` is the text's."""
        super().__init__(viewport)
        keep_left_to_right(self)
        self._theme, self._font = theme, font
        self._pieces: tuple[str, ...] = ()
        self._origin, self._left, self._line = QPoint(), 0, 20
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        self._viewport = viewport
        self._keys = keys
        keys.installEventFilter(self)
        viewport.installEventFilter(self)
        theme.changed.connect(self.update)

    @property
    def pieces(self) -> tuple[str, ...]:
        """What is shown, token by token; none while hidden."""
        return self._pieces

    @property
    def text(self) -> str:
        """What is shown."""
        return "".join(self._pieces)

    def show_pieces(self, pieces: tuple[str, ...], origin: QPoint, left: int, line: int) -> None:
        """Show tokens from `origin` (the baseline box's left top) on; further lines begin at `left`
        and are `line` pixels high."""
        self._pieces = pieces
        self._origin, self._left, self._line = origin, left, line
        self.resize(self._viewport.size())
        self.setVisible(bool(pieces))
        self.setAccessibleName(tr("Preview: {words}", words=self.text) if pieces else "")
        self.raise_()
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self._pieces = ()
        self.hide()

    def first_word(self) -> int:
        """How many pieces make the next word, its leading spaces included."""
        text = ""
        for number, piece in enumerate(self._pieces):
            begins = piece[:1].isspace() and bool(text.strip())
            if begins:
                return number
            text += piece
        return len(self._pieces)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Tab, Ctrl+Right and Esc while something is shown."""
        if watched is self._viewport and event.type() is QEvent.Type.Resize:
            self.clear()
        if watched is not self._keys or not self._pieces or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        count = self._wanted(event)
        if count is None:
            return super().eventFilter(watched, event)
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()  # no action of the window takes the key
            return True
        if event.type() is QEvent.Type.KeyPress:
            if count:
                self.taken.emit(count)
            else:
                self.clear()
                self.dismissed.emit()
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw the pieces, broken where the text would break."""
        painter = figure_painter(self)
        font = self._font()
        painter.setFont(font)
        painter.setPen(self._theme.colour("muted"))
        metrics = QFontMetrics(font)
        x, y = self._origin.x(), self._origin.y()
        right = self.width() - self._left
        for word in _words(self.text):
            if word == "\n":
                x, y = self._left, y + self._line
                continue
            width = metrics.horizontalAdvance(word)
            if x + width > right and x > self._left:
                x, y = self._left, y + self._line
            shown = word.lstrip(" ") if x == self._left else word
            box = QRect(x, y, width + 2, self._line)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
            x += metrics.horizontalAdvance(shown)
        self._paint_key(painter, x + 8, y)
        painter.end()

    def _paint_key(self, painter: QPainter, x: int, y: int) -> None:
        """The key that takes it all, as a chip behind the text."""
        font = self._font()
        font.setPixelSize(_KEY_PIXELS)
        width = QFontMetrics(font).horizontalAdvance(_KEY) + 10
        if x + width > self.width():
            return
        box = QRect(x, y + (self._line - _KEY_HEIGHT) // 2, width, _KEY_HEIGHT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("chip"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setFont(font)
        painter.setPen(self._theme.colour("muted"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _KEY)

    def _wanted(self, event: QKeyEvent) -> int | None:
        """How many pieces a key takes; 0 puts the preview away, None is another key."""
        key, modifiers = event.key(), event.modifiers()
        plain = modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if key == Qt.Key.Key_Tab and plain:
            return len(self._pieces)
        if key == Qt.Key.Key_Right and modifiers & Qt.KeyboardModifier.ControlModifier:
            return self.first_word()
        if key == Qt.Key.Key_Escape and plain:
            return 0
        return None


def _words(text: str) -> list[str]:
    """Words with their leading spaces; line breaks stand alone."""
    found: list[str] = []
    for line_number, line in enumerate(text.split("\n")):
        if line_number:
            found.append("\n")
        word = ""
        for character in line:
            if character == " " and word.strip(" "):
                found.append(word)
                word = ""
            word += character
        if word:
            found.append(word)
    return found
