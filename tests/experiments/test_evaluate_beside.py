"""Items in words made beside each other: the same answers, whatever stops or kills them between."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.evaluations import (
    SETTINGS,
    WAIT_S,
    Watching,
    evaluated,
    plan_for,
    stored_items,
    word_rows,
    write_rows,
)

from workbench.core.errors import EngineDiedError
from workbench.core.paths import Profile, demo_model_path
from workbench.core.sampling import Sampling
from workbench.core.task import Item, Kind
from workbench.engine.gguf import read_header
from workbench.engine.jobs import Job
from workbench.engine.pool import EnginePool
from workbench.experiments.bench.evaluate import words_row
from workbench.experiments.evaluate.batches import Begun
from workbench.experiments.evaluate.generate import Heard
from workbench.experiments.evaluate.items import Asked
from workbench.experiments.evaluate.line import LOT_REPLIES, Line
from workbench.experiments.evaluate.outcome import Answered
from workbench.experiments.evaluate.runner import Evaluation
from workbench.experiments.evaluate.scoring import Scorer
from workbench.experiments.replay import replay
from workbench.experiments.session import Session, open_session
from workbench.experiments.tasks.load import load_task

SLOW = (Sampling(max_tokens=60, ignore_eos=True, temperature=0.0),)


@pytest.fixture
def session(own_profile: Profile) -> Iterator[Session]:
    opened, _ = open_session(own_profile, EnginePool())
    yield opened
    opened.close()


def kill_engine(session: Session, model: Path) -> None:
    """End its process, unless it is dead already."""
    client = session.held(read_header(model).info, SETTINGS)
    if client is not None and client.pid is not None:
        with suppress(ProcessLookupError):
            os.kill(client.pid, signal.SIGKILL)


def test_every_item_is_recorded_as_one_by_one(
    session: Session, demo_model: Path, tmp_path: Path
) -> None:
    """Item for item: prompts, seeds, answers; only what the batch shared is told otherwise."""
    rows = word_rows(80)
    rows[7]["question"] = "Was heißt „Käse“ 🦔 auf Japanisch 日本語?"
    rows[11]["question"] = "pear " * 900
    path = write_rows(tmp_path / "t.jsonl", rows)
    plan = plan_for(path, demo_model, n_samples=2, few_shot=1)
    _, one_by_one = evaluated(session, replace(plan, one_by_one=True))
    _, beside = evaluated(session, plan)
    assert [o.place for o in beside.outcomes] == [o.place for o in one_by_one.outcomes]
    same = n = 0
    for a, b in zip(beside.outcomes, one_by_one.outcomes, strict=True):
        assert (a.item_id, a.error, a.details) == (b.item_id, b.error, b.details)
        if a.error:
            assert "the context holds 512" in a.error
            continue
        x, y = (session.store.get(o.run_id or "") for o in (a, b))
        assert x.start.prompt_tokens == y.start.prompt_tokens
        assert (x.start.seed, x.start.text) == (y.start.seed, y.start.text)
        assert x.end is not None
        assert y.end is not None
        assert x.end.result.timings.beside > 0
        assert y.end.result.timings.beside == 0
        assert x.end.ended_us >= x.start.created_us
        for p, q in zip(a.evidence, b.evidence, strict=True):
            same, n = same + (p.prediction == q.prediction), n + 1
            assert p.timings == x.end.result.timings
    assert n == 2 * 78
    assert same >= 0.95 * n  # a tie may fall to the other side where kernels round otherwise
    assert session.store.count() == 2 * 78


def test_a_run_made_beside_others_replays(
    session: Session, demo_model: Path, tmp_path: Path
) -> None:
    path = write_rows(tmp_path / "t.jsonl", word_rows(6))
    _, end = evaluated(session, plan_for(path, demo_model))
    for outcome in end.outcomes:
        found = replay(session, session.store.get(outcome.run_id or ""))
        assert found.identical or found.verdict in ("near-tie noise", "different batch size")
        assert found.changed == ()
        assert not found.drift or "with other runs of its evaluation" in found.notes[-1]


def test_time_that_is_measured_is_each_replys_own(
    session: Session, small_demo_model: Path, tmp_path: Path
) -> None:
    """Who asks for speeds gets replies made alone; of others there is none to tell."""
    path = write_rows(tmp_path / "t.jsonl", word_rows(5))
    plan = plan_for(path, small_demo_model)
    speed = Scorer().measured("tokens_per_second", {})
    for asked, is_alone in ((replace(plan, metrics=(("latency", {}),)), True), (plan, False)):
        _, end = evaluated(session, asked, save=False)
        for outcome in end.outcomes:
            (evidence,) = outcome.evidence
            assert evidence.timings is not None
            assert (evidence.timings.beside == 0) is is_alone
            score = Scorer().score(speed, Item("x", Kind.GENERATE), outcome.evidence)
            assert (score.value is not None) is is_alone
            assert ("shared with other replies" in score.reason) is not is_alone


def test_the_engine_may_be_killed_in_the_middle_of_a_lot(
    session: Session, small_demo_model: Path, tmp_path: Path
) -> None:
    n = 2 * LOT_REPLIES + 20
    path = write_rows(tmp_path / "t.jsonl", word_rows(n))
    plan = plan_for(path, small_demo_model)

    def kill(_outcome: object, _progress: object) -> None:
        if len(sink.outcomes) in (5, 90):
            kill_engine(session, small_demo_model)

    sink = Watching(kill)
    evaluation = Evaluation(session, plan, load_task(path), sink)
    evaluation.start()
    end = evaluation.wait(WAIT_S)
    assert [o.error for o in end.outcomes] == [""] * n
    assert len({o.place for o in sink.outcomes}) == len(sink.outcomes) == n
    assert session.store.count() == n


def test_an_item_that_kills_every_engine_fails_alone(
    session: Session, small_demo_model: Path, tmp_path: Path
) -> None:
    """In a lot nobody knows whose fault it was: each of it is asked alone then."""
    path = write_rows(tmp_path / "t.jsonl", word_rows(8))
    plan = plan_for(path, small_demo_model, samplings=SLOW, n_samples=8)
    evaluation = Evaluation(session, plan, load_task(path), sink := Watching())
    finish = evaluation._finish

    def kill_and_finish(subject: Any) -> None:
        running = [one for one in evaluation._line.running if one.batch == (2,)]
        if running and not running[0].done:
            kill_engine(session, small_demo_model)
        finish(subject)

    evaluation._finish = kill_and_finish  # type: ignore[method-assign]  # the moment matters
    evaluation.start()
    end = evaluation.wait(WAIT_S)
    assert [bool(o.error) for o in end.outcomes] == [False, False, True, *[False] * 5]
    assert "SIGKILL" in end.outcomes[2].error
    assert sink.progress[-1].failed == 1
    _, again = evaluated(session, plan, name=evaluation.name)
    assert [o.error for o in again.outcomes] == [""] * 8
    assert session.store.count() == 8


def test_a_pause_takes_back_what_had_not_begun(
    session: Session, small_demo_model: Path, tmp_path: Path
) -> None:
    n = 3 * LOT_REPLIES
    path = write_rows(tmp_path / "t.jsonl", word_rows(n))
    plan = plan_for(path, small_demo_model, samplings=SLOW)
    waits = threading.Event()

    def pause(_outcome: object, _progress: object) -> None:
        if len(sink.outcomes) == 1:
            evaluation.pause()

    sink = Watching(pause)
    evaluation = Evaluation(session, plan, load_task(path), sink)
    go = evaluation._go

    class Gate(threading.Event):
        """Tells when somebody waits at it."""

        def wait(self, timeout: float | None = None) -> bool:
            waits.set()
            return super().wait(timeout)

    evaluation._go = gate = Gate()
    assert go.is_set()
    gate.set()
    evaluation.start()
    assert waits.wait(WAIT_S)  # nothing runs any more
    assert 1 <= len(sink.outcomes) < n
    assert not evaluation._line.running
    evaluation.go_on()
    end = evaluation.wait(WAIT_S)
    assert [o.error for o in end.outcomes] == [""] * n
    assert len(sink.outcomes) == n
    assert session.store.count() == n


def test_a_stop_is_heard_at_once_and_the_rest_is_asked_later(
    session: Session, small_demo_model: Path, tmp_path: Path
) -> None:
    n = 3 * LOT_REPLIES
    path = write_rows(tmp_path / "t.jsonl", word_rows(n))
    plan = plan_for(path, small_demo_model, samplings=SLOW)

    def stop(_outcome: object, _progress: object) -> None:
        evaluation.cancel()

    evaluation = Evaluation(session, plan, load_task(path), Watching(stop))
    evaluation.start()
    end = evaluation.wait(WAIT_S)
    assert end.stopped
    assert 1 <= len(end.outcomes) <= 2 * LOT_REPLIES  # what was handed over
    assert session.store.count() == len(end.outcomes)
    sink = Watching()
    again = Evaluation(session, plan, load_task(path), sink, name=evaluation.name)
    again.start()
    outcomes = again.wait(WAIT_S).outcomes
    assert [o.error for o in outcomes] == [""] * n
    assert {o.place for o in outcomes if o.kept} == {o.place for o in end.outcomes}
    assert session.store.count() == n


def test_a_killed_program_goes_on_where_it_was(small_demo_model: Path, tmp_path: Path) -> None:
    """No item is missing, none is made twice."""
    n = 300
    path = write_rows(tmp_path / "t.jsonl", word_rows(n))
    profile = tmp_path / "profile"
    base = [sys.executable, "-m", "workbench", "--profile", str(profile), "eval"]
    first = [*base, str(path), "-m", str(small_demo_model), "-s", "n_ctx=512", "--json",
             "-s", "max_tokens=60", "-s", "ignore_eos=true"]  # fmt: skip
    with subprocess.Popen(first, stdout=subprocess.DEVNULL) as process:
        while stored_items(profile) == 0 and process.poll() is None:
            with_timeout(process)
        process.kill()
    before = stored_items(profile)
    assert 0 < before < n
    rest = subprocess.run(
        [*base, "--resume", "last", "--json"], capture_output=True, check=False, timeout=WAIT_S
    )
    assert rest.returncode == 0, rest.stderr.decode()
    (model,) = json.loads(rest.stdout)["models"]
    assert [r["error"] for r in model["results"]] == [None] * n
    with sqlite3.connect(profile / "history.db") as connection:
        rows = connection.execute("SELECT status, beside FROM runs").fetchall()
    assert len(rows) == n
    assert {status for status, _ in rows} == {"done"}
    assert max(beside for _, beside in rows) > 0


def with_timeout(process: subprocess.Popen[bytes]) -> None:
    """Look again a little later."""
    try:
        process.wait(0.02)
    except subprocess.TimeoutExpired:
        return


class AnyWork:
    """Work of which only the job is looked at."""

    def __init__(self, number: int, stop: Callable[[int], None]) -> None:
        self.job = Job(number, "generate", stop)

    def answers(self) -> list[Answered]:
        """Nobody asks."""
        return []


def nobody(_number: int) -> None:
    """Nothing is to be stopped."""


def hand_over(
    line: Line, stop: Callable[[int], None] = nobody
) -> tuple[list[tuple[int, ...]], list[Job]]:
    """The next lot, under way."""
    lot = line.next_lot()
    works = [AnyWork(number, stop) for number, _ in enumerate(lot)]
    heard = [Heard() if len(lot) > 1 else None for _ in lot]
    line.begun(lot, [Begun(w, b, heard=h) for w, b, h in zip(works, lot, heard, strict=True)])
    return lot, [w.job for w in works]


def line_of(kinds: str, *, n_samples: int = 1, width: int = 1, beside: bool = True) -> Line:
    """A line of items: w is one in words, c a choice."""
    names = {"w": Kind.GENERATE, "c": Kind.CHOICE}
    items = [Asked(Item(str(i), names[kind]), ()) for i, kind in enumerate(kinds)]
    line = Line(items, n_samples)
    line.form([(i,) for i in range(len(kinds))], width=width, beside=beside)
    return line


def test_what_is_handed_over_together() -> None:
    assert line_of("wwwcww").next_lot() == [(0,), (1,), (2,)]
    assert line_of("cww").next_lot() == [(0,)]
    assert line_of("www", beside=False).next_lot() == [(0,)]
    assert len(line_of("w" * 200).next_lot()) == LOT_REPLIES
    assert len(line_of("w" * 200, n_samples=LOT_REPLIES // 4).next_lot()) == 4
    assert len(line_of("w" * 200, n_samples=1000).next_lot()) == 1
    assert len(line_of("w" * 20, width=3).next_lot()) == 7


def test_a_death_makes_suspects_of_a_lot_and_of_nobody_behind_it() -> None:
    line = line_of("w" * (2 * LOT_REPLIES + 3))
    _, jobs = hand_over(line)
    _, behind = hand_over(line)
    assert not line.has_room()
    jobs[5].future.set_result(None)
    for job in [*jobs[:5], *jobs[6:], *behind]:
        job.future.set_exception(EngineDiedError("gone"))
    first = line.answered()
    line.leave(first)
    assert not line.died(first)
    assert len(line.running) == LOT_REPLIES - 1  # those behind wait again
    assert list(line.waiting)[:2] == [(0,), (LOT_REPLIES,)]
    while line.running:
        one = line.answered()
        line.leave(one)
        if not one.is_answered:
            assert not line.died(one)
    assert len(line.waiting) == 2 * LOT_REPLIES + 2
    assert line.next_lot() == [(0,)]  # a suspect is alone
    _, (job,) = hand_over(line)
    assert not line.has_room()
    job.future.set_exception(EngineDiedError("gone"))
    one = line.answered()
    line.leave(one)
    assert line.died(one)  # now it is known whose fault it was


def test_two_lost_lots_end_the_lots() -> None:
    line = line_of("w" * 300)
    for lost in (1, 2):
        while len(line.next_lot()) == 1:
            _, (job,) = hand_over(line)
            job.future.set_result(None)
            line.leave(line.answered())
        _, jobs = hand_over(line)
        for job in jobs:
            job.future.set_exception(EngineDiedError("gone"))
        while line.running:
            one = line.answered()
            line.leave(one)
            line.died(one)
        while line.waiting[0] != (lost * LOT_REPLIES,):
            assert len(line.next_lot()) == 1
            hand_over(line)[1][0].future.set_result(None)
            line.leave(line.answered())
    assert len(line.next_lot()) == 1


def test_only_what_was_not_taken_up_is_taken_back() -> None:
    line = line_of("www")
    stopped: list[int] = []
    hand_over(line, stopped.append)
    heard = line.running[1].begun.heard
    assert heard is not None
    heard.prefill(0, 4)
    line.cancel(idle=True)
    assert stopped == [0, 2]
    line.cancel()
    assert stopped == [0, 2, 0, 1, 2]


@pytest.mark.timing
def test_items_beside_each_other_beat_one_by_one() -> None:
    """`workbench bench` holds the median to 1.5; here one pair on a busy machine is enough."""
    row = words_row(demo_model_path(), SETTINGS, 32, 5)
    assert (row.name, row.target) == ("eval_words", ">= 1.5")
    assert row.high >= 1.5
