"""What a window has beside its workspaces: settings, keys, palette, and its memory. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from workbench.core.paths import Profile
from workbench.gui.fonts import Fonts
from workbench.gui.key_hints import KeyHints
from workbench.gui.keymap import Keymap
from workbench.gui.messages import Message
from workbench.gui.palette.controller import PaletteController
from workbench.gui.settings.controller import SettingsController
from workbench.gui.settings.preferences import Preferences
from workbench.gui.theme import Theme

if TYPE_CHECKING:  # the window makes this
    from workbench.gui.main_window import MainWindow

PALETTE_FILE = "palette.json"


class Desktop(QObject):
    """Made by the window when its workspaces are there.

    Signals:
        window_wanted(): the person wants one more window.
        restart_wanted(): the person wants the program to start again.

    Attributes:
        quit: ends the program; closes only this window until somebody who knows them all is asked.
    """

    window_wanted = Signal()
    restart_wanted = Signal()

    def __init__(
        self,
        window: MainWindow,
        profile: Profile,
        preferences: Preferences | None,
        theme: Theme,
        fonts: Fonts,
    ) -> None:
        super().__init__(window)
        self._window = window
        self.quit: Callable[[], object] = window.close
        self.preferences = preferences or Preferences(profile, self)
        self.keymap = Keymap(self.preferences, window)
        self.settings = SettingsController(window, self.preferences, self.keymap, theme)
        self.palette = PaletteController(
            window,
            self.preferences,
            self.keymap,
            (theme, fonts),
            self.settings.open,
            profile.root / PALETTE_FILE,
        )
        self.settings.restart_wanted.connect(self.restart_wanted)
        window.top_bar.palette_wanted.connect(self.palette.toggle)
        window.top_bar.settings_wanted.connect(self.settings.open)
        self.keymap.changed.connect(self._show_palette_keys)
        for key, problem in (
            ("settings", self.preferences.problem), ("shortcuts", self.keymap.problem)
        ):  # fmt: skip
            if problem:
                window.show_notice(key, Message(problem))

    def calls(self) -> dict[str, Callable[[], object]]:
        """What the window's actions do here, by name."""
        return {
            "palette": self.palette.toggle,
            "settings": self.settings.open,
            "shortcuts": self.settings.open_shortcuts,
            "new_window": self.window_wanted.emit,
            "quit": self._quit,
        }

    def use_actions(self, actions: dict[str, QAction]) -> None:
        """The window's actions are made: they get their keys, and texts that name keys too."""
        self.keymap.use(actions)
        self._hints = KeyHints(self.keymap, self._window)
        self._show_palette_keys()

    def close(self) -> None:
        """The window closes."""
        self.settings.close()

    def _quit(self) -> None:
        self.quit()

    def _show_palette_keys(self) -> None:
        self._window.top_bar.search.show_keys(self.keymap.shown("palette"))
