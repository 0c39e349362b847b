"""One question at a time to the engine, off the GUI thread, with progress and a cancel."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.errors import StoppedError
from workbench.gui.lane import Lane

T = TypeVar("T")

Progress = Callable[[int, int], None]

QUIET_MS = 400
"""A question that is answered sooner shows no progress."""


class Asking(QObject):
    """A panel's questions; a new one stops the one before. Answers arrive on the GUI thread.

    Signals:
        busy_changed(bool): a question has taken a while, or nothing is under way any more.
        progressed(done, total): how far it is; only while busy.
    """

    busy_changed = Signal(bool)
    progressed = Signal(int, int)
    _reported = Signal(int, int, int)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = Lane(name, self)
        self._cancel: CancelToken | None = None
        self._number = 0
        self._busy = False
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(QUIET_MS)
        self._slow.timeout.connect(lambda: self._set_busy(True))
        self._reported.connect(self._report, Qt.ConnectionType.QueuedConnection)

    @property
    def is_asking(self) -> bool:
        """Whether a question is under way."""
        return self._cancel is not None

    def ask(
        self,
        work: Callable[[Progress, CancelToken], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Call `work` on the lane's thread, then `done` or `failed` here; a stop calls neither."""
        self.stop()
        self._number += 1
        number, cancel = self._number, CancelToken()
        self._cancel = cancel

        def report(so_far: int, total: int) -> None:
            self._reported.emit(number, so_far, total)

        def end(then: Callable[[], None]) -> None:
            self._over()
            then()

        def fail(error: Exception) -> None:
            stopped = isinstance(error, Cancelled | StoppedError)
            end(lambda: None if stopped else failed(error))

        self._slow.start()
        self._lane.submit(
            lambda: work(report, cancel), lambda found: end(lambda: done(found)), fail
        )

    def stop(self) -> None:
        """Stop what is under way; its answer never arrives."""
        self._lane.forget()
        if self._cancel is not None:
            self._cancel.cancel()
        self._over()

    def close(self) -> None:
        """Stop, and end the thread."""
        self.stop()
        self._lane.close()

    def _over(self) -> None:
        self._cancel = None
        self._number += 1
        self._slow.stop()
        self._set_busy(False)

    def _report(self, number: int, done: int, total: int) -> None:
        if number == self._number and self._busy:
            self.progressed.emit(done, total)

    def _set_busy(self, on: bool) -> None:
        if on != self._busy:
            self._busy = on
            self.busy_changed.emit(on)
