"""Shows a page of the guide with its pictures, follows its links, finds words. GUI thread."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Property, QPointF, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QDesktopServices,
    QFont,
    QImage,
    QMouseEvent,
    QShowEvent,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextImageFormat,
)
from PySide6.QtWidgets import QTextBrowser

from workbench.gui.help_looks import dress
from workbench.gui.help_pages import HelpPage, anchor
from workbench.gui.key_hints import with_own_keys
from workbench.gui.keymap import Keymap
from workbench.gui.translate import tr

_WIDEST = 700
"""Pictures are scaled down to this width, in pixels."""
_DENSITY = 2.0
_MARGIN = 16
_SAID = QTextFormat.Property.ImageAltText.value
_MIDDLE = 128
"""Between dark grounds and light ones."""
_TABLES = {"settings-table"}
"""Pages of usual keys."""


class HelpBrowser(QTextBrowser):
    """Shows a page; its pictures lie beside it and are made to fit.

    Signals:
        page_wanted(name, heading): a link to a page of the guide was followed; the heading is as
            `help_pages.anchor` writes it, or empty.
        picture_wanted(image, said): a picture was clicked; the image has its own size, `said` is
            what the page says it shows.
    """

    page_wanted = Signal(str, str)
    picture_wanted = Signal(QImage, str)

    def __init__(self, keymap: Keymap | None = None) -> None:
        """`keymap`: the keys that pages name; None are the usual ones."""
        super().__init__()
        self._keymap = keymap
        self.setOpenExternalLinks(False)
        self.setOpenLinks(False)
        self._link = self.palette().link().color()
        self._folder = Path()
        self._heading = ""
        self.document().setDocumentMargin(_MARGIN)
        self.anchorClicked.connect(self._follow)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        """Begin at the beginning, now that it is known how high the pictures are."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._to_the_heading)

    def _link_colour(self) -> QColor:
        return self._link

    def _use_link_colour(self, colour: QColor) -> None:
        self._link = colour
        dress(self.document(), colour)

    linkColour = Property(QColor, _link_colour, _use_link_colour)  # noqa: N815  # as Qt names them
    """The colour of links; the style sheet sets it, since Qt has no rule for it."""

    def show_page(self, page: HelpPage, heading: str = "") -> None:
        """Read a page from its file; begin at a heading, as `anchor` writes it."""
        self._folder = page.path.parent
        self._heading = heading
        document = self.document()
        document.setDefaultFont(self._font_in_points())
        document.setBaseUrl(QUrl.fromLocalFile(f"{self._folder}/"))
        document.setMarkdown(self._text(page), QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        self.ensurePolished()
        dress(document, self._link)
        self._to_the_heading()

    def show_heading(self, heading: str) -> None:
        """Scroll to a heading of the page that stands there; the beginning if it has none such."""
        self._heading = heading
        self._to_the_heading()

    def find_words(self, words: str) -> bool:
        """Select the next place of a text, from the beginning when none follows; False: nowhere."""
        if self.find(words):
            return True
        self.moveCursor(QTextCursor.MoveOperation.Start)
        return self.find(words)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: N802  # Qt's name
        """Pictures from the page's own folder, no wider than the page; nothing else."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        image = self._image(name)
        return None if image is None else self._fitted(image)

    def _image(self, name: QUrl | str) -> QImage | None:
        """A picture in its own size; on a dark ground NAME-dark.png where there is one."""
        url = name if isinstance(name, QUrl) else QUrl(name)
        path = Path(url.toLocalFile()) if url.isLocalFile() else self._folder / url.path()
        dark = path.with_name(f"{path.stem}-dark{path.suffix}")
        on_dark = self.palette().base().color().lightness() < _MIDDLE
        image = QImage(str(dark if on_dark and dark.is_file() else path))
        return None if image.isNull() else image

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Say that a picture can be clicked."""
        super().mouseMoveEvent(event)
        over = self._picture_at(event.position()) is not None
        if over:
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.viewport().setToolTip(tr("A click shows the picture in full size.") if over else "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Show a clicked picture in its own size."""
        super().mouseReleaseEvent(event)
        found = self._picture_at(event.position())
        if event.button() is not Qt.MouseButton.LeftButton or found is None:
            return
        image = self._image(found.name())
        if image is not None and not self.textCursor().hasSelection():
            self.picture_wanted.emit(image, found.property(_SAID) or "")

    def _picture_at(self, place: QPointF) -> QTextImageFormat | None:
        """The picture under a point of the viewport; None where there is none."""
        layout = self.document().documentLayout()
        shift = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        name = layout.imageAt(place + shift)
        if not name:
            return None
        look = layout.formatAt(place + shift)
        return look.toImageFormat() if look.isImageFormat() else None

    def _fitted(self, image: QImage) -> QImage:
        wide = min(image.width(), round(_WIDEST * _DENSITY))
        image = image.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)
        image.setDevicePixelRatio(max(1.0, image.width() / _WIDEST))
        return image

    def _font_in_points(self) -> QFont:
        """Qt takes the room between paragraphs from the points; a font in pixels gives none."""
        font = QFont(self.font())
        if font.pointSize() < 0:
            font.setPointSizeF(font.pixelSize() * 72 / self.logicalDpiY())
        return font

    def _text(self, page: HelpPage) -> str:
        """The page with the keys that count now; of Esc it says more than one action does."""
        text = page.text
        if self._keymap is None or page.name in _TABLES:
            return text
        return with_own_keys(text, self._keymap, but=("Esc",))

    def _follow(self, url: QUrl) -> None:
        if url.scheme() in ("http", "https"):
            QDesktopServices.openUrl(url)
            return
        name = Path(url.path()).stem if url.path() else ""
        self.page_wanted.emit(name, url.fragment())

    def _to_the_heading(self) -> None:
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)
        block = self.document().begin() if self._heading else self.document().end()
        while block.isValid():
            if block.blockFormat().headingLevel() and anchor(block.text()) == self._heading:
                self.setTextCursor(QTextCursor(block))
                place = self.document().documentLayout().blockBoundingRect(block)
                self.verticalScrollBar().setValue(int(place.top()))
                return
            block = block.next()
