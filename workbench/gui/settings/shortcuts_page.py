"""The page of the settings dialog where actions get other keys. GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from workbench.core.errors import UserError
from workbench.gui.actions import ACTIONS
from workbench.gui.keymap import Keymap, check, native
from workbench.gui.parts import label, text_button, wrapping_label
from workbench.gui.said import said_error
from workbench.gui.style_sheet import set_role
from workbench.gui.translate import tr

_MARGIN = 22


class ShortcutsPage(QWidget):
    """Every action with its keys; below, new keys for the chosen one.

    Signals:
        all_reset(before): every action has its usual keys; `before` is for `Keymap.put_back`, and
            empty where none had others.
        changed(): keys changed after that.
    """

    all_reset = Signal(object)
    changed = Signal()

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self._keymap = keymap
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(tr("Actions and their keys"))
        set_role(self.tree, "keys")
        self.tree.setColumnCount(3)
        self.tree.setHeaderLabels([tr("Action"), tr("Keys"), tr("What it does")])
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._items: dict[str, QTreeWidgetItem] = {}
        for spec in ACTIONS:
            item = QTreeWidgetItem([tr(spec.label), "", tr(spec.help)])
            item.setData(0, Qt.ItemDataRole.UserRole, spec.name)
            self._items[spec.name] = item
            self.tree.addTopLevelItem(item)
        self.title = label("", "title")
        self.edit = QKeySequenceEdit()
        self.edit.setMaximumSequenceLength(1)
        self.edit.setAccessibleName(tr("New keys: press them"))
        self.edit.setFixedWidth(190)
        self.use = text_button(tr("Use these keys"), "")
        self.take = text_button("", "action")
        self.clear = text_button(tr("No keys"), "")
        self.reset = text_button(tr("Reset"), "")
        self.reset_all = text_button(tr("Reset all shortcuts"), "")
        self.error = wrapping_label("warning")
        self._lay_out()
        self.tree.currentItemChanged.connect(lambda *_: self._show_chosen())
        self.tree.itemActivated.connect(lambda *_: self.edit.setFocus())
        self.edit.keySequenceChanged.connect(lambda _keys: self._judge())
        self.use.clicked.connect(self._use)
        self.take.clicked.connect(self._take)
        self.clear.clicked.connect(lambda: self._do(lambda: keymap.set(self.chosen, "")))
        self.reset.clicked.connect(lambda: self._do(lambda: keymap.reset(self.chosen)))
        self.reset_all.clicked.connect(self._reset_all)
        keymap.changed.connect(self._show_keys)
        keymap.changed.connect(self.changed)
        self._show_keys()
        self.choose(ACTIONS[0].name)
        self.error.setText(keymap.problem)

    @property
    def chosen(self) -> str:
        """The name of the action that is chosen."""
        item = self.tree.currentItem()
        return str(item.data(0, Qt.ItemDataRole.UserRole)) if item is not None else ""

    def choose(self, name: str) -> None:
        """Choose an action by its name."""
        self.tree.setCurrentItem(self._items[name])

    def put_back(self, before: Mapping[str, tuple[str, ...]]) -> None:
        """Take a reset of all keys back."""
        self._keymap.put_back(before)

    def show_matching(self, text: str) -> None:
        """Show the actions that have every word in their name, keys or sentence."""
        words = text.casefold().split()
        for item in self._items.values():
            about = " ".join(item.text(column) for column in range(3)).casefold()
            item.setHidden(not all(word in about for word in words))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in (self.edit, self.use, self.clear, self.reset):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.reset_all)
        said = QHBoxLayout()
        said.addWidget(self.error, 1)
        said.addWidget(self.take)
        for button in (self.use, self.take, self.clear, self.reset, self.reset_all):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 8, _MARGIN, 8)
        column.setSpacing(8)
        column.addWidget(self.tree, 1)
        column.addWidget(self.title)
        column.addLayout(row)
        column.addLayout(said)

    def _show_keys(self) -> None:
        for name, item in self._items.items():
            keys = "   ".join(native(key) for key in self._keymap.keys(name))
            own = self._keymap.is_own(name)
            item.setText(1, keys or tr("none"))
            font = item.font(1)
            font.setBold(own)
            item.setFont(1, font)
        self._show_chosen()

    def _show_chosen(self) -> None:
        item = self.tree.currentItem()
        if item is None:
            return
        self.title.setText(tr("New keys for “{action}”", action=item.text(0)))
        self.edit.clear()
        self.reset.setEnabled(self._keymap.is_own(self.chosen))
        self.clear.setEnabled(bool(self._keymap.keys(self.chosen)))
        self._judge()

    def _keys(self) -> str:
        return self.edit.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def _judge(self) -> None:
        """Say at once whether the pressed keys can be used."""
        self.error.setText("")
        self.take.hide()
        keys = self._keys()
        self.use.setEnabled(bool(keys))
        if not keys:
            return
        try:
            check(keys)
        except UserError as error:
            self.error.setText(said_error(error))
            self.use.setEnabled(False)
            return
        other = self._keymap.holder(keys, self.chosen)
        if other is not None:
            self.error.setText(
                tr("{keys} belongs to “{action}”.", keys=native(keys), action=tr(other.label))
            )
            self.take.setText(tr("Take it from there"))
            self.take.show()
            self.use.setEnabled(False)

    def _use(self) -> None:
        keys = self._keys()
        self._do(lambda: self._keymap.set(self.chosen, keys))

    def _take(self) -> None:
        keys, name = self._keys(), self.chosen
        other = self._keymap.holder(keys, name)
        if other is not None:
            self._keymap.take_from(other.name, keys)
        self._do(lambda: self._keymap.set(name, keys))

    def _reset_all(self) -> None:
        before = self._keymap.reset_all()
        self.all_reset.emit(before)

    def _do(self, change: Callable[[], None]) -> None:
        try:
            change()
        except UserError as error:
            self.error.setText(said_error(error))
