"""The colours of weights: cividis, from dark blue to yellow, the same for every kind of sight."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor

_ANCHORS = (
    (0, 32, 77), (0, 37, 89), (0, 43, 104), (0, 48, 111), (5, 54, 110), (30, 59, 109),
    (44, 65, 108), (55, 71, 107), (64, 77, 107), (73, 82, 107), (81, 88, 108), (89, 94, 109),
    (96, 100, 111), (103, 105, 112), (110, 111, 115), (117, 117, 117), (124, 123, 120),
    (132, 129, 121), (139, 135, 121), (147, 142, 120), (155, 148, 119), (163, 154, 118),
    (172, 161, 116), (180, 168, 113), (188, 175, 111), (197, 181, 107), (206, 188, 103),
    (215, 196, 99), (224, 203, 93), (233, 211, 87), (242, 218, 79), (251, 226, 71), (255, 234, 70),
)  # fmt: skip
"""Every eighth of its 256 colours."""

SHADES = 255
"""Shades of a weight; number 0 of an image is the colour of what cannot be seen."""


@cache
def colour_table(hidden: str) -> list[int]:
    """256 opaque colours for an indexed image: `hidden` ("#rrggbb"), then cividis."""
    anchors = np.array(_ANCHORS, float)
    at = np.linspace(0, len(anchors) - 1, SHADES)
    channels = [np.interp(at, np.arange(len(anchors)), anchors[:, i]) for i in range(3)]
    red, green, blue = (c.round().astype(int) for c in channels)
    shades = (255 << 24) | (red << 16) | (green << 8) | blue
    return [QColor(hidden).rgb(), *shades.tolist()]


def colour_of(weight: float) -> QColor:
    """The colour of a weight of 0 to 1."""
    return QColor.fromRgb(colour_table("#000000")[int(shade(np.array([weight], np.float32))[0])])


def shade(weights: npt.NDArray[np.float32]) -> npt.NDArray[np.uint8]:
    """Numbers 1 to 255 for weights of 0 to 1, NaN as 0; by the square root, because most weights
    of a long text are small and a linear scale would show only the first token."""
    roots = np.sqrt(weights)
    roots *= SHADES - 1
    roots += 1.5
    np.minimum(roots, SHADES, out=roots)  # a weight may be a rounding above 1
    if np.isnan(roots.sum()):
        np.nan_to_num(roots, copy=False, nan=0.0)
    return roots.astype(np.uint8)
