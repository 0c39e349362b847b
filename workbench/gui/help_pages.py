"""The pages of the guide as they stand in the assets: found, titled, shown. GUI thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QImage, QShowEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser

from workbench.core.paths import assets_folder

_WIDEST = 700
"""Pictures are scaled down to this width, in pixels."""
_DENSITY = 2.0
_MARGIN = 16


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page; `title` is its first heading."""

    name: str
    title: str
    path: Path


def help_pages() -> tuple[HelpPage, ...]:
    """Every page of the guide, by title; none when the assets have no guide."""
    folder = assets_folder() / "help"
    found = []
    for path in folder.glob("*.md"):
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        found.append(HelpPage(path.stem, first.lstrip("# ").strip() or path.stem, path))
    return tuple(sorted(found, key=lambda page: page.title.casefold()))


class HelpBrowser(QTextBrowser):
    """Shows a page; its pictures lie beside it and are made to fit."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenExternalLinks(False)
        self.setOpenLinks(False)
        self._folder = Path()
        self.document().setDocumentMargin(_MARGIN)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        """Begin at the beginning, now that it is known how high the pictures are."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._to_the_top)

    def show_page(self, page: HelpPage) -> None:
        """Read a page from its file."""
        self._folder = page.path.parent
        text = page.path.read_text(encoding="utf-8")
        self.document().setBaseUrl(QUrl.fromLocalFile(f"{self._folder}/"))
        self.document().setMarkdown(text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        self._to_the_top()

    def _to_the_top(self) -> None:
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: N802  # Qt's name
        """Pictures from the page's own folder, no wider than the page; nothing else."""
        url = name if isinstance(name, QUrl) else QUrl(name)
        path = Path(url.toLocalFile()) if url.isLocalFile() else self._folder / url.path()
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        image = QImage(str(path))
        if image.isNull():
            return None
        wide = min(image.width(), round(_WIDEST * _DENSITY))
        image = image.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)
        image.setDevicePixelRatio(max(1.0, image.width() / _WIDEST))
        return image
