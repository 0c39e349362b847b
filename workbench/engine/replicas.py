"""Several replicas of one model behind one client: each call goes to one that has room.

What a lost replica owed is asked of another, and a new replica is begun in its place. One thread
owns everything; whoever asks, cancels or answers leaves it a note.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from workbench.core.errors import EngineDiedError, StoppedError, UserError
from workbench.core.types import EngineSettings, Finish, GenerateRequest, Loaded, Timings
from workbench.engine.child import Child
from workbench.engine.jobs import Job
from workbench.engine.messages import Call, JobMessage, NewTokens, Part, Raised, Replies, Returned

_log = logging.getLogger("workbench.engine")

AHEAD = 2
"""Calls that a replica holds: one it works on, and the next, so that it never waits for it."""

ATTEMPTS = 3
"""How often a call is given to a replica that is lost while it works on it."""

_RESTARTS = 3  # new replicas begun for each one that was wanted, before it is given up
_OF_WORDS = frozenset({"tokenize", "infill", "vocabulary_hash", "pieces"})
_ONLY_HERE = frozenset({"rows", "attention", "head_summaries"})  # answered by shared memory


class ReplicaLostError(Exception):
    """The replica is gone, with all it held; the text says how that was noticed."""


class Replica(Protocol):
    """A model that is loaded somewhere. All methods return at once.

    Attributes:
        place: where it is, for people.
    """

    place: str

    def ask(self, call: Call) -> Future[list[JobMessage]]:
        """All that is said to a call; ends with ReplicaLostError when the replica is gone."""

    def cancel(self, number: int) -> None:
        """Stop a job it holds."""

    def close(self) -> None:
        """End it."""


Start = Callable[[], Future[tuple[Replica, Loaded]]]
"""Begins one more replica; the future ends with UserError when there will be none, and with
ReplicaLostError when its machine went away meanwhile."""


@dataclass(slots=True, eq=False)
class _Asked:
    """A call that is owed.

    Attributes:
        losses: replicas that were lost while they worked on it.
        innocent: whether the engine died under another call while this one waited behind it.
    """

    call: Call
    jobs: dict[int, Job]
    stopped: set[int] = field(default_factory=set)
    losses: int = 0
    innocent: bool = False

    def leave(self, number: int) -> None:
        """Ask no more for one of its jobs."""
        left = [n for n in self.jobs if n != number]
        match self.call.args:
            case (tuple() as requests,) if left:
                kept = tuple(r for n, r in zip(self.jobs, requests, strict=True) if n != number)
                self.call = replace(self.call, job=left[0], args=(kept,), more=tuple(left[1:]))
        self.jobs = {n: self.jobs[n] for n in left}


@dataclass(slots=True, eq=False)
class _Seat:
    """A replica at work; `held` in the order in which it was asked."""

    replica: Replica
    held: deque[tuple[_Asked, Future[list[JobMessage]]]] = field(default_factory=deque)


class Replicas:
    """A life of `count` replicas. Text is tokenised on this machine. See `Life`."""

    def __init__(
        self,
        path: Path,
        settings: EngineSettings,
        start: Start,
        count: int,
        tell: Callable[[str], None],
    ) -> None:
        """`tell` hears what a person should know: a replica that was lost, say."""
        self._path = path
        self._settings = settings
        self._start = start
        self._count = count
        self._tell = tell
        self.ready: Future[Loaded] = Future()
        self.pieces: dict[int, bytes] = {}
        self._lock = threading.Lock()  # protects _end and _words
        self._end: UserError | None = None
        self._words = Child(path, settings, words_only=True)
        self._notes: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._waiting: deque[_Asked] = deque()
        self._seats: list[_Seat] = []
        self._n_starting = 0
        self._n_begun = 0
        self._thread = threading.Thread(target=self._work, name="engine-replicas", daemon=True)
        for _ in range(count):
            self._notes.put(self._begin_one)
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Whether it still answers."""
        return self._end is None

    @property
    def pid(self) -> int | None:
        """The replicas are processes of their own machines."""
        return None

    @property
    def width(self) -> int:
        """How many replicas there should be."""
        return self._count

    def submit(self, job: Job, args: tuple[object, ...]) -> None:
        """Queue a call for the first replica that has room; calls about text are answered here."""
        if job.name in _OF_WORDS and self.alive:
            with self._lock:
                if not self._words.alive:
                    self._words.close()
                    self._words = Child(self._path, self._settings, words_only=True)
                words = self._words
            words.submit(job, args)
        elif job.name in _ONLY_HERE:
            job.future.set_exception(
                UserError(
                    f"{job.name.replace('_', ' ').capitalize()} cannot be read from a cluster.",
                    "Load the model on this machine for that.",
                )
            )
        else:
            self._owe(_Asked(Call(job.number, job.name, args, job.yields), {job.number: job}))

    def submit_many(self, jobs: Sequence[Job], name: str, args: tuple[object, ...]) -> None:
        """Queue one call that answers several jobs."""
        first, *more = (job.number for job in jobs)
        call = Call(first, name, args, more=tuple(more))
        self._owe(_Asked(call, {job.number: job for job in jobs}))

    def cancel(self, number: int) -> None:
        """Ask for a job to be stopped."""
        self._notes.put(partial(self._stop, number))

    def close(self, reason: UserError | None = None) -> None:
        """End the replicas; what runs ends with `reason`."""
        self._notes.put(partial(self._finish, reason or UserError("The engine was closed.")))
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _owe(self, asked: _Asked) -> None:
        self._notes.put(partial(self._take, asked))
        if not self._thread.is_alive():
            # The note may have come too late to be read.
            self._settle_rest()

    def _work(self) -> None:
        while self._end is None:
            self._notes.get()()
            self._hand_out()
        self._settle_rest()

    def _settle_rest(self) -> None:
        """Answer what was asked behind the end."""
        while True:
            try:
                note = self._notes.get_nowait()
            except queue.Empty:
                return
            note()

    def _take(self, asked: _Asked) -> None:
        if self._end is not None:
            _fail(asked, self._end)
        else:
            self._waiting.append(asked)

    def _hand_out(self) -> None:
        while self._waiting and self._seats and self._end is None:
            seat = min(self._seats, key=lambda s: len(s.held))
            if len(seat.held) >= AHEAD:
                return
            asked = self._waiting.popleft()
            answer = seat.replica.ask(asked.call)
            seat.held.append((asked, answer))
            answer.add_done_callback(partial(self._note_answer, seat))

    def _note_answer(self, seat: _Seat, _answer: Future[list[JobMessage]]) -> None:
        self._notes.put(partial(self._hear, seat))

    def _hear(self, seat: _Seat) -> None:
        """Take in what a replica has answered, in the order in which it was asked."""
        while seat.held and seat.held[0][1].done() and seat in self._seats:
            asked, answer = seat.held[0]
            error = answer.exception()
            if isinstance(error, ReplicaLostError):
                self._lose(seat, str(error))
                return
            seat.held.popleft()
            if error is None:
                self._deliver(seat, asked, answer.result())
            else:
                _fail(asked, error)

    def _deliver(self, seat: _Seat, asked: _Asked, messages: Sequence[JobMessage]) -> None:
        died = any(isinstance(m, Raised) and isinstance(m.error, EngineDiedError) for m in messages)
        if died and asked.innocent:
            asked.innocent = False
            self._waiting.appendleft(asked)
            return
        if died:
            for other, _ in seat.held:
                other.innocent = True
        for message in messages:
            # Before any of them is heard: one job's tokens may be named under another's.
            if isinstance(message, NewTokens | Part | Returned):
                self.pieces.update(message.pieces)
        for message in messages:
            self._tell_job(asked.jobs[message.job], message)

    def _tell_job(self, job: Job, message: JobMessage) -> None:
        try:
            job.hear(message, self.pieces)
        except Exception as error:  # noqa: BLE001  # a bad sink must not end the other jobs
            _log.exception("an answer could not be delivered")
            if not job.future.done():
                told = UserError(f"Internal error: {error!r}", "Please report this.")
                job.future.set_exception(told)

    def _lose(self, seat: _Seat, why: str) -> None:
        """A replica is gone: what it held is asked again, of others."""
        self._seats.remove(seat)
        self._tell(
            f"{seat.replica.place} was lost ({why}); "
            f"{_count(len(seat.held), 'call')} it held {'is' if len(seat.held) == 1 else 'are'} "
            "asked again."
        )
        again: list[_Asked] = []
        for place, (asked, _) in enumerate(seat.held):
            asked.losses += place == 0  # the others only waited behind it
            asked.innocent = False
            if asked.losses >= ATTEMPTS:
                error = EngineDiedError(
                    f"{asked.losses} replicas were lost while they worked on this.",
                    "It may need more memory than their machines have.",
                )
                _fail(asked, error)
            else:
                again.append(asked)
        seat.held.clear()
        self._waiting.extendleft(reversed(again))
        for asked in again:
            for number in list(asked.stopped):
                self._stop(number)
        self._begin_one()

    def _begin_one(self) -> None:
        if self._n_begun >= self._count * (1 + _RESTARTS):
            self._check_hope(UserError("Too many replicas were lost."))
            return
        self._n_begun += 1
        self._n_starting += 1
        starting = self._start()
        starting.add_done_callback(lambda future: self._notes.put(partial(self._started, future)))

    def _started(self, starting: Future[tuple[Replica, Loaded]]) -> None:
        self._n_starting -= 1
        error = starting.exception()
        if isinstance(error, ReplicaLostError):
            self._tell(f"A replica was lost ({error}) while it started.")
            self._begin_one()
            return
        if error is not None:
            self._tell(f"A replica did not start: {error}")
            self._check_hope(error)
            return
        replica, loaded = starting.result()
        if self._end is not None:
            replica.close()
            return
        if not self.ready.done():
            try:
                # Paths are those of this machine, wherever a replica keeps the file.
                self.ready.set_result(replace(loaded, model=self._words.ready.result().model))
            except UserError as wrong:
                replica.close()
                self._finish(wrong)
                return
        elif (other := _difference(self.ready.result(), loaded)) is not None:
            replica.close()
            self._tell(f"{replica.place} is not used: {other}.")
            self._check_hope(UserError(f"{replica.place} is not used: {other}."))
            return
        self._seats.append(_Seat(replica))

    def _check_hope(self, error: BaseException) -> None:
        """Give up when there is no replica and none is on its way."""
        if self._seats or self._n_starting or self._end is not None:
            return
        told = error if isinstance(error, UserError) else UserError(f"No replica started: {error}")
        self._finish(told)

    def _stop(self, number: int) -> None:
        for asked in self._waiting:
            if number in asked.jobs:
                self._tell_job(asked.jobs[number], _stopped(asked, number))
                asked.leave(number)
                if not asked.jobs:
                    self._waiting.remove(asked)
                return
        for seat in self._seats:
            for asked, _ in seat.held:
                if number in asked.jobs:
                    asked.stopped.add(number)
                    seat.replica.cancel(number)
                    return

    def _finish(self, reason: UserError) -> None:
        """The end: everything owed ends with the reason."""
        if self._end is not None:
            return
        with self._lock:
            self._end = reason
        owed = [*self._waiting, *(asked for seat in self._seats for asked, _ in seat.held)]
        seats, self._seats = self._seats, []
        self._waiting.clear()
        if not self.ready.done():
            self.ready.set_exception(reason)
        for asked in owed:
            _fail(asked, reason)
        for seat in seats:
            seat.replica.close()
        self._words.close(reason)


def _difference(a: Loaded, b: Loaded) -> str | None:
    """Why answers of two replicas could differ; None when they could not."""
    if a.engine.llama_cpp_python != b.engine.llama_cpp_python:
        versions = f"{b.engine.llama_cpp_python}, the first one {a.engine.llama_cpp_python}"
        return f"it runs llama-cpp-python {versions}"
    if a.engine.backend != b.engine.backend:
        backends = f"{b.engine.backend.upper()}, the first one on {a.engine.backend.upper()}"
        return f"it computes on {backends}"
    if a.engine.n_ctx != b.engine.n_ctx:
        return f"its context is {b.engine.n_ctx:,} tokens, the first one's {a.engine.n_ctx:,}"
    return None


def _fail(asked: _Asked, error: BaseException) -> None:
    for job in asked.jobs.values():
        if not job.future.done():
            job.future.set_exception(error)


def _stopped(asked: _Asked, number: int) -> Replies | Raised:
    """The answer to a call that was stopped before anybody worked on it."""
    match asked.call.args:
        case (GenerateRequest() as request,):
            wanted = request
        case (tuple() as requests,) if asked.call.name == "generate_many":
            wanted = requests[list(asked.jobs).index(number)]
        case _:
            return Raised(number, StoppedError("It was stopped."))
    return Replies(number, ((Finish.CANCELLED, False),) * wanted.n_samples, Timings())


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
