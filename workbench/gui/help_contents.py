"""The guide's contents as a tree: chapters, pages, and the headings of the page on show."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from workbench.gui.help_pages import HelpPage, anchor, sections
from workbench.gui.translate import mark, tr

KEYS = mark("Keys and colours")
_PLACE = Qt.ItemDataRole.UserRole
_WIDTH = 270
_ROW = 23


class HelpContents(QTreeWidget):
    """Signals:
    chosen(name, heading): a page was chosen, by its name, or a heading of it; an empty name is
        the list of keys.
    """

    chosen = Signal(str, str)

    def __init__(self, pages: tuple[HelpPage, ...]) -> None:
        super().__init__()
        self.setHeaderHidden(True)
        self.setFixedWidth(_WIDTH)
        self.setIndentation(12)
        self.setRootIsDecorated(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Help pages"))
        self._pages = {page.name: page for page in pages}
        self._items: dict[str, QTreeWidgetItem] = {}
        self.show_pages(pages)
        self.currentItemChanged.connect(self._chosen)

    def names(self) -> list[str]:
        """The pages that are listed, in their order; the list of keys is the empty name."""
        return list(self._items)

    def show_pages(self, pages: tuple[HelpPage, ...], *, found: bool = False) -> None:
        """List these pages under their chapters; `found`: as results of a search, best first."""
        self.blockSignals(True)
        self.clear()
        self._items = {}
        if not found:
            self._items[""] = self._item(tr(KEYS), "", "")
            self.addTopLevelItem(self._items[""])
        chapters: dict[str, QTreeWidgetItem] = {}
        for page in pages:
            item = self._item(page.short_title, page.name, "")
            item.setToolTip(0, page.said_title)
            self._items[page.name] = item
            if found or not page.chapter:
                self.addTopLevelItem(item)
                continue
            if page.chapter not in chapters:
                chapters[page.chapter] = self._chapter(page.chapter)
            chapters[page.chapter].addChild(item)
        self.expandAll()
        self.blockSignals(False)

    def mark_page(self, name: str) -> None:
        """Show which page stands there, with its headings below it; nothing is chosen by that."""
        item = self._items.get(name)
        if item is None:
            return
        self.blockSignals(True)
        for other in self._items.values():
            if other is not item:
                other.takeChildren()
        if name in self._pages and not item.childCount():
            for title in sections(self._pages[name]):
                item.addChild(self._item(title, name, anchor(title)))
        item.setExpanded(True)
        current = self.currentItem()
        if current is None or (current is not item and current.parent() is not item):
            self.setCurrentItem(item)
        self.blockSignals(False)
        self.scrollToItem(item)

    def _chapter(self, title: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem([tr(title)])
        item.setSizeHint(0, QSize(0, _ROW))
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = item.font(0)
        font.setBold(True)
        item.setFont(0, font)
        self.addTopLevelItem(item)
        return item

    def _item(self, title: str, name: str, heading: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem([title])
        item.setSizeHint(0, QSize(0, _ROW))
        item.setData(0, _PLACE, (name, heading))
        item.setToolTip(0, title)
        return item

    def _chosen(self, item: QTreeWidgetItem | None) -> None:
        place = item.data(0, _PLACE) if item is not None else None
        if place is not None:
            self.chosen.emit(*place)
