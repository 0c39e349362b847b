"""The bundled suites by family and the person's own files; files can be dropped. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from workbench.experiments.suites import Suite
from workbench.gui.experiments.wish import TaskChoice
from workbench.gui.parts import EDGE, pane, text_button, title_row
from workbench.gui.style_sheet import set_role
from workbench.gui.translate import mark, tr

_CHOICE = Qt.ItemDataRole.UserRole
OWN = mark("Your files")


class TaskList(QWidget):
    """Chooses what is measured.

    Signals:
        chosen(TaskChoice): the person wants this one.
        open_wanted(): the person wants to choose a file.
    """

    chosen = Signal(object)
    open_wanted = Signal()

    def __init__(self, suites: Sequence[Suite]) -> None:
        super().__init__()
        self.open = text_button(tr("Open file…"), accessible=tr("Open a data file"))
        self.open.setToolTip(tr("JSONL, CSV, Parquet, JSON, YAML; a folder can be dropped here."))
        self.open.clicked.connect(self.open_wanted)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search the suites"))
        self.search.setAccessibleName(tr("Search the suites"))
        self.search.setClearButtonEnabled(True)
        for button in self.search.findChildren(QToolButton):
            button.setAccessibleName(tr("Clear the search"))
        self.search.textChanged.connect(self._filter)
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(14)
        self.tree.setAccessibleName(tr("Tasks"))
        self.tree.setUniformRowHeights(True)
        set_role(self.tree, "tasks")
        self.tree.setAcceptDrops(False)
        self.tree.currentItemChanged.connect(self._went)
        self.tree.itemClicked.connect(self._clicked)
        self.setAcceptDrops(True)
        holder = pane()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(0)
        column.addLayout(title_row(tr("Task"), self.open))
        inner = QVBoxLayout()
        inner.setContentsMargins(EDGE, 0, EDGE, 6)
        inner.addWidget(self.search)
        column.addLayout(inner)
        column.addWidget(self.tree, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(holder)
        self._own: QTreeWidgetItem | None = None
        self._last: TaskChoice | None = None
        self._fill(suites)

    def add_file(self, path: Path) -> None:
        """Put a file of the person's own into the list and choose it."""
        if self._own is None:
            self._own = QTreeWidgetItem([tr(OWN)])
            self._own.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.tree.insertTopLevelItem(0, self._own)
            self._own.setExpanded(True)
        for known in _children(self._own):
            if known.data(0, _CHOICE).path == path:
                self._last = None  # read it again: it may have changed
                self.tree.setCurrentItem(known)
                self._went(known)
                return
        item = QTreeWidgetItem([path.name])
        item.setToolTip(0, str(path))
        item.setData(0, _CHOICE, TaskChoice(path))
        self._own.insertChild(0, item)
        self.tree.setCurrentItem(item)

    def choose(self, name: str) -> bool:
        """Choose a suite by its name; whether there is one."""
        for item in self._items():
            choice: TaskChoice = item.data(0, _CHOICE)
            if choice.suite is not None and choice.suite.name == name:
                self.tree.setCurrentItem(item)
                return True
        return False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  # Qt's name
        """Take files."""
        if _files(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802  # Qt's name
        """Anywhere in the list."""
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  # Qt's name
        """Add what was dropped; the last one is chosen."""
        for path in _files(event.mimeData()):
            self.add_file(path)
        event.acceptProposedAction()

    def _fill(self, suites: Sequence[Suite]) -> None:
        families: dict[str, QTreeWidgetItem] = {}
        for suite in suites:
            if suite.family not in families:
                top = QTreeWidgetItem([tr(suite.family)])
                top.setFlags(Qt.ItemFlag.ItemIsEnabled)
                self.tree.addTopLevelItem(top)
                top.setExpanded(not families)
                families[suite.family] = top
            item = QTreeWidgetItem([tr(suite.title)])
            kind = tr(suite.kind.value)
            item.setToolTip(0, f"{tr(suite.description)}\n{kind} · {suite.path.name}")
            item.setData(0, _CHOICE, TaskChoice(suite.path, suite, suite.kind))
            families[suite.family].addChild(item)

    def _items(self) -> list[QTreeWidgetItem]:
        return [child for top in self._tops() for child in _children(top)]

    def _tops(self) -> list[QTreeWidgetItem]:
        found = (self.tree.topLevelItem(i) for i in range(self.tree.topLevelItemCount()))
        return [top for top in found if top is not None]

    def _went(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None = None) -> None:
        choice = item.data(0, _CHOICE) if item is not None else None
        if isinstance(choice, TaskChoice) and choice != self._last:
            self._last = choice
            self.chosen.emit(choice)

    def _clicked(self, item: QTreeWidgetItem) -> None:
        if item.data(0, _CHOICE) is None:
            item.setExpanded(not item.isExpanded())

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        for item in self._items():
            choice: TaskChoice = item.data(0, _CHOICE)
            suite = choice.suite
            said = f"{choice.name} {choice.path.name}"
            if suite is not None:
                told = (suite.title, suite.family, suite.description, suite.kind.value)
                said = " ".join((said, *told, *map(tr, told)))
            item.setHidden(not all(word in said.casefold() for word in words))
        for top in self._tops():
            some = any(not child.isHidden() for child in _children(top))
            top.setHidden(not some)
            if words and some:
                top.setExpanded(True)


def _children(top: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    found = (top.child(i) for i in range(top.childCount()))
    return [child for child in found if child is not None]


def _files(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
