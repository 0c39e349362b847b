"""Files dropped on the window: models are loaded or listed, any other is opened as a prompt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

_MAGIC = b"GGUF"


class Drops(QObject):
    """Watches the events of one window; a widget inside that takes drops itself keeps them."""

    def __init__(
        self,
        window: QWidget,
        open_models: Callable[[Sequence[Path]], object],
        open_prompt: Callable[[Path], object],
    ) -> None:
        """`open_models` gets models and folders of models, `open_prompt` any other one file."""
        super().__init__(window)
        self._open_models, self._open_prompt = open_models, open_prompt
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Take a drag of models and folders, or of one file, from this machine."""
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            paths = _wanted(event.mimeData())
            if not paths:
                return False
            event.acceptProposedAction()
            self.take(paths)
            return True
        if isinstance(event, QDragEnterEvent) and event.type() == QEvent.Type.DragEnter:
            if not _wanted(event.mimeData()):
                return False
            event.acceptProposedAction()
            return True
        return super().eventFilter(watched, event)

    def take(self, paths: Sequence[Path]) -> None:
        """Open what was dropped, or what the desktop asks for: models and folders, or one file."""
        if _are_models(paths):
            self._open_models(paths)
        else:
            self._open_prompt(paths[0])


def _wanted(data: QMimeData) -> tuple[Path, ...]:
    """What of a drag can be taken: models and folders, or one file; nothing of texts and links."""
    urls = data.urls()
    if not urls or not all(url.isLocalFile() for url in urls):
        return ()
    paths = tuple(Path(url.toLocalFile()) for url in urls)
    if _are_models(paths):
        return paths
    return paths if len(paths) == 1 and paths[0].is_file() else ()


def _are_models(paths: Sequence[Path]) -> bool:
    return all(path.is_dir() or _is_model(path) for path in paths)


def _is_model(path: Path) -> bool:
    """Whether it is named or begins as a model; those of Ollama have no ending."""
    if path.suffix.lower() == ".gguf":
        return path.is_file()
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(4) == _MAGIC
    except OSError:
        return False
