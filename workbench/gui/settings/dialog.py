"""The settings dialog, made from the table of settings: groups, search, reset. GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.core.settings import SETTINGS, Group
from workbench.gui.messages import Level, Message, MessageBar
from workbench.gui.parts import label, pane, text_button, wrapping_label
from workbench.gui.said import said_error
from workbench.gui.settings.preferences import Preferences
from workbench.gui.settings.rows import Link, LinkRow, SettingRow
from workbench.gui.settings.shortcuts_page import ShortcutsPage
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme
from workbench.gui.translate import mark, tr

SHORTCUTS = mark("Shortcuts")
_RESET, _RESET_KEYS = "reset", "reset-keys"
_LIST_WIDTH = 190
_MARGIN = 22


class SettingsDialog(QDialog):
    """Groups at the left, their settings at the right, a search above both.

    Every change counts at once. While something stands in the search, all settings that fit are
    shown, whatever group is chosen.

    Signals:
        restart_wanted(): the person wants the program to start again now.
    """

    restart_wanted = Signal()

    def __init__(
        self,
        parent: QWidget,
        preferences: Preferences,
        theme: Theme,
        links: Sequence[Link],
        shortcuts: Callable[[], ShortcutsPage],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._preferences = preferences
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search the settings"))
        self.search.setAccessibleName(tr("Search the settings"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._find)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Groups of settings"))
        self.list.setFixedWidth(_LIST_WIDTH)
        set_role(self.list, "choices")
        self.list.addItems([*(tr(group.value) for group in Group), tr(SHORTCUTS)])
        self.rows = {s.name: SettingRow(s, preferences, theme) for s in SETTINGS}
        self.links = [LinkRow(link) for link in links]
        self._headings: dict[Group, QWidget] = {}
        self.nothing = label("", "muted")
        self._page = self._settings_page()
        self.shortcuts = shortcuts()
        self.messages = MessageBar(theme)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._area)
        self._stack.addWidget(self.shortcuts)
        self._assemble()
        for row in self.rows.values():
            row.needs_restart.connect(self._ask_restart)
        self.shortcuts.changed.connect(lambda: self.messages.dismiss(_RESET_KEYS))
        self.shortcuts.all_reset.connect(self._keys_reset)
        preferences.failed.connect(self._not_kept)
        self.list.currentRowChanged.connect(self._turn)
        self.list.setCurrentRow(0)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.search.setFocus)
        self.resize(860, 640)
        self.search.setFocus()

    def show_setting(self, name: str) -> None:
        """Bring a setting into view, with the keyboard in its control."""
        row = self.rows[name]
        self.list.setCurrentRow(list(Group).index(row.setting.group))
        row.control.setFocus()
        QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(row))

    def show_shortcuts(self) -> None:
        """Turn to the page of the keys."""
        self.list.setCurrentRow(len(Group))

    def _settings_page(self) -> QWidget:
        page = pane()
        column = QVBoxLayout(page)
        column.setContentsMargins(_MARGIN, 8, _MARGIN, 16)
        column.setSpacing(0)
        for group in Group:
            heading = label(tr(group.value), "title")
            heading.setContentsMargins(0, 12, 0, 4)
            self._headings[group] = heading
            column.addWidget(heading)
            for row in self.rows.values():
                if row.setting.group is group:
                    column.addWidget(row)
            for link in self.links:
                if link.link.group is group:
                    column.addWidget(link)
        column.addWidget(self.nothing)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(page)
        return page

    def _assemble(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(16, 14, 16, 10)
        top.addWidget(self.search)
        body = QHBoxLayout()
        body.setContentsMargins(16, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self.list)
        body.addWidget(self._stack, 1)
        self.note = wrapping_label("muted")
        self.restart = text_button(tr("Start again now"), "")
        self.restart.clicked.connect(self.restart_wanted)
        self.restart.hide()
        self.reset_all = text_button(tr("Reset all settings"), "")
        self.reset_all.clicked.connect(self._reset)
        close = text_button(tr("Close"), "primary")
        close.clicked.connect(self.accept)
        for button in (self.restart, self.reset_all, close):
            button.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 14)
        foot.setSpacing(8)
        foot.addWidget(self.reset_all)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.restart)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.messages)
        column.addLayout(body, 1)
        column.addLayout(foot)

    def _turn(self, index: int) -> None:
        if index < 0:
            return
        self.search.clear()
        self._stack.setCurrentIndex(1 if index == len(Group) else 0)
        self._show_rows([row for row in range(len(Group)) if row == index])
        self._area.verticalScrollBar().setValue(0)

    def _show_rows(self, groups: Sequence[int], words: Sequence[str] | None = None) -> None:
        wanted = [group for number, group in enumerate(Group) if number in groups]
        shown: set[Group] = set()
        for row in self.rows.values():
            group = row.setting.group
            fits = group in wanted if words is None else _fits(_text(row), words)
            row.setVisible(fits)
            shown |= {group} if fits else set()
        for link in self.links:
            group = link.link.group
            about = f"{tr(link.link.label)} {tr(link.link.help)}".casefold()
            fits = group in wanted if words is None else _fits(about, words)
            link.setVisible(fits)
            shown |= {group} if fits else set()
        for group, heading in self._headings.items():
            heading.setVisible(group in shown)
        self.nothing.setVisible(not shown and words is not None)

    def _find(self, text: str) -> None:
        words = text.casefold().split()
        if not words:
            self._turn(self.list.currentRow())
            return
        if self._stack.currentIndex() == 1:
            self.shortcuts.show_matching(text)
            return
        self.nothing.setText(tr("No setting has “{text}” in its name or its sentence.", text=text))
        self._show_rows((), words)

    def _reset(self) -> None:
        before = self._preferences.reset_all()
        text = tr("Every setting stands at its default. Shortcuts stay as they are.")
        self._say(_RESET, text, partial(self._preferences.put_back, before) if before else None)

    def _keys_reset(self, before: dict[str, tuple[str, ...]]) -> None:
        text = tr("Every action has its usual keys. Settings stay as they are.")
        self._say(_RESET_KEYS, text, partial(self.shortcuts.put_back, before) if before else None)

    def _say(self, key: str, text: str, undo: Callable[[], None] | None) -> None:
        """`undo` is None where nothing was changed."""
        actions = ((tr("Undo"), undo),) if undo is not None else ()
        self.messages.show_message(key, Message(text, level=Level.INFO, actions=actions))

    def _ask_restart(self) -> None:
        self.note.setText(tr("This takes effect when the program starts again."))
        self.restart.show()

    def _not_kept(self, error: Exception) -> None:
        self.note.setText(tr("It counts until the program ends.") + f" {said_error(error)}")


def _text(row: SettingRow) -> str:
    setting = row.setting
    choices = " ".join(tr(choice.label) for choice in setting.choices)
    group = tr(setting.group.value)
    parts = (tr(setting.label), tr(setting.help), setting.name, group, choices)
    return " ".join(parts).casefold()


def _fits(text: str, words: Sequence[str]) -> bool:
    return all(word in text for word in words)
