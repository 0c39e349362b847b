"""Back up and check the history from the window. GUI thread; the work is done beside it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.errors import UserError
from workbench.experiments.session import Session
from workbench.gui.lane import Lane
from workbench.gui.messages import Level, Message, MessageBar, from_error
from workbench.gui.said import tr_said
from workbench.gui.translate import tr, tr_n
from workbench.history.backup import back_up
from workbench.history.verify import Verified, verify

_KEY = "history-safety"


class Safety(QObject):
    """One at a time; a message says that it runs, stops it, and says what came of it.

    Signals:
        told(text): the answer stands on the screen.
    """

    told = Signal(str)

    def __init__(self, session: Session, messages: MessageBar, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._messages = session, messages
        self._lane = Lane("history-safety", self)
        self._stop = CancelToken()

    def back_up(self) -> None:
        """Copy the history into the folder of backups."""
        stop = self._begin(tr("The history is being copied…"))
        self._lane.submit(
            lambda: back_up(self._file(), progress=lambda *_: stop.check()),
            lambda made: self._tell(
                Message(tr("The history is copied to {made}.", made=made), level=Level.INFO)
            ),
            self._failed,
        )

    def verify(self) -> None:
        """Check the whole history."""
        stop = self._begin(tr("The history is being checked…"))
        self._lane.submit(
            lambda: verify(self._file(), lambda *_: stop.check()),
            lambda found: self._tell(_verdict(found)),
            self._failed,
        )

    def close(self) -> None:
        """Stop what runs and end the thread."""
        self._stop.cancel()
        self._lane.close()

    def _file(self) -> Path:
        path = self._session.store.path
        if path is None:
            raise UserError(
                tr("The history is only in memory."), tr("There is no file to copy or to check.")
            )
        return path

    def _begin(self, text: str) -> CancelToken:
        self._stop.cancel()
        self._stop = CancelToken()
        actions = ((tr("Stop"), self._stop.cancel),)
        self._messages.show_message(_KEY, Message(text, level=Level.INFO, actions=actions))
        return self._stop

    def _tell(self, message: Message) -> None:
        self._messages.show_message(_KEY, message)
        self.told.emit(message.text)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self._messages.dismiss(_KEY)
        else:
            self._tell(from_error(error))


def _verdict(found: Verified) -> Message:
    counts = tr(
        "{runs:,} runs, {texts:,} texts, {replies:,} replies",
        runs=found.runs,
        texts=found.texts,
        replies=found.replies,
    )
    lines = [f"{p.kind} {p.where}: {tr_said(p.what)}" for p in found.problems]
    lines += map(tr_said, found.remarks)
    if found.is_whole:
        return Message(
            tr("The history is whole: {counts}.", counts=counts),
            details="\n".join(lines),
            level=Level.INFO,
        )
    count = tr_n("1 problem", "{n:,} problems", len(found.problems))
    return Message(
        tr("The history has {count} in {counts}.", count=count, counts=counts),
        tr("Close the window and run `workbench history repair`; the file as it is is kept."),
        details="\n".join(lines),
    )
