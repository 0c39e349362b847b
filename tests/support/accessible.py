"""What a screen reader is told of the widgets that the keyboard reaches."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QTextEdit,
    QWidget,
)

_WORDS = re.compile(r"\w.*\w", re.DOTALL)
_OF_QT = re.compile(r"qt_\w+_lineedit")
"""Fields inside of fields, which take the name of the outer one."""
_FILLED = (
    QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QSlider, QTextEdit,
)  # fmt: skip
"""What stands in them is the person's, so it is no name."""


def nameless(top: QWidget) -> list[str]:
    """Where the widgets under `top` stand that Tab reaches and that have no name in words."""
    return [
        _where(widget)
        for widget in top.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not _is_of_qt(widget)
        and not (widget.isHidden() and isinstance(widget, QAbstractButton))
        and not _WORDS.search(_name(widget))
    ]


def tab_stops(top: QWidget) -> list[QWidget]:
    """What Tab reaches in a window that is shown, in its order, from its first stop on."""
    found: list[QWidget] = []
    widget: QWidget | None = top.nextInFocusChain()
    while widget is not None and widget is not top and widget not in found:
        if (
            widget.isVisible()
            and widget.isEnabled()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.window() is top
        ):
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def _name(widget: QWidget) -> str:
    if widget.accessibleName():
        return widget.accessibleName()
    found = QAccessible.queryAccessibleInterface(widget)
    said = found.text(QAccessible.Text.Name)
    if isinstance(widget, _FILLED):
        content = getattr(widget, "currentText", getattr(widget, "text", str))()
        return "" if said == content else said
    return said


def _is_of_qt(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    in_list = parent is not None and isinstance(parent.parentWidget(), QComboBox)
    return bool(_OF_QT.fullmatch(widget.objectName())) or in_list


def _where(widget: QWidget) -> str:
    names: list[str] = []
    at: QWidget | None = widget
    while at is not None and len(names) < 5:
        names.append(type(at).__name__ + (f"#{at.objectName()}" if at.objectName() else ""))
        at = at.parentWidget()
    return " in ".join(names)
