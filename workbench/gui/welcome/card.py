"""The card of the tour: one step in words, and the way on. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from workbench.gui.key_hints import keyed
from workbench.gui.parts import label, text_button, wrapping_label
from workbench.gui.style_sheet import set_role
from workbench.gui.translate import tr

_WIDTH, _GAP, _EDGE = 340, 16, 12


class TourCard(QFrame):
    """Stands beside the control it speaks of; a child of the window.

    Signals:
        next_wanted(), back_wanted(), skip_wanted(): a button was pressed.
    """

    next_wanted = Signal()
    back_wanted = Signal()
    skip_wanted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        set_role(self, "tour")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedWidth(_WIDTH)
        self.count = label("", "caption")
        self.title = label("", "title")
        self.text = wrapping_label()
        self.done = wrapping_label("good")
        self.skip_button = text_button(tr("Skip the tour"), "text")
        self.skip_button.setToolTip(tr("Esc; F1 and the palette have it again"))
        self.back_button = text_button(tr("Back"), "small")
        self.next_button = text_button(tr("Next"), "small")
        self.skip_button.clicked.connect(self.skip_wanted)
        self.back_button.clicked.connect(self.back_wanted)
        self.next_button.clicked.connect(self.next_wanted)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.count)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.skip_button)
        foot.addStretch(1)
        foot.addWidget(self.back_button)
        foot.addWidget(self.next_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.text)
        column.addWidget(self.done)
        column.addLayout(foot)
        self.hide()

    def show_step(self, number: int, total: int, title: str, text: str) -> None:
        """Say another step; `number` counts from 1."""
        self.count.setText(tr("{n} of {total}", n=number, total=total))
        self.title.setText(title)
        self.text.setText(text)
        self.back_button.setEnabled(number > 1)
        self.next_button.setText(tr("Finish") if number == total else tr("Next"))
        self.show_done("")
        self.setAccessibleName(
            tr("Tour, step {n} of {total}: {title}", n=number, total=total, title=title)
        )
        keys = keyed(self, tr("F6 goes to the control and back, Esc leaves the tour."), "")
        self.setAccessibleDescription(f"{text} {keys}")

    def show_done(self, text: str) -> None:
        """Say that the step is done and what is to be seen; empty: it is not."""
        self.done.setText(f"✓ {text}" if text else "")
        self.done.setVisible(bool(text))
        set_role(self.next_button, "primary-small" if text else "small")
        if text:
            self.setAccessibleDescription(self.done.text())

    def stand_beside(self, area: QRect, avoid: QRect) -> None:
        """Go where the control in `area` is not covered; an empty area is the lower right.

        What lies in `avoid` would cover this card; it may be empty.
        """
        room = self._window.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        self.move(_beside(area, self._height(), room, avoid))
        self.raise_()

    def _height(self) -> QSize:
        layout = self.layout()
        high = self.sizeHint().height() if layout is None else layout.totalHeightForWidth(_WIDTH)
        size = QSize(_WIDTH, high)
        self.resize(size)
        return size


def _beside(area: QRect, size: QSize, room: QRect, avoid: QRect) -> QPoint:
    """Right of `area`, below, left or above, where there is room; else inside, lower right, or
    lower left where `avoid` is, or above it where `avoid` is in the middle.

    A panel with much room in it is left to its upper part: what is written stands there, and the
    cards of its words reach out above it.
    """
    corner = QPoint(room.right() - size.width(), room.bottom() - size.height())
    if area.isEmpty():
        return QPoint(max(room.left(), corner.x()), max(room.top(), corner.y()))
    places = (
        QPoint(area.right() + _GAP, area.top()),
        QPoint(area.left(), area.bottom() + _GAP),
        QPoint(area.left() - _GAP - size.width(), area.top()),
        QPoint(area.left(), area.top() - _GAP - size.height()),
    )
    is_roomy = area.width() > 2 * size.width() and area.height() > 3 * size.height() // 2
    for place in () if is_roomy else places:
        inside = QPoint(
            min(max(place.x(), room.left()), max(room.left(), corner.x())),
            min(max(place.y(), room.top()), max(room.top(), corner.y())),
        )
        if not QRect(inside, size).intersects(area.adjusted(-4, -4, 4, 4)):
            return inside
    low = max(room.top(), min(corner.y(), area.bottom() - size.height() - _GAP))
    right = QPoint(max(room.left(), min(corner.x(), area.right() - size.width() - _GAP)), low)
    left = QPoint(max(room.left(), min(corner.x(), area.left() + _GAP)), low)
    high = max(room.top(), area.top() - size.height() - _GAP)
    # A card in the middle leaves no room beside it.
    inner = (right, left, QPoint(right.x(), high), QPoint(left.x(), high))
    free = [place for place in inner if not QRect(place, size).intersects(avoid)]
    return free[0] if free else right
