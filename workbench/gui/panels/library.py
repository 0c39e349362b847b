"""The prompt library as a tree of folders. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from workbench.gui.fonts import Fonts
from workbench.gui.icons import icon, pixmap
from workbench.gui.parts import EDGE, icon_button, title_row
from workbench.gui.theme import Theme
from workbench.templates.library import PromptSummary

_ROW_HEIGHT = 27
_PATH = Qt.ItemDataRole.UserRole
_BROKEN = Qt.ItemDataRole.UserRole + 1
MINE = "mine"
"""The folder under which the person's own prompts stand."""


class LibraryPanel(QWidget):
    """Title and tree.

    Signals:
        chosen(path): the person wants to open this prompt file.
        new_wanted(): the person wants to begin an empty prompt.
    """

    chosen = Signal(Path)
    new_wanted = Signal()

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self._theme = theme
        self.new_button = icon_button("New prompt (Ctrl+N)")
        self.new_button.clicked.connect(self.new_wanted)
        self.tree = _Tree(theme, fonts)
        self.tree.opened.connect(self.chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(title_row("Library", self.new_button))
        column.addWidget(self.tree, 1)
        theme.changed.connect(self._recolour)
        self._recolour()

    def show_prompts(self, prompts: Sequence[PromptSummary], own: Path) -> None:
        """List `prompts`; those below folder `own` stand under "mine". Open folders stay open."""
        self.tree.fill(prompts, own)

    def mark(self, path: Path | None) -> None:
        """Show which prompt is open; None for one that has no file."""
        self.tree.mark(path)

    def _recolour(self) -> None:
        self.new_button.setIcon(icon("plus", self._theme.colour("muted"), 15))
        self.tree.viewport().update()


class _Tree(QTreeWidget):
    """Rows drawn by hand: a full-width wash for the open prompt, arrows beside folders."""

    opened = Signal(Path)

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self._theme, self._fonts = theme, fonts
        self.setHeaderHidden(True)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName("Prompt library")
        self.setUniformRowHeights(True)
        self.setItemDelegate(_RowHeight(self))
        self.itemClicked.connect(self._clicked)

    def fill(self, prompts: Sequence[PromptSummary], own: Path) -> None:
        """Show `prompts`."""
        closed = {key for key, item in self._folders().items() if not item.isExpanded()}
        current = self.current_path()
        self.clear()
        folders: dict[str, QTreeWidgetItem] = {}
        for prompt in sorted(prompts, key=lambda p: p.path.is_relative_to(own)):
            mine = prompt.path.is_relative_to(own)
            key = "/".join(part for part in (MINE if mine else "", prompt.folder) if part)
            parent = self._folder(key, folders, closed)
            item = QTreeWidgetItem(parent, [prompt.title or prompt.name])
            item.setData(0, _PATH, str(prompt.path))
            item.setData(0, _BROKEN, bool(prompt.error))
            item.setToolTip(0, prompt.error or prompt.description)
            note = f"broken: {prompt.error}" if prompt.error else prompt.description
            item.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, note)
        self.mark(current)

    def current_path(self) -> Path | None:
        """The prompt that is marked."""
        item = self.currentItem()
        path = item.data(0, _PATH) if item is not None else None
        return Path(path) if path else None

    def mark(self, path: Path | None) -> None:
        """Mark the row of `path`, opening its folders."""
        item = next((i for i in self._items() if path and i.data(0, _PATH) == str(path)), None)
        if item is None:
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()
            return
        parent = item.parent()
        while parent is not None:
            parent.setExpanded(True)
            parent = parent.parent()
        self.setCurrentItem(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Enter opens a prompt, or opens and closes a folder."""
        item = self.currentItem()
        if item is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._clicked(item)
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
        selected = item is self.currentItem() and bool(item.data(0, _PATH))
        hovered = state is not None and bool(state & QStyle.StateFlag.State_MouseOver)
        focused = item is self.currentItem() and self.hasFocus()
        painter.save()
        if selected:
            painter.fillRect(rect, self._theme.colour("accent_wash"))
        elif hovered or focused:
            painter.fillRect(rect, self._theme.colour("chip"))
        if focused:
            painter.fillRect(
                QRect(rect.left(), rect.top(), 2, rect.height()), self._theme.colour("focus")
            )
        self._draw_text(painter, rect, item, selected=selected, lit=hovered or focused)
        painter.restore()

    def _draw_text(
        self, painter: QPainter, rect: QRect, item: QTreeWidgetItem, *, selected: bool, lit: bool
    ) -> None:
        left = rect.left() + EDGE + 16 * _depth(item)
        is_folder = not item.data(0, _PATH)
        ink = "accent" if selected else "ink"
        if is_folder:
            ink = "chip_ink" if lit else "muted"
            arrow = "down" if item.isExpanded() else "right"
            mark = pixmap(arrow, self._theme.colour(ink), 12)
            painter.drawPixmap(QPoint(left - 2, rect.center().y() - 5), mark)
            left += 13
        elif item.data(0, _BROKEN):
            ink = "ink" if selected else "warning"
        font = self._fonts.ui(bold=selected)
        painter.setFont(font)
        painter.setPen(self._theme.colour(ink))
        room = QRect(left, rect.top(), rect.right() - left - 6, rect.height())
        text = QFontMetrics(font).elidedText(
            item.text(0), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)

    def _folder(
        self, key: str, folders: dict[str, QTreeWidgetItem], closed: set[str]
    ) -> QTreeWidgetItem:
        if not key:
            return self.invisibleRootItem()
        if key not in folders:
            above, _, name = key.rpartition("/")
            item = QTreeWidgetItem(self._folder(above, folders, closed), [name])
            item.setExpanded(key not in closed)
            folders[key] = item
        return folders[key]

    def _folders(self) -> dict[str, QTreeWidgetItem]:
        return {_key(item): item for item in self._items() if not item.data(0, _PATH)}

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
        path = item.data(0, _PATH)
        if path:
            self.opened.emit(Path(path))
        else:
            item.setExpanded(not item.isExpanded())


class _RowHeight(QStyledItemDelegate):
    def sizeHint(  # noqa: N802  # Qt's name
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(60, _ROW_HEIGHT)


def _depth(item: QTreeWidgetItem) -> int:
    depth, parent = 0, item.parent()
    while parent is not None:
        depth, parent = depth + 1, parent.parent()
    return depth


def _key(item: QTreeWidgetItem) -> str:
    above = item.parent()
    return item.text(0) if above is None else f"{_key(above)}/{item.text(0)}"
