"""Comparisons of the history: odd plans, runs that are gone, columns of older versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from workbench.core.engine_settings import EngineSettings, KvType
from workbench.core.errors import UserError
from workbench.core.paths import Profile
from workbench.core.sampling import Sampling
from workbench.experiments.compare_plan import Column, column_plan
from workbench.experiments.compare_stored import open_comparison, stored_comparisons
from workbench.experiments.session import Session, open_session
from workbench.history.experiments import StoredExperiment, add_experiment
from workbench.templates.prompt_file import raw_prompt


@pytest.fixture
def session(own_profile: Profile) -> Iterator[Session]:
    opened, _ = open_session(own_profile)
    yield opened
    opened.close()


def store(session: Session, name: str, *columns: Mapping[str, object]) -> None:
    plan = {"columns": list(columns)}
    add_experiment(session.store, StoredExperiment(name, "comparison", 7, plan)).result(10)


def test_a_plan_comes_back_as_it_was(session: Session) -> None:
    settings = EngineSettings(n_ctx=256, kv_type=KvType.Q8_0, lora=(("a.gguf", 0.5),))
    sampling = Sampling(temperature=0.3, max_tokens=9, stop=("END",))
    made = Column(
        Path("/models/x.gguf"),
        raw_prompt("{{ a }} said"),
        sampling,
        5,
        {"a": "Ben"},
        settings,
        3,
        "X",
    )
    store(session, "one", column_plan(made), column_plan(made))
    (entry,) = stored_comparisons(session)
    assert (entry.name, entry.created_us, entry.labels) == ("one", 7, ("X", "X"))
    column, _ = open_comparison(session, "one")
    assert (column.model, column.seed, column.n_samples) == (made.model, 5, 3)
    assert (column.sampling, column.settings) == (sampling, settings)
    assert column.values == {"a": "Ben"}
    assert column.prompt.prompt(raw_prompt("other")).text == "{{ a }} said"
    assert column.end.outcome is None
    assert "was deleted" in str(column.end.error)


def test_odd_plans_are_no_reason_to_stop(session: Session) -> None:
    store(session, "single", {"model": "x"})
    store(session, "odd", {}, {"sampling": {"of_the_future": 1}, "values": 3, "n_samples": 0})
    add_experiment(session.store, StoredExperiment("none", "comparison", 9, {})).result(10)
    assert [entry.name for entry in stored_comparisons(session)] == ["odd"]
    first, second = open_comparison(session, "odd")
    assert first.sampling == Sampling()
    assert (second.sampling, second.values, second.n_samples) == (None, {}, 1)
    assert open_comparison(session, "none") == ()
    with pytest.raises(UserError, match="no experiment missing"):
        open_comparison(session, "missing")
