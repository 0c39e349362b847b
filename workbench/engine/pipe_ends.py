"""The child's ends of the pipe: what it hears and what it says."""

from __future__ import annotations

import os
import queue
import threading
from multiprocessing.connection import Connection

from workbench.core.cancel import CancelToken
from workbench.engine.messages import Call, Cancel


class Outbox:
    """Writes to the pipe, one whole message at a time. Any thread."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()  # a pickled message must not be torn

    def send(self, message: object) -> None:
        """Write one message."""
        with self._lock:
            self._connection.send(message)


class Inbox:
    """Reads the pipe on a thread: cancels take effect at once, calls wait in line.

    Attributes:
        texts: calls that need no context, in a line of their own.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.calls: queue.SimpleQueue[Call] = queue.SimpleQueue()
        self.texts: queue.SimpleQueue[Call] = queue.SimpleQueue()
        self._lock = threading.Lock()  # protects _tokens
        self._tokens: dict[int, CancelToken] = {}
        self._yielding: set[int] = set()

    def start(self) -> None:
        """Read until the parent is gone."""
        threading.Thread(target=self._read, name="engine-inbox", daemon=True).start()

    def token(self, job: int) -> CancelToken:
        """The job's cancel flag."""
        with self._lock:
            return self._tokens[job]

    def done(self, job: int) -> None:
        """Forget an ended job."""
        with self._lock:
            self._tokens.pop(job, None)
            self._yielding.discard(job)

    def _read(self) -> None:
        while True:
            try:
                message = self._connection.recv()
            except (EOFError, OSError):
                os._exit(0)
            if isinstance(message, Cancel):
                with self._lock:
                    token = self._tokens.get(message.job)
                if token is not None:
                    token.cancel()
            elif isinstance(message, Call) and message.name in ("tokenize", "devices"):
                self.texts.put(message)
            elif isinstance(message, Call):
                with self._lock:
                    for job in (message.job, *message.more):
                        self._tokens[job] = CancelToken()
                    stopped = [self._tokens[job] for job in self._yielding]
                    if message.yields:
                        self._yielding.add(message.job)
                for token in stopped:
                    token.cancel()
                self.calls.put(message)
