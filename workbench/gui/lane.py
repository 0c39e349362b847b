"""One thread for blocking calls, where only the newest request counts. GUI thread in and out.

Rendering, loading and reading go through lanes, so that no widget ever waits.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")


class _Job(NamedTuple):
    generation: int
    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]


class Lane(QObject):
    """Runs one call at a time on its own thread.

    A newer request replaces one that waits, and the answer of one that runs already is dropped.
    Answers arrive on the GUI thread. The thread starts with the first request.
    """

    _answered = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._generation = 0
        self._waiting: _Job | None = None
        self._closing = False
        self._wake = threading.Condition()  # protects _waiting and _closing
        self._thread: threading.Thread | None = None
        # The signal belongs to this object of the GUI thread: slots run there.
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def submit(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Call `work` on the lane's thread, then `done` or `failed` on the GUI thread."""
        self._generation += 1
        with self._wake:
            if self._closing:
                return
            self._waiting = _Job(self._generation, work, done, failed)
            self._wake.notify()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name=f"lane-{self._name}")
            self._thread.start()

    def forget(self) -> None:
        """Drop what waits and the answer of what runs."""
        self._generation += 1
        with self._wake:
            self._waiting = None

    def close(self, timeout_s: float = 5.0) -> bool:
        """End the thread; False when it is still busy after `timeout_s`. Twice is harmless."""
        self.forget()
        with self._wake:
            self._closing = True
            self._wake.notify()
        if self._thread is None:
            return True
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while True:
            with self._wake:
                while self._waiting is None and not self._closing:
                    self._wake.wait()
                if self._closing:
                    return
                job, self._waiting = self._waiting, None
            if job is None:
                continue
            try:
                answer: Callable[[], None] = _Answer(job.done, job.work())
            except Exception as error:  # noqa: BLE001  # goes to `failed`, never lost
                answer = _Answer(job.failed, error)
            self._answered.emit((job.generation, answer))

    def _deliver(self, posted: tuple[int, Callable[[], None]]) -> None:
        generation, answer = posted
        if generation == self._generation:
            answer()


class _Answer:
    """A call that is made later; a lambda in the loop would see the next job's variables."""

    def __init__(self, call: Callable[[Any], None], value: Any) -> None:
        self._call, self._value = call, value

    def __call__(self) -> None:
        self._call(self._value)
