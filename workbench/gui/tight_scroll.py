"""A scroll area that scrolls one way and never cuts off what it holds the other way."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QScrollArea


class TightScroll(QScrollArea):
    """Scrolls along one way; the other way it is at least as large as what it holds."""

    def __init__(self, along: Qt.Orientation) -> None:
        super().__init__()
        self._is_vertical = along is Qt.Orientation.Vertical
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if self._is_vertical:
            self.setHorizontalScrollBarPolicy(off)
        else:
            self.setVerticalScrollBarPolicy(off)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """What it holds, and the bar beside it."""
        least = super().minimumSizeHint()
        inside = self.widget()
        if inside is None:
            return least
        held = inside.minimumSizeHint()
        edges = 2 * self.frameWidth()
        if self._is_vertical:
            bar = self.verticalScrollBar().sizeHint().width()
            return QSize(held.width() + bar + edges, least.height())
        bar = self.horizontalScrollBar().sizeHint().height()
        return QSize(least.width(), held.height() + bar + edges)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """What it holds may need more room now."""
        if event.type() is QEvent.Type.LayoutRequest and watched is self.widget():
            self.updateGeometry()
        return super().eventFilter(watched, event)
