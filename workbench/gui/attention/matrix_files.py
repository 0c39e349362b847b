"""The matrix as files: a picture, a drawing with labels, and tables. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from workbench.core.attention import Attention
from workbench.core.attention_planes import Plane
from workbench.core.errors import UserError
from workbench.experiments.attention_files import matrix_csv, write_npz
from workbench.gui.attention.exporting import write_bytes
from workbench.gui.fonts import CHIP_PIXELS, Fonts
from workbench.gui.matrix_image import MatrixImages
from workbench.gui.pictures import png_bytes, svg_bytes
from workbench.gui.theme import LIGHT
from workbench.gui.translate import mark, tr

_LEFT, _TOP, _EDGE = 150, 130, 16
_SIDE = 1600
_LARGEST_CELL = 18
_LEGEND = mark(
    "rows: the token that looks · columns: the token it looks at · grey: cannot look · "
    "colour by the square root of the weight, dark blue 0, yellow 1"
)
_MOST_CSV = 4_000_000
"""Cells of a table that a spreadsheet still opens."""


@dataclass(frozen=True, slots=True, eq=False)
class MatrixPicture:
    """What is written: a matrix, one label per token, a line about it."""

    capture: Attention
    plane: Plane
    labels: Sequence[str]
    title: str
    layer: int | None
    head: int | None


def write_matrix(kind: str, path: Path, picture: MatrixPicture, fonts: Fonts) -> None:
    """Write "png", "svg", "npz" or "csv".

    Raises:
        UserError: it cannot be written, or is too large for this kind of file.
    """
    if kind == "npz":
        _write_npz(path, picture)
    elif kind == "csv":
        if picture.plane.weights.size > _MOST_CSV:
            raise UserError(
                tr(
                    "A table of {n_labels:,} x {n_labels:,} cells is too large.",
                    n_labels=len(picture.labels),
                ),
                tr("Write the weights as NPZ."),
            )
        text = matrix_csv(
            picture.plane.weights, picture.labels, picture.labels, picture.plane.visible.tolist()
        )
        write_bytes(path, text.encode())
    else:
        size = _size(len(picture.labels))

        def paint(painter: QPainter) -> None:
            _paint(painter, picture, fonts)

        if kind == "png":
            write_bytes(path, png_bytes(size, QColor(LIGHT.pane), paint))
        else:
            write_bytes(path, svg_bytes(size, tr("Attention, {title}", title=picture.title), paint))


def _write_npz(path: Path, picture: MatrixPicture) -> None:
    """The one matrix, in the shape of every attention file; -1 stands for a mean."""
    capture = picture.capture
    one = replace(
        capture,
        layers=(-1 if picture.layer is None else picture.layer,),
        heads=() if picture.head is None else (picture.head,),
        averaged=picture.head is None,
        values=picture.plane.weights[None, None],
        first=picture.plane.visible.argmax(axis=1).astype(np.int32)[None],
    )
    write_npz(path, one, [label.partition(")")[2] for label in picture.labels])


def _cell(n: int) -> int:
    return max(1, min(_LARGEST_CELL, _SIDE // max(1, n)))


def _size(n: int) -> QSize:
    side = _cell(n) * n
    slanted = (_TOP - 30) // 2  # the last column's label leans out to the right
    return QSize(_LEFT + side + _EDGE + slanted, _TOP + side + 2 * _EDGE + 40)


def _paint(painter: QPainter, picture: MatrixPicture, fonts: Fonts) -> None:
    """Light colours, whatever the window has: files are printed."""
    n = len(picture.labels)
    cell = _cell(n)
    images = MatrixImages(picture.plane.weights, picture.plane.visible, LIGHT.chip)
    image, _ = images.at(1.0)
    painter.drawImage(QRectF(_LEFT, _TOP, cell * n, cell * n), image, QRectF(0, 0, n, n))
    font = fonts.mono(CHIP_PIXELS)
    metrics = QFontMetrics(font)
    painter.setFont(font)
    painter.setPen(QColor(LIGHT.ink))
    step = -(-metrics.height() // cell)
    right = Qt.TextElideMode.ElideRight
    for at in range(0, n, step):
        text = metrics.elidedText(picture.labels[at], right, _LEFT - 12)
        middle = _TOP + (at + 0.5) * cell
        box = QRectF(0, middle - metrics.height() / 2, _LEFT - 8, metrics.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignRight, text)
        painter.save()
        painter.translate(_LEFT + (at + 0.5) * cell + metrics.ascent() / 2, _TOP - 6)
        painter.rotate(-60)
        painter.drawText(QPoint(0, 0), metrics.elidedText(picture.labels[at], right, _TOP - 30))
        painter.restore()
    painter.setFont(fonts.ui(12))
    painter.setPen(QColor(LIGHT.muted))
    foot = _TOP + cell * n + _EDGE
    for line, words in enumerate(
        (tr("Attention weights, {title}", title=picture.title), tr(_LEGEND))
    ):
        painter.drawText(QPoint(8, foot + 14 + 18 * line), words)
