"""Who sees the welcome, and what its buttons do. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout

from workbench.core.types import Loaded
from workbench.gui.state import WindowState
from workbench.gui.theme import Theme
from workbench.gui.welcome.bar import WelcomeBar
from workbench.gui.welcome.tour import Tour

if TYPE_CHECKING:  # the window makes this
    from workbench.gui.main_window import MainWindow

_PLACE = 3
"""Below the top bar, its line and the messages; see `window_layout`."""


class WelcomeController(QObject):
    """Shows the welcome in a profile's first window, and in any other when it is asked for.

    Attributes:
        bar: the welcome; None while it is not shown.
        tour: None until it was asked for.
        has_toured: whether the person saw the tour to its end, now or earlier.
    """

    def __init__(self, window: MainWindow, theme: Theme, state: WindowState) -> None:
        super().__init__(window)
        self._window, self._theme = window, theme
        self.has_toured = state.has_toured
        self.bar: WelcomeBar | None = None
        self.tour: Tour | None = None
        self._model = ""
        window.models.loaded.connect(self._use_model)
        window.tools.recents.changed.connect(self._show_recent)
        window.desktop.keymap.changed.connect(self._say_model)
        if state.is_new:
            self.show_welcome()

    def calls(self) -> dict[str, Callable[[], object]]:
        """What the window's actions do here, by name."""
        return {"welcome": self.show_welcome, "tour": self.begin_tour}

    def show_welcome(self) -> None:
        """Show the welcome above the workspaces."""
        if self.bar is not None:
            self.bar.tour_button.setFocus()
            return
        bar = WelcomeBar(self._theme)
        bar.tour_wanted.connect(self.begin_tour)
        bar.model_wanted.connect(self._window.tools.opener.ask)
        bar.samples_wanted.connect(self._show_samples)
        bar.about_wanted.connect(self._explain)
        bar.dismissed.connect(self.dismiss)
        whole = self._window.centralWidget()
        layout = whole.layout() if whole is not None else None
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(_PLACE, bar)
        self.bar = bar
        self._say_model()
        self._show_recent()

    def dismiss(self) -> None:
        """Take the welcome away."""
        bar, self.bar = self.bar, None
        if bar is not None:
            bar.hide()
            bar.deleteLater()

    def begin_tour(self) -> None:
        """Begin the tour, at its first step."""
        self.dismiss()
        if self.tour is None:
            self.tour = Tour(self._window, self._theme)
            self.tour.ended.connect(self._tour_ended)
        self.tour.begin()

    def escape(self) -> bool:
        """Esc leaves the tour; False when there is none."""
        return self.tour is not None and self.tour.escape()

    def _use_model(self, loaded: Loaded) -> None:
        self._model = loaded.model.name
        self._say_model()

    def _say_model(self) -> None:
        if self.bar is not None:
            keys = self._window.desktop.keymap.shown("generate")
            self.bar.show_model(self._model, keys.replace("Return", "Enter"))

    def _show_recent(self) -> None:
        if self.bar is not None:
            opened = self._window.documents.opened
            now = (self._window.models.path, opened.path if opened is not None else None)
            entries = self._window.tools.recents.entries()
            self.bar.show_recent([entry for entry in entries if entry.path not in now])

    def _show_samples(self) -> None:
        self._window.actions_by_name["focus_library"].trigger()

    def _explain(self) -> None:
        from workbench.gui.help_dialog import HelpDialog

        HelpDialog(self._window, "quick-start").open()

    def _tour_ended(self, whole: bool) -> None:
        self.has_toured = self.has_toured or whole
