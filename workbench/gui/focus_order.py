"""The order in which Tab goes through a window: as one reads, whatever was made first. GUI thread.

Qt appends what is made later (messages, variables, columns) to the end of its chain. The windows
put the chain in the order of their layouts whenever Tab is pressed.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QWidget,
)

_WHOLE = (QAbstractItemView, QAbstractSpinBox, QComboBox)
"""What is in them is theirs."""


def put_in_order(top: QWidget) -> None:
    """Have Tab go through a window as one reads it."""
    for one, following in pairwise(tab_stops(top)):
        QWidget.setTabOrder(one, following)


def tab_stops(top: QWidget) -> list[QWidget]:
    """What Tab reaches in a window now, in the order of its layouts."""
    return list(_stops(top))


def _stops(widget: QWidget) -> Iterator[QWidget]:
    for part in _parts(widget):
        if part.isWindow() or not part.isVisible():
            continue
        wanted = bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus) and part.isEnabled()
        if wanted and part.focusProxy() is None:
            yield part
        yield from _stops(part)


def _parts(widget: QWidget) -> list[QWidget]:
    """The widgets in another one, as they are laid out; what no layout holds comes last."""
    if isinstance(widget, _WHOLE):
        return []
    if isinstance(widget, QStackedWidget):
        front = widget.currentWidget()
        return [] if front is None else [front]
    if isinstance(widget, QSplitter):
        held = (widget.widget(at) for at in range(widget.count()))
        return [part for part in held if part is not None]
    if isinstance(widget, QScrollArea):
        inside = widget.widget()
        return [] if inside is None else [inside]
    if isinstance(widget, QAbstractScrollArea):
        return []
    layout = widget.layout()
    laid_out = list(_in_layout(layout)) if layout is not None else []
    children = widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [*laid_out, *(child for child in children if child not in laid_out)]


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        inner = None if item is None else item.layout()
        widget = None if item is None else item.widget()
        if inner is not None:
            yield from _in_layout(inner)
        elif widget is not None:
            yield widget
