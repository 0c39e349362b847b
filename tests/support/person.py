"""A person at the real window: keys and clicks go to the window, conditions are waited for.

A story is a generator. It yields what it waits for; between two waits it may look at everything.
Keys and clicks are posted to the window system's queue of Qt, as if the mouse and the keyboard had
sent them, so a widget that is covered, disabled or without the keyboard gets none. They happen on
another turn of the event loop, so that a dialog that blocks does not block the story.
"""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

TICK_MS = 15
STILL = 8
"""Ticks in one place before something is clicked."""
PATIENCE_S = 40.0
FAILED = 3


@dataclass(frozen=True, slots=True)
class Until:
    """What a story waits for: words for people, and how to tell."""

    what: str
    holds: Callable[[], bool]


Story = Generator[Until, None, None]


class Person:
    """Presses keys and clicks; keeps pictures of what was seen."""

    def __init__(self, pictures: Path) -> None:
        self._pictures = pictures
        self._number = 0

    def press(self, keys: str) -> Story:
        """Press a shortcut, such as "Ctrl+Return", in the window in front."""
        sequence = QKeySequence(keys)
        window = yield from self._front()
        chord = sequence[0]  # type: ignore[index]  # PySide's stubs do not know it
        key, held = chord.key(), chord.keyboardModifiers()
        yield from _later(f"{keys} is pressed", partial(QTest.keyPress, window, key, held))
        # The key may have closed the window, as Ctrl+Q does.
        yield from _later(f"{keys} is let go", partial(_let_go, window, key, held))

    def type(self, text: str) -> Story:
        """Type plain characters where the keyboard is."""
        window = yield from self._front()
        for character in text:
            yield from _later(f"{text!r} is typed", _typed(window, character))

    def click(self, widget: QWidget, at: QPoint | None = None) -> Story:
        """Click the middle of a widget, or a point of it, in its window."""
        yield from self._front()
        yield Until(f"{_called(widget)} can be clicked", _stands_still(widget))
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

        def click() -> None:
            point = widget.mapTo(widget.window(), at if at is not None else widget.rect().center())
            QTest.mouseClick(widget.window().windowHandle(), left, none, point)

        yield from _later(f"{_called(widget)} is clicked", click)

    def look(self, name: str) -> None:
        """Keep a picture of everything that stands on the screen."""
        self._number += 1
        for index, widget in enumerate(_shown()):
            part = "" if index == 0 else f"-over{index}"
            widget.grab().save(str(self._pictures / f"{self._number:02}-{name}{part}.png"))

    def _front(self) -> Generator[Until, None, QWindow]:
        """The window that has the keyboard: where there is no window manager we do its part."""

        def ready() -> bool:
            front = _shown()[-1]
            if front.windowHandle() is None:
                return False
            if not front.isActiveWindow():
                front.activateWindow()
                return False
            return True

        yield Until("a window has the keyboard", ready)
        return _shown()[-1].windowHandle()


def play(app: QApplication, story: Story, person: Person) -> None:
    """Tell a story while the program runs; a wait that never ends ends the program with code 3."""
    waiting: list[Until] = []
    since = [time.monotonic()]
    timer = QTimer(app)

    def fail(why: str) -> None:
        timer.stop()
        person.look("failed")
        print(f"story: {why}", file=sys.stderr)
        app.exit(FAILED)

    def tick() -> None:
        try:
            if waiting and not waiting[0].holds():
                if time.monotonic() - since[0] > PATIENCE_S:
                    fail(f"waited {PATIENCE_S:.0f} s in vain until {waiting[0].what}")
                return
            waiting.clear()
            waiting.append(next(story))
            since[0] = time.monotonic()
        except StopIteration:
            timer.stop()
        except Exception as error:  # noqa: BLE001  # whatever it was, the program must end
            fail("".join(traceback.format_exception(error)))

    timer.timeout.connect(tick)
    timer.start(TICK_MS)


def _later(what: str, act: Callable[[], object]) -> Story:
    """Do something on a turn of the event loop of its own."""
    begun: list[bool] = []

    def begin() -> None:
        begun.append(True)
        act()

    QTimer.singleShot(0, begin)
    yield Until(what, lambda: bool(begun))


def _let_go(window: QWindow, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    if isValid(window):
        QTest.keyRelease(window, key, held)


def _typed(window: QWindow, character: str) -> Callable[[], object]:
    return lambda: QTest.keyClick(window, ord(character))


def _shown() -> list[QWidget]:
    """The windows on the screen, the one that has to be answered last."""
    kinds = (Qt.WindowType.Window, Qt.WindowType.Dialog)
    windows = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    real = [w for w in windows if w.windowType() in kinds]
    modal = QApplication.activeModalWidget()
    return sorted(real, key=lambda w: (w is modal, w.windowType() is Qt.WindowType.Dialog))


def _stands_still(widget: QWidget) -> Callable[[], bool]:
    """Whether a widget can be clicked and has stood in its place for a moment, as hands want it."""
    places: list[QRect] = []

    def holds() -> bool:
        if not (widget.isVisible() and widget.isEnabled()) or widget.visibleRegion().isEmpty():
            places.clear()
            return False
        places.append(QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size()))
        return len(places) >= STILL and len(set(map(_numbers, places[-STILL:]))) == 1

    return holds


def _numbers(rect: QRect) -> tuple[int, int, int, int]:
    return rect.x(), rect.y(), rect.width(), rect.height()


def _called(widget: QWidget) -> str:
    return widget.accessibleName() or widget.objectName() or type(widget).__name__
