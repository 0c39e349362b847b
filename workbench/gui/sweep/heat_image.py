"""The cells of a heatmap as one image, one pixel per cell, by a linear scale. No widget here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QColor, QImage

from workbench.gui.cividis import SHADES, colour_table


@dataclass(frozen=True, slots=True)
class Scale:
    """The smallest and the largest value that is shown; both None when there is no value."""

    low: float | None
    high: float | None

    def shade(self, value: float) -> int:
        """1 to 255; a scale of one value is in the middle."""
        if self.low is None or self.high is None or self.high <= self.low:
            return (SHADES + 1) // 2
        share = (value - self.low) / (self.high - self.low)
        return 1 + round(min(max(share, 0.0), 1.0) * (SHADES - 1))

    def colour(self, value: float) -> QColor:
        """The colour of a value."""
        return QColor.fromRgb(colour_table("#000000")[self.shade(value)])


def scale_of(values: Mapping[int, float | None]) -> Scale:
    """The scale over all cells."""
    known = [value for value in values.values() if value is not None]
    return Scale(min(known), max(known)) if known else Scale(None, None)


def heat_image(
    cells: Sequence[Sequence[int]],
    values: Mapping[int, float | None],
    scale: Scale,
    missing: str,
) -> QImage:
    """One pixel per cell; those without a value have the colour `missing` ("#rrggbb")."""
    n_rows, n_columns = len(cells), len(cells[0])
    stride = -(-n_columns // 4) * 4  # Qt wants lines of whole words
    shades = np.zeros((n_rows, stride), np.uint8)
    for row, line in enumerate(cells):
        for column, cell in enumerate(line):
            value = values.get(cell)
            if value is not None:
                shades[row, column] = scale.shade(value)
    image = QImage(shades.data, n_columns, n_rows, stride, QImage.Format.Format_Indexed8)
    image.setColorTable(colour_table(missing))
    return image.convertToFormat(QImage.Format.Format_RGB32)
