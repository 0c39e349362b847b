"""The parent's side of the engine's process: start, ask, stream, cancel, notice death, restart.

Any thread may ask. Events arrive on one reader thread per child, in order, and must be handled
quickly. No llama_cpp here: the parent never loads it.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from workbench.core.errors import EngineDiedError, UserError
from workbench.core.tokens import TokenTable
from workbench.core.types import (
    ChooseRequest,
    EngineSettings,
    GenerateRequest,
    GenerateResult,
    Loaded,
    SampleResult,
    ScoreRequest,
    Tokenized,
    TraceRequest,
)
from workbench.engine.base import GenerateSink
from workbench.engine.base import Progress as ProgressCallback
from workbench.engine.launch import Launched, launch
from workbench.engine.messages import (
    LOAD_JOB,
    Call,
    Cancel,
    NewTokens,
    Progress,
    Raised,
    Ready,
    Replies,
    Returned,
)

_log = logging.getLogger("workbench.engine")
_DOING = {
    "generate": "generating",
    "tokenize": "tokenizing",
    "infill": "tokenizing",
    "score": "scoring",
    "choose": "scoring choices",
    "trace": "tracing the samplers",
    "peek": "looking at the next token",
}
_LOG_TAIL_BYTES = 4000
_CLOSE_S = 2.0


def _ignore(_done: int, _total: int) -> None:
    """Nobody asked for progress."""


class Job:
    """One call under way. `future` ends with the answer, a UserError, or EngineDiedError."""

    def __init__(
        self, number: int, name: str, client: EngineClient, progress: ProgressCallback = _ignore
    ) -> None:
        self.number = number
        self.name = name
        self.future: Future[Any] = Future()
        self._client = client
        self._progress = progress

    def cancel(self) -> None:
        """Ask the engine to stop this job; it still ends with a result. Never blocks for long."""
        self._client._cancel(self.number)  # noqa: SLF001  # a job is the client's own handle

    def progress(self, done: int, total: int) -> None:
        """The engine did `done` of `total` units."""
        self._progress(done, total)

    def tokens(self, message: NewTokens, pieces: Mapping[int, bytes]) -> None:
        """A reply grew."""


class GenerateJob(Job):
    """A generation under way; puts the streamed tokens together again."""

    def __init__(
        self, number: int, client: EngineClient, sink: GenerateSink, n_samples: int
    ) -> None:
        super().__init__(number, "generate", client)
        self._sink = sink
        self._tables: list[list[TokenTable]] = [[] for _ in range(n_samples)]
        self._texts: list[list[str]] = [[] for _ in range(n_samples)]

    def progress(self, done: int, total: int) -> None:
        self._sink.prefill(done, total)

    def tokens(self, message: NewTokens, pieces: Mapping[int, bytes]) -> None:
        self._tables[message.sample].append(message.table)
        self._texts[message.sample].append(message.text)
        self._sink.tokens(message.sample, message.table, message.text, pieces)

    def result(self, replies: Replies, pieces: Mapping[int, bytes]) -> GenerateResult:
        """The whole answer, once the engine said that it is over."""
        samples = tuple(
            SampleResult("".join(texts), finish, TokenTable.concat(tables), full)
            for texts, tables, (finish, full) in zip(
                self._texts, self._tables, replies.ends, strict=True
            )
        )
        return GenerateResult(samples, replies.timings, pieces)


class EngineClient:
    """One model in a child process. A child that died is started again by the next call."""

    def __init__(
        self, path: Path, settings: EngineSettings, launched: Launched | None = None
    ) -> None:
        """`launched` is a child that loads this model already; without one the first call does."""
        self.path = path
        self.settings = settings
        self._numbers = itertools.count(1)
        self._lock = threading.RLock()  # protects _child, _closed and the order of sends
        self._child = None if launched is None else _Child(path, settings, launched)
        self._closed = False

    def start(self) -> None:
        """Start the child and its load now rather than at the first call."""
        with self._lock:
            self._running()

    def load(self) -> Future[Loaded]:
        """The loaded model; a failed load is tried again by the next call.

        The future raises UserError when the file cannot be loaded.
        """
        with self._lock:
            return self._running().ready

    def generate(self, request: GenerateRequest, sink: GenerateSink) -> GenerateJob:
        """Continue a prompt; the future ends with a GenerateResult."""
        job = GenerateJob(next(self._numbers), self, sink, request.n_samples)
        self._submit(job, (request,))
        return job

    def tokenize(
        self, text: str, *, add_bos: bool, parse_special: bool = True
    ) -> Future[Tokenized]:
        """Token ids of `text`."""
        return self._ask("tokenize", (text, add_bos, parse_special)).future

    def infill(self, prefix: str, suffix: str) -> Future[Tokenized]:
        """The prompt that asks a code model for what stands between two texts."""
        return self._ask("infill", (prefix, suffix)).future

    def score(self, request: ScoreRequest, progress: ProgressCallback = _ignore) -> Job:
        """Records of a given text; the future ends with a TokenTable, or StoppedError."""
        return self._ask("score", (request,), progress)

    def choose(self, request: ChooseRequest, progress: ProgressCallback = _ignore) -> Job:
        """Score continuations; the future ends with ChoiceScores, or StoppedError."""
        return self._ask("choose", (request,), progress)

    def trace(self, request: TraceRequest, progress: ProgressCallback = _ignore) -> Job:
        """Walk the sampler chain; the future ends with a Trace, or StoppedError."""
        return self._ask("trace", (request,), progress)

    def peek(self, ids: tuple[int, ...], top: int) -> Job:
        """The next token's distribution; the future ends with NextTokens, or StoppedError."""
        return self._ask("peek", (ids, top))

    @property
    def pieces(self) -> Mapping[int, bytes]:
        """Bytes of every token that any answer of the present child mentioned."""
        with self._lock:
            return self._child.pieces if self._child is not None else {}

    @property
    def pid(self) -> int | None:
        """Process id of the child; None while there is none."""
        with self._lock:
            child = self._child
            return child.process.pid if child is not None and child.alive else None

    def close(self) -> None:
        """End the child; jobs that run end with an error. Doing it twice is harmless."""
        with self._lock:
            self._closed = True
            child, self._child = self._child, None
        if child is not None:
            child.close()

    def _ask(
        self, name: str, args: tuple[object, ...], progress: ProgressCallback = _ignore
    ) -> Job:
        job = Job(next(self._numbers), name, self, progress)
        self._submit(job, args)
        return job

    def _submit(self, job: Job, args: tuple[object, ...]) -> None:
        with self._lock:
            self._running().submit(job, args)

    def _cancel(self, number: int) -> None:
        with self._lock:
            if self._child is not None:
                self._child.send(Cancel(number))

    def _running(self) -> _Child:
        if self._closed:
            raise UserError("The engine was closed.")
        if self._child is None or not self._child.alive:
            if self._child is not None:
                self._child.close()
            self._child = _Child(self.path, self.settings)
        return self._child


class _Child:
    """One life of the child process."""

    def __init__(
        self, path: Path, settings: EngineSettings, launched: Launched | None = None
    ) -> None:
        started = launched or launch(path, settings)
        self.process = started.process
        self._connection = started.connection
        self._log = started.log
        self.ready: Future[Loaded] = Future()
        self.alive = True
        self._closing = False
        self._lock = threading.Lock()  # protects _jobs and alive
        self._send_lock = threading.Lock()  # a pickled message must not be torn
        self._jobs: dict[int, Job] = {}
        self._last = "loading the model"
        self.pieces: dict[int, bytes] = {}
        self._reader = threading.Thread(target=self._read, name="engine-reader", daemon=True)
        self._reader.start()

    def send(self, message: object) -> None:
        """Write one message; a broken pipe is left to the reader, which sees the end too."""
        with self._send_lock, contextlib.suppress(OSError, ValueError):
            self._connection.send(message)

    def submit(self, job: Job, args: tuple[object, ...]) -> None:
        """Queue a call in the child."""
        with self._lock:
            if self.alive:
                self._jobs[job.number] = job
                gone = False
            else:
                gone = True
        if gone:
            job.future.set_exception(self._death())
        else:
            self.send(Call(job.number, job.name, args))

    def close(self) -> None:
        """End the process: first by hanging up, then by force."""
        self._closing = True
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
        with contextlib.suppress(OSError):
            Path(self._log).unlink()

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
            case Progress(number, done, total):
                if job := self._jobs.get(number):
                    self._last = f"{_DOING[job.name]} (prompt token {done:,} of {total:,})"
                    job.progress(done, total)
            case NewTokens(number, _, _, _, pieces):
                self.pieces.update(pieces)
                if job := self._jobs.get(number):
                    self._last = _DOING[job.name]
                    job.tokens(message, self.pieces)
            case Replies(number, _, _):
                job = self._take(number)
                if isinstance(job, GenerateJob):
                    job.future.set_result(job.result(message, self.pieces))
            case Returned(number, value, pieces):
                self.pieces.update(pieces)
                if job := self._take(number):
                    job.future.set_result(value)
            case Raised(number, error) if number == LOAD_JOB:
                self.ready.set_exception(error)
            case Raised(number, error):
                if job := self._take(number):
                    job.future.set_exception(error)

    def _take(self, number: int) -> Job | None:
        with self._lock:
            return self._jobs.pop(number, None)

    def _end(self) -> None:
        """The pipe ended: every job ends with the reason."""
        with self._lock:
            self.alive = False
            jobs, self._jobs = list(self._jobs.values()), {}
        error: UserError = self._death()
        if self.ready.done() and (cause := self.ready.exception()) is not None:
            error = cause if isinstance(cause, UserError) else error
        elif not self.ready.done():
            self.ready.set_exception(error)
        for job in jobs:
            job.future.set_exception(error)

    def _death(self) -> UserError:
        if self._closing:
            return UserError("The engine was closed.")
        self.process.join(_CLOSE_S)
        code = self.process.exitcode
        how = f"signal {_signal_name(-code)}" if code is not None and code < 0 else f"code {code}"
        return EngineDiedError(
            f"The engine's process ended with {how} while {self._last}.",
            _hint(code),
            self._log_tail(),
        )

    def _log_tail(self) -> str:
        try:
            with Path(self._log).open("rb") as file:
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


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)


def _hint(code: int | None) -> str:
    if code == -signal.SIGKILL:
        return "Something killed it, often for memory; the next run starts it again."
    if code == -getattr(signal, "SIGILL", 4):
        return "llama.cpp was built for another CPU: run `workbench doctor`."
    return "The next run starts it again; `workbench doctor` looks for known causes."
