"""The prompt library: a search, a tree of folders, and menus for its files. GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QIcon, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from workbench.gui.fonts import Fonts
from workbench.gui.icons import icon
from workbench.gui.library_search import LibraryEntry, LibraryIndex, LibraryRoot
from workbench.gui.library_tree import LibraryTree
from workbench.gui.parts import EDGE, icon_button, title_row, wrapping_label
from workbench.gui.theme import Theme
from workbench.gui.translate import tr

MINE = "mine"
"""The folder under which the person's own prompts stand."""


class Ask(StrEnum):
    """What the person wants done with a file or folder of the library."""

    NEW_CHAT = "new chat"
    NEW_RAW = "new raw"
    DUPLICATE = "duplicate"
    RENAME = "rename"
    DELETE = "delete"
    REVEAL = "reveal"
    COPY_PATH = "copy path"
    ADD_FOLDER = "add folder"
    FORGET_FOLDER = "forget folder"


class LibraryPanel(QWidget):
    """Title, search and tree.

    Signals:
        chosen(path): the person wants to open this prompt file.
        asked(ask, path): the person wants something done; path is None for what concerns no file.
    """

    chosen = Signal(Path)
    asked = Signal(object, object)

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self._theme = theme
        self._entries: Sequence[LibraryEntry] = ()
        self._roots: Mapping[Path, LibraryRoot] = {}
        self._index = LibraryIndex()
        self.new_button = icon_button(tr("New prompt (Ctrl+N) and folders"))
        self.new_menu = QMenu(self)
        self.show_unsaved(())
        self.new_button.setMenu(self.new_menu)
        self.new_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.search = SearchField()
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self._open_first)
        self.search.went_down.connect(self._into_tree)
        self.tree = LibraryTree(theme, fonts)
        self.tree.opened.connect(self.chosen)
        self.tree.typed.connect(self._type_on)
        self.tree.left_top.connect(self.search.setFocus)
        self.nothing = wrapping_label("muted")
        self.nothing.setContentsMargins(EDGE, 6, EDGE, 0)
        self.nothing.hide()
        for keys, ask in (("F2", Ask.RENAME), ("Del", Ask.DELETE), ("Ctrl+D", Ask.DUPLICATE)):
            self.tree.take_key(keys, partial(self._ask_current, ask))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(title_row(tr("Library"), self.new_button))
        field = QVBoxLayout()
        field.setContentsMargins(EDGE, 0, EDGE, 6)
        field.addWidget(self.search)
        column.addLayout(field)
        column.addWidget(self.nothing)
        column.addWidget(self.tree, 1)
        theme.changed.connect(self._recolour)
        self._recolour()

    def show_prompts(
        self, entries: Sequence[LibraryEntry], roots: Mapping[Path, LibraryRoot]
    ) -> None:
        """List prompts under their folders, in the order of `roots`. Open folders stay open."""
        self._entries, self._roots = entries, roots
        self._index = LibraryIndex(entries)
        self._search()

    @property
    def entries(self) -> Sequence[LibraryEntry]:
        """Every prompt of the library; another object after each reading."""
        return self._entries

    def show_unsaved(self, unsaved: Sequence[tuple[str, Callable[[], None]]]) -> None:
        """Offer unsaved edits that are in no file: how they are called, and what opens them."""
        menu = self.new_menu
        menu.clear()
        self._add_general(menu)
        if unsaved:
            menu.addSection(tr("Not saved yet"))
        for title, call in unsaved:
            menu.addAction(title.replace("&", "&&"), call)

    def title_of(self, path: Path) -> str:
        """What a prompt is called in the list; its file name when it is not there."""
        titles = (
            e.summary.title or e.summary.name for e in self._entries if e.summary.path == path
        )
        return next(titles, path.name)

    def mark(self, path: Path | None) -> None:
        """Show which prompt is open; None for one that has no file."""
        self.tree.mark(path)

    def is_own(self, path: Path) -> bool:
        """Whether a file stands in a folder of the person's own."""
        inside = [root for folder, root in self._roots.items() if path.is_relative_to(folder)]
        return any(root.is_own for root in inside) or not inside

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802  # Qt's name
        """What can be done with the row under the mouse, or the current one."""
        at = self.tree.viewport().mapFromGlobal(event.globalPos())
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        if by_key:
            item = self.tree.currentItem()
            at = self.tree.visualItemRect(item).bottomLeft() if item is not None else QPoint(8, 8)
            path, folder = self.tree.current_path(), self.tree.current_folder()
        else:
            path, folder = self.tree.path_at(at)
        menu = self.menu_for(path, folder)
        from workbench.gui.key_hints import show_keys  # the window is on the screen without it

        show_keys(menu)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.tree.viewport().mapToGlobal(at))

    def menu_for(self, path: Path | None, folder: Path | None) -> QMenu:
        """What can be done with a prompt, a folder, or (both None) the library."""
        menu = QMenu(self)
        if path is not None:
            own = self.is_own(path)
            menu.addAction(tr("Open"), partial(self.chosen.emit, path))
            menu.addAction(tr("Duplicate\tCtrl+D"), partial(self._ask, Ask.DUPLICATE, path))
            for text, ask in ((tr("Rename…\tF2"), Ask.RENAME), (tr("Delete\tDel"), Ask.DELETE)):
                action = menu.addAction(text, partial(self._ask, ask, path))
                action.setEnabled(own)
            menu.addSeparator()
        if path is not None or folder is not None:
            where = path or folder
            menu.addAction(tr("Show in the file manager"), partial(self._ask, Ask.REVEAL, where))
            menu.addAction(tr("Copy the path"), partial(self._ask, Ask.COPY_PATH, where))
            menu.addSeparator()
        root = self._roots.get(folder) if folder is not None else None
        if root is not None and root.is_own and root.title != MINE:
            text = tr("Take {title} out of the library", title=root.title).replace("&", "&&")
            menu.addAction(text, partial(self._ask, Ask.FORGET_FOLDER, folder))
        self._add_general(menu)
        return menu

    def _add_general(self, menu: QMenu) -> None:
        menu.addAction(tr("New chat prompt\tCtrl+N"), partial(self._ask, Ask.NEW_CHAT, None))
        menu.addAction(tr("New raw prompt"), partial(self._ask, Ask.NEW_RAW, None))
        menu.addSeparator()
        menu.addAction(tr("Add a folder…"), partial(self._ask, Ask.ADD_FOLDER, None))

    def _ask(self, ask: Ask, path: Path | None) -> None:
        self.asked.emit(ask, path)

    def _ask_current(self, ask: Ask) -> None:
        path = self.tree.current_path()
        if path is not None:
            self.asked.emit(ask, path)

    def _search(self) -> None:
        query = self.search.text().strip()
        found = self._index.search(query) if query else self._entries
        if query:
            self.tree.show_found(found)
        else:
            self.tree.show_folders(self._entries, self._roots)
        self.nothing.setVisible(not found)
        self.tree.setVisible(bool(found))
        self.nothing.setText(
            tr("No prompt has “{query}” in its name, tags or text.", query=query)
            if query
            else tr("No prompts here.")
        )

    def _open_first(self) -> None:
        path = self.tree.current_path() if self.search.text().strip() else None
        if path is not None:
            self.chosen.emit(path)

    def _into_tree(self) -> None:
        self.tree.enter()

    def _type_on(self, text: str) -> None:
        self.search.setFocus()
        self.search.insert(text)

    def _recolour(self) -> None:
        self.new_button.setIcon(icon("plus", self._theme.colour("muted"), 15))
        self.search.show_icon(icon("close", self._theme.colour("muted"), 12))
        self.tree.viewport().update()


class SearchField(QLineEdit):
    """One line; Esc empties it, Down leaves it.

    Signals:
        went_down(): the person wants to be in the rows below.
    """

    went_down = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(tr("Search name, text, #tag"))
        self.setAccessibleName(tr("Search the library"))
        self._empty = QAction(tr("Empty the search (Esc)"), self)
        self._empty.triggered.connect(self.clear)
        self.addAction(self._empty, QLineEdit.ActionPosition.TrailingPosition)
        for button in self.findChildren(QToolButton):
            button.setAccessibleName(tr("Empty the search"))
            button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.textChanged.connect(lambda text: self._empty.setVisible(bool(text)))
        self._empty.setVisible(False)

    def show_icon(self, picture: QIcon) -> None:
        """Draw the button that empties the field."""
        self._empty.setIcon(picture)

    def event(self, event: QEvent) -> bool:
        """Esc belongs to the field while something stands in it, not to the window."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Escape
            and self.text()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Esc and Down."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.went_down.emit()
        else:
            super().keyPressEvent(event)
