"""The one thread that writes. Any thread may submit; only this thread touches the connection."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from sqlite_utils import Database

from workbench.core.errors import UserError
from workbench.history.connect import BUSY_TIMEOUT_S, open_writer
from workbench.history.errors import explained

T = TypeVar("T")

_CLOSE_TIMEOUT_S = 30.0
_ORPHAN_CHECK_S = 1.0


class Writer:
    """Owns the write connection and works through a queue of functions, one at a time.

    The thread is no daemon, so that a program that ends keeps what it was about to save; when
    the main thread has ended without `close`, the writer finishes the queue and ends by itself.
    """

    def __init__(self, path: Path | None, busy_timeout_s: float = BUSY_TIMEOUT_S) -> None:
        """Open the file (None: memory) on the new thread and wait until it is ready.

        Raises:
            UserError: it cannot be opened; no thread is left behind.
        """
        self._path = path
        self._busy_timeout_s = busy_timeout_s
        self._lock = threading.Lock()  # protects _closing and the order of the last entry
        self._closing = False
        self._tasks: queue.SimpleQueue[tuple[Callable[[Database], Any], Future[Any]] | None] = (
            queue.SimpleQueue()
        )
        opened: Future[None] = Future()
        self._thread = threading.Thread(
            target=self._run, args=(opened,), name="history-writer", daemon=False
        )
        self._thread.start()
        try:
            opened.result()
        except BaseException:
            self._thread.join()
            raise

    def submit(self, task: Callable[[Database], T]) -> Future[T]:
        """Queue `task`; it gets the connection on the writer's thread.

        The future ends with the task's result, or its error (SQLite's foreseeable ones as
        UserError).

        Raises:
            UserError: the writer is closed.
        """
        future: Future[T] = Future()
        with self._lock:
            if self._closing:
                raise UserError("The history is closed.")
            self._tasks.put((task, future))
        return future

    def close(self, timeout_s: float = _CLOSE_TIMEOUT_S) -> None:
        """Work through the queue, close the connection and end the thread. Twice is harmless.

        Raises:
            UserError: the thread has not ended after `timeout_s` seconds.
        """
        with self._lock:
            if not self._closing:
                self._closing = True
                self._tasks.put(None)
        self._thread.join(timeout_s)
        if self._thread.is_alive():
            raise UserError(
                f"The history is still being written after {timeout_s:g} seconds.",
                "The disk may be slow or gone; what was not written yet may be lost.",
            )

    def _run(self, opened: Future[None]) -> None:
        try:
            db = open_writer(self._path, self._busy_timeout_s)
        except BaseException as error:  # noqa: BLE001  # handed to the thread that waits for it
            opened.set_exception(error)
            return
        opened.set_result(None)
        try:
            while (entry := self._next()) is not None:
                task, future = entry
                if future.set_running_or_notify_cancel():
                    self._work(db, task, future)
        finally:
            db.close()

    def _next(self) -> tuple[Callable[[Database], Any], Future[Any]] | None:
        while True:
            try:
                return self._tasks.get(timeout=_ORPHAN_CHECK_S)
            except queue.Empty:
                if not threading.main_thread().is_alive():
                    with self._lock:
                        self._closing = True
                        self._tasks.put(None)

    def _work(self, db: Database, task: Callable[[Database], Any], future: Future[Any]) -> None:
        try:
            with explained(self._path):
                result = task(db)
        except BaseException as error:  # noqa: BLE001  # it belongs to whoever waits for the future
            future.set_exception(error)
        else:
            future.set_result(result)
