"""Brings what gets the keyboard into view: a scroll area only does so from within. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

_ENOUGH = 24
"""A control of which this many pixels of height can be seen stays where it is."""

_MARGIN = 20


class RevealFocus(QObject):
    """Watches the keyboard's way through one window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not self._window.isAncestorOf(new):
            return
        if new.visibleRegion().boundingRect().height() >= min(_ENOUGH, new.height()):
            return
        part: QWidget | None = new.parentWidget()
        while part is not None and part is not self._window:
            if isinstance(part, QScrollArea):
                part.ensureWidgetVisible(new, _MARGIN, _MARGIN)
            part = part.parentWidget()
