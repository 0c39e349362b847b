"""An engine's process for somebody elsewhere: calls arrive as values, all that was said goes back.

A reply is sent when it is whole, its tokens in one table: what streams over a pipe for nothing
would cost a message each over a network.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from workbench.core.errors import UserError
from workbench.core.tokens import TokenTable
from workbench.core.types import EngineSettings, Loaded
from workbench.engine.child import Child
from workbench.engine.jobs import Job
from workbench.engine.messages import (
    Call,
    JobMessage,
    NewTokens,
    Part,
    Progress,
    Raised,
)


class Relay:
    """One model in a child process of this machine. Any thread."""

    def __init__(self, path: Path, settings: EngineSettings) -> None:
        self._path = path
        self._settings = settings
        self._lock = threading.Lock()  # protects _child
        self._child = Child(path, settings)
        self._turns = threading.Condition()  # protects _turn
        self._turn = 0

    def load(self) -> Loaded:
        """The loaded model; waits until it is.

        Raises:
            UserError: it cannot be loaded.
        """
        return self._running().ready.result()

    def ask(self, turn: int, call: Call) -> list[JobMessage]:
        """Everything the engine says to a call, once it has said the last of it.

        Calls reach the engine in the order of `turn`, which counts from 0, whichever thread brings
        them: what is said of tokens' bytes is said once, in the first answer that needs it.
        """
        jobs = [_Heard(number, call.name, self.cancel) for number in (call.job, *call.more)]
        with self._turns:
            self._turns.wait_for(lambda: self._turn == turn)
            try:
                child = self._running()
                if call.more:
                    child.submit_many(jobs, call.name, call.args)
                else:
                    child.submit(jobs[0], call.args)
            finally:
                self._turn += 1
                self._turns.notify_all()
        return [message for job in jobs for message in job.all()]

    def cancel(self, number: int) -> None:
        """Ask for a job to be stopped."""
        with self._lock:
            self._child.cancel(number)

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._child.close()

    def _running(self) -> Child:
        with self._lock:
            if not self._child.alive:
                self._child.close()
                self._child = Child(self._path, self._settings)
            return self._child


class _Heard(Job):
    """Keeps what is said of a job, to be said again elsewhere."""

    def __init__(self, number: int, name: str, stop: Callable[[int], None]) -> None:
        super().__init__(number, name, stop)
        self._tables: dict[int, list[NewTokens]] = {}
        self._said: list[JobMessage] = []

    def hear(self, message: JobMessage, pieces: Mapping[int, bytes]) -> None:
        """Keep it; progress is nobody's business behind a network."""
        match message:
            case NewTokens():
                self._tables.setdefault(message.sample, []).append(message)
            case Progress():
                pass
            case Part():
                self._said.append(message)
            case _:
                self._said.append(message)
                self.future.set_result(None)

    def all(self) -> list[JobMessage]:
        """What was said, once the last of it was."""
        try:
            self.future.result()
        except UserError as error:
            return [*self._tokens(), Raised(self.number, error)]
        return [*self._tokens(), *self._said]

    def _tokens(self) -> list[NewTokens]:
        return [_whole(self._tables[sample]) for sample in sorted(self._tables)]


def _whole(parts: Sequence[NewTokens]) -> NewTokens:
    table = TokenTable.concat([part.table for part in parts])
    text = "".join(part.text for part in parts)
    pieces = {token: piece for part in parts for token, piece in part.pieces.items()}
    return NewTokens(parts[0].job, parts[0].sample, table, text, pieces)
