"""Opens the card of the model in use; its header is read off the GUI thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from workbench.core.errors import UserError
from workbench.core.remote import remote_address
from workbench.experiments.model_card import ModelCard, read_card
from workbench.experiments.model_fit import Machine, machine
from workbench.experiments.session import Session
from workbench.gui.fonts import Fonts
from workbench.gui.lane import Lane
from workbench.gui.model_card.dialog import ModelCardDialog
from workbench.gui.theme import Theme
from workbench.gui.translate import tr


class ModelCardController(QObject):
    """One dialog at a time.

    Signals:
        edit_template(): the person wants to change the chat template of the model in use.
        other_wanted(): the person wants to open another model.
    """

    edit_template = Signal()
    other_wanted = Signal()

    def __init__(self, session: Session, theme: Theme, fonts: Fonts, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._theme, self._fonts, self._window = session, theme, fonts, window
        self._lane = Lane("model-card", self)
        self.dialog: ModelCardDialog | None = None

    def open(self, path: Path) -> None:
        """Show the card of the file at `path`."""
        if self.dialog is not None:
            self.dialog.reject()
        dialog = ModelCardDialog(self._window, self._theme, self._fonts, path)
        dialog.edit_template.connect(self.edit_template)
        dialog.other_wanted.connect(self.other_wanted)
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        session = self._session

        def work() -> tuple[ModelCard, Machine]:
            server = remote_address(path)
            if server is not None:
                raise UserError(
                    tr(
                        "This model is held by {url}, and its file cannot be read from here.",
                        url=server.url,
                    ),
                    tr("Its server's own pages say more about it."),
                )
            here = session_machine(session)
            return read_card(path, here), here

        self._lane.submit(work, lambda made: dialog.show_card(*made), dialog.show_error)
        dialog.open()

    def close(self) -> None:
        """Close the dialog and end the lane."""
        if self.dialog is not None:
            self.dialog.reject()
        self._lane.close()

    def _forget(self, _result: int) -> None:
        self._lane.forget()
        self.dialog = None


def session_machine(session: Session) -> Machine:
    """The memory of this machine as the session sees it; may take a second."""
    free, gpu = session.memory()
    return machine(free, gpu=gpu)
