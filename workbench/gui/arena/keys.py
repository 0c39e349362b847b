"""The keys of the arena, and a filter that takes them wherever the keyboard is in it."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from workbench.core.votes import Verdict


class Step(Enum):
    """What a key does besides voting."""

    NEXT = "next"
    UNDO = "undo"
    SKIP = "skip"
    DOWN = "down"
    UP = "up"


Wanted = Verdict | Step

_KEYS: dict[Qt.Key, Wanted] = {
    Qt.Key.Key_1: Verdict.A,
    Qt.Key.Key_A: Verdict.A,
    Qt.Key.Key_Left: Verdict.A,
    Qt.Key.Key_2: Verdict.B,
    Qt.Key.Key_B: Verdict.B,
    Qt.Key.Key_Right: Verdict.B,
    Qt.Key.Key_3: Verdict.TIE,
    Qt.Key.Key_T: Verdict.TIE,
    Qt.Key.Key_4: Verdict.BOTH_BAD,
    Qt.Key.Key_N: Verdict.BOTH_BAD,
    Qt.Key.Key_Space: Step.NEXT,
    Qt.Key.Key_Return: Step.NEXT,
    Qt.Key.Key_Enter: Step.NEXT,
    Qt.Key.Key_U: Step.UNDO,
    Qt.Key.Key_Backspace: Step.UNDO,
    Qt.Key.Key_S: Step.SKIP,
    Qt.Key.Key_Down: Step.DOWN,
    Qt.Key.Key_PageDown: Step.DOWN,
    Qt.Key.Key_Up: Step.UP,
    Qt.Key.Key_PageUp: Step.UP,
}

_OF_BUTTONS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
"""With these keys a focused button is pressed."""

SHOWN = {Verdict.A: "1 ←", Verdict.B: "2 →", Verdict.TIE: "3", Verdict.BOTH_BAD: "4"}
"""What stands on the buttons."""


def wanted_by(event: QKeyEvent) -> Wanted | None:
    """What a key press wants; None when it is none of the arena's."""
    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = Qt.Key(event.key())
    if plain == Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_Z:
        return Step.UNDO
    return _KEYS.get(key) if plain == Qt.KeyboardModifier.NoModifier else None


class ArenaKeys(QObject):
    """Takes the keys of some widgets and tells what they want; a held key counts once."""

    def __init__(self, parent: QWidget, tell: Callable[[Wanted], object]) -> None:
        super().__init__(parent)
        self._tell = tell

    def watch(self, *widgets: QWidget) -> None:
        """Take the keys of these."""
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Whether the key was one of the arena's."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if isinstance(watched, QAbstractButton) and event.key() in _OF_BUTTONS:
            return False
        wanted = wanted_by(event)
        if wanted is None:
            return False
        if not event.isAutoRepeat() or wanted in (Step.UP, Step.DOWN):
            self._tell(wanted)
        return True
