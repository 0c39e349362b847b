"""Opens the versions of the prompt in a window beside the others, once. GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from workbench.gui.document_controller import DocumentController
from workbench.gui.fonts import Fonts
from workbench.gui.prompt_controller import PromptController
from workbench.gui.prompt_desk import PromptDesk
from workbench.gui.theme import Theme

if TYPE_CHECKING:  # SQLite's tools take long to import
    from workbench.gui.versions_dialog import VersionsDialog


class VersionsController(QObject):
    """Keeps the one open window of versions; `dialog` is None while it is closed."""

    def __init__(
        self,
        desk: PromptDesk,
        documents: DocumentController,
        prompts: PromptController,
        theme: Theme,
        fonts: Fonts,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._desk, self._documents, self._prompts = desk, documents, prompts
        self._theme, self._fonts, self._window = theme, fonts, window
        self.dialog: VersionsDialog | None = None

    def open(self) -> None:
        """Open the versions of the prompt, or bring them to the front."""
        # SQLite's tools take long to import; nobody waits for them at the start.
        from workbench.gui.versions_dialog import VersionsDialog

        if self._documents.opened is None:
            return
        if self.dialog is None:
            self.dialog = VersionsDialog(
                self._window,
                self._theme,
                self._fonts,
                self._desk,
                self._documents,
                self._prompts,
            )
            self.dialog.finished.connect(self._forget)
            self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def close(self) -> None:
        """Close the window of versions, if it is open."""
        if self.dialog is not None:
            self.dialog.close()

    def _forget(self) -> None:
        self.dialog = None
