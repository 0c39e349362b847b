"""Opens the dialog for servers and does what it is told there, off the GUI thread."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from workbench.core.types import GenerateResult
from workbench.experiments.live_run import RunOutcome
from workbench.experiments.server_setup import Findings, Wish, ask_server, connect, known_servers
from workbench.experiments.session import Session
from workbench.gui.lane import Lane
from workbench.gui.messages import Level, Message, MessageBar
from workbench.gui.model_controller import ModelController
from workbench.gui.servers.dialog import ConnectDialog
from workbench.gui.translate import tr

_KEY = "server"


class ServerController(QObject):
    """One dialog at a time."""

    def __init__(
        self, session: Session, models: ModelController, messages: MessageBar, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session, self._models = session, models
        self._messages, self._window = messages, window
        self._lane = Lane("servers", self)
        self.dialog: ConnectDialog | None = None

    def ask(self) -> None:
        """Let the person connect to a server."""
        if self.dialog is not None:
            self.dialog.raise_()
            return
        dialog = self.dialog = ConnectDialog(self._window, known_servers(self._session))
        dialog.asked.connect(self._ask_server)
        dialog.taken.connect(self._connect)
        dialog.finished.connect(self._closed)
        dialog.open()

    def show_outcome(self, outcome: RunOutcome) -> None:
        """What a server said of itself, when a run of it is over."""
        self._messages.dismiss(_KEY)
        words = _words(outcome.end.result)
        if words:
            self._messages.show_message(_KEY, Message(" ".join(words), level=Level.WARNING))

    def close(self) -> None:
        """Close the dialog and end the thread."""
        if self.dialog is not None:
            self.dialog.reject()
        self._lane.close()

    def _ask_server(self, wish: Wish) -> None:
        if self.dialog is not None:
            self.dialog.show_asking()
        self._lane.submit(partial(ask_server, self._session, wish), self._found, self._failed)

    def _connect(self, wish: Wish) -> None:
        self._lane.submit(partial(connect, self._session, wish), self._connected, self._failed)

    def _found(self, found: Findings) -> None:
        if self.dialog is not None:
            self.dialog.show_found(found)

    def _failed(self, error: Exception) -> None:
        if self.dialog is not None:
            self.dialog.show_error(error)

    def _connected(self, path: Path) -> None:
        if self.dialog is not None:
            self.dialog.accept()
        self._models.choose(path)

    def _closed(self) -> None:
        self._lane.forget()
        self.dialog = None


def _words(result: GenerateResult) -> list[str]:
    served = result.served
    if served is None:
        return []
    words = list(served.remarks)
    if served.is_other_model:
        said = tr(
            "The server was asked for {asked} and says it answered as {told}.",
            asked=served.asked,
            told=served.told,
        )
        words.insert(0, said)
    return words
