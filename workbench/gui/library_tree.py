"""The prompts of the library as rows: in folders, or as found by a search. GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
)

from workbench.gui.fonts import SMALL_PIXELS, Fonts
from workbench.gui.icons import pixmap
from workbench.gui.library_search import LibraryEntry, LibraryRoot
from workbench.gui.parts import EDGE
from workbench.gui.said import tr_said
from workbench.gui.theme import Theme
from workbench.gui.translate import tr

_ROW_HEIGHT = 27
_PATH = Qt.ItemDataRole.UserRole
_BROKEN = Qt.ItemDataRole.UserRole + 1
_FOLDER_PATH = Qt.ItemDataRole.UserRole + 2
_NOTE = Qt.ItemDataRole.UserRole + 3
_MARK_WIDTH = 15
_FEW = 20
"""So many prompts fit on the screen with all folders open."""


class LibraryTree(QTreeWidget):
    """Rows drawn by hand: a full-width wash for the open prompt, arrows beside folders.

    Signals:
        opened(path): the person wants to open this prompt file.
        typed(text): something was typed that no row takes; it belongs into the search.
        left_top(): the person went up from the first row.
    """

    opened = Signal(Path)
    typed = Signal(str)
    left_top = Signal()

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self._theme, self._fonts = theme, fonts
        self._open: Path | None = None
        self._revealed: Path | None = None
        self._closed: set[str] | None = None
        self._is_search = False
        self._keys: dict[str, Callable[[], None]] = {}
        self.setHeaderHidden(True)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName(tr("Prompt library"))
        self.setUniformRowHeights(True)
        self.setItemDelegate(_RowHeight(self))
        self.itemClicked.connect(self._clicked)

    def show_folders(
        self, entries: Sequence[LibraryEntry], roots: Mapping[Path, LibraryRoot]
    ) -> None:
        """Every prompt in its folder; folders that were closed stay closed."""
        self._remember_closed()
        if self._closed is None:
            self._closed = _closed_at_first(entries, roots)
        self._is_search = False
        # Opening one prompt of the folder may have moved the keyboard's row elsewhere.
        current = self.current_path() or self._open
        self.clear()
        folders: dict[str, QTreeWidgetItem] = {}
        holders = {entry.summary.path.parent for entry in entries}
        for path, root in roots.items():
            inside = {holder for holder in holders if holder.is_relative_to(path)}
            for entry in entries:
                summary = entry.summary
                if summary.path.parent not in inside:
                    continue
                names = [root.title, *summary.folder.split("/")]
                parent = self._folder([n for n in names if n], folders, path, root)
                self._add(parent, entry, "")
        self._select(current, reveal=False)
        if self._revealed != self._open:
            self._select(self._open, reveal=True)

    def show_found(self, entries: Sequence[LibraryEntry]) -> None:
        """The answer to a search, the best first; the first one is where the keyboard stands."""
        self._remember_closed()
        self._is_search = True
        self.clear()
        for entry in entries:
            self._add(self.invisibleRootItem(), entry, entry.summary.folder)
        self._to_first()

    def mark(self, path: Path | None) -> None:
        """Show which prompt is open; None for one that has no file."""
        is_another, self._open = path != self._open, path
        if not self._is_search:
            self._select(path, reveal=is_another)
        self.viewport().update()

    def current_path(self) -> Path | None:
        """The prompt on which the keyboard stands."""
        return _path(self.currentItem(), _PATH)

    def current_folder(self) -> Path | None:
        """The folder on which the keyboard stands."""
        return _path(self.currentItem(), _FOLDER_PATH)

    def path_at(self, at: QPoint) -> tuple[Path | None, Path | None]:
        """The prompt or the folder at a point of the viewport; it gets the keyboard."""
        item = self.itemAt(at)
        if item is not None:
            self.setCurrentItem(item)
        return _path(item, _PATH), _path(item, _FOLDER_PATH)

    def enter(self) -> None:
        """Put the keyboard on the current row, or on the first one."""
        if self.currentItem() is None:
            self._to_first()
        self.setFocus()

    def take_key(self, keys: str, call: Callable[[], None]) -> None:
        """Have `call` called when `keys` ("F2", "Ctrl+D") are pressed in the tree."""
        self._keys[QKeySequence(keys).toString()] = call

    def titles(self) -> list[str]:
        """Every row that is shown, folders too, in order."""
        found, item = [], self.topLevelItem(0)
        while item is not None:
            found.append(item.text(0))
            item = self.itemBelow(item)
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Enter opens; left and right close and open folders; letters search."""
        item, key = self.currentItem(), event.key()
        if (call := self._keys.get(QKeySequence(event.keyCombination()).toString())) is not None:
            call()
            return
        if item is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._clicked(item)
            return
        is_folder = item is not None and not item.data(0, _PATH)
        if item is not None and key == Qt.Key.Key_Left and not (is_folder and item.isExpanded()):
            above = item.parent()
            if above is not None:
                self.setCurrentItem(above)
            return
        if key == Qt.Key.Key_Up and (item is None or self.itemAbove(item) is None):
            self.left_top.emit()
            return
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if plain and event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
            return
        super().keyPressEvent(event)

    def drawRow(  # noqa: N802  # Qt's name
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw a whole row."""
        rect, state = getattr(option, "rect", QRect()), getattr(option, "state", None)
        item = self.itemFromIndex(index)
        path = _path(item, _PATH)
        is_open = path is not None and path == self._open
        hovered = state is not None and bool(state & QStyle.StateFlag.State_MouseOver)
        current = item is self.currentItem() and (self.hasFocus() or self._is_search)
        painter.save()
        if is_open:
            painter.fillRect(rect, self._theme.colour("accent_wash"))
        elif hovered or current:
            painter.fillRect(rect, self._theme.colour("chip"))
        if current and self.hasFocus():
            edge = QRect(rect.left(), rect.top(), 2, rect.height())
            painter.fillRect(edge, self._theme.colour("focus"))
        self._draw_text(painter, rect, item, is_open=is_open, lit=hovered or current)
        painter.restore()

    def _draw_text(
        self, painter: QPainter, rect: QRect, item: QTreeWidgetItem, *, is_open: bool, lit: bool
    ) -> None:
        left = rect.left() + EDGE + 16 * _depth(item)
        right = rect.right() - 6
        ink = "accent" if is_open else "ink"
        muted = "chip_ink" if lit and not is_open else "muted"
        if not item.data(0, _PATH):
            ink = muted
            arrow = "down" if item.isExpanded() else "right"
            mark = pixmap(arrow, self._theme.colour(ink), 12)
            painter.drawPixmap(QPoint(left - 2, rect.center().y() - 5), mark)
            left += 13
        elif item.data(0, _BROKEN):
            ink = "ink" if is_open or lit else "warning"
            painter.setPen(self._theme.colour("warning"))
            painter.setFont(self._fonts.ui(bold=True))
            box = QRect(right - _MARK_WIDTH, rect.top(), _MARK_WIDTH, rect.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "!")
            right = box.left() - 2
        font = self._fonts.ui(bold=is_open)
        title = item.text(0)
        note, small = item.data(0, _NOTE) or "", self._fonts.ui(SMALL_PIXELS)
        if note:
            needed = QFontMetrics(font).horizontalAdvance(title)
            wanted = QFontMetrics(small).horizontalAdvance(note) + 2
            room = min(wanted, right - left - needed - 10)
            if room > 24:
                painter.setFont(small)
                painter.setPen(self._theme.colour("chip_ink" if is_open else muted))
                box = QRect(right - room, rect.top(), room, rect.height())
                text = _elided(small, note, room)
                painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
                right = box.left() - 8
        painter.setFont(font)
        painter.setPen(self._theme.colour(ink))
        box = QRect(left, rect.top(), right - left, rect.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, _elided(font, title, box.width()))

    def _add(self, parent: QTreeWidgetItem, entry: LibraryEntry, note: str) -> None:
        prompt = entry.summary
        item = QTreeWidgetItem(parent, [prompt.title or prompt.name])
        item.setData(0, _PATH, str(prompt.path))
        item.setData(0, _BROKEN, bool(prompt.error))
        item.setData(0, _NOTE, note)
        tags = " ".join(f"#{tag}" for tag in prompt.tags)
        error = tr_said(prompt.error)
        tip = "\n".join(part for part in (error or prompt.description, tags) if part)
        item.setToolTip(0, tip)
        said = tr("broken: {error}", error=error) if error else prompt.description
        item.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, said)

    def _folder(
        self,
        names: list[str],
        folders: dict[str, QTreeWidgetItem],
        path: Path,
        root: LibraryRoot,
    ) -> QTreeWidgetItem:
        if not names:
            return self.invisibleRootItem()
        key = "\n".join([str(path), *names])
        if key not in folders:
            item = QTreeWidgetItem(self._folder(names[:-1], folders, path, root), [names[-1]])
            inner = names[1:] if root.title else names
            item.setData(0, _FOLDER_PATH, str(path.joinpath(*inner)))
            item.setExpanded(str(path.joinpath(*inner)) not in (self._closed or ()))
            folders[key] = item
        return folders[key]

    def _to_first(self) -> None:
        first = self.topLevelItem(0)
        if first is not None:
            self.setCurrentItem(first)

    def _remember_closed(self) -> None:
        if not self._is_search and self.topLevelItemCount():
            self._closed = {
                str(item.data(0, _FOLDER_PATH))
                for item in self._items()
                if item.data(0, _FOLDER_PATH) and not item.isExpanded()
            }

    def _select(self, path: Path | None, *, reveal: bool) -> None:
        """Put the keyboard on the row of `path`; `reveal` opens its folders."""
        item = next((i for i in self._items() if path and i.data(0, _PATH) == str(path)), None)
        if item is None:
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()
            return
        parent = item.parent()
        while parent is not None:
            if reveal:
                parent.setExpanded(True)
                self._revealed = path
            elif not parent.isExpanded():
                return
            parent = parent.parent()
        self.setCurrentItem(item)

    def _items(self) -> list[QTreeWidgetItem]:
        found: list[QTreeWidgetItem] = []
        waiting = [self.topLevelItem(i) for i in range(self.topLevelItemCount())]
        while waiting:
            item = waiting.pop()
            if item is not None:
                found.append(item)
                waiting += [item.child(i) for i in range(item.childCount())]
        return found

    def _clicked(self, item: QTreeWidgetItem) -> None:
        path = _path(item, _PATH)
        if path is not None:
            self.opened.emit(path)
        else:
            item.setExpanded(not item.isExpanded())


class _RowHeight(QStyledItemDelegate):
    def sizeHint(  # noqa: N802  # Qt's name
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(60, _ROW_HEIGHT)


def _closed_at_first(
    entries: Sequence[LibraryEntry], roots: Mapping[Path, LibraryRoot]
) -> set[str]:
    """In a large library the bundled folders are closed, so that the person's own are in sight."""
    if len(entries) <= _FEW:
        return set()
    bundled = [path for path, root in roots.items() if not root.is_own]
    return {
        str(folder)
        for holder in {entry.summary.path.parent for entry in entries}
        for path in bundled
        for folder in (holder, *holder.parents)
        if folder.is_relative_to(path)
    }


def _path(item: QTreeWidgetItem | None, role: int) -> Path | None:
    path = item.data(0, role) if item is not None else None
    return Path(path) if path else None


def _depth(item: QTreeWidgetItem) -> int:
    depth, parent = 0, item.parent()
    while parent is not None:
        depth, parent = depth + 1, parent.parent()
    return depth


def _elided(font: QFont, text: str, width: int) -> str:
    return QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
