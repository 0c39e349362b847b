"""Pictures as the bytes of a file. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter

from workbench.core.errors import UserError
from workbench.gui.direction import figure_painter
from workbench.gui.translate import tr

Paint = Callable[[QPainter], None]


def png_bytes(size: QSize, background: QColor, paint: Paint) -> bytes:
    """What `paint` draws on `size` pixels, as a PNG file.

    Raises:
        UserError: it cannot be made; it is too large.
    """
    image = QImage(size, QImage.Format.Format_RGB32)
    if image.isNull():
        raise _too_large(size)
    image.fill(background)
    painter = figure_painter(image)
    paint(painter)
    painter.end()
    data, buffer = _buffer()
    if not QImageWriter(buffer, QByteArray(b"png")).write(image):
        raise _too_large(size)
    return bytes(data.data())


def svg_bytes(size: QSize, title: str, paint: Paint) -> bytes:
    """What `paint` draws, as an SVG file."""
    from PySide6.QtSvg import QSvgGenerator

    data, buffer = _buffer()
    drawing = QSvgGenerator()
    drawing.setOutputDevice(buffer)
    drawing.setSize(size)
    drawing.setViewBox(QRect(0, 0, size.width(), size.height()))
    drawing.setTitle(title)
    painter = figure_painter(drawing)
    paint(painter)
    painter.end()
    return bytes(data.data())


def _buffer() -> tuple[QByteArray, QBuffer]:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return data, buffer


def _too_large(size: QSize) -> UserError:
    return UserError(
        tr(
            "A picture of {width:,} x {height:,} pixels cannot be made.",
            width=size.width(),
            height=size.height(),
        ),
        tr("Write the figures as NPZ or CSV."),
    )
