"""A server's model behind an `EngineClient`, in the place of a child process. Any thread."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import Future
from typing import Any

from workbench.core.errors import StoppedError, UserError
from workbench.core.remote import NEVER_REMOTE, Address, not_from_server
from workbench.core.tokens import TokenTable
from workbench.core.types import (
    ChooseManyRequest,
    ChooseRequest,
    Finish,
    GenerateRequest,
    Loaded,
    ScoreRequest,
    Timings,
)
from workbench.engine.jobs import Job, ignore_progress
from workbench.engine.messages import JobMessage, NewTokens, Raised, Replies, Returned
from workbench.engine.remote.model import Ended, RemoteModel
from workbench.engine.remote.servers import Servers, Taken

_log = logging.getLogger("workbench.engine")
_NAMES = dict(NEVER_REMOTE)


class RemoteLife:
    """Asks a server instead of a child; see `engine.life.Life`."""

    def __init__(self, address: Address, servers: Servers) -> None:
        """Begins to ask the server what it can do; returns at once."""
        self._ready: Future[Loaded] = Future()
        self._alive = True
        self._reason = UserError("The engine was closed.")
        self._taken: Taken = servers.take(address)
        self._connection = self._taken.connection
        self._lock = threading.Lock()  # protects _jobs, _alive and _reason
        self._jobs: dict[int, Job] = {}
        self._model: RemoteModel | None = None
        # On the connection's thread only:
        self._asked = asyncio.Event()
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._connection.soon(lambda: self._spawn(0, self._load()))

    @property
    def alive(self) -> bool:
        """Whether it still answers."""
        return self._alive

    @property
    def ready(self) -> Future[Loaded]:
        """What the server tells of the model, or the UserError why it does not."""
        return self._ready

    @property
    def pieces(self) -> Mapping[int, bytes]:
        """Bytes of every token that any answer mentioned."""
        return {} if self._model is None else self._model.names.pieces

    @property
    def pid(self) -> int | None:
        """None: no process of this machine holds the model."""
        return None

    @property
    def width(self) -> int:
        """How many calls it works on at the same time."""
        return self._connection.at_once

    def submit(self, job: Job, args: tuple[object, ...]) -> None:
        """Begin a call; the job's future ends with the answer, whatever happens."""
        with self._lock:
            if self._alive:
                self._jobs[job.number] = job
                self._connection.soon(lambda: self._spawn(job.number, self._answer(job, args)))
                return
        job.hear(Raised(job.number, self._reason), {})

    def submit_many(self, jobs: Sequence[Job], name: str, args: tuple[object, ...]) -> None:
        """One call for each of several requests of one prompt; a server batches by itself."""
        (requests,) = args
        if not isinstance(requests, tuple):
            raise TypeError(f"these are no arguments of {name}")
        for job, request in zip(jobs, requests, strict=True):
            self.submit(job, (request,))

    def cancel(self, number: int) -> None:
        """Close the connections of a job; its replies end with what stood by then."""
        with self._lock:
            known = number in self._jobs
        if known:
            self._connection.soon(lambda: self._stop(number))

    def close(self, reason: UserError | None = None) -> None:
        """End it; what runs ends with `reason`."""
        self._end(reason or self._reason)

    def _end(self, reason: UserError) -> None:
        with self._lock:
            if not self._alive:
                return
            self._alive, self._reason = False, reason
            jobs, self._jobs = list(self._jobs.values()), {}
        self._connection.soon(self._stop_all)
        if not self._ready.done():
            self._ready.set_exception(reason)
        for job in jobs:
            job.hear(Raised(job.number, reason), {})
        self._taken.release()

    def _spawn(self, number: int, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks[number] = task
        task.add_done_callback(lambda _task: self._tasks.pop(number, None))

    def _stop(self, number: int) -> None:
        task = self._tasks.get(number)
        if task is not None:
            task.cancel()

    def _stop_all(self) -> None:
        for task in list(self._tasks.values()):
            task.cancel()

    async def _load(self) -> None:
        try:
            self._model = await self._taken.model()
        except UserError as error:
            self._end(error)
        except Exception as error:  # noqa: BLE001  # logged; whoever waits must hear of it
            _log.exception("a server could not be asked what it can do")
            self._end(UserError(f"The server's answers make no sense: {type(error).__name__}."))
        else:
            self._asked.set()
            with self._lock:
                waits = self._alive and not self._ready.done()
            if waits:
                self._ready.set_result(self._model.loaded)

    async def _answer(self, job: Job, args: tuple[object, ...]) -> None:
        message: JobMessage
        try:
            await self._asked.wait()
            message = await self._call(job, args)
        except UserError as error:
            message = Raised(job.number, error)
        except asyncio.CancelledError:
            message = _stopped(job, args)
        except Exception as error:  # noqa: BLE001  # logged; whoever waits must hear of it
            _log.exception("a server's answer could not be understood")
            message = Raised(
                job.number,
                UserError(f"The server's answers make no sense: {type(error).__name__}."),
            )
        with self._lock:
            waits = self._jobs.pop(job.number, None) is not None
        if waits:
            self._tell(job, message)

    async def _call(self, job: Job, args: tuple[object, ...]) -> JobMessage:
        model = self._model
        if model is None:
            raise self._reason
        match job.name, args:
            case "generate" | "generate_many", (GenerateRequest() as request,):
                return _replies(job, await model.generate(request, self._teller(job)))
            case "tokenize", (str() as text, bool() as add_bos, bool() as parse):
                found = await model.tokenize(text, add_bos=add_bos, parse_special=parse)
                return Returned(job.number, found, {})
            case "score", (ScoreRequest() as request,):
                return Returned(job.number, await model.score(request, job.progress), {})
            case "choose", (ChooseRequest() as request,):
                return Returned(job.number, await model.choose(request, job.progress), {})
            case "choose_many", (ChooseManyRequest() as request,):
                several = await asyncio.gather(
                    *(model.choose(one, ignore_progress) for one in request.requests)
                )
                return Returned(job.number, tuple(several), {})
            case "pieces", (tuple() as ids,):
                known = model.names.pieces
                return Returned(job.number, {i: known[i] for i in ids if i in known}, {})
        raise not_from_server(_NAMES.get(job.name, job.name), self._taken.label)

    def _teller(self, job: Job) -> Callable[[int, TokenTable, str], None]:
        def tell(sample: int, table: TokenTable, text: str) -> None:
            self._tell(job, NewTokens(job.number, sample, table, text, {}))

        return tell

    def _tell(self, job: Job, message: JobMessage) -> None:
        try:
            job.hear(message, self.pieces)
        except Exception:  # noqa: BLE001  # logged; a bad sink must not end the other jobs
            _log.exception("an event of a server could not be delivered")


def _replies(job: Job, ended: Ended) -> Replies:
    return Replies(job.number, ended.ends, ended.timings, ended.error, ended.hint, ended.served)


def _stopped(job: Job, args: tuple[object, ...]) -> JobMessage:
    """A job that was cancelled before the server was asked."""
    match args:
        case (GenerateRequest() as request,):
            return Replies(job.number, ((Finish.CANCELLED, False),) * request.n_samples, Timings())
    return Raised(job.number, StoppedError("It was stopped."))
