"""Which model is used: the list, the choice, and loading it off the GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from workbench.core.errors import UserError
from workbench.core.remote import model_label
from workbench.core.types import EngineSettings, Loaded
from workbench.experiments.models import ModelEntry, scan_models
from workbench.experiments.session import Session
from workbench.gui.lane import Lane
from workbench.gui.messages import MessageBar, from_error
from workbench.gui.panels.top_bar import TopBar
from workbench.gui.translate import tr


class ModelController(QObject):
    """Loads models and shows them in the top bar.

    Attributes:
        path, settings: of the model that is loaded; no path while there is none.
        listed: what was found in the model folders.

    Signals:
        loading(on): a model begins to load, or is loaded or refused now.
        loaded(Loaded): this model is ready; prompts are prepared for it from now on.
    """

    loaded = Signal(object)
    loading = Signal(bool)

    def __init__(
        self, session: Session, bar: TopBar, messages: MessageBar, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session, self._bar, self._messages, self._window = session, bar, messages, window
        self._listing = Lane("models", self)
        self._loading = Lane("load", self)
        self.settings = self._wanted = EngineSettings()
        self.listed: Sequence[ModelEntry] = ()
        self.path: Path | None = None
        self._loaded: Loaded | None = None
        bar.model_chosen.connect(lambda path: self.choose(Path(path)))

    def refresh(self) -> None:
        """Read the model folders again."""
        profile = self._session.profile
        self._listing.submit(lambda: scan_models(profile), self._show_list, self._no_list)

    def use_settings(self, settings: EngineSettings) -> bool:
        """Load models like this from the next `choose` on; False when nothing changes."""
        changes, self._wanted = settings != self._wanted, settings
        return changes

    def choose(self, path: Path) -> None:
        """Load `path`; the model in use stays until the new one is ready."""
        self._bar.show_loading(model_label(path))
        self.loading.emit(True)
        settings = self._wanted
        self._loading.submit(
            lambda: self._session.load(path, settings),
            lambda loaded: self._show_loaded(path, settings, loaded),
            lambda error: self._not_loaded(path, error),
        )

    def show_waiting(self, path: Path) -> None:
        """Nothing is loaded; the top bar names the model of a server that nobody asked yet."""
        self._bar.show_unloaded(tr("{name} · not connected", name=model_label(path)))

    def warm(self) -> None:
        """Load the model again if something else took its place; nobody waits for it."""
        if self.path is not None:
            with suppress(UserError):  # the window is closing
                self._session.warm(self.path, self.settings)

    def close(self) -> None:
        """End the lanes."""
        self._listing.close()
        self._loading.close()

    def _show_list(self, entries: list[ModelEntry]) -> None:
        self.listed = entries
        usable = [entry.info for entry in entries if entry.info is not None]
        self._bar.show_models(usable, [entry.error for entry in entries if entry.info is None])

    def _no_list(self, error: Exception) -> None:
        self._messages.show_message("models", from_error(error))

    def _show_loaded(self, path: Path, settings: EngineSettings, loaded: Loaded) -> None:
        self.path, self.settings, self._loaded = path, settings, loaded
        self._messages.dismiss("model")
        self._bar.show_loaded(loaded)
        self.loading.emit(False)
        self.loaded.emit(loaded)

    def _not_loaded(self, path: Path, error: Exception) -> None:
        self.loading.emit(False)
        self._messages.show_message("model", from_error(error))
        if self._loaded is not None:
            self._bar.show_loaded(self._loaded)
        else:
            self._bar.show_unloaded(tr("{stem} · not loaded", stem=model_label(path)))
