"""Keeps what a window is at on the disk while it is open. GUI thread."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from workbench.gui.lane import Lane
from workbench.gui.messages import Message
from workbench.gui.state import WindowState
from workbench.gui.translate import tr
from workbench.gui.window_files import WindowFiles

if TYPE_CHECKING:  # the window is quickly on the screen
    from workbench.gui.main_window import MainWindow

EVERY_MS = 2000
"""How often it is looked whether something changed, in milliseconds. Text that is typed is kept
by itself and sooner (`document_controller.DRAFT_MS`)."""


class SessionKeeper(QObject):
    """Writes the state of one window whenever it is another; a killed program loses the last
    seconds of it at most, and no text."""

    def __init__(self, window: MainWindow, files: WindowFiles, number: int) -> None:
        super().__init__(window)
        self._window, self._files, self._number = window, files, number
        self._last: WindowState | None = None
        self._lane = Lane("session", self)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.keep)
        self._timer.start()

    def keep(self) -> None:
        """Write the state if it changed."""
        state = self._window.state()
        if state != self._last:
            self._last = state
            self._lane.submit(
                partial(self._files.keep, self._number, state),
                lambda _none: self._window.notices.dismiss("session"),
                self._not_kept,
            )

    def close(self) -> None:
        """Write nothing any more; what is being written is written."""
        self._timer.stop()
        self._lane.close()

    def _not_kept(self, error: Exception) -> None:
        """Said once; the program works on without it."""
        self._timer.stop()
        why = getattr(error, "strerror", None) or error
        text = tr("What is open cannot be kept for the next start: {why}.", why=str(why))
        self._window.show_notice("session", Message(text, tr("Everything else works on.")))
