"""Layers x positions of the logit lens: one cell each, its likeliest token as text. Only what is
on the screen is drawn. GUI thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from workbench.core.tokens import Float32
from workbench.gui.cividis import colour_of
from workbench.gui.direction import figure_painter, keep_left_to_right
from workbench.gui.fonts import CHIP_PIXELS, Fonts
from workbench.gui.theme import Theme, contrast
from workbench.gui.translate import tr

_LEFT = 44
_TOP = 26
_WIDTH, _HEIGHT = 78, 22


@dataclass(frozen=True, slots=True, eq=False)
class LensCells:
    """What the grid draws.

    Attributes:
        texts: per layer and position the likeliest token.
        strengths: float32 (layers, positions), 0 to 1; NaN has no colour.
        labels: "(index)token" of every position: what had been read there.
    """

    texts: Sequence[Sequence[str]]
    strengths: Float32
    labels: Sequence[str]


class LensGrid(QAbstractScrollArea):
    """Rows are layers, the model's last one at the bottom; columns are positions.

    Signals:
        pointed(layer, position): the pointer or the keyboard is at a cell; (-1, -1) at none.
        chosen(layer, position): a cell was clicked, or Enter was pressed on it.
    """

    pointed = Signal(int, int)
    chosen = Signal(int, int)

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        keep_left_to_right(self)
        self._theme, self._fonts = theme, fonts
        self._cells: LensCells | None = None
        self._cell = (-1, -1)
        self._marked = -1
        self._late = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Logit lens"))
        self.setAccessibleDescription(
            tr("Rows are layers, columns positions. Arrow keys move, Enter keeps the position.")
        )
        self.setMinimumSize(220, 120)
        theme.changed.connect(self.viewport().update)

    @property
    def cell(self) -> tuple[int, int]:
        """Layer and position that are pointed at; (-1, -1) for none."""
        return self._cell

    def show_cells(self, cells: LensCells | None) -> None:
        """Show another lens, or other colours."""
        self._cells = cells
        if cells is None:
            self._point((-1, -1))
        self._fit()
        if self._late:
            self._bring_marked()
        self.viewport().update()

    def mark(self, position: int) -> None:
        """Outline a column and bring it into view; -1 for none."""
        if position != self._marked:
            self._marked = position
            self._bring_marked()
            self.viewport().update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw what stands."""
        painter = figure_painter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._theme.colour("pane"))
        if self._cells is not None:
            first = self.horizontalScrollBar().value() // _WIDTH
            last = (self.horizontalScrollBar().value() + self.viewport().width()) // _WIDTH + 1
            top = self.verticalScrollBar().value() // _HEIGHT
            bottom = (self.verticalScrollBar().value() + self.viewport().height()) // _HEIGHT + 1
            layers, positions = self._cells.strengths.shape
            self.draw(painter, range(top, min(bottom, layers)), range(first, min(last, positions)))

    def whole_size(self) -> tuple[int, int]:
        """Pixels that the whole grid takes, as a picture."""
        layers, positions = (0, 0) if self._cells is None else self._cells.strengths.shape
        return _LEFT + _WIDTH * positions + 4, _TOP + _HEIGHT * layers + 4

    def draw(
        self, painter: QPainter, layers: range, positions: range, *, whole: bool = False
    ) -> None:
        """Draw these cells with their labels; `whole` as if nothing were scrolled."""
        cells = self._cells
        if cells is None:
            return
        left = 0 if whole else self.horizontalScrollBar().value()
        top = 0 if whole else self.verticalScrollBar().value()
        font = self._fonts.mono(CHIP_PIXELS)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        for layer in layers:
            for position in positions:
                box = QRect(
                    _LEFT + position * _WIDTH - left,
                    _TOP + layer * _HEIGHT - top,
                    _WIDTH - 2,
                    _HEIGHT - 2,
                )
                self._draw_cell(painter, metrics, box, layer, position)
        muted = self._theme.colour("muted")
        pane = self._theme.colour("pane")
        width = 10**6 if whole else self.viewport().width()
        height = 10**6 if whole else self.viewport().height()
        painter.fillRect(QRect(0, 0, min(width, 32_000), _TOP - 1), pane)
        for position in positions:
            lit = position in (self._cell[1], self._marked)
            painter.setPen(self._theme.colour("ink") if lit else muted)
            x = _LEFT + position * _WIDTH - left
            words = metrics.elidedText(
                cells.labels[position], Qt.TextElideMode.ElideRight, _WIDTH - 6
            )
            painter.drawText(QRect(x, 0, _WIDTH - 2, _TOP - 2), Qt.AlignmentFlag.AlignCenter, words)
        painter.fillRect(QRect(0, 0, _LEFT - 2, min(height, 32_000)), pane)
        painter.setPen(muted)
        for layer in layers:
            y = _TOP + layer * _HEIGHT - top
            if y >= _TOP - 1:
                box = QRect(0, y, _LEFT - 8, _HEIGHT - 2)
                painter.drawText(
                    box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"L{layer}"
                )
        self._draw_marks(painter, left, top)

    def _draw_cell(
        self, painter: QPainter, metrics: QFontMetrics, box: QRect, layer: int, position: int
    ) -> None:
        if self._cells is None:
            return
        strength = float(self._cells.strengths[layer, position])
        known = not np.isnan(strength)
        fill = colour_of(strength) if known else self._theme.colour("chip")
        painter.fillRect(box, fill)
        painter.setPen(_ink_on(fill) if known else self._theme.colour("muted"))
        words = self._cells.texts[layer][position]
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width() - 6)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _draw_marks(self, painter: QPainter, left: int, top: int) -> None:
        if self._cells is None:
            return
        layers = self._cells.strengths.shape[0]
        if self._marked >= 0:
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            x = _LEFT + self._marked * _WIDTH - left - 1
            painter.drawRect(QRectF(x, _TOP - 1 - top, _WIDTH, layers * _HEIGHT))
        if self._cell[0] >= 0:
            painter.setPen(QPen(self._theme.colour("ink"), 1.5))
            x = _LEFT + self._cell[1] * _WIDTH - left
            y = _TOP + self._cell[0] * _HEIGHT - top
            painter.drawRect(QRectF(x, y, _WIDTH - 2, _HEIGHT - 2))

    # Pointer and keyboard

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Show what is under the pointer."""
        self._point(self._at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Choose what was clicked."""
        cell = self._at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and cell[0] >= 0:
            self.chosen.emit(*cell)

    def leaveEvent(self, _event: object) -> None:  # noqa: N802  # Qt's name
        """Nothing is under the pointer any more."""
        self._point((-1, -1))

    def resizeEvent(self, _event: object) -> None:  # noqa: N802  # Qt's name
        """Lay out anew."""
        self._fit()
        if self._late:
            self._bring_marked()

    def showEvent(self, _event: object) -> None:  # noqa: N802  # Qt's name
        """Bring what was marked behind another panel into view."""
        if self._late:
            self._bring_marked()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Walk and choose by keyboard."""
        moves = {
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
        }
        key = Qt.Key(event.key())
        if self._cells is not None and key in moves:
            layers, positions = self._cells.strengths.shape
            layer, position = self._cell
            if layer < 0:
                layer, position = layers - 1, max(self._marked, 0)
            else:
                layer = min(max(layer + moves[key][0], 0), layers - 1)
                position = min(max(position + moves[key][1], 0), positions - 1)
            self._bring(position)
            self._point((layer, position))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._cell[0] >= 0:
            self.chosen.emit(*self._cell)
        else:
            super().keyPressEvent(event)

    def _at(self, at: QPointF) -> tuple[int, int]:
        if self._cells is None or at.x() < _LEFT or at.y() < _TOP:
            return -1, -1
        layers, positions = self._cells.strengths.shape
        position = int(at.x() - _LEFT + self.horizontalScrollBar().value()) // _WIDTH
        layer = int(at.y() - _TOP + self.verticalScrollBar().value()) // _HEIGHT
        return (layer, position) if layer < layers and position < positions else (-1, -1)

    def _point(self, cell: tuple[int, int]) -> None:
        if cell != self._cell:
            self._cell = cell
            self.pointed.emit(*cell)
            self.viewport().update()

    def _bring_marked(self) -> None:
        # Hidden, or without cells, there is no width to scroll in: then later.
        self._late = self._marked >= 0 and (self._cells is None or not self.isVisible())
        if self._marked >= 0 and not self._late:
            self._bring(self._marked)

    def _bring(self, position: int) -> None:
        bar, room = self.horizontalScrollBar(), self.viewport().width() - _LEFT
        low = (position + 1) * _WIDTH - room
        bar.setValue(min(max(bar.value(), low), position * _WIDTH))

    def _fit(self) -> None:
        width, height = self.whole_size()
        room = self.viewport().size()
        for bar, whole, shown, step in (
            (self.horizontalScrollBar(), width, room.width(), _WIDTH),
            (self.verticalScrollBar(), height, room.height(), _HEIGHT),
        ):
            bar.setRange(0, max(0, whole - shown))
            bar.setPageStep(shown)
            bar.setSingleStep(step)


def _ink_on(fill: QColor) -> QColor:
    """Black or white, whichever is read better."""
    dark, light = "#10131a", "#ffffff"
    name = fill.name()
    return QColor(dark if contrast(dark, name) >= contrast(light, name) else light)
