"""What a sweep costs on a recurrent model, whose different prompts go one after another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from reference.odd_models import write_hybrid

from workbench.core.engine_settings import EngineSettings
from workbench.core.paths import Profile
from workbench.core.sampling import Sampling
from workbench.engine.pool import EnginePool
from workbench.experiments.run_handle import RunHandle
from workbench.experiments.session import Session, open_session
from workbench.experiments.sweep_estimate import estimate
from workbench.experiments.sweep_plan import Axis, SweepPlan
from workbench.templates.prompt_file import raw_prompt

NAMES = Axis("var:name", ("Zoe", "Bob", "Ann", "Tim", "Mia"))


class Counting(Session):
    """Notes how many replies each trial makes at once."""

    tried: list[int]

    def start(self, *arguments: Any, **named: Any) -> RunHandle:
        """Note it."""
        self.tried.append(arguments[3])
        return super().start(*arguments, **named)


@pytest.fixture
def session(own_profile: Profile) -> Iterator[Counting]:
    plain, _ = open_session(own_profile, EnginePool(), history=False)
    plain.close()
    opened = Counting(own_profile, plain.library, EnginePool())
    opened.tried = []
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def hybrid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_hybrid(tmp_path_factory.mktemp("recurrent") / "hybrid.gguf")


def planned(model: Path, *axes: Axis, n_samples: int = 1) -> SweepPlan:
    return SweepPlan(
        axes=axes,
        models=(model,),
        prompts=(raw_prompt("Once upon a time {{ name }} had"),),
        values={"name": "Zoe"},
        sampling=Sampling(max_tokens=20, ignore_eos=True),
        seed=7,
        n_samples=n_samples,
        settings=EngineSettings(n_ctx=512, n_threads=1),
    )


def test_different_prompts_are_taken_one_at_a_time(
    session: Counting, hybrid: Path, demo_model: Path
) -> None:
    cost = estimate(session, planned(hybrid, NAMES), ())
    assert session.tried == [1]
    assert (cost.replies, cost.reply_tokens, cost.one_by_one) == (5, 5 * 20, True)
    assert cost.seconds is not None
    session.tried.clear()
    cost = estimate(session, planned(demo_model, NAMES), ())
    assert (session.tried, cost.one_by_one) == ([5], False)


def test_replies_to_one_prompt_still_grow_beside_each_other(
    session: Counting, hybrid: Path
) -> None:
    seeds = Axis("seed", ("1", "2", "3"))
    cost = estimate(session, planned(hybrid, seeds, n_samples=2), ())
    assert (session.tried, cost.one_by_one) == ([4], False)
    session.tried.clear()
    # A sweep that goes on has more cells left of some prompts than of others.
    cost = estimate(session, planned(hybrid, NAMES, seeds), {0, 1, 3})
    assert cost.one_by_one
    assert sorted(session.tried) == [1, 2]
    assert cost.replies == 12


@pytest.mark.parametrize("count", [1, 2, 3, 48, 1000])
def test_a_trial_promises_no_more_than_there_is(
    session: Counting, hybrid: Path, count: int
) -> None:
    estimate(session, planned(hybrid, Axis("top_k", ("3",)), n_samples=count), ())
    assert session.tried == [{1: 1, 2: 2, 3: 2, 48: 32, 1000: 32}[count]]
