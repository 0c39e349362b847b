"""The panel of the tree: title, actions, messages, lines. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from workbench.gui.branches.columns import MOST
from workbench.gui.branches.tree_view import TreeView
from workbench.gui.fonts import Fonts
from workbench.gui.messages import MessageBar
from workbench.gui.parts import EDGE, horizontal_line, label, pane, text_button, title_row
from workbench.gui.theme import Theme
from workbench.gui.translate import mark, tr

_EMPTY = mark(
    "Forks of a reply stand here as a tree. Keep a token open with a click and choose what to say "
    "instead, or right-click one: regenerate, edit, several continuations."
)


class TreePanel(QWidget):
    """What stands where.

    Signals:
        compare_wanted(), delete_wanted(with_forks), undo_wanted(), restore_wanted(): of the
            selected lines.
    """

    compare_wanted = Signal()
    delete_wanted = Signal(bool)
    undo_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self.count = label("", "muted")
        self.messages = MessageBar(theme)
        self.tree = TreeView(theme, fonts)
        self.compare = text_button(tr("Compare"), "action")
        self.compare.setToolTip(
            tr("Show 2 to {most} selected replies beside each other (C).", most=MOST)
        )
        self.rename = text_button(tr("Rename"), "action")
        self.rename.setToolTip(tr("Give this run a name (F2)."))
        self.delete = text_button(tr("Delete"), "action")
        self.delete.setToolTip(
            tr("Delete the selected runs; their forks stay (Del). It can be undone.")
        )
        self.menu: QMenu | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty())
        self._stack.addWidget(self.tree)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(
            title_row(tr("Branches"), self.compare, self.rename, self.delete, left=(self.count,))
        )
        column.addWidget(self.messages)
        column.addWidget(horizontal_line())
        column.addWidget(self._stack, 1)
        self.compare.clicked.connect(self.compare_wanted)
        self.rename.clicked.connect(self.tree.rename_current)
        self.delete.clicked.connect(lambda: self.delete_wanted.emit(False))
        self.tree.compare_wanted.connect(self.compare_wanted)
        self.tree.delete_wanted.connect(lambda: self.delete_wanted.emit(False))
        self.tree.undo_wanted.connect(self.undo_wanted)
        self.tree.menu_wanted.connect(self.open_menu)
        self.tree.selectionModel().selectionChanged.connect(self.refresh_actions)
        self.refresh_actions()

    def show_count(self, runs: int) -> None:
        """How many runs the tree has; none shows the empty state."""
        self.count.setText(
            tr("1 run") if runs == 1 else tr("{runs:,} runs", runs=runs) if runs else ""
        )
        self._stack.setCurrentIndex(1 if runs else 0)
        self.refresh_actions()

    def refresh_actions(self) -> None:
        """Only what can be done is enabled."""
        chosen = self.tree.selected() if self._stack.currentIndex() else []
        self.compare.setEnabled(2 <= len(chosen) <= MOST)
        self.rename.setEnabled(len(chosen) == 1 and chosen[0].is_run and not chosen[0].trashed)
        self.delete.setEnabled(any(not node.trashed for node in chosen))

    def open_menu(self, at: QPoint) -> None:
        """What can be done with the selected lines; `at` in global coordinates."""
        chosen = self.tree.selected()
        menu = self.menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.destroyed.connect(self._forget_menu)
        for text, call, on in (
            (tr("&Compare\tC"), self.compare_wanted.emit, self.compare.isEnabled()),
            (tr("&Rename\tF2"), self.tree.rename_current, self.rename.isEnabled()),
            (tr("&Delete\tDel"), lambda: self.delete_wanted.emit(False), self.delete.isEnabled()),
            (
                tr("Delete with &all its forks"),
                lambda: self.delete_wanted.emit(True),
                bool(chosen),
            ),
            (tr("Bring &back"), self.restore_wanted.emit, any(node.trashed for node in chosen)),
            (tr("&Undo the last deletion\tCtrl+Z"), self.undo_wanted.emit, True),
        ):
            menu.addAction(text, call).setEnabled(on)
        menu.popup(at)

    def _forget_menu(self) -> None:
        self.menu = None

    def _empty(self) -> QWidget:
        holder = pane()
        column = QVBoxLayout(holder)
        column.setContentsMargins(EDGE, 8, EDGE, EDGE)
        empty = label(tr(_EMPTY), "empty")
        empty.setWordWrap(True)
        column.addWidget(empty)
        column.addStretch(1)
        return holder
