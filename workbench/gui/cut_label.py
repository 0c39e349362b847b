"""A label of one line that is cut with an ellipsis where there is no room for it. GUI thread."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel

from workbench.gui.style_sheet import set_role


class CutLabel(QLabel):
    """Shows as much of its text as there is room for, and all of it in its tooltip."""

    def __init__(self, role: str, narrowest: int, name: str = "") -> None:
        """`narrowest`: pixels that are left of it at least; `name`: for finding it."""
        super().__init__()
        self._narrowest = narrowest
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self, role)

    def setText(self, text: str) -> None:  # noqa: N802  # Qt's name
        """Show another text."""
        super().setText(text)
        self.setToolTip(f"<qt>{escape(text)}</qt>")  # a name is never read as HTML

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Room for the beginning of the text."""
        whole = super().minimumSizeHint()
        return QSize(min(whole.width(), self._narrowest), whole.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """The text, cut where it must be."""
        room = self.contentsRect()
        metrics = self.fontMetrics()
        if metrics.horizontalAdvance(self.text()) <= room.width():
            super().paintEvent(event)
            return
        cut = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter = QPainter(self)
        self.drawFrame(painter)
        side = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        at = self.style().visualAlignment(self.layoutDirection(), side)
        self.style().drawItemText(
            painter, room, int(at), self.palette(), self.isEnabled(), cut, self.foregroundRole()
        )
        painter.end()
