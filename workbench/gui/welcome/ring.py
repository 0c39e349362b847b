"""A ring round a control of the window; it follows the control wherever that goes. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from workbench.gui.theme import Theme

_MARGIN, _GLOW, _RADIUS = 4, 5, 9.0
_MOVES = frozenset({
    QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide,
    QEvent.Type.LayoutRequest, QEvent.Type.ParentChange,
})  # fmt: skip


class Ring(QWidget):
    """A child of the window that the mouse does not feel.

    Signals:
        moved(): the control is somewhere else now, or not to be seen.
    """

    moved = Signal()

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme, self._window = theme, window
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self._is_due = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        theme.changed.connect(self.update)

    @property
    def area(self) -> QRect:
        """Where the control is in the window; empty while it cannot be seen."""
        target = self._target
        if target is None or not target.isVisibleTo(self._window):
            return QRect()
        place = QRect(target.mapTo(self._window, QPoint(0, 0)), target.size())
        return place.intersected(self._window.rect())

    def surround(self, target: QWidget | None) -> None:
        """Draw the ring round another control; None takes it away."""
        for widget in self._watched:
            widget.removeEventFilter(self)
        self._target, self._watched = target, []
        self.hide()
        above: QWidget | None = target
        while above is not None:
            above.installEventFilter(self)
            self._watched.append(above)
            above = None if above is self._window else above.parentWidget()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """A control or what holds it moves: the ring goes after it, once the layout is done."""
        if event.type() in _MOVES and not self._is_due:
            self._is_due = True
            QTimer.singleShot(0, self, self._place)
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """A line in the accent's colour, and fainter ones round it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(_GLOW, _GLOW, -_GLOW, -_GLOW)
        for step in range(_GLOW, 0, -1):
            faint = QColor(self._theme.colour("accent"))
            faint.setAlpha(18 + 10 * (_GLOW - step))
            painter.setPen(QPen(faint, 1.5))
            grown = box.adjusted(-step + 1, -step + 1, step - 1, step - 1)
            painter.drawRoundedRect(grown, _RADIUS + step, _RADIUS + step)
        painter.setPen(QPen(self._theme.colour("accent"), 2))
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)
        painter.end()

    def _place(self) -> None:
        self._is_due = False
        area = self.area
        if area.isEmpty():
            self.hide()
        else:
            out = _MARGIN + _GLOW
            self.setGeometry(area.adjusted(-out, -out, out, out))
            if self.isHidden():
                self.show()
                # Only now: a card that lies over the window later stays above the ring.
                self.raise_()
        self.moved.emit()
