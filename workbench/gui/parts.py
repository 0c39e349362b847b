"""Small parts that many panels use: labels, lines, title rows, text buttons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QWidget,
)

from workbench.gui.style_sheet import set_role

TITLE_BAR_HEIGHT = 43
EDGE = 14
"""Distance of a panel's content from its edge, in pixels."""


def label(text: str = "", role: str = "", *, name: str = "") -> QLabel:
    """A label whose text is never read as HTML."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        set_role(made, role)
    if name:
        made.setObjectName(name)
    return made


def wrapping_label(role: str = "") -> QLabel:
    """A label that breaks its lines and lets its text be copied."""
    made = label("", role)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def number_field() -> QSpinBox:
    """A field for a whole number, its figures as far from the edge as in any other field."""
    made = QSpinBox()
    made.lineEdit().setTextMargins(5, 0, 5, 0)
    return made


def horizontal_line() -> QFrame:
    """A line of one pixel between parts that stand below each other."""
    made = QFrame()
    set_role(made, "hline")
    return made


def vertical_line() -> QFrame:
    """A line of one pixel between parts that stand beside each other."""
    made = QFrame()
    set_role(made, "vline")
    return made


def pane(role: str = "pane") -> QWidget:
    """A widget with the background of its role."""
    made = QWidget()
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    set_role(made, role)
    return made


def title_row(title: str, *right: QWidget, left: tuple[QWidget, ...] = ()) -> QHBoxLayout:
    """A panel's first row: its title, what belongs beside it, and its actions at the right end."""
    row = QHBoxLayout()
    row.setContentsMargins(EDGE, 8, EDGE, 6)
    row.setSpacing(8)
    row.addWidget(label(title, "title"))
    for widget in left:
        row.addWidget(widget)
    row.addStretch(1)
    for widget in right:
        row.addWidget(widget)
    return row


def text_button(text: str, role: str = "text", *, accessible: str = "") -> QPushButton:
    """A button that looks like text until it is pointed at."""
    made = QPushButton(text)
    set_role(made, role)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAccessibleName(accessible or text)
    return made


def icon_button(accessible: str, role: str = "icon") -> QToolButton:
    """A button that shows only an icon; `accessible` is its name and its tooltip."""
    made = QToolButton()
    set_role(made, role)
    made.setAccessibleName(accessible)
    made.setToolTip(accessible)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made


def clickable(widget: QWidget, call: Callable[[], None], tip: str) -> None:
    """Have a click on a widget that is no button call `call`; the keyboard has an action for it."""
    widget.setCursor(Qt.CursorShape.PointingHandCursor)
    widget.setToolTip(tip)
    widget.installEventFilter(_Click(widget, call))


class _Click(QObject):
    def __init__(self, widget: QWidget, call: Callable[[], None]) -> None:
        super().__init__(widget)
        self._call = call

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        if isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseButtonRelease:
            self._call()
            return True
        return super().eventFilter(watched, event)


def title_bar(title: QWidget, chip: QWidget) -> tuple[QWidget, QHBoxLayout]:
    """The row above a page: its title and chip at the left; what is added stands at the right."""
    holder = pane()
    holder.setFixedHeight(TITLE_BAR_HEIGHT)
    row = QHBoxLayout(holder)
    row.setContentsMargins(EDGE, 0, EDGE, 0)
    row.setSpacing(8)
    row.addWidget(title)
    row.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
    row.addStretch(1)
    return holder, row
