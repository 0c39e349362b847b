"""Calls over several replicas of a model: nothing is lost, whatever happens to some of them."""

from __future__ import annotations

import os
import queue
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from workbench.core.errors import EngineDiedError, StoppedError, UserError
from workbench.core.sampling import Sampling
from workbench.core.types import (
    ChooseRequest,
    EngineSettings,
    Finish,
    GenerateRequest,
    Loaded,
    ScoreRequest,
)
from workbench.engine.client import EngineClient
from workbench.engine.messages import Call, JobMessage
from workbench.engine.relay import Relay
from workbench.engine.replicas import AHEAD, ATTEMPTS, Replica, ReplicaLostError, Replicas

SETTINGS = EngineSettings(n_ctx=512, n_threads=1)
WAIT_S = 60.0


class Near:
    """A replica in a process of this machine; `lose` ends it as a lost machine does."""

    def __init__(self, path: Path, number: int, asked: queue.SimpleQueue[Near]) -> None:
        self.place = f"machine {number}"
        self._asked = asked
        self.relay = Relay(path, SETTINGS)
        self.lost = False
        self.held = threading.Event()
        self.held.set()
        self._turn = 0
        self._threads = ThreadPoolExecutor(AHEAD)
        self._owed: list[Future[list[JobMessage]]] = []

    def ask(self, call: Call) -> Future[list[JobMessage]]:
        """On a thread, as over a network."""
        answer: Future[list[JobMessage]] = Future()
        turn, self._turn = self._turn, self._turn + 1
        self._owed.append(answer)
        self._asked.put(self)
        if self.lost:
            answer.set_exception(ReplicaLostError("no answer"))
        else:
            self._threads.submit(self._work, turn, call, answer)
        return answer

    def _work(self, turn: int, call: Call, answer: Future[list[JobMessage]]) -> None:
        self.held.wait(WAIT_S)
        said = self.relay.ask(turn, call)
        if not answer.done():
            answer.set_result(said)

    def cancel(self, number: int) -> None:
        """Passed on."""
        self.relay.cancel(number)

    def lose(self) -> None:
        """The machine is gone."""
        self.lost = True
        for answer in self._owed:
            if not answer.done():
                answer.set_exception(ReplicaLostError("no answer"))
        self.close()

    def close(self) -> None:
        """As told."""
        self.held.set()
        self.relay.close()
        self._threads.shutdown(wait=False)


class Room:
    """Replicas, and what was said of them."""

    def __init__(self, path: Path, count: int) -> None:
        self.path = path
        self.near: list[Near] = []
        self.asked: queue.SimpleQueue[Near] = queue.SimpleQueue()
        self.frozen = False
        self.said: list[str] = []
        self.change: Callable[[int, Loaded], Loaded] = lambda _number, loaded: loaded
        self.refuse: UserError | None = None
        self.client = EngineClient(path, SETTINGS, begin=self._begin)
        self._count = count

    def _begin(self, path: Path, settings: EngineSettings) -> Replicas:
        return Replicas(path, settings, self._start, self._count, self.said.append)

    def _start(self) -> Future[tuple[Replica, Loaded]]:
        started: Future[tuple[Replica, Loaded]] = Future()
        if self.refuse is not None:
            started.set_exception(self.refuse)
            return started
        one = Near(self.path, len(self.near), self.asked)
        if self.frozen:
            one.held.clear()
        self.near.append(one)
        started.set_result((one, self.change(len(self.near) - 1, one.relay.load())))
        return started


@pytest.fixture
def room(small_demo_model: Path) -> Iterator[Room]:
    made = Room(small_demo_model, 2)
    yield made
    made.client.close()


class Kept:
    """A sink that keeps the text."""

    def __init__(self) -> None:
        self.text = ""

    def prefill(self, done: int, total: int) -> None:
        """Not asked for."""

    def tokens(self, sample: int, table: object, text: str, pieces: object) -> None:
        """Whole replies arrive at once."""
        self.text += text


def requests(n: int, max_tokens: int = 12) -> list[GenerateRequest]:
    return [
        GenerateRequest(
            tuple(5 + (number * 7 + place) % 300 for place in range(20)),
            replace(Sampling(), max_tokens=max_tokens, temperature=1.0),
            seed=number,
            n_samples=2,
        )
        for number in range(n)
    ]


def said(client: EngineClient, wanted: list[GenerateRequest]) -> list[list[list[int]]]:
    jobs = [client.generate(request, Kept()) for request in wanted]
    results = [job.future.result(WAIT_S) for job in jobs]
    return [[sample.tokens.ids.tolist() for sample in result.samples] for result in results]


def test_two_replicas_say_what_one_engine_says(room: Room, small_demo_model: Path) -> None:
    assert room.client.width == 2
    alone = EngineClient(small_demo_model, SETTINGS)
    try:
        assert room.client.load().result(WAIT_S) == alone.load().result(WAIT_S)
        wanted = requests(12)
        assert said(room.client, wanted) == said(alone, wanted)
        score = ScoreRequest(wanted[0].prompt_ids)
        choose = ChooseRequest((5, 6, 7), ((8, 9), (10,)))
        a, b = (c.score(score).future.result(WAIT_S) for c in (room.client, alone))
        assert a.logprob.tobytes() == b.logprob.tobytes()
        a, b = (c.choose(choose).future.result(WAIT_S) for c in (room.client, alone))
        assert [x.logprob for x in a] == [x.logprob for x in b]
        many = [replace(request, prompt_ids=wanted[0].prompt_ids) for request in wanted[:3]]
        sinks = [Kept() for _ in many]
        jobs = room.client.generate_many(many, sinks)
        answers = [job.future.result(WAIT_S) for job in jobs]
        assert ["".join(s.text for s in answer.samples) for answer in answers] == [
            sink.text for sink in sinks
        ]
        for answer in answers:
            for sample in answer.samples:
                ids = sample.tokens.ids.tolist()
                assert all(token in answer.pieces for token in ids)
    finally:
        alone.close()
    asked = [room.asked.get_nowait() for _ in range(room.asked.qsize())]
    assert {id(one) for one in asked} == {id(one) for one in room.near}  # both had work
    assert room.said == []


def test_a_lost_replica_costs_only_what_it_held(room: Room, small_demo_model: Path) -> None:
    room.client.load().result(WAIT_S)
    first, _ = room.near
    first.held.clear()
    wanted = requests(10)
    jobs = [room.client.generate(request, Kept()) for request in wanted]
    jobs[-1].future.result(WAIT_S)  # the other one has done all the rest
    assert sum(not job.future.done() for job in jobs) == AHEAD
    first.lose()
    found = [[s.tokens.ids.tolist() for s in job.future.result(WAIT_S).samples] for job in jobs]
    alone = EngineClient(small_demo_model, SETTINGS)
    assert found == said(alone, wanted)
    alone.close()
    assert room.said == ["machine 0 was lost (no answer); 2 calls it held are asked again."]
    assert len(room.near) == 3  # another one took its place


def test_an_engine_that_dies_takes_one_call_with_it(room: Room) -> None:
    room.client.load().result(WAIT_S)
    wanted = requests(8, max_tokens=400)
    endless = [replace(r, sampling=replace(r.sampling, ignore_eos=True)) for r in wanted]
    jobs = [room.client.generate(request, Kept()) for request in endless]
    jobs[0].future.result(WAIT_S)  # both are at work, and each for a while
    for one in room.near:
        pid = one.relay._child.process.pid  # to kill what nobody else can name
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
    died = 0
    for job in jobs:
        try:
            assert all(s.finish is not Finish.ERROR for s in job.future.result(WAIT_S).samples)
        except EngineDiedError:
            died += 1
    assert 1 <= died <= 2
    assert room.said == []


def test_what_waits_and_what_runs_can_be_stopped(room: Room) -> None:
    room.client.load().result(WAIT_S)
    for one in room.near:
        one.held.clear()
    jobs = [room.client.generate(request, Kept()) for request in requests(6, max_tokens=400)]
    scored = room.client.score(ScoreRequest((5, 6, 7)))
    scored.cancel()
    with pytest.raises(StoppedError):
        scored.future.result(WAIT_S)
    for job in jobs:
        job.cancel()
    waiting = jobs[2 * AHEAD :]
    for job in waiting:
        ended = job.future.result(WAIT_S)
        assert [s.finish for s in ended.samples] == [Finish.CANCELLED] * 2
    for one in room.near:
        one.held.set()
    for job in jobs[: 2 * AHEAD]:
        assert len(job.future.result(WAIT_S).samples) == 2


def test_some_of_what_waits_together_can_be_stopped(room: Room) -> None:
    """They end at once, and are asked of nobody later; the others are made."""
    room.client.load().result(WAIT_S)
    for one in room.near:
        one.held.clear()
    running = [room.client.generate(request, Kept()) for request in requests(2 * AHEAD)]
    wanted = requests(4)
    jobs = room.client.generate_many(wanted, [Kept() for _ in wanted])
    for job in (jobs[0], jobs[2]):
        job.cancel()
        ended = job.future.result(WAIT_S)  # while nobody has room for what waits
        assert [s.finish for s in ended.samples] == [Finish.CANCELLED] * 2
    for one in room.near:
        one.held.set()
    made = [jobs[i].future.result(WAIT_S) for i in (1, 3)]
    alone = said(room.client, [wanted[1], wanted[3]])
    assert [[s.tokens.ids[:1].tolist() for s in one.samples] for one in made] == [
        [ids[:1] for ids in reply] for reply in alone
    ]
    assert all(job.future.result(WAIT_S).samples for job in running)


def test_replicas_whose_numbers_could_differ_are_not_mixed(small_demo_model: Path) -> None:
    room = Room(small_demo_model, 2)
    room.change = lambda number, loaded: (
        replace(loaded, engine=replace(loaded.engine, backend="gpu")) if number else loaded
    )
    try:
        assert len(said(room.client, requests(4))) == 4
        room.client.close()
        told = "machine 1 is not used: it computes on GPU, the first one on CPU."
        assert room.said == [told]
    finally:
        room.client.close()


def test_without_any_replica_everything_ends_with_the_reason(small_demo_model: Path) -> None:
    room = Room(small_demo_model, 2)
    room.refuse = UserError("No machine has room.")
    try:
        job = room.client.generate(requests(1)[0], Kept())
        with pytest.raises(UserError, match="No machine has room"):
            job.future.result(WAIT_S)
        room.refuse = None
        assert len(said(room.client, requests(1))) == 1  # the next call tries again
    finally:
        room.client.close()


def test_machines_that_go_on_dying_are_given_up(room: Room) -> None:
    room.frozen = True
    room.client.load().result(WAIT_S)
    job = room.client.generate(requests(1)[0], Kept())
    for _ in range(ATTEMPTS):
        room.asked.get(timeout=WAIT_S).lose()
    with pytest.raises(EngineDiedError, match="3 replicas were lost"):
        job.future.result(WAIT_S)
    assert len(room.said) == ATTEMPTS


def test_what_needs_shared_memory_is_refused(room: Room) -> None:
    job = room.client.head_summaries((5, 6, 7))
    with pytest.raises(UserError, match="cannot be read from a cluster"):
        job.future.result(WAIT_S)


def test_closing_ends_what_is_owed(small_demo_model: Path) -> None:
    room = Room(small_demo_model, 1)
    room.client.load().result(WAIT_S)
    room.near[0].held.clear()
    jobs = [room.client.generate(request, Kept()) for request in requests(3)]
    room.client.close(UserError("The program ends."))
    for job in jobs:
        with pytest.raises(UserError, match="The program ends"):
            job.future.result(WAIT_S)
    with pytest.raises(UserError, match="closed"):
        room.client.score(ScoreRequest((5, 6)))
