"""The legend of a tint: its colours from end to end, or its shades with their names. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from workbench.gui.direction import figure_painter
from workbench.gui.theme import Theme
from workbench.gui.tints import Scale, Tint
from workbench.gui.token_paint import tint_colour
from workbench.gui.translate import tr

_WIDTH, _HEIGHT, _STRIP = 92, 16, 9.0
_STOPS = 8


class TintLegend(QWidget):
    """A strip in the colours of the tokens, between words that a mirrored window exchanges."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._tint: Tint | None = None
        theme.changed.connect(self.update)

    def show_tint(self, tint: Tint) -> None:
        """Show the colours of a tint; one without colours has no legend."""
        self._tint = tint
        self.setToolTip(tr(tint.help))
        self.setAccessibleName(
            tr(
                "Legend: {name}, from {low} to {high}",
                name=tr(tint.name),
                low=tr(tint.low),
                high=tr(tint.high),
            )
        )
        self.setVisible(bool(tint.low))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """A short strip."""
        return QSize(_WIDTH, _HEIGHT)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """A very short strip."""
        return QSize(_WIDTH // 3, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw what the tokens are painted with."""
        if self._tint is None:
            return
        painter = figure_painter(self)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            # The words at its ends change places, so its ends do too.
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(0, (self.height() - _STRIP) / 2, self.width(), _STRIP)
        if self._tint.scale is Scale.STEPS:
            self._paint_steps(painter, box, len(self._tint.steps))
        else:
            self._paint_strip(painter, box, signed=self._tint.scale is Scale.SIGNED)
        painter.end()

    def _paint_strip(self, painter: QPainter, box: QRectF, *, signed: bool) -> None:
        gradient = QLinearGradient(box.topLeft(), box.topRight())
        for stop in range(_STOPS + 1):
            at = stop / _STOPS
            strength = 2 * at - 1 if signed else at
            gradient.setColorAt(at, tint_colour(strength, self._theme.colours, signed=signed))
        painter.setBrush(gradient)
        painter.drawRoundedRect(box, _STRIP / 2, _STRIP / 2)

    def _paint_steps(self, painter: QPainter, box: QRectF, count: int) -> None:
        wide = box.width() / count
        painter.setPen(self._theme.colour("line"))
        for step in range(count):
            painter.setBrush(tint_colour(step / (count - 1), self._theme.colours, signed=False))
            painter.drawRect(QRectF(box.left() + step * wide, box.top(), wide - 2, box.height()))
