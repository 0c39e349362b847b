"""A slider over real numbers with a mark at its neutral value. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.gui.direction import figure_painter, keep_left_to_right
from workbench.gui.theme import Theme

_KNOB = 5.5
_EDGE = 7.0


class Slider(QWidget):
    """A horizontal slider.

    Signals:
        moved(value): the person set another value.
        reset(): the person double-clicked: back to the default.
    """

    moved = Signal(float)
    reset = Signal()

    def __init__(
        self,
        theme: Theme,
        low: float,
        high: float,
        step: float,
        neutral: float | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        keep_left_to_right(self)
        self._theme = theme
        self._low, self._high, self._step, self._neutral = low, high, step, neutral
        self._value = low
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    @property
    def value(self) -> float:
        """The value it stands at; values beyond its ends are kept and drawn at the end."""
        return self._value

    def set_value(self, value: float) -> None:
        """Stand at `value` without telling anybody."""
        self._value = value
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Wide enough to aim."""
        return QSize(96, 20)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Still usable."""
        return QSize(48, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw groove, filled part, neutral mark and knob."""
        c = self._theme.colours
        painter = figure_painter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y = self.height() / 2
        x = self._x(self._value)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.line))
        painter.drawRoundedRect(QRectF(_EDGE, y - 1.5, self.width() - 2 * _EDGE, 3), 1.5, 1.5)
        painter.setBrush(QColor(c.accent))
        painter.drawRoundedRect(QRectF(_EDGE, y - 1.5, x - _EDGE, 3), 1.5, 1.5)
        if self._neutral is not None:
            painter.setPen(QPen(QColor(c.muted), 1.0))
            at = round(self._x(self._neutral)) + 0.5
            painter.drawLine(QPointF(at, y - 5), QPointF(at, y + 5))
        painter.setPen(QPen(QColor(c.pane), 1.0))
        painter.setBrush(QColor(c.accent))
        painter.drawEllipse(QPointF(x, y), _KNOB + 0.5, _KNOB + 0.5)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(c.focus), 1.2))
            painter.drawEllipse(QPointF(x, y), _KNOB + 2.2, _KNOB + 2.2)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Jump to where the mouse is."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._take(self._value_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Follow the mouse while it is down."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._take(self._value_at(event.position().x()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Back to the default."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.reset.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's name
        """The wheel scrolls the panel and never changes a value by accident."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Arrows step, Page keys take ten steps, Home and End go to the ends."""
        key = Qt.Key(event.key())
        if key in _KEYS:
            self._take(self._value + _KEYS[key] * self._step)
        elif key == Qt.Key.Key_Home:
            self._take(self._low)
        elif key == Qt.Key.Key_End:
            self._take(self._high)
        else:
            super().keyPressEvent(event)

    def _take(self, value: float) -> None:
        steps = round((min(max(value, self._low), self._high) - self._low) / self._step)
        value = round(self._low + steps * self._step, 6)
        if value != self._value:
            self.set_value(value)
            self.moved.emit(value)

    def _x(self, value: float) -> float:
        share = (min(max(value, self._low), self._high) - self._low) / (self._high - self._low)
        return _EDGE + share * (self.width() - 2 * _EDGE)

    def _value_at(self, x: float) -> float:
        share = (x - _EDGE) / max(1.0, self.width() - 2 * _EDGE)
        return self._low + share * (self._high - self._low)


_KEYS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_PageDown: -10,
    Qt.Key.Key_PageUp: 10,
}
