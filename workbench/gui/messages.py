"""Sentences for the person: a bar at the top of a workspace. GUI thread.

A message has a key; a newer one under the same key replaces it in place instead of stacking. Only a
few stand there at once, warnings before anything else; the others wait for their turn.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from workbench import __version__
from workbench.core.errors import UserError
from workbench.gui.icons import icon
from workbench.gui.key_hints import keyed
from workbench.gui.parts import icon_button, label, text_button, wrapping_label
from workbench.gui.said import tr_said
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme
from workbench.gui.translate import tr, tr_n

MOST = 3
"""Messages that stand there at once."""


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

    def said(self) -> str:
        """Both sentences in the person's language."""
        return f"{tr_said(self.text)} {tr_said(self.hint)}".strip()

    def to_copy(self) -> str:
        """What "Copy details" copies: all that is known, and of which version."""
        parts = [self.said(), self.details, f"Prompt Workbench {__version__}"]
        return "\n\n".join(part for part in parts if part)


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
        self._waiting = label("", "caption")
        self._waiting.setContentsMargins(14, 2, 14, 4)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self._column.addWidget(self._waiting)
        self.setVisible(False)
        theme.changed.connect(self._recolour)

    def show_message(self, key: str, message: Message) -> None:
        """Show `message`, in the place of the one that stands under `key`."""
        self._messages[key] = message
        self._take_row(key)
        self._fill()

    def dismiss(self, key: str) -> None:
        """Take the message under `key` away, if there is one."""
        if self._messages.pop(key, None) is not None:
            self._take_row(key)
            self._fill()

    def message(self, key: str) -> Message | None:
        """What stands under `key`."""
        return self._messages.get(key)

    def messages(self) -> list[Message]:
        """Everything that is shown or waits, oldest first."""
        return list(self._messages.values())

    def waiting(self) -> int:
        """How many wait for their turn."""
        return len(self._messages) - len(self._rows)

    def _fill(self) -> None:
        """Show the first few, warnings before the others, each in its place."""
        order = sorted(self._messages, key=lambda k: self._messages[k].level is not Level.WARNING)
        shown = order[:MOST]
        for key in [key for key in self._rows if key not in shown]:
            self._take_row(key)
        for place, key in enumerate(shown):
            row = self._rows.get(key)
            if row is None:
                row = self._rows[key] = self._row(key, self._messages[key])
                self._column.insertWidget(place, row)
                QAccessible.updateAccessibility(QAccessibleEvent(row, QAccessible.Event.Alert))
            elif self._column.indexOf(row) != place:
                self._column.insertWidget(place, row)
        count = self.waiting()
        self._waiting.setText(tr_n("1 more message waits.", "{n:,} more messages wait.", count))
        self._waiting.setVisible(count > 0)
        self.setVisible(bool(self._rows))

    def _take_row(self, key: str) -> None:
        row = self._rows.pop(key, None)
        if row is not None:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()

    def _recolour(self) -> None:
        for button in self.findChildren(QToolButton):
            button.setIcon(icon("close", self._theme.colour("ink"), 14))

    def _act(self, key: str, call: Callable[[], None]) -> None:
        self.dismiss(key)
        call()

    def _row(self, key: str, message: Message) -> QFrame:
        frame = QFrame()
        set_role(frame, "message")
        said = keyed(self, message.said(), "")
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
        if message.details or message.level is Level.WARNING:
            copy = text_button(tr("Copy details"))
            copy.setToolTip(tr("Copy the message and all that is known about it"))
            copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(message.to_copy()))
            row.addWidget(copy, 0, Qt.AlignmentFlag.AlignTop)
        close = icon_button(tr("Dismiss this message"))
        close.setIcon(icon("close", self._theme.colour("ink"), 14))
        close.clicked.connect(lambda: self.dismiss(key))
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        return frame
