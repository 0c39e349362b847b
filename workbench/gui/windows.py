"""The windows of one program: opening them, closing them, and finding them again. GUI thread."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMargins, QObject, QPoint, QSize, QTimer
from PySide6.QtWidgets import QApplication

from workbench.core.errors import UserError
from workbench.core.paths import Profile
from workbench.gui.fonts import Fonts
from workbench.gui.main_window import MainWindow
from workbench.gui.messages import Message
from workbench.gui.state import WindowState, save_state
from workbench.gui.theme import Theme

if TYPE_CHECKING:  # the first window is quickly on the screen
    from workbench.experiments.session import Session
    from workbench.gui.session_keeper import SessionKeeper
    from workbench.gui.settings.preferences import Preferences
    from workbench.gui.window_files import WindowFiles

STATE_FILE = "window.json"
_FRAME = QMargins(4, 36, 4, 4)
"""What a window manager commonly puts around a window, in pixels; known only when it has."""
_SHIFT = 34
"""How far a new window stands from the one it was opened in, in pixels."""


class Windows(QObject):
    """Every open window; each has engines and a connection to the history of its own.

    Attributes:
        problem: why the first window could not be made complete; None when it could.
        wants_restart: the person wants the program to start again when it has ended.
    """

    def __init__(
        self,
        profile: Profile,
        look: tuple[Theme, Fonts],
        scratch: Path,
        preferences: Preferences,
        files: WindowFiles | None,
    ) -> None:
        """Without `files` nothing is remembered of the windows."""
        super().__init__()
        self._profile, self._scratch, self._preferences = profile, scratch, preferences
        self._theme, self._fonts = look
        self._files = files
        self._open: dict[int, MainWindow] = {}
        self._keepers: dict[int, SessionKeeper] = {}
        self._keep_all = False
        self.problem: UserError | None = None
        self.wants_restart = False

    @property
    def all(self) -> list[MainWindow]:
        """Every window that is open, the oldest first."""
        return list(self._open.values())

    def open(
        self, state: WindowState, start: Callable[[MainWindow, Session], object], number: int = 0
    ) -> MainWindow:
        """Show a window; it is made complete as soon as it stands there, and `start` is called.

        `number`: the one its file has already; 0 for a new one.
        """
        number = number or max(self._open, default=0) + 1
        window = MainWindow(None, state, self._theme, self._fonts, self._scratch, self._preferences)
        self._open[number] = window
        if not state.geometry:
            window.resize(window.size().boundedTo(_room(window)))
        window.appeared.connect(partial(self._complete, number, start))
        window.show()
        return window

    def open_more(self, states: dict[int, WindowState]) -> None:
        """Show the windows that were open beside the first one."""
        for number, state in states.items():
            self.open(state, _just_start, number)

    def open_beside(self, window: MainWindow) -> MainWindow:
        """Show one more window that looks like `window`, with a fresh prompt."""
        state = replace(
            window.state(), prompt="", draft="", cursor=(), scroll={}, run="", token=(),
            workspace="", geometry="",
        )  # fmt: skip
        made = self.open(state, _just_start)
        made.move(_beside(window, made.size()))
        return made

    def show_notice(self, key: str, message: Message) -> None:
        """A sentence in the window that the person looks at."""
        active = QApplication.activeWindow()
        known = [w for w in self.all if w is active] or self.all[-1:]
        for window in known:
            window.show_notice(key, message)

    def take_file(self, path: Path) -> bool:
        """Open a model or a prompt in the window that the person looks at, else in the newest.

        Returns:
            False while no window has opened the prompt that it starts with.
        """
        ready = [w for w in self.all if w.is_complete and w.prompts.prompt is not None]
        active = QApplication.activeWindow()
        for window in [w for w in ready if w is active] or ready[-1:]:
            window.tools.drops.take([path])
        return bool(ready)

    def quit(self) -> None:
        """Close every window; all of them are opened again at the next start."""
        self._keep_all = len(self._open) > 1
        for window in self.all:
            window.close()

    def restart(self) -> None:
        """Close every window, and have the program start again."""
        self.wants_restart = True
        self.quit()

    def _complete(self, number: int, start: Callable[[MainWindow, Session], object]) -> None:
        from workbench.experiments.session import open_session

        window = self._open[number]
        try:
            session, notices = open_session(self._profile, history=False)
            for place, notice in enumerate(notices):
                window.show_notice(f"start-{place}", Message(notice))
            window.complete(session)
            start(window, session)
        except UserError as error:
            self.problem = error
            window.close()
            return
        window.desktop.window_wanted.connect(partial(self.open_beside, window))
        window.desktop.quit = self.quit
        window.desktop.restart_wanted.connect(self.restart)
        window.closing.connect(partial(self._closing, number))
        if self._files is not None:
            from workbench.gui.session_keeper import SessionKeeper

            self._keepers[number] = SessionKeeper(window, self._files, number)

    def _closing(self, number: int, state: WindowState) -> None:
        window = self._open.pop(number)
        keeper = self._keepers.pop(number, None)
        if self._files is None or keeper is None:
            return
        keeper.close()
        try:
            save_state(self._profile.root / STATE_FILE, state)
            if self._keep_all:
                self._files.keep(number, state)
        except OSError as error:
            file = self._profile.root / STATE_FILE
            text = f"{file} cannot be written: {error.strerror or error}.\n"
            sys.stderr.write(text)  # the window is gone
        if not self._keep_all:
            self._files.drop(number)
        # Not in the middle of its own closing.
        QTimer.singleShot(0, window, window.deleteLater)


def _room(window: MainWindow) -> QSize:
    """What the screen has for a window inside its frame."""
    return window.screen().availableGeometry().marginsRemoved(_FRAME).size()


def _beside(window: MainWindow, size: QSize) -> QPoint:
    """Where another window of `size` stands: shifted, and inside the screen if it fits there."""
    screen = window.screen().availableGeometry()
    room = screen.marginsRemoved(_FRAME).size() - size
    at = window.pos() + QPoint(_SHIFT, _SHIFT) - screen.topLeft()
    return screen.topLeft() + QPoint(
        max(0, min(at.x(), room.width())), max(0, min(at.y(), room.height()))
    )


def _just_start(window: MainWindow, _session: Session) -> None:
    window.start(None, None)
