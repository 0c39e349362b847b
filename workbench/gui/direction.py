"""Which way a widget reads when the window's language reads from right to left."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def keep_left_to_right(widget: QWidget) -> None:
    """Have a widget of figures read as it does in English, in every language.

    A mirrored window moves panels and labels. Numbers, intervals, axes, sliders and tokens must
    not turn round with it: "0.1 to 0.4" would read "to 0.4 0.1", "-0.4" would read "0.4-", and a
    causal matrix would look into the future. Text from right to left inside such a widget still
    reads from right to left: that is the text's own direction.
    """
    widget.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
