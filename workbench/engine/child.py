"""One life of the engine's process, seen from the parent: messages out, events in, its death."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from multiprocessing.connection import Connection
from pathlib import Path

from workbench.core.errors import EngineDiedError, UserError
from workbench.core.types import EngineSettings, Loaded
from workbench.engine.exits import exit_code, how_it_ended
from workbench.engine.jobs import Job
from workbench.engine.launch import Launched, launch
from workbench.engine.messages import (
    LOAD_JOB,
    Call,
    Cancel,
    JobMessage,
    LastMessage,
    NewTokens,
    Part,
    Progress,
    Raised,
    Ready,
    Replies,
    Returned,
)

STUCK_S = 10.0
"""How long a cancelled job may take to end before its process is ended."""

_log = logging.getLogger("workbench.engine")
_DOING = {
    "generate": "generating",
    "generate_many": "generating",
    "tokenize": "tokenizing",
    "infill": "tokenizing",
    "score": "scoring",
    "choose": "scoring choices",
    "choose_many": "scoring choices",
    "rows": "reading logits",
    "vocabulary_hash": "reading the vocabulary",
    "pieces": "reading the vocabulary",
    "devices": "asking for free memory",
    "trace": "tracing the samplers",
    "what_if": "replaying a reply",
    "steer": "steering a reply",
    "residual_means": "reading residuals",
    "peek": "looking at the next token",
    "attention": "capturing attention",
    "head_summaries": "capturing attention",
    "embed": "making vectors of texts",
    "lens": "looking through the logit lens",
    "look_ahead": "looking ahead",
    "preview": "previewing the next words",
}
_ASIDE = frozenset({"tokenize", "devices"})
"""Answered by a thread of their own, whatever the child works on."""

_LOG_TAIL_BYTES = 4000
_CLOSE_S = 2.0


class Child:
    """One life of the child process."""

    def __init__(
        self,
        path: Path,
        settings: EngineSettings,
        launched: Launched | None = None,
        *,
        words_only: bool = False,
    ) -> None:
        """`launched` is a child that loads already; `words_only` loads the vocabulary alone."""
        started = launched or launch(path, settings, words_only=words_only)
        self.process = started.process
        self._connection = started.connection
        self._log = started.log
        self.ready: Future[Loaded] = Future()
        self.alive = True
        self._closing: UserError | None = None
        self._lock = threading.Lock()  # protects _jobs and alive
        self._send_lock = threading.Lock()  # a pickled message must not be torn
        self._jobs: dict[int, Job] = {}
        self._call_of: dict[int, int] = {}  # the first job of the call that a job is part of
        self._cancelled_at: dict[int, float] = {}
        self._turned_at = 0.0  # when the child last ended a job, and may have begun the next
        self._watch: threading.Timer | None = None  # one for all of them
        self._stuck = False
        self._last = "loading the model"
        self.pieces: dict[int, bytes] = {}
        self._reader = threading.Thread(target=self._read, name="engine-reader", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int | None:
        """The process that holds the model; None once it has ended."""
        return self.process.pid if self.alive else None

    @property
    def width(self) -> int:
        """It works on one call at a time."""
        return 1

    def send(self, message: object) -> None:
        """Write one message; a broken pipe is left to the reader, which sees the end too."""
        with self._send_lock, contextlib.suppress(OSError, ValueError):
            self._connection.send(message)

    def submit(self, job: Job, args: tuple[object, ...]) -> None:
        """Queue a call in the child."""
        with self._lock:
            if self.alive:
                self._jobs[job.number] = job
                self._call_of[job.number] = job.number
                gone = False
            else:
                gone = True
        if gone:
            job.future.set_exception(self._death())
        else:
            self.send(Call(job.number, job.name, args, job.yields))

    def submit_many(self, jobs: Sequence[Job], name: str, args: tuple[object, ...]) -> None:
        """Queue one call that answers several jobs."""
        with self._lock:
            gone = not self.alive
            if not gone:
                self._jobs.update((job.number, job) for job in jobs)
                self._call_of.update((job.number, jobs[0].number) for job in jobs)
        if gone:
            for job in jobs:
                job.future.set_exception(self._death())
        else:
            first, *more = (job.number for job in jobs)
            self.send(Call(first, name, args, more=tuple(more)))

    def cancel(self, number: int) -> None:
        """Ask the child to stop a job; a child that does not hear it is ended after STUCK_S.

        One that waits behind others is answered when its turn comes.
        """
        with self._lock:
            if number in self._jobs:
                self._cancelled_at.setdefault(number, time.monotonic())
                if self._watch is None:
                    self._watch_for(STUCK_S)
        self.send(Cancel(number))

    def close(self, reason: UserError | None = None) -> None:
        """End the process: first by hanging up, then by force; `reason` ends what runs."""
        self._closing = reason or UserError("The engine was closed.")
        with self._send_lock, contextlib.suppress(OSError, ValueError):
            _hang_up(self._connection)
        self.process.join(_CLOSE_S)
        if self.process.is_alive():
            self.process.kill()
            self.process.join(_CLOSE_S)
        if threading.current_thread() is not self._reader:
            self._reader.join(_CLOSE_S)
        self._connection.close()
        self.process.close()
        self._log.close()

    def _read(self) -> None:
        while True:
            try:
                message = self._connection.recv()
            except (EOFError, OSError):
                break
            try:
                self._handle(message)
            except Exception:  # noqa: BLE001  # logged; a bad sink must not end the other jobs
                _log.exception("an event of the engine could not be delivered")
        self._end()

    def _handle(self, message: object) -> None:
        match message:
            case Ready(loaded):
                self._last = "waiting"
                self.ready.set_result(loaded)
            case Raised(number, error) if number == LOAD_JOB:
                self.ready.set_exception(error)
            case Progress() | NewTokens() | Part() | Replies() | Returned() | Raised():
                self._pass_on(message)

    def _pass_on(self, message: JobMessage) -> None:
        number = message.job
        if isinstance(message, NewTokens | Part | Returned):
            self.pieces.update(message.pieces)
        over = isinstance(message, LastMessage)
        job = self._take(number) if over else self._jobs.get(number)
        if job is None:
            return
        if isinstance(message, Progress):
            so_far = f"(prompt token {message.done:,} of {message.total:,})"
            self._last = f"{_DOING[job.name]} {so_far}"
        elif isinstance(message, NewTokens):
            self._last = _DOING[job.name]
        job.hear(message, self.pieces)

    def _take(self, number: int) -> Job | None:
        with self._lock:
            self._cancelled_at.pop(number, None)
            if not self._cancelled_at and self._watch is not None:
                self._watch.cancel()
                self._watch = None
            self._call_of.pop(number, None)
            job = self._jobs.pop(number, None)
            if job is not None and job.name not in _ASIDE:
                self._turned_at = time.monotonic()
            return job

    def _watch_for(self, seconds: float) -> None:
        """Look for a call that does not hear its cancel, after so long. The lock is held."""
        timer = threading.Timer(seconds, self._look_for_stuck)
        timer.name, timer.daemon = "engine-stuck", True
        self._watch = timer
        timer.start()

    def _look_for_stuck(self) -> None:
        with self._lock:
            self._watch = None
            if not self._cancelled_at:
                return
            left = self._patience()
            if left > 0:
                self._watch_for(left)
                return
            self._stuck = True
        self.process.kill()

    def _patience(self) -> float:
        """Seconds until the child is to be ended, as far as one knows now. The lock is held.

        Only what it works on can be deaf; and while somebody still wants a part of that, it is
        no reason to end it.
        """
        front = next((n for n, job in self._jobs.items() if job.name not in _ASIDE), None)
        if front is None:
            return STUCK_S
        call = self._call_of[front]
        latest = self._turned_at
        for number in self._jobs:
            if self._call_of[number] == call:
                if number not in self._cancelled_at:
                    return STUCK_S
                latest = max(latest, self._cancelled_at[number])
        return latest + STUCK_S - time.monotonic()

    def _end(self) -> None:
        """The pipe ended: every job ends with the reason."""
        with self._lock:
            self.alive = False
            jobs, self._jobs = list(self._jobs.values()), {}
            self._call_of, self._cancelled_at = {}, {}
            if self._watch is not None:
                self._watch.cancel()
                self._watch = None
        error: UserError = self._death()
        if self.ready.done() and (cause := self.ready.exception()) is not None:
            error = cause if isinstance(cause, UserError) else error
        elif not self.ready.done():
            self.ready.set_exception(error)
        for job in jobs:
            job.future.set_exception(error)

    def _death(self) -> UserError:
        if self._closing is not None:
            return self._closing
        code = exit_code(self.process, _CLOSE_S)
        if self._stuck:
            return EngineDiedError(
                f"The engine did not stop within {STUCK_S:.0f} s while {self._last} and was ended.",
                "The next run starts it again.",
            )
        return EngineDiedError(
            f"The engine's process ended {how_it_ended(code)} while {self._last}.",
            _hint(code),
            self._log_tail(),
        )

    def _log_tail(self) -> str:
        try:
            with self._log.path.open("rb") as file:
                file.seek(max(0, os.fstat(file.fileno()).st_size - _LOG_TAIL_BYTES))
                return file.read().decode("utf-8", "replace").strip()
        except OSError:
            return ""


def _hang_up(connection: Connection) -> None:
    """Make both ends read the end of the pipe; closing alone would not wake our own reader.

    The child then leaves at once, even in the middle of a decode. Windows has no half-closed
    pipes: there the child is killed instead.
    """
    if sys.platform == "win32":
        return
    with socket.socket(fileno=os.dup(connection.fileno())) as line:
        line.shutdown(socket.SHUT_RDWR)


def _hint(code: int | None) -> str:
    if code == -signal.SIGKILL:
        return "Something killed it, often for memory; the next run starts it again."
    if code == -getattr(signal, "SIGILL", 4):
        return "llama.cpp was built for another CPU: run `workbench doctor`."
    return "The next run starts it again; `workbench doctor` looks for known causes."
