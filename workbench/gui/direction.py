"""Which way a widget reads when the window's language reads from right to left."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintDevice, QPainter
from PySide6.QtWidgets import QWidget


def keep_left_to_right(widget: QWidget) -> None:
    """Have a widget of figures read as it does in English, in every language.

    A mirrored window moves panels and labels. Numbers, intervals, axes, sliders and tokens must
    not turn round with it: "0.1 to 0.4" would read "to 0.4 0.1", "-0.4" would read "0.4-", and a
    causal matrix would look into the future. Text from right to left inside such a widget still
    reads from right to left: that is the text's own direction.
    """
    widget.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def figure_painter(device: QPaintDevice) -> QPainter:
    """A painter that aligns left to the left; Qt's own takes the direction of the program."""
    painter = QPainter(device)
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    return painter


def keep_axis_left_to_right(axis: Any) -> None:
    """The same for the words along a pyqtgraph axis."""
    draw = axis.drawPicture

    def drawn(painter: QPainter, *specs: Any) -> None:
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        draw(painter, *specs)

    axis.drawPicture = drawn
