"""Icons, drawn in code in whatever colour and size is asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

_GRID = 16.0
_SCALE = 3
"""Icons are drawn at three times their size, so that they stay sharp on dense screens."""


def icon(name: str, colour: QColor, size: int = 16) -> QIcon:
    """The icon `name` as a QIcon."""
    return QIcon(pixmap(name, colour, size))


def pixmap(name: str, colour: QColor, size: int = 16) -> QPixmap:
    """The icon `name`, `size` logical pixels wide and high."""
    image = QPixmap(QSize(size, size) * _SCALE)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size * _SCALE / _GRID, size * _SCALE / _GRID)
    pen = QPen(colour, 1.3)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    _DRAWINGS[name](painter, colour)
    painter.end()
    image.setDevicePixelRatio(_SCALE)
    return image


def save_pictures(folder: Path, colour: Callable[[str], QColor]) -> dict[str, str]:
    """Write the pictures that only a style rule can place; their paths by name of the rule."""
    made = {}
    for name, drawing, ink in (("down", "down", "muted"), ("tick", "tick", "on_accent")):
        path = folder / f"{drawing}-{colour(ink).name()[1:]}.png"
        if not path.exists():
            pixmap(drawing, colour(ink), 12).save(str(path))
        made[name] = path.as_posix()
    return made


def _pencil(p: QPainter, _: QColor) -> None:
    path = QPainterPath(QPointF(3, 13))
    for x, y in ((3.6, 10.2), (10.6, 3.2), (12.8, 5.4), (5.8, 12.4)):
        path.lineTo(x, y)
    path.closeSubpath()
    p.drawPath(path)
    p.drawLine(QPointF(9.0, 4.8), QPointF(11.2, 7.0))


def _clock(p: QPainter, _: QColor) -> None:
    p.drawEllipse(QRectF(2.5, 2.5, 11, 11))
    p.drawPolyline(QPolygonF([QPointF(8, 4.8), QPointF(8, 8), QPointF(10.4, 9.4)]))


def _bars(p: QPainter, _: QColor) -> None:
    for x, top in ((3.6, 8.6), (8.0, 3.0), (12.4, 6.4)):
        p.drawLine(QPointF(x, top), QPointF(x, 13))


def _eye(p: QPainter, _: QColor) -> None:
    p.drawEllipse(QRectF(2.5, 2.5, 11, 11))
    p.drawEllipse(QRectF(5.6, 5.6, 4.8, 4.8))
    p.drawPoint(QPointF(8, 8))


def _columns(p: QPainter, _: QColor) -> None:
    p.drawRoundedRect(QRectF(2.5, 3, 11, 10), 1.5, 1.5)
    p.drawLine(QPointF(8, 3), QPointF(8, 13))


def _rows(p: QPainter, _: QColor) -> None:
    p.drawRoundedRect(QRectF(2.5, 3, 11, 10), 1.5, 1.5)
    for y in (6.4, 9.7):
        p.drawLine(QPointF(2.5, y), QPointF(13.5, y))


def _chip(p: QPainter, colour: QColor) -> None:
    p.drawRoundedRect(QRectF(2.5, 2.5, 11, 11), 1.5, 1.5)
    p.fillRect(QRectF(5.2, 5.2, 5.6, 5.6), colour)


def _contrast(p: QPainter, colour: QColor) -> None:
    p.drawEllipse(QRectF(2.5, 2.5, 11, 11))
    path = QPainterPath(QPointF(8, 2.5))
    path.arcTo(QRectF(2.5, 2.5, 11, 11), 90, 180)
    path.closeSubpath()
    p.fillPath(path, colour)


def _down(p: QPainter, colour: QColor) -> None:
    path = QPainterPath(QPointF(4.2, 6))
    path.lineTo(11.8, 6)
    path.lineTo(8, 11)
    path.closeSubpath()
    p.fillPath(path, colour)


def _right(p: QPainter, colour: QColor) -> None:
    path = QPainterPath(QPointF(6, 4.2))
    path.lineTo(11, 8)
    path.lineTo(6, 11.8)
    path.closeSubpath()
    p.fillPath(path, colour)


def _plus(p: QPainter, _: QColor) -> None:
    p.drawLine(QPointF(8, 4), QPointF(8, 12))
    p.drawLine(QPointF(4, 8), QPointF(12, 8))


def _up(p: QPainter, _: QColor) -> None:
    p.drawPolyline(QPolygonF([QPointF(4.2, 9.8), QPointF(8, 6), QPointF(11.8, 9.8)]))


def _below(p: QPainter, _: QColor) -> None:
    p.drawPolyline(QPolygonF([QPointF(4.2, 6.2), QPointF(8, 10), QPointF(11.8, 6.2)]))


def _close(p: QPainter, _: QColor) -> None:
    p.drawLine(QPointF(4.5, 4.5), QPointF(11.5, 11.5))
    p.drawLine(QPointF(11.5, 4.5), QPointF(4.5, 11.5))


def _help(p: QPainter, _: QColor) -> None:
    path = QPainterPath(QPointF(5.6, 6.2))
    path.cubicTo(5.6, 2.6, 10.6, 2.8, 10.4, 6.0)
    path.cubicTo(10.2, 7.8, 8.0, 7.8, 8.0, 9.8)
    p.drawPath(path)
    p.drawPoint(QPointF(8, 12.4))


def _dots(p: QPainter, colour: QColor) -> None:
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(colour)
    for x in (6.2, 9.4):
        for y in (4.4, 8.0, 11.6):
            p.drawEllipse(QPointF(x, y), 0.9, 0.9)


def _more(p: QPainter, colour: QColor) -> None:
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(colour)
    for x in (3.6, 8.0, 12.4):
        p.drawEllipse(QPointF(x, 8.0), 1.1, 1.1)


def _tick(p: QPainter, colour: QColor) -> None:
    p.setPen(QPen(colour, 2.0))
    p.drawPolyline(QPolygonF([QPointF(3.5, 8.4), QPointF(6.6, 11.4), QPointF(12.5, 4.8)]))


def _undo(p: QPainter, _: QColor) -> None:
    p.drawArc(QRectF(3.5, 4.5, 9, 8.5), -60 * 16, 215 * 16)
    p.drawPolyline(QPolygonF([QPointF(3.0, 4.6), QPointF(3.7, 8.2), QPointF(7.2, 7.4)]))


def _search(p: QPainter, _: QColor) -> None:
    p.drawEllipse(QRectF(3, 3, 7.6, 7.6))
    p.drawLine(QPointF(9.6, 9.6), QPointF(13.2, 13.2))


def _gear(p: QPainter, _: QColor) -> None:
    for y, x in ((4.4, 10.2), (8.0, 5.6), (11.6, 9.0)):
        p.drawLine(QPointF(2.8, y), QPointF(x - 1.5, y))
        p.drawLine(QPointF(x + 1.5, y), QPointF(13.2, y))
        p.drawEllipse(QPointF(x, y), 1.5, 1.5)


def _dot(p: QPainter, colour: QColor) -> None:
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(colour)
    p.drawEllipse(QRectF(0.5, 0.5, 15, 15))


_DRAWINGS: dict[str, Callable[[QPainter, QColor], None]] = {
    "prompt": _pencil,
    "probabilities": _bars,
    "attention": _eye,
    "compare": _columns,
    "experiments": _rows,
    "history": _clock,
    "chip": _chip,
    "contrast": _contrast,
    "down": _down,
    "right": _right,
    "plus": _plus,
    "up": _up,
    "below": _below,
    "close": _close,
    "help": _help,
    "grip": _dots,
    "more": _more,
    "tick": _tick,
    "dot": _dot,
    "undo": _undo,
    "search": _search,
    "settings": _gear,
}
