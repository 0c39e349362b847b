"""Lines of name, bar and number, painted; a line can be pointed at and pressed. GUI thread."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.gui.direction import figure_painter, keep_left_to_right
from workbench.gui.fonts import Fonts
from workbench.gui.theme import Theme

_ROW, _BAR, _EDGE = 22, 13, 6


@dataclass(frozen=True, slots=True)
class BarLine:
    """One line.

    Attributes:
        name: what it is about.
        share: how long the bar is, 0 to 1.
        number: what stands at the right end, with its unit in the title above the list.
        tip: one sentence for the tooltip and for screen readers.
        is_code: whether the name is model text, in the monospace font.
    """

    name: str
    share: float
    number: str
    tip: str = ""
    is_code: bool = False


class BarList(QWidget):
    """The lines. Up and Down walk, Return or a click presses, Ctrl+C copies all.

    Signals:
        pressed(number): the person chose a line.
    """

    pressed = Signal(int)

    def __init__(self, theme: Theme, fonts: Fonts, title: str, name_width: int = 150) -> None:
        super().__init__()
        keep_left_to_right(self)
        self._theme, self._fonts, self._name_width = theme, fonts, name_width
        self.lines: tuple[BarLine, ...] = ()
        self.current = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)
        theme.changed.connect(self.update)

    def show_lines(self, lines: tuple[BarLine, ...]) -> None:
        """Show other lines."""
        self.lines = lines
        self.current = min(self.current, len(lines) - 1)
        self.setAccessibleDescription("; ".join(f"{one.name} {one.number}" for one in lines))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Room for every line."""
        return QSize(240, max(1, len(self.lines)) * _ROW)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Room for every line."""
        return QSize(120, max(1, len(self.lines)) * _ROW)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Walk, press, copy."""
        if event.matches(QKeySequence.StandardKey.Copy):
            text = "\n".join(f"{one.name}\t{one.number}" for one in self.lines)
            QGuiApplication.clipboard().setText(text)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.lines:
            step = -1 if event.key() == Qt.Key.Key_Up else 1
            self._point(min(max(self.current + step, 0), len(self.lines) - 1))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current >= 0:
            self.pressed.emit(self.current)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Point at the line under the mouse."""
        self._point(self._line_at(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """A click presses the line."""
        number = self._line_at(event)
        if number >= 0 and event.button() is Qt.MouseButton.LeftButton:
            self.pressed.emit(number)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """The mouse is elsewhere."""
        self._point(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """The keyboard is elsewhere."""
        super().focusOutEvent(event)
        self._point(-1)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw every line."""
        painter = figure_painter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, one in enumerate(self.lines):
            self._paint_line(painter, number, one)
        if self.hasFocus():
            painter.setPen(self._theme.colour("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.end()

    def _paint_line(self, painter: QPainter, number: int, one: BarLine) -> None:
        line = QRectF(_EDGE, number * _ROW, self.width() - 2 * _EDGE, _ROW)
        painter.setPen(Qt.PenStyle.NoPen)
        if number == self.current:
            painter.setBrush(self._theme.colour("chip"))
            painter.drawRoundedRect(line.adjusted(-4, 1, 4, -1), 4, 4)
        font = self._fonts.mono(12) if one.is_code else self._fonts.ui()
        metrics = QFontMetricsF(self._fonts.ui())
        number_width = max(metrics.horizontalAdvance(each.number) for each in self.lines) + 8
        left = line.left() + self._name_width
        room = max(10.0, line.right() - number_width - left)
        width = min(1.0, max(0.0, one.share)) * room
        if width > 0.2:
            painter.setBrush(self._theme.colour("bar"))
            bar = QRectF(left, line.center().y() - _BAR / 2, max(2.0, width), _BAR)
            painter.drawRoundedRect(bar, 2, 2)
        painter.setPen(self._theme.colour("ink"))
        painter.setFont(font)
        name = QFontMetricsF(font).elidedText(
            one.name, Qt.TextElideMode.ElideRight, self._name_width - 8
        )
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(self._fonts.ui())
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, right, one.number)

    def _line_at(self, event: QMouseEvent) -> int:
        number = int(event.position().y() // _ROW)
        return number if 0 <= number < len(self.lines) else -1

    def _point(self, number: int) -> None:
        if number != self.current:
            self.current = number
            self.setToolTip(self.lines[number].tip if number >= 0 else "")
            self.update()
