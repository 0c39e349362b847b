"""A closed pool starts nothing: a thread that asks late would leave a process behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.sinks import KeepingSink

from workbench.core.errors import UserError
from workbench.core.sampling import Sampling
from workbench.core.types import EngineSettings, GenerateRequest
from workbench.engine.launch import launch
from workbench.engine.pool import EnginePool


def test_nothing_is_started_after_the_close(demo_model: Path) -> None:
    pool = EnginePool()
    settings = EngineSettings(n_ctx=256)
    pool.get(demo_model, settings).load().result()
    pool.close()
    pool.close()
    with pytest.raises(UserError, match="closed"):
        pool.get(demo_model, settings)
    assert pool.held(demo_model, settings) is None


def test_a_child_that_comes_late_is_ended(demo_model: Path) -> None:
    pool = EnginePool()
    settings = EngineSettings(n_ctx=256)
    launched = launch(demo_model, settings)
    pool.close()
    pool.adopt(demo_model, settings, launched)
    assert pool.held(demo_model, settings) is None


def test_a_model_that_takes_the_place_of_another_is_named_to_what_ran(
    demo_model: Path, small_demo_model: Path
) -> None:
    pool = EnginePool()
    settings = EngineSettings(n_ctx=256)
    endless = Sampling(max_tokens=100_000, ignore_eos=True)
    client = pool.get(demo_model, settings)
    client.load().result()
    job = client.generate(GenerateRequest((300, 301), endless, seed=1), KeepingSink())
    pool.get(small_demo_model, settings)
    error = job.future.exception(30)
    pool.close()
    assert isinstance(error, UserError)
    assert small_demo_model.stem in error.message
    assert "load the model again" in error.hint
