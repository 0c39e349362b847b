"""The window follows the settings, and the settings dialog is opened here. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.core.errors import UserError
from workbench.core.settings import BY_NAME, Group
from workbench.gui.keymap import Keymap
from workbench.gui.messages import from_error
from workbench.gui.motion import is_reduced, use_motion
from workbench.gui.settings.dialog import SettingsDialog
from workbench.gui.settings.preferences import Preferences
from workbench.gui.settings.rows import Link
from workbench.gui.settings.shortcuts_page import ShortcutsPage
from workbench.gui.theme import Mode, Theme
from workbench.gui.translate import mark

if TYPE_CHECKING:  # the window makes this
    from workbench.gui.main_window import MainWindow

_SETTLE_MS = 700
"""How long the engine's settings must stand still before the model is loaded with them."""


class SettingsController(QObject):
    """Applies settings to one window.

    Signals:
        still_changed(): whether things may move is otherwise now.
        restart_wanted(): the person wants the program to start again.

    Attributes:
        is_still: nothing may move by itself.
    """

    still_changed = Signal()
    restart_wanted = Signal()

    def __init__(
        self, window: MainWindow, preferences: Preferences, keymap: Keymap, theme: Theme
    ) -> None:
        super().__init__(window)
        self._window, self._preferences = window, preferences
        self._keymap, self._theme = keymap, theme
        self._dialog: SettingsDialog | None = None
        self.is_still = is_reduced(preferences.text("motion"))
        use_motion(reduced=self.is_still)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE_MS)
        self._timer.timeout.connect(self._use_engine)
        window.models.use_settings(preferences.engine)
        window.history_space.private.setChecked(preferences.switch("private"))
        window.top_bar.theme_chosen.connect(self._choose_theme)
        preferences.changed.connect(self._follow)
        preferences.failed.connect(self._not_kept)

    def open(self, name: str = "") -> SettingsDialog:
        """Show the dialog, at the setting `name` if one is named."""
        if self._dialog is None:
            links = (
                Link(
                    Group.HISTORY,
                    mark("How long runs are kept"),
                    mark("Without a rule everything is kept for ever; marked runs always are."),
                    mark("Rules…"),
                    self._window.history_space.rules_wanted.emit,
                ),
            )
            self._dialog = dialog = SettingsDialog(
                self._window,
                self._preferences,
                self._theme,
                links,
                lambda: ShortcutsPage(self._keymap),
            )
            dialog.restart_wanted.connect(self.restart_wanted)
            dialog.finished.connect(self._forget)
            dialog.open()
        if name in BY_NAME:
            self._dialog.show_setting(name)
        self._dialog.raise_()
        return self._dialog

    def open_shortcuts(self) -> None:
        """Show the page of the keys."""
        self.open().show_shortcuts()

    def close(self) -> None:
        """Nothing is applied any more."""
        self._timer.stop()
        if self._dialog is not None:
            self._dialog.close()

    def _forget(self, _result: int) -> None:
        self._dialog = None

    def _choose_theme(self, mode: Mode) -> None:
        self._preferences.set("theme", mode.value)
        self._theme.set_mode(mode)

    def _follow(self, name: str) -> None:
        window = self._window
        follows: dict[str, Callable[[], object]] = {
            "theme": lambda: self._theme.set_mode(Mode(self._preferences.text("theme"))),
            "motion": self._follow_motion,
            "model_folders": window.models.refresh,
            "prompt_folders": window.library.folders_changed,
        }
        if BY_NAME[name].group is Group.ENGINE:
            self._timer.start()
        elif name in follows:
            follows[name]()

    def _follow_motion(self) -> None:
        self.is_still = is_reduced(self._preferences.text("motion"))
        use_motion(reduced=self.is_still)
        self.still_changed.emit()

    def _use_engine(self) -> None:
        """Load the model again with other settings; not in the middle of a run."""
        if not self._window.runs.is_idle():
            self._timer.start()
            return
        models = self._window.models
        if models.use_settings(self._preferences.engine) and models.path is not None:
            models.choose(models.path)

    def _not_kept(self, error: UserError) -> None:
        self._window.show_notice("settings", from_error(error))
