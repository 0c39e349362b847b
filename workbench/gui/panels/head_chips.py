"""All heads of all layers as small chips: one image, whatever their number. GUI thread."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.core.tokens import Float32
from workbench.gui.direction import figure_painter, keep_left_to_right
from workbench.gui.fonts import CHIP_PIXELS, Fonts
from workbench.gui.matrix_image import MatrixImages
from workbench.gui.theme import Theme
from workbench.gui.translate import tr

_LEFT = 34
_TALLEST, _WIDEST = 24.0, 40.0
_SHORTEST = 5.0
_GAP_FROM = 7.0
"""Pixels per chip from which there is a gap between chips."""


class HeadChips(QWidget):
    """Rows are layers, columns are heads.

    Signals:
        pointed(layer, head): the pointer or the keyboard is at a chip; (-1, -1) at none.
        chosen(layer, head): a chip was clicked, or Enter was pressed on it.
    """

    pointed = Signal(int, int)
    chosen = Signal(int, int)

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        keep_left_to_right(self)
        self._theme, self._fonts = theme, fonts
        self._images: MatrixImages | None = None
        self._chip = (-1, -1)
        self._chosen = (-1, -1)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Heads"))
        self.setAccessibleDescription(
            tr("Rows are layers, columns are heads. Arrow keys move, Enter chooses a head.")
        )
        theme.changed.connect(self._theme_changed)

    @property
    def chip(self) -> tuple[int, int]:
        """Layer and head that are pointed at; (-1, -1) for none."""
        return self._chip

    def show_weights(self, weights: Float32 | None) -> None:
        """Colour by weights of 0 to 1, float32 (layers, heads); NaN has no colour. None: nothing.

        The rows are all layers of the model, those without a matrix as NaN.
        """
        before = self._shape()
        self._images = None
        if weights is not None:
            known = ~np.isnan(weights)
            self._images = MatrixImages(weights, known, self._theme.colours.chip)
        if self._shape() != before:
            self._point((-1, -1))
            self.updateGeometry()
        self.update()

    def mark(self, layer: int, head: int) -> None:
        """Outline the chosen head; -1 as head outlines the layer, -1 for both nothing."""
        if (layer, head) != self._chosen:
            self._chosen = layer, head
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """As tall as the chips are at this width."""
        layers, _ = self._shape()
        return QSize(260, int(self._pitch()[1] * layers) + 6)

    def resizeEvent(self, _event: object) -> None:  # noqa: N802  # Qt's name
        """Lay out anew."""
        self.updateGeometry()

    def _shape(self) -> tuple[int, int]:
        return (0, 0) if self._images is None else (self._images.n_rows, self._images.n_columns)

    def _pitch(self) -> tuple[float, float]:
        """Pixels from one chip to the next, across and down."""
        layers, heads = self._shape()
        across = min(_WIDEST, max(1, self.width() - _LEFT - 14) / max(1, heads))
        down = min(_TALLEST, max(_SHORTEST, min(0.8 * across + 4, 420 / max(1, layers))))
        return across, down

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw what stands."""
        if self._images is None:
            return
        painter = figure_painter(self)
        layers, heads = self._shape()
        across, down = self._pitch()
        image, _ = self._images.at(1.0)
        field = QRectF(_LEFT, 2, across * heads, down * layers)
        painter.drawImage(field, image, QRectF(QImage(image).rect()))
        if min(across, down) >= _GAP_FROM:
            painter.setPen(QPen(self._theme.colour("pane"), 3))
            for head in range(heads + 1):
                x = field.left() + head * across
                painter.drawLine(QPointF(x, field.top()), QPointF(x, field.bottom()))
            for layer in range(layers + 1):
                y = field.top() + layer * down
                painter.drawLine(QPointF(field.left(), y), QPointF(field.right(), y))
        painter.setFont(self._fonts.ui(CHIP_PIXELS))
        painter.setPen(self._theme.colour("muted"))
        tall = float(painter.fontMetrics().height())
        for layer in range(0, layers, max(1, math.ceil(tall / down))):
            box = QRectF(0, field.top() + (layer + 0.5) * down - tall / 2, _LEFT - 8, tall)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"L{layer}")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for (layer, head), name in ((self._chosen, "accent"), (self._chip, "ink")):
            if not 0 <= layer < layers:
                continue
            left, width = (0, across * heads) if head < 0 else (head * across, across)
            box = QRectF(field.left() + left, field.top() + layer * down, width, down)
            painter.setPen(QPen(self._theme.colour(name), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 3, 3)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Show what is under the pointer."""
        self._point(self._at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Choose what was clicked."""
        chip = self._at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and chip[0] >= 0:
            self.chosen.emit(*chip)

    def leaveEvent(self, _event: object) -> None:  # noqa: N802  # Qt's name
        """Nothing is under the pointer any more."""
        self._point((-1, -1))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Walk and choose by keyboard."""
        moves = {
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
        }
        layers, heads = self._shape()
        key = Qt.Key(event.key())
        if layers and key in moves:
            layer, head = self._chip if self._chip[0] >= 0 else self._chosen
            if min(layer, head) >= 0:
                layer = min(max(layer + moves[key][0], 0), layers - 1)
                head = min(max(head + moves[key][1], 0), heads - 1)
            self._point((max(layer, 0), max(head, 0)))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._chip[0] >= 0:
            self.chosen.emit(*self._chip)
        else:
            super().keyPressEvent(event)

    def _at(self, at: QPointF) -> tuple[int, int]:
        layers, heads = self._shape()
        across, down = self._pitch()
        head, layer = int((at.x() - _LEFT) // across), int((at.y() - 2) // down)
        return (layer, head) if 0 <= layer < layers and 0 <= head < heads else (-1, -1)

    def _point(self, chip: tuple[int, int]) -> None:
        if chip != self._chip:
            self._chip = chip
            self.pointed.emit(*chip)
            self.update()

    def _theme_changed(self) -> None:
        if self._images is not None:
            self._images.recolour(self._theme.colours.chip)
        self.update()
