"""The legend of weights: cividis with numbers, and what cannot be seen. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QLinearGradient, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.gui.cividis import colour_of
from workbench.gui.direction import figure_painter, keep_left_to_right
from workbench.gui.fonts import CHIP_PIXELS, Fonts
from workbench.gui.theme import Theme
from workbench.gui.translate import mark, tr

_TICKS = (0.0, 0.05, 0.25, 0.5, 1.0)
_BAR = 170
_SWATCH = 12


class ColourScale(QWidget):
    """Weights from 0 to 1 by their square root, as every matrix and chip is coloured."""

    def __init__(self, theme: Theme, fonts: Fonts, hidden: str = mark("cannot look there")) -> None:
        super().__init__()
        keep_left_to_right(self)
        self._theme, self._fonts, self._hidden = theme, fonts, tr(hidden)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Colours of weights: dark blue is 0, yellow is 1"))
        self.setToolTip(
            tr(
                "Colours go by the square root of the weight: most weights of a long text are "
                "small."
            )
        )
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Bar, swatch and words."""
        words = self.fontMetrics().horizontalAdvance(self._hidden) if self._hidden else 0
        return QSize(_BAR + 24 + (words + _SWATCH + 16 if self._hidden else 0), 30)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw what stands."""
        painter = figure_painter(self)
        painter.setFont(self._fonts.ui(CHIP_PIXELS))
        bar = QRectF(8, 2, _BAR, 10)
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        for step in range(33):
            gradient.setColorAt(step / 32, colour_of((step / 32) ** 2))
        painter.fillRect(bar, gradient)
        painter.setPen(self._theme.colour("muted"))
        for tick in _TICKS:
            x = bar.left() + bar.width() * tick**0.5
            painter.drawLine(QPointF(x, bar.bottom()), QPointF(x, bar.bottom() + 3))
            box = QRectF(x - 20, bar.bottom() + 3, 40, 14)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{tick:g}")
        if self._hidden:
            left = int(bar.right()) + 18
            painter.fillRect(QRect(left, 2, _SWATCH, _SWATCH), self._theme.colour("chip"))
            painter.drawText(
                QRect(left + _SWATCH + 6, 0, self.width() - left - _SWATCH, 16),
                Qt.AlignmentFlag.AlignVCenter,
                self._hidden,
            )
