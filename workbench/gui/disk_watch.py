"""Notices that another program writes, moves or deletes one file. GUI thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

_SETTLE_MS = 150
"""Editors write a file in several steps; one look after the last of them is enough."""


class DiskWatch(QObject):
    """Watches one file. A file that is replaced is another one: `watch` it again after each look.

    Signals:
        touched(): something happened to the file or beside it; whoever listens compares its text.
    """

    touched = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._watcher = QFileSystemWatcher(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE_MS)
        self._timer.timeout.connect(self.touched)
        self._watcher.fileChanged.connect(self._changed)

    def watch(self, path: Path | None) -> None:
        """Watch `path` instead of the file before; None watches nothing."""
        wanted = {str(path)} if path is not None and path.exists() else set()
        watched = set(self._watcher.files())
        if watched - wanted:
            self._watcher.removePaths(sorted(watched - wanted))
        if wanted - watched:
            self._watcher.addPaths(sorted(wanted - watched))
        if path is None:
            self._timer.stop()

    def close(self) -> None:
        """Watch nothing any more."""
        self.watch(None)

    def _changed(self, _path: str) -> None:
        self._timer.start()
