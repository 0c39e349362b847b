"""The tree of forked runs on the screen. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
)

from workbench.core.run import RunStatus
from workbench.experiments.run_tree import TreeNode
from workbench.gui.direction import keep_left_to_right
from workbench.gui.fonts import Fonts
from workbench.gui.said import tr_parts, tr_said
from workbench.gui.theme import Theme
from workbench.gui.translate import tr

Index = QModelIndex | QPersistentModelIndex
Key = tuple[str, int | None]
_NODE = Qt.ItemDataRole.UserRole
_HEIGHT = 42


class TreeView(QTreeView):
    """Lines of a tree: a reply each, with its forks below it.

    Signals:
        opened(TreeNode): the person wants to see this reply.
        renamed(run_id, name): the person gave a run a name (empty takes it away).
        delete_wanted(), undo_wanted(), compare_wanted(): keys Delete, Ctrl+Z, C.
        menu_wanted(QPoint): the context menu, in global coordinates.
    """

    opened = Signal(object)
    renamed = Signal(str, str)
    delete_wanted = Signal()
    undo_wanted = Signal()
    compare_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        keep_left_to_right(self)
        self._items: dict[Key, QStandardItem] = {}
        self._nodes: tuple[TreeNode, ...] = ()
        self._filling = False
        self._model = QStandardItemModel(self)
        self._model.itemChanged.connect(self._changed)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(theme, fonts, self))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(14)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Branches"))
        self.clicked.connect(self._open)
        self.activated.connect(self._open)
        theme.changed.connect(self.viewport().update)

    @property
    def nodes(self) -> tuple[TreeNode, ...]:
        """What is shown."""
        return self._nodes

    def show_nodes(self, nodes: Sequence[TreeNode]) -> None:
        """Show these lines; what is folded, selected and scrolled to stays as it was."""
        self._filling = True
        same = [n.key for n in nodes] == [n.key for n in self._nodes] and [
            n.parent for n in nodes
        ] == [n.parent for n in self._nodes]
        if same:
            for node in nodes:
                _fill(self._items[node.key], node)
        else:
            self._rebuild(nodes)
        self._nodes = tuple(nodes)
        self._filling = False

    def mark(self, key: Key) -> None:
        """Make a line the current one without opening it; an unknown one changes nothing."""
        item = self._items.get(key)
        if item is not None and self.currentIndex() != item.index():
            self.setCurrentIndex(item.index())

    def selected(self) -> list[TreeNode]:
        """The selected lines, top to bottom."""
        keys = {index.data(_NODE).key for index in self.selectedIndexes()}
        return [node for node in self._nodes if node.key in keys]

    def select(self, keys: Sequence[Key]) -> None:
        """Select exactly these lines."""
        self.clearSelection()
        chosen = self.selectionModel()
        for key in keys:
            if key in self._items:
                index = self._items[key].index()
                chosen.select(index, chosen.SelectionFlag.Select | chosen.SelectionFlag.Rows)

    def rename_current(self) -> None:
        """Let the person name the current run."""
        if self.currentIndex().isValid():
            self.edit(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Delete, Ctrl+Z and C beside the tree's own keys."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_wanted.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        elif event.key() == Qt.Key.Key_C and not event.modifiers():
            self.compare_wanted.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802  # Qt's name
        """The line under the mouse belongs to the menu."""
        self.menu_wanted.emit(event.globalPos())

    def _rebuild(self, nodes: Sequence[TreeNode]) -> None:
        folded = {k for k, item in self._items.items() if not self.isExpanded(item.index())}
        leaves = {k for k, item in self._items.items() if not item.rowCount()}
        selected = [node.key for node in self.selected()]
        current = self.currentIndex().data(_NODE)
        scrolled = self.verticalScrollBar().value()
        self._model.clear()
        self._items = {}
        for node in nodes:
            item = QStandardItem()
            _fill(item, node)
            under = self._items[nodes[node.parent].key] if node.parent >= 0 else None
            (under or self._model.invisibleRootItem()).appendRow(item)
            self._items[node.key] = item
        for node in nodes:
            self.setExpanded(
                self._items[node.key].index(), node.key not in folded or node.key in leaves
            )
        if current is not None and current.key in self._items:
            self.setCurrentIndex(self._items[current.key].index())
        self.select(selected)
        self.verticalScrollBar().setValue(scrolled)

    def _changed(self, item: QStandardItem) -> None:
        node = item.data(_NODE)
        if not self._filling and node is not None and item.text() != _title(node):
            self.renamed.emit(node.run_id, item.text())

    def _open(self, index: QModelIndex) -> None:
        node = index.data(_NODE)
        if node is not None:
            self.opened.emit(node)


def _fill(item: QStandardItem, node: TreeNode) -> None:
    item.setText(_title(node))
    item.setData(node, _NODE)
    caption = _caption(node)
    item.setAccessibleText(f"{_title(node)}. {caption}{tr('. deleted') if node.trashed else ''}")
    item.setToolTip(tr("{caption}\nrun {run_id}", caption=caption, run_id=node.run_id))
    item.setEditable(node.is_run and not node.trashed)


def _title(node: TreeNode) -> str:
    """What it says; of several replies how many there are."""
    counted = node.sample is None and not node.is_named
    return tr_said(node.title) if counted else node.title


def _caption(node: TreeNode) -> str:
    """Whence it comes, how long it is and how it ended; of a root its prompt's name comes first."""
    return tr_parts(node.caption, first=int(node.at is None and node.is_run))


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, fonts: Fonts, parent: QTreeView) -> None:
        super().__init__(parent)
        self._theme, self._fonts = theme, fonts

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802  # Qt's name
        return QSize(100, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        node: TreeNode | None = index.data(_NODE)
        rect, state = getattr(option, "rect", None), getattr(option, "state", None)
        if node is None or not isinstance(rect, QRect) or not isinstance(state, QStyle.StateFlag):
            return
        painter.save()
        colour = self._theme.colour
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            painter.fillRect(rect, colour("accent_wash" if selected else "chip"))
        if selected and state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(QRect(rect.left(), rect.top(), 2, rect.height()), colour("focus"))
        box = rect.adjusted(6, 4, -8, -4)
        bad = node.status in (RunStatus.FAILED, RunStatus.INTERRUPTED)
        ink = "muted" if node.trashed else "warning" if bad and not selected else "ink"
        font = self._fonts.ui(13)
        font.setBold(node.is_named)
        font.setStrikeOut(node.trashed)
        painter.setFont(font)
        painter.setPen(colour(ink))
        self._line(painter, box, 0, _title(node))
        caption = _caption(node)
        caption = tr("deleted · {caption}", caption=caption) if node.trashed else caption
        small = self._fonts.ui(12)
        painter.setFont(small)
        painter.setPen(colour("ink" if selected else "muted"))
        left = 0
        if node.status is RunStatus.RUNNING:
            painter.setBrush(colour("accent"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(QRect(box.left(), box.top() + 23, 6, 6))
            painter.setPen(colour("ink" if selected else "muted"))
            left = 11
        self._line(painter, box.adjusted(left, 0, 0, 0), 17, caption)
        painter.restore()

    def _line(self, painter: QPainter, box: QRect, top: int, text: str) -> None:
        shown = QFontMetrics(painter.font()).elidedText(
            text.replace("\n", " "), Qt.TextElideMode.ElideRight, box.width()
        )
        line = QRect(box.left(), box.top() + top, box.width(), 18)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)
