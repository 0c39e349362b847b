"""Sentences for the person: a bar at the top of a workspace. GUI thread.

A message has a key; a newer one under the same key replaces it in place instead of stacking.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from workbench.core.errors import UserError
from workbench.gui.icons import icon
from workbench.gui.parts import icon_button, label, text_button, wrapping_label
from workbench.gui.said import tr_said
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme
from workbench.gui.translate import tr


class Level(StrEnum):
    """How much a message matters."""

    INFO = "info"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence what happened, one what to do, and more for "Copy details".

    Attributes:
        actions: buttons: what they say and do. Pressing one takes the message away.
    """

    text: str
    hint: str = ""
    details: str = ""
    level: Level = Level.WARNING
    actions: tuple[tuple[str, Callable[[], None]], ...] = ()


def from_error(error: Exception) -> Message:
    """A foreseeable error says its own words; any other is a bug and says so."""
    if isinstance(error, UserError):
        return Message(tr_said(error.message), tr_said(error.hint), error.details)
    kind = type(error).__name__
    return Message(
        tr("Something unforeseen happened ({kind}: {error}).", kind=kind, error=error),
        tr("Your text is still here. Copy the details if you report it."),
        f"{kind}: {error}",
    )


class MessageBar(QWidget):
    """A stack of at most a few messages; empty, it takes no room."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: dict[str, QFrame] = {}
        self._messages: dict[str, Message] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self.setVisible(False)

    def show_message(self, key: str, message: Message) -> None:
        """Show `message`, instead of the one that stands under `key`."""
        self.dismiss(key)
        row = self._row(key, message)
        self._rows[key], self._messages[key] = row, message
        self._column.addWidget(row)
        self.setVisible(True)

    def dismiss(self, key: str) -> None:
        """Take the message under `key` away, if there is one."""
        row = self._rows.pop(key, None)
        self._messages.pop(key, None)
        if row is not None:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.setVisible(bool(self._rows))

    def message(self, key: str) -> Message | None:
        """What stands under `key`."""
        return self._messages.get(key)

    def messages(self) -> list[Message]:
        """Everything that is shown, oldest first."""
        return list(self._messages.values())

    def _act(self, key: str, call: Callable[[], None]) -> None:
        self.dismiss(key)
        call()

    def _row(self, key: str, message: Message) -> QFrame:
        frame = QFrame()
        set_role(frame, "message")
        said = f"{tr(message.text)} {tr(message.hint)}".strip()
        frame.setAccessibleName(said)
        row = QHBoxLayout(frame)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(10)
        dot = label("●", "warning" if message.level is Level.WARNING else "muted")
        row.addWidget(dot, 0, Qt.AlignmentFlag.AlignVCenter)
        text = wrapping_label()
        text.setText(said)
        row.addWidget(text, 1)
        for words, call in message.actions:
            button = text_button(words, "action")
            button.clicked.connect(partial(self._act, key, call))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        if message.details:
            copy = text_button(tr("Copy details"))
            copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(message.details))
            row.addWidget(copy, 0, Qt.AlignmentFlag.AlignTop)
        close = icon_button(tr("Dismiss this message"))
        close.setIcon(icon("close", self._theme.colour("ink"), 14))
        close.clicked.connect(lambda: self.dismiss(key))
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        return frame
