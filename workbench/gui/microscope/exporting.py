"""Takes the microscope out of the window: the picture, and its numbers as a table. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import IO

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from workbench.core.errors import UserError
from workbench.experiments.attention_files import write_file
from workbench.gui.messages import MessageBar, from_error
from workbench.gui.panels.microscope import MicroscopePanel
from workbench.gui.pictures import png_bytes, svg_bytes
from workbench.gui.theme import Theme
from workbench.gui.translate import mark, tr

EXPORTS = {
    "png": mark("Picture (PNG)…"),
    "svg": mark("Picture (SVG)…"),
    "tsv": mark("Numbers (TSV)…"),
}


class MicroscopeExport(QObject):
    """The menu "Export" of the microscope."""

    def __init__(
        self, panel: MicroscopePanel, theme: Theme, notices: MessageBar, window: QWidget
    ) -> None:
        super().__init__(panel)
        self._panel, self._theme = panel, theme
        self._notices, self._window = notices, window
        menu = QMenu(panel)
        for kind, title in EXPORTS.items():
            menu.addAction(tr(title), partial(self._choose, kind))
        panel.export_button.setMenu(menu)

    def write(self, kind: str, path: Path) -> None:
        """Write one of `EXPORTS` to a file; what goes wrong is told above the workspace."""
        found = self._panel.picture.found
        if found is None:
            return
        made: dict[str, Callable[[], bytes]] = {
            "png": lambda: png_bytes(self._size(), self._theme.colour("pane"), self._paint),
            "svg": lambda: svg_bytes(self._size(), tr("Sampler microscope"), self._paint),
            "tsv": (found.table() + "\n").encode,
        }
        try:
            data = made[kind]()

            def write(file: IO[bytes]) -> None:
                file.write(data)

            write_file(path, write)
            self._notices.dismiss("microscope-export")
        except UserError as error:
            self._notices.show_message("microscope-export", from_error(error))

    def _size(self) -> QSize:
        return self._panel.picture.whole_size()

    def _paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._panel.picture.paint_whole(painter)

    def _choose(self, kind: str) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self._window,
            tr(EXPORTS[kind]).rstrip("…"),
            f"samplers.{kind}",
            f"{kind.upper()} (*.{kind})",
        )
        if chosen:
            path = Path(chosen)
            self.write(kind, path if path.suffix else path.with_suffix(f".{kind}"))
