"""Asks where a file of one format goes; the answer arrives later. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from workbench.gui.translate import tr


def ask_where(
    parent: QWidget,
    title: str,
    folder: Path,
    file_name: str,
    kind: tuple[str, str],
    chosen: Callable[[Path], object],
) -> QFileDialog:
    """An open dialog that offers `file_name`; `kind` is a format's name and suffix."""
    name, suffix = kind
    dialog = QFileDialog(parent, title, str(folder))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([f"{name} (*{suffix})", tr("All files (*)")])
    dialog.selectFile(file_name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()
    return dialog
