"""One thread for calls that must all happen, in order: saving, drafts, renaming. GUI thread.

A `Lane` drops what is out of date; nothing that writes may be dropped.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")


class _Job(NamedTuple):
    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]


class TaskQueue(QObject):
    """Runs calls one after the other on its own thread; every answer comes, on the GUI thread.

    The thread starts with the first call.
    """

    _answered = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._jobs: queue.Queue[_Job | None] = queue.Queue()
        self._thread: threading.Thread | None = None
        self._closing = False
        # The signal belongs to this object of the GUI thread: slots run there.
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def submit(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Call `work` on the queue's thread, then `done` or `failed` on the GUI thread."""
        if self._closing:
            return
        self._jobs.put(_Job(work, done, failed))
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name=f"queue-{self._name}")
            self._thread.start()

    def close(self, timeout_s: float = 10.0) -> bool:
        """Finish what waits and end the thread; False when it is still busy after `timeout_s`.

        Answers of what is finished now do not come any more. Twice is harmless.
        """
        self._closing = True
        if self._thread is None:
            return True
        self._jobs.put(None)
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                answer, value = job.done, job.work()
            except Exception as error:  # noqa: BLE001  # goes to `failed`, never lost
                answer, value = job.failed, error
            self._answered.emit((answer, value))

    def _deliver(self, posted: tuple[Callable[[Any], None], Any]) -> None:
        if not self._closing:
            answer, value = posted
            answer(value)
