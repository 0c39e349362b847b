"""Files dropped on the window: a model is loaded, any other opened as a prompt. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget


class Drops(QObject):
    """Watches the events of one window; a widget inside that takes drops itself keeps them."""

    def __init__(
        self,
        window: QWidget,
        open_model: Callable[[Path], object],
        open_prompt: Callable[[Path], object],
    ) -> None:
        super().__init__(window)
        self._open_model, self._open_prompt = open_model, open_prompt
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Take a drag of one file from this machine."""
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            path = _file(event.mimeData())
            if path is None:
                return False
            event.acceptProposedAction()
            (self._open_model if path.suffix.lower() == ".gguf" else self._open_prompt)(path)
            return True
        if isinstance(event, QDragEnterEvent) and event.type() == QEvent.Type.DragEnter:
            if _file(event.mimeData()) is None:
                return False
            event.acceptProposedAction()
            return True
        return super().eventFilter(watched, event)


def _file(data: QMimeData) -> Path | None:
    """The one local file of a drag; None for several, for folders and for texts."""
    urls = data.urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.is_file() else None
