"""The application object: it hears which files a desktop asks the running program to open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """A Mac names the file that was opened in Finder in an event, at the start as well as later.

    Not an event filter: that would be asked about every event of the program.
    """

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__(list(arguments))
        self._waiting: list[Path] = []
        self._take: Callable[[Path], bool] | None = None

    def event(self, event: QEvent) -> bool:
        """Keep the name of a file until a window can open it."""
        if isinstance(event, QFileOpenEvent):
            if event.file():
                self._waiting.append(Path(event.file()))
                self.hand_over_soon()
            return True
        return super().event(event)

    def give_files_to(self, take: Callable[[Path], bool]) -> None:
        """Call `take` with every file, also those that came before; it says whether it could."""
        self._take = take

    def hand_over_soon(self, *_: object) -> None:
        """Try the files that wait, once whoever acts now is done."""
        QTimer.singleShot(0, self, self._hand_over)

    def _hand_over(self) -> None:
        while self._take is not None and self._waiting and self._take(self._waiting[0]):
            del self._waiting[0]
