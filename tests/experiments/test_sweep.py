"""Sweeps: every cell once, whatever stops or kills them in between."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from workbench.core.engine_settings import EngineSettings
from workbench.core.errors import UserError
from workbench.core.paths import Profile
from workbench.core.run import RunStatus
from workbench.core.sampling import Sampling
from workbench.engine.gguf import read_header
from workbench.engine.pool import EnginePool
from workbench.experiments.bench.sweep import sweep_row
from workbench.experiments.many_runs import Wanted
from workbench.experiments.replay import replay
from workbench.experiments.session import RunHandle, Session, open_session
from workbench.experiments.sweep import Cell, NoSink, Sweep, SweepProgress
from workbench.experiments.sweep_estimate import estimate
from workbench.experiments.sweep_plan import Axis, SweepPlan, checked, in_order
from workbench.experiments.sweep_store import done_cells, stored_plan
from workbench.history.experiments import placed_runs
from workbench.templates.prompt_file import raw_prompt

WAIT_S = 120.0
MANY = tuple(map(str, range(400)))
SETTINGS = EngineSettings(n_ctx=512)
PROMPT = raw_prompt("Once upon a time {{ name }} had")


def nothing(_cell: Cell) -> None:
    """At the end of a cell."""


class Watching:
    """Keeps cells and progress; `act` is called at every cell."""

    def __init__(self, act: Callable[[Cell], None] = nothing) -> None:
        self._act = act
        self.cells: list[Cell] = []
        self.progress: list[SweepProgress] = []

    def cell_finished(self, cell: Cell, progress: SweepProgress) -> None:
        """Keep both."""
        self.cells.append(cell)
        self.progress.append(progress)
        self._act(cell)


@pytest.fixture
def session(own_profile: Profile) -> Iterator[Session]:
    opened, _ = open_session(own_profile, EnginePool())
    yield opened
    opened.close()


def small(model: Path, *axes: Axis, n_samples: int = 2, **more: object) -> SweepPlan:
    plan = SweepPlan(
        axes=axes,
        models=(model,),
        prompts=(PROMPT,),
        values={"name": "Zoe"},
        sampling=Sampling(max_tokens=6, ignore_eos=True),
        seed=7,
        n_samples=n_samples,
        settings=SETTINGS,
    )
    return replace(plan, **more)  # type: ignore[arg-type]  # fields by name


GRID = (Axis("temperature", ("0", "0.7", "1.4")), Axis("top_p", ("0.8", "0.95")))


def test_a_grid_runs_every_cell_once(session: Session, demo_model: Path) -> None:
    sink = Watching()
    sweep = Sweep(session, small(demo_model, *GRID), sink)
    sweep.start()
    end = sweep.wait(WAIT_S)
    assert list(end.cells) == list(range(6))
    assert not end.stopped
    assert end.cells[3].at == {"temperature": "0.7", "top_p": "0.95"}
    assert end.cells[0].numbers["agreement"] == 1.0  # greedy
    assert end.cells[0].numbers["tokens"] == 6.0
    assert sink.progress[-1].done == 6
    assert sink.progress[-1].tokens == 6 * 2 * 6
    for cell in end.cells.values():
        assert cell.run_id is not None
        stored = session.store.get(cell.run_id)
        assert stored.start.experiment == sweep.name
        assert stored.start.sampling.temperature == float(cell.at["temperature"])
        assert stored.start.sampling.top_p == float(cell.at["top_p"])
        assert stored.end is not None
        assert tuple(s.text for s in stored.end.result.samples) == cell.texts


def test_a_stopped_sweep_goes_on_without_repeating(session: Session, demo_model: Path) -> None:
    sink = Watching(lambda cell: sweep.cancel() if cell.index == 1 else None)
    slow = Sampling(max_tokens=60, ignore_eos=True)
    sweep = Sweep(session, small(demo_model, *GRID, n_samples=48, sampling=slow), sink)
    sweep.start()
    first = sweep.wait(WAIT_S)
    assert first.stopped
    assert 2 <= len(first.cells) < 6
    name, plan = stored_plan(session.store, "last")
    assert (name, plan) == (sweep.name, sweep.plan)
    again = Sweep(session, plan, Watching(), name=name)
    again.start()
    end = again.wait(WAIT_S)
    assert list(end.cells) == list(range(6))
    assert {c.index for c in end.cells.values() if c.kept} == set(first.cells)
    for index, cell in first.cells.items():
        assert end.cells[index].texts == cell.texts
        assert end.cells[index].numbers["tokens"] == cell.numbers["tokens"]
    done = [p.place for p in placed_runs(session.store, name) if p.status is RunStatus.DONE]
    assert sorted(done) == list(range(6))
    assert set(done_cells(session.store, name)) == set(range(6))


@pytest.mark.spawned
def test_the_engine_may_be_killed_midway(session: Session, demo_model: Path) -> None:
    def kill(cell: Cell) -> None:
        if cell.index in (1, 3):
            client = session.held(read_header(demo_model).info, SETTINGS)
            if client is not None and client.pid is not None:
                os.kill(client.pid, signal.SIGKILL)

    plain = Sweep(session, small(demo_model, *GRID), Watching(), save=False)
    plain.start()
    expected = plain.wait(WAIT_S)
    sweep = Sweep(session, small(demo_model, *GRID), Watching(kill))
    sweep.start()
    end = sweep.wait(WAIT_S)
    assert [c.error for c in end.cells.values()] == [""] * 6
    assert [c.texts for c in end.cells.values()] == [c.texts for c in expected.cells.values()]
    done = [p.place for p in placed_runs(session.store, sweep.name) if p.status is RunStatus.DONE]
    assert sorted(done) == list(range(6))


def test_models_variables_and_lists(
    session: Session, demo_model: Path, small_demo_model: Path
) -> None:
    axes = (Axis("var:name", ("Zoe", "Tom")), Axis("model", ("large", "small")))
    plan = small(demo_model, *axes, models=(demo_model, small_demo_model))
    assert in_order(checked(plan, None)) == [0, 2, 1, 3]
    sweep = Sweep(session, plan, Watching(), save=False)
    sweep.start()
    cells = sweep.wait(WAIT_S).cells
    assert [c.at for c in cells.values()] == [
        {"var:name": n, "model": m} for n in ("Zoe", "Tom") for m in ("large", "small")
    ]
    assert cells[0].texts != cells[1].texts
    beside = Sweep(session, replace(plan, is_list=True), Watching(), save=False)
    beside.start()
    pairs = beside.wait(WAIT_S).cells
    assert [c.texts for c in pairs.values()] == [cells[0].texts, cells[3].texts]


def test_cells_of_any_prompt_are_made_beside_each_other(session: Session, demo_model: Path) -> None:
    """Item for item what runs of their own say; each knows that it was not alone."""
    names = tuple(f"{name} {i}" for i in range(6) for name in ("Zoe", "Käthe", "花子"))
    axes = (Axis("var:name", names), Axis("temperature", ("0", "0.9")))
    plan = small(demo_model, *axes)
    sweep = Sweep(session, plan, Watching())
    sweep.start()
    same = 0
    for cell in sweep.wait(WAIT_S).cells.values():
        assert cell.run_id is not None
        stored = session.store.get(cell.run_id)
        assert stored.start.text == f"Once upon a time {cell.at['var:name']} had"
        assert stored.end is not None
        # As many cells grow at once as there is room for, each of two replies.
        assert stored.end.result.timings.beside >= 4
        column = plan.column(cell.index, None)
        prepared = session.prepare(column.model, column.settings, column.prompt, column.values)
        alone = session.start(prepared, column.sampling, column.seed, 2, NoSink(), save=False)
        result = alone.wait().end.result
        same += tuple(s.text for s in result.samples) == cell.texts
        assert result.timings.beside == 0
    assert same >= 0.9 * plan.n_cells


def test_a_prompt_that_cannot_be_made_costs_only_its_own_cells(
    session: Session, demo_model: Path
) -> None:
    prompts = (PROMPT, raw_prompt("{{ name.nothing.at_all }}"), raw_prompt("Good day, {{ name }}"))
    axes = (Axis("prompt", ("a", "b", "c")), Axis("seed", ("1", "2")))
    sweep = Sweep(session, small(demo_model, *axes, prompts=prompts), Watching())
    sweep.start()
    cells = sweep.wait(WAIT_S).cells
    assert [bool(cells[cell].error) for cell in range(6)] == [
        False,
        False,
        True,
        True,
        False,
        False,
    ]
    again = Sweep(session, sweep.plan, Watching(), name=sweep.name)
    again.start()
    kept = again.wait(WAIT_S).cells
    assert [kept[cell].kept for cell in range(6)] == [True, True, False, False, True, True]


def test_the_engine_may_be_killed_under_cells_of_different_prompts(
    session: Session, demo_model: Path
) -> None:
    """Short replies end, and the engine dies under the long ones."""
    watching = Watching(lambda _cell: kill())

    def kill() -> None:
        client = session.held(read_header(demo_model).info, SETTINGS)
        if len(watching.cells) in (1, 10) and client is not None and client.pid is not None:
            with suppress(ProcessLookupError):  # it may be dead already
                os.kill(client.pid, signal.SIGKILL)

    axes = (
        Axis("var:name", tuple(f"Tom {i}" for i in range(8))),
        Axis("max_tokens", ("3", "200")),
    )
    sweep = Sweep(session, small(demo_model, *axes), watching)
    sweep.start()
    assert [c.error for c in sweep.wait(WAIT_S).cells.values()] == [""] * 16
    placed = placed_runs(session.store, sweep.name)
    assert sorted(p.place for p in placed if p.status is RunStatus.DONE) == list(range(16))
    assert any(p.status is RunStatus.FAILED for p in placed)  # some were under way


def test_a_cell_that_cannot_run_is_told_and_the_rest_goes_on(
    session: Session, demo_model: Path
) -> None:
    axes = (Axis("var:name", ("Zoe", "Zoe " * 600)),)
    sweep = Sweep(session, small(demo_model, *axes), Watching())
    sweep.start()
    end = sweep.wait(WAIT_S)
    assert end.cells[0].error == ""
    assert "the context holds 512" in end.cells[1].error
    assert end.cells[1].numbers == {}


def test_what_it_costs(session: Session, demo_model: Path) -> None:
    cost = estimate(session, small(demo_model, *GRID, n_samples=8), {0, 1})
    assert (cost.cells, cost.replies, cost.reply_tokens) == (4, 32, 4 * 8 * 6)
    assert cost.prompt_tokens > 4
    assert cost.seconds is not None
    assert cost.seconds > 0
    assert session.store.count() == 0


@pytest.mark.spawned
def test_an_engine_that_dies_again_and_again_costs_no_innocent_cell(
    session: Session, demo_model: Path
) -> None:
    """Cells that were under way when it died are tried alone: only a culprit would use up its
    tries."""
    killed: list[int] = []

    def kill(cell: Cell) -> None:
        if len(killed) < 4:
            client = session.held(read_header(demo_model).info, SETTINGS)
            if client is not None and client.pid is not None:
                killed.append(cell.index)
                os.kill(client.pid, signal.SIGKILL)

    slow = Sampling(max_tokens=60, ignore_eos=True)
    sweep = Sweep(session, small(demo_model, *GRID, n_samples=30, sampling=slow), Watching(kill))
    sweep.start()
    end = sweep.wait(WAIT_S)
    assert len(killed) == 4
    assert [c.error for c in end.cells.values()] == [""] * 6
    done = [p.place for p in placed_runs(session.store, sweep.name) if p.status is RunStatus.DONE]
    assert sorted(done) == list(range(6))


@pytest.mark.spawned
def test_a_cell_that_kills_the_engine_every_time_is_given_up(
    session: Session, demo_model: Path
) -> None:
    """Its neighbours are made; the engine is ended whenever the culprit is taken up again."""
    plan = small(demo_model, Axis("seed", ("1", "2", "3")))
    culprit = 1

    class Hostile(Sweep):
        """Ends the engine as soon as the culprit is handed to it."""

        def _start(self, wanted: Mapping[int, Wanted]) -> list[RunHandle]:
            handles = super()._start(wanted)
            client = session.held(read_header(demo_model).info, SETTINGS)
            if culprit in wanted and client is not None and client.pid is not None:
                os.kill(client.pid, signal.SIGKILL)
            return handles

    endless = replace(plan, sampling=Sampling(max_tokens=400, ignore_eos=True))
    sweep = Hostile(session, endless, Watching())
    sweep.start()
    end = sweep.wait(WAIT_S)
    assert [bool(c.error) for c in end.cells.values()] == [False, True, False]
    assert "SIGKILL" in end.cells[culprit].error


def test_a_setting_that_the_engine_refuses_fails_alone(session: Session, demo_model: Path) -> None:
    axes = (Axis("grammar", ('root ::= "a"', "root ::= b", 'root ::= "c"')),)
    sweep = Sweep(session, small(demo_model, *axes), Watching())
    sweep.start()
    end = sweep.wait(WAIT_S)
    assert [bool(c.error) for c in end.cells.values()] == [False, True, False]
    assert end.cells[2].texts == ("c", "c")


def test_a_model_that_does_not_fit_costs_only_its_own_cells(
    session: Session, demo_model: Path, tmp_path: Path
) -> None:
    """One of two models cannot be loaded: its cells say why, the others are made."""
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(demo_model.read_bytes()[:100_000])
    axes = (Axis("model", ("broken", "good")), Axis("seed", ("1", "2")))
    plan = small(demo_model, *axes, models=(broken, demo_model))
    sweep = Sweep(session, plan, Watching())
    sweep.start()
    end = sweep.wait(WAIT_S)
    assert [bool(end.cells[cell].error) for cell in range(4)] == [True, True, False, False]
    assert "broken.gguf" in end.cells[0].error
    huge = replace(plan, settings=EngineSettings(n_ctx=2**31 - 1), models=(demo_model,) * 2)
    too_large = Sweep(session, huge, Watching())
    too_large.start()
    errors = [cell.error for cell in too_large.wait(WAIT_S).cells.values()]
    assert all("memory" in error or "context" in error for error in errors), errors


def test_a_swept_run_replays(session: Session, demo_model: Path) -> None:
    """Made beside others and repeated alone: the same tokens, or rounding is named."""
    sweep = Sweep(session, small(demo_model, *GRID), Watching())
    sweep.start()
    for cell in sweep.wait(WAIT_S).cells.values():
        assert cell.run_id is not None
        found = replay(session, session.store.get(cell.run_id))
        assert found.identical or found.verdict == "near-tie noise"
        assert found.changed == ()


@pytest.mark.timing
def test_a_sweep_beats_its_runs_one_by_one() -> None:
    """`workbench bench` holds the median to 2; here a busy machine has some room."""
    row = sweep_row(3)
    assert (row.name, row.target) == ("sweep_batched", ">= 2")
    assert row.high >= 1.5


@pytest.mark.parametrize(
    ("axes", "more"),
    [
        ((), {}),
        ((Axis("temperature", ()),), {}),
        ((Axis("temperature", ("1", "1")),), {}),
        ((Axis("temperature", ("1",)), Axis("temp", ("2",))), {}),
        ((Axis("temperature", ("1", "2")), Axis("top_p", ("0.5",))), {"is_list": True}),
        ((Axis("temperature", ("1", "warm")),), {}),
        ((Axis("seed", ("1", "x")),), {}),
        ((Axis("var:nobody", ("1",)),), {}),
        ((Axis("warmth", ("1",)),), {}),
        ((Axis("model", ("a", "b")),), {}),
        ((Axis("top_k", MANY), Axis("seed", MANY)), {}),
    ],
)  # fmt: skip
def test_a_plan_that_cannot_run_is_refused(
    demo_model: Path, axes: tuple[Axis, ...], more: dict[str, object]
) -> None:
    with pytest.raises(UserError):
        checked(small(demo_model, *axes, **more), None)  # type: ignore[arg-type]  # as above
