"""The cells of a heatmap as one image, one pixel per cell, by a linear scale. No widget here."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QImage

from workbench.gui.cividis import SHADES, colour_table


@dataclass(frozen=True, slots=True)
class Scale:
    """The smallest and the largest value that is shown; both None when there is no value.

    Attributes:
        whole: every value is a whole number.
    """

    low: float | None
    high: float | None
    whole: bool = False

    def written(self, value: float) -> str:
        """A value with as many decimals as every other of the scale, three digits in all."""
        most = max(abs(self.low or 0.0), abs(self.high or 0.0))
        if self.whole:
            return f"{value:,.0f}"
        if most == 0 or not math.isfinite(most):
            return f"{value:.3g}"
        return f"{value:,.{min(max(2 - math.floor(math.log10(most)), 0), 6)}f}"

    def shade(self, value: float) -> int:
        """1 to 255; a scale of one value is in the middle."""
        return int(self.shades(np.array([value]))[0])

    def shades(self, values: npt.NDArray[np.float64]) -> npt.NDArray[np.uint8]:
        """1 to 255 of each value."""
        if self.low is None or self.high is None or self.high <= self.low:
            return np.full(len(values), (SHADES + 1) // 2, np.uint8)
        share = np.clip((values - self.low) / (self.high - self.low), 0.0, 1.0)
        made: npt.NDArray[np.uint8] = (1 + np.round(share * (SHADES - 1))).astype(np.uint8)
        return made

    def colour(self, value: float) -> QColor:
        """The colour of a value."""
        return QColor.fromRgb(colour_table("#000000")[self.shade(value)])


def scale_of(
    values: Mapping[int, float | None], bounds: tuple[float, float] | None = None
) -> Scale:
    """The scale over all cells, or over what is possible."""
    known = [value for value in values.values() if value is not None]
    if not known:
        return Scale(None, None)
    low, high = (min(known), max(known)) if bounds is None else bounds
    return Scale(low, high, all(float(value).is_integer() for value in known))


def heat_image(
    cells: Sequence[Sequence[int]],
    values: Mapping[int, float | None],
    scale: Scale,
    missing: str,
) -> QImage:
    """One pixel per cell; those without a value have the colour `missing` ("#rrggbb")."""
    places = np.array(cells)
    n_rows, n_columns = places.shape
    stride = -(-n_columns // 4) * 4  # Qt wants lines of whole words
    shades = np.zeros((n_rows, stride), np.uint8)
    known = {cell: value for cell, value in values.items() if value is not None}
    by_cell = np.zeros(int(max(places.max(), max(known, default=0))) + 1, np.uint8)
    by_cell[list(known)] = scale.shades(np.array(list(known.values()), float))
    shades[:, :n_columns] = by_cell[places]
    image = QImage(shades.data, n_columns, n_rows, stride, QImage.Format.Format_Indexed8)
    image.setColorTable(colour_table(missing))
    return image.convertToFormat(QImage.Format.Format_RGB32)
