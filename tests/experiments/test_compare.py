"""Comparisons: waves by memory, every column recorded, cancels and deaths stay in their column."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from workbench.core.engine_settings import EngineSettings
from workbench.core.errors import StoppedError, UserError
from workbench.core.memory import DeviceKind, Room
from workbench.core.paths import Profile, assets_folder
from workbench.core.run import RunStatus
from workbench.core.sampling import Sampling
from workbench.core.tokens import TokenTable
from workbench.engine.gguf import read_header
from workbench.engine.pool import EnginePool
from workbench.experiments import compare_plan
from workbench.experiments import session as session_module
from workbench.experiments.compare import ColumnEnd, Comparison
from workbench.experiments.compare_diff import model_diff, words_changed
from workbench.experiments.compare_plan import Column, plan
from workbench.experiments.session import Prepared, Session, open_session
from workbench.history.experiments import get_experiment, list_experiments, placed_runs
from workbench.templates.prompt_file import raw_prompt

WAIT_S = 60.0
LONG = Sampling(max_tokens=8000, ignore_eos=True)
SHORT = Sampling(max_tokens=8, ignore_eos=True)
PROMPT = raw_prompt("Once upon a time")


def nothing(_column: int) -> None:
    """At the first tokens of a column."""


class Watching:
    """Keeps what happened; `act` is called once per column, at its first tokens."""

    def __init__(self, act: Callable[[int], None] = nothing) -> None:
        self._act = act
        self._begun: set[int] = set()
        self.started: list[int] = []
        self.texts: dict[int, str] = {}
        self.finished: dict[int, ColumnEnd] = {}
        self.ended = {number: threading.Event() for number in range(3)}

    def column_started(self, column: int, prepared: Prepared) -> None:
        """Keep the order."""
        assert prepared.tokens
        self.started.append(column)

    def column_prefill(self, column: int, done: int, total: int) -> None:
        """Not kept."""

    def column_tokens(
        self, column: int, sample: int, table: TokenTable, text: str, pieces: Mapping[int, bytes]
    ) -> None:
        """Keep the text."""
        self.texts[column] = self.texts.get(column, "") + text
        if column not in self._begun:
            self._begun.add(column)
            self._act(column)

    def column_finished(self, column: int, end: ColumnEnd) -> None:
        """Keep the end."""
        assert column not in self.finished
        self.finished[column] = end
        self.ended[column].set()


@pytest.fixture
def session(own_profile: Profile) -> Iterator[Session]:
    opened, _ = open_session(own_profile, EnginePool())
    yield opened
    opened.close()


@pytest.fixture
def q4_model() -> Path:
    return assets_folder() / "models" / "demo-2m-q4_0.gguf"


def column(model: Path, sampling: Sampling = SHORT, seed: int = 1, n_ctx: int = 512) -> Column:
    return Column(model, PROMPT, sampling, seed, settings=EngineSettings(n_ctx=n_ctx))


def compared(session: Session, columns: list[Column], sink: Watching) -> tuple[ColumnEnd, ...]:
    comparison = Comparison(session, columns, sink)
    comparison.start()
    return comparison.wait(WAIT_S)


def test_every_column_is_a_run_of_the_comparison(
    session: Session, demo_model: Path, q4_model: Path
) -> None:
    sink = Watching()
    columns = [column(demo_model), column(q4_model), column(demo_model, seed=2)]
    comparison = Comparison(session, columns, sink)
    comparison.start()
    ends = comparison.wait(WAIT_S)
    assert [w.columns for w in comparison.plan.waves] == [(0, 1, 2)]
    assert all(end.done for end in ends)
    placed = placed_runs(session.store, comparison.name)
    assert [p.place for p in placed] == [0, 1, 2]
    for place, end in zip(placed, ends, strict=True):
        assert end.outcome is not None
        assert place.run_id == end.outcome.start.run_id
        stored = session.store.get(place.run_id)
        assert stored.start.experiment == comparison.name
        assert stored.end is not None
        assert stored.end.result.samples[0].text == sink.texts[place.place]
    assert get_experiment(session.store, comparison.name).kind == "comparison"
    assert [e.name for e in list_experiments(session.store, "sweep")] == []
    changed = words_changed(0, 2, ends)
    assert changed is not None
    assert (changed.first_divergence is None) == (sink.texts[0] == sink.texts[2])
    found = model_diff(session, ends, 0, 1)
    assert found.tokens is not None
    assert len(found.tokens) == 8
    assert model_diff(session, ends, 0, 2).reason


def test_one_column_or_all_can_be_stopped(
    session: Session, demo_model: Path, q4_model: Path
) -> None:
    both = threading.Barrier(3, timeout=WAIT_S)

    def meet(_column: int) -> None:
        both.wait()

    sink = Watching(meet)
    comparison = Comparison(
        session, [column(demo_model, LONG, n_ctx=8192), column(q4_model, LONG, n_ctx=8192)], sink
    )
    comparison.start()
    both.wait()  # both speak
    comparison.cancel(0)
    assert sink.ended[0].wait(WAIT_S)
    assert 1 not in sink.finished
    comparison.cancel()
    ends = comparison.wait(WAIT_S)
    for end in ends:
        assert end.outcome is not None
        assert end.outcome.end.status is RunStatus.CANCELLED
        assert end.outcome.end.result.samples[0].text


def test_what_is_stopped_before_it_begins_never_runs(session: Session, demo_model: Path) -> None:
    sink = Watching()
    comparison = Comparison(session, [column(demo_model), column(demo_model, seed=2)], sink)
    comparison.cancel(1)
    comparison.start()
    ends = comparison.wait(WAIT_S)
    assert ends[0].done
    assert isinstance(ends[1].error, StoppedError)
    assert sink.started == [0]


@pytest.mark.spawned
def test_a_death_costs_one_column(session: Session, demo_model: Path, q4_model: Path) -> None:
    def kill(number: int) -> None:
        if number == 0:
            settings = comparison.plan.waves[0].settings[0]
            client = session.held(read_header(demo_model).info, settings)
            assert client is not None
            assert client.pid is not None
            os.kill(client.pid, signal.SIGKILL)

    sink = Watching(kill)
    comparison = Comparison(session, [column(demo_model, LONG, n_ctx=8192), column(q4_model)], sink)
    comparison.start()
    dead, alive = comparison.wait(WAIT_S)
    assert dead.outcome is not None
    assert dead.outcome.engine_died
    assert alive.done


def test_models_that_do_not_fit_together_wait(
    session: Session, demo_model: Path, q4_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    need = read_header(demo_model).memory_needed(512, EngineSettings().kv_type)
    for module in (compare_plan, session_module):
        monkeypatch.setattr(module, "memory_bytes", lambda: (10 * need, need + 1000))
    columns = [column(demo_model), column(q4_model), column(demo_model, seed=5)]
    made = plan(columns)
    assert [w.columns for w in made.waves] == [(0, 2), (1,)]
    assert made.waves[0].needed_bytes == need
    sink = Watching()
    ends = compared(session, columns, sink)
    assert all(end.done for end in ends)
    assert sink.started == [0, 2, 1]
    assert session.held(read_header(demo_model).info, EngineSettings(n_ctx=512)) is None


def test_models_that_fit_into_no_gpu_together_wait(demo_model: Path, q4_model: Path) -> None:
    columns = [column(demo_model), column(q4_model)]
    need = plan(columns[:1], room=Room(None), gpu=True).waves[0].need
    assert need is not None
    assert need.gpu > need.ram
    one = Room(10**12, need.gpu + 1000)
    assert [w.columns for w in plan(columns, room=one, gpu=True).waves] == [(0,), (1,)]
    assert not plan(columns, room=one, gpu=True).all_fit
    assert plan(columns, room=one, gpu=True).wave_of(1) == 1
    both = Room(10**12, 3 * need.gpu)
    assert [w.columns for w in plan(columns, room=both, gpu=True).waves] == [(0, 1)]
    assert [w.columns for w in plan(columns, room=one).waves] == [(0, 1)]  # no layer is moved
    everything_held = plan(columns, room=Room(0, 0), gpu=True, held=lambda _path, _settings: True)
    assert [w.columns for w in everything_held.waves] == [(0, 1)]


def test_a_loaded_model_says_what_it_computes_on(session: Session, demo_model: Path) -> None:
    settings = EngineSettings(n_ctx=512)
    session.load(demo_model, settings)
    client = session.held(read_header(demo_model).info, settings)
    assert client is not None
    assert any(d.kind is DeviceKind.CPU for d in client.devices().result(WAIT_S))
    assert client.pieces_of((70, 71)).result(WAIT_S).keys() == {70, 71}
    free, _ = session.memory()
    assert free.ram is None or free.ram > 0


def test_cores_are_shared_out(demo_model: Path, q4_model: Path) -> None:
    own = column(q4_model)
    chosen = Column(demo_model, PROMPT, SHORT, 1, settings=EngineSettings(n_ctx=512, n_threads=3))
    settings = plan([own, chosen]).waves[0].settings
    assert settings[0].n_threads == 0  # so small a model takes one thread by itself
    assert settings[1].n_threads == 3
    assert plan([own]).waves[0].settings[0].n_threads == 0
    with pytest.raises(UserError):
        plan([])
