"""Paints the microscope's columns, bars and cuts. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from workbench.experiments.microscope import Microscope, TokenPath
from workbench.gui.card_data import percent, visible_token
from workbench.gui.fonts import Fonts
from workbench.gui.microscope.columns import (
    HEAD_HEIGHT,
    NAMES_WIDTH,
    ROW_HEIGHT,
    Column,
    cut_lines,
    drop_place,
)
from workbench.gui.theme import Theme
from workbench.gui.translate import tr

_EDGE = 10.0
_BAR = 14.0
_FIGURE = 34.0
"""Room for "100.0" behind the longest bar, where the column has it."""
_WIDE = 100.0
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


class StagePainter:
    """Draws one picture at a time."""

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        self._theme = theme
        self._ui, self._bold = QFont(fonts.ui()), QFont(fonts.ui())
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._small = QFont(fonts.ui())
        self._small.setPixelSize(11)
        self._mono = fonts.mono(12)

    def paint(
        self,
        painter: QPainter,
        rect: QRectF,
        found: Microscope,
        columns: Sequence[Column],
        rows: Sequence[TokenPath],
        cell: tuple[int, int] | None,
    ) -> None:
        """Everything but what is dragged."""
        bottom = HEAD_HEIGHT + (len(rows) + 1) * ROW_HEIGHT
        most = max((p for row in rows for p in row.p if p is not None), default=1.0) or 1.0
        if cell is not None:
            self._paint_cell(painter, columns, cell, rect.width())
        for column in columns:
            self._paint_head(painter, found, column, bottom)
        for number, row in enumerate(rows):
            self._paint_name(painter, number, row)
            for column in columns:
                if not column.idle:
                    self._paint_bar(painter, number, row, column, most)
        self._paint_others(painter, found, columns, rows)
        self._paint_cuts(painter, columns, rows)

    def paint_drop(
        self,
        painter: QPainter,
        columns: Sequence[Column],
        dragged: int,
        x: float,
        height: float,
    ) -> None:
        """The stage in the hand, and the line where it would come to stand."""
        place = drop_place(columns, x)
        movable = [c for c in columns if c.movable]
        if place is None:
            return
        at = movable[place].left if place < len(movable) else movable[-1].right
        painter.setPen(QPen(self._theme.colour("accent"), 2.0))
        painter.drawLine(QPointF(at, 2), QPointF(at, height - 2))
        label = columns[dragged].label
        painter.setFont(self._bold)
        wide = QFontMetricsF(self._bold).horizontalAdvance(label) + 16
        box = QRectF(x - wide / 2, 4, wide, 22)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent"))
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(self._theme.colour("on_accent"))
        painter.drawText(box, _CENTRE, label)

    def _paint_cell(
        self,
        painter: QPainter,
        columns: Sequence[Column],
        cell: tuple[int, int],
        width: float,
    ) -> None:
        row, number = cell
        column = columns[number]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("chip"))
        if row >= 0:
            top = HEAD_HEIGHT + row * ROW_HEIGHT
            painter.drawRect(QRectF(2, top, min(width - 4, columns[-1].right), ROW_HEIGHT))
        else:
            painter.drawRoundedRect(QRectF(column.left, 2, column.width, HEAD_HEIGHT - 6), 5, 5)

    def _paint_head(
        self, painter: QPainter, found: Microscope, column: Column, bottom: float
    ) -> None:
        stage = found.stages[column.number]
        painter.setPen(QPen(self._theme.colour("line"), 1.0))
        x = round(column.left) + 0.5
        painter.drawLine(QPointF(x, 6), QPointF(x, bottom))
        if column.idle:
            self._paint_idle(painter, column, bottom)
            return
        inner = QRectF(column.left + 7, 4, column.width - 14, 17)
        painter.setFont(self._bold)
        painter.setPen(self._theme.colour("ink"))
        metrics = QFontMetricsF(self._bold)
        label = metrics.elidedText(column.label, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, _LEFT, label)
        painter.setFont(self._small)
        painter.setPen(self._theme.colour("muted"))
        painter.drawText(inner.translated(0, 17), _LEFT, f"{stage.n:,}")
        painter.drawText(inner.translated(0, 17), _RIGHT, f"{percent(stage.mass)} %")
        track = QRectF(inner.left(), 43, inner.width(), 5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("line"))
        painter.drawRoundedRect(track, 2.5, 2.5)
        if stage.mass > 0:
            painter.setBrush(self._theme.colour("accent"))
            filled = QRectF(track.left(), 43, max(3.0, track.width() * stage.mass), 5)
            painter.drawRoundedRect(filled, 2.5, 2.5)

    def _paint_idle(self, painter: QPainter, column: Column, bottom: float) -> None:
        painter.save()
        painter.setFont(self._small)
        painter.setPen(self._theme.colour("muted"))
        painter.translate(column.left + column.width / 2, 8)
        painter.rotate(90)
        room = QRectF(0, -column.width / 2, bottom - 12, column.width)
        painter.drawText(room, _LEFT, column.label)
        painter.restore()

    def _paint_name(self, painter: QPainter, number: int, row: TokenPath) -> None:
        box = QRectF(_EDGE, HEAD_HEIGHT + number * ROW_HEIGHT, NAMES_WIDTH - 16, ROW_HEIGHT)
        text = visible_token(row.text)
        painter.setFont(self._mono)
        metrics = QFontMetricsF(self._mono)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width() - 8)
        if row.said:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("surprise"))
            wide = metrics.horizontalAdvance(shown) + 8
            painter.drawRoundedRect(box.adjusted(-4, 1, wide - box.width() - 4, -1), 4, 4)
        painter.setPen(self._theme.colour("ink"))
        painter.drawText(box, _LEFT, shown)

    def _paint_bar(
        self, painter: QPainter, number: int, row: TokenPath, column: Column, most: float
    ) -> None:
        top = HEAD_HEIGHT + number * ROW_HEIGHT
        room = QRectF(column.left + 6, top + (ROW_HEIGHT - _BAR) / 2, column.width - 12, _BAR)
        longest = room.width() - (_FIGURE if column.width >= _WIDE else 0.0)
        now = row.p[column.number]
        before = row.p[column.number - 1] if column.number else None
        if now is None:
            if before is not None:
                self._paint_cut_bar(painter, room, longest * before / most)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("surprise" if row.said else "bar"))
        wide = max(1.5, longest * min(1.0, now / most))
        painter.drawRoundedRect(QRectF(room.left(), room.top(), wide, _BAR), 2, 2)
        painter.setFont(self._small)
        painter.setPen(self._theme.colour("ink"))
        painter.drawText(room.adjusted(0, 0, -2, 0), _RIGHT, percent(now))

    def _paint_cut_bar(self, painter: QPainter, room: QRectF, length: float) -> None:
        pen = QPen(self._theme.colour("muted"), 1.0, Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        wide = max(3.0, length)
        painter.drawRect(QRectF(room.left() + 0.5, room.top() + 0.5, wide, _BAR - 1))
        painter.setFont(self._small)
        painter.setPen(self._theme.colour("warning"))
        painter.drawText(room.adjusted(0, 0, -2, 0), _RIGHT, "×")

    def _paint_others(
        self,
        painter: QPainter,
        found: Microscope,
        columns: Sequence[Column],
        rows: Sequence[TokenPath],
    ) -> None:
        top = HEAD_HEIGHT + len(rows) * ROW_HEIGHT
        painter.setFont(self._ui)
        painter.setPen(self._theme.colour("muted"))
        painter.drawText(QRectF(_EDGE, top, NAMES_WIDTH - 16, ROW_HEIGHT), _LEFT, tr("others"))
        painter.setFont(self._small)
        for column in columns:
            if not column.idle:
                box = QRectF(column.left + 6, top, column.width - 14, ROW_HEIGHT)
                painter.drawText(box, _RIGHT, percent(found.others(rows, column.number)))

    def _paint_cuts(
        self, painter: QPainter, columns: Sequence[Column], rows: Sequence[TokenPath]
    ) -> None:
        painter.setPen(QPen(QColor(self._theme.colour("accent")), 1.6))
        for column in columns:
            for row in cut_lines(rows, column.number):
                y = HEAD_HEIGHT + (row + 1) * ROW_HEIGHT
                painter.drawLine(QPointF(column.left + 3, y), QPointF(column.right - 3, y))
