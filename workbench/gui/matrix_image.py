"""A matrix of weights as images, one pixel per cell, and smaller ones for when it is far away.

In the smaller images a pixel is the brightest of its cells: a single bright cell among thousands
is what one looks for, and sampling would lose it. No widget here.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage

from workbench.core.attention import Bools
from workbench.core.tokens import Float32
from workbench.gui.cividis import colour_table, shade

Shades = npt.NDArray[np.uint8]


class MatrixImages:
    """All images of one matrix in one set of colours.

    Attributes:
        n_rows, n_columns: cells.
    """

    def __init__(self, weights: Float32, visible: Bools, hidden: str) -> None:
        """`hidden` is the colour of cells a query cannot see, as "#rrggbb"."""
        shades = shade(weights)
        shades *= visible
        self.n_rows, self.n_columns = shades.shape
        self._levels = [shades]
        self._images: dict[int, QImage] = {}
        self._hidden = hidden

    def recolour(self, hidden: str) -> None:
        """Draw hidden cells in another colour."""
        self._hidden = hidden
        self._images.clear()

    def at(self, pixels_per_cell: float) -> tuple[QImage, int]:
        """The image for this size of a cell, and how many cells wide one of its pixels is."""
        level = 0
        while pixels_per_cell * 2**level < 0.75 and min(self._level(level).shape) > 64:
            level += 1
        if level not in self._images:
            self._images[level] = _image(self._level(level), colour_table(self._hidden))
        return self._images[level], 2**level

    def _level(self, level: int) -> Shades:
        while len(self._levels) <= level:
            self._levels.append(_halved(self._levels[-1]))
        return self._levels[level]


def _halved(shades: Shades) -> Shades:
    """The brightest of every two by two cells."""
    rows, columns = shades.shape
    padded = np.zeros((rows + rows % 2, columns + columns % 2), np.uint8)
    padded[:rows, :columns] = shades
    across = np.maximum(padded[:, ::2], padded[:, 1::2])
    halved: Shades = np.maximum(across[::2], across[1::2])
    return halved


def _image(shades: Shades, colours: list[int]) -> QImage:
    rows, columns = shades.shape
    stride = -(-columns // 4) * 4  # Qt wants lines of whole words
    lines = np.zeros((rows, stride), np.uint8)
    lines[:, :columns] = shades
    indexed = QImage(lines.data, columns, rows, stride, QImage.Format.Format_Indexed8)
    indexed.setColorTable(colours)
    # A copy in the screen's own format: drawing an indexed image converts it every time.
    return indexed.convertToFormat(QImage.Format.Format_RGB32)
