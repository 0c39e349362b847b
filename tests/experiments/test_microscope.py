"""The microscope and what-if through a session: forks, models that are not loaded, documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from workbench.core.engine_settings import EngineSettings
from workbench.core.errors import UserError
from workbench.core.paths import Profile
from workbench.core.sampling import Sampling
from workbench.core.tokens import TokenTable
from workbench.experiments.branches import Reply, fork_at, start_fork, stored_reply
from workbench.experiments.live_run import RunOutcome
from workbench.experiments.microscope import Walk, begun, engine_of
from workbench.experiments.session import Session, open_session
from workbench.experiments.what_if import WhatIfRun, forbidden, is_constrained, verdict
from workbench.templates.prompt_file import raw_prompt

SETTINGS = EngineSettings(n_ctx=1024)
SAMPLING = Sampling(max_tokens=12, ignore_eos=True, temperature=1.2, xtc_probability=0.5)


class Silent:
    """A sink that keeps nothing."""

    def run_prefill(self, run_id: str, done: int, total: int) -> None:
        """Not kept."""

    def run_tokens(
        self, run_id: str, sample: int, table: TokenTable, text: str, pieces: Mapping[int, bytes]
    ) -> None:
        """Not kept."""

    def run_finished(self, outcome: RunOutcome) -> None:
        """Not kept."""


@pytest.fixture
def looking(own_profile: Profile) -> Iterator[Session]:
    """A session of the test's own."""
    session, _ = open_session(own_profile)
    yield session
    session.close()


def reply_of(session: Session, model: Path, sampling: Sampling = SAMPLING) -> Reply:
    """A finished reply."""
    prepared = session.prepare(model, SETTINGS, raw_prompt("Once upon a time"), {})
    outcome = session.start(prepared, sampling, 4, 1, Silent()).wait(60)
    return stored_reply(outcome.start, outcome.end, 0)


def nothing(_start: int, _part: object) -> None:
    """Parts nobody looks at."""


def test_every_token_of_a_fork_has_its_own_numbers(looking: Session, demo_model: Path) -> None:
    parent = reply_of(looking, demo_model)
    loaded = looking.load(demo_model, SETTINGS)
    given = (int(parent.tokens.top_ids[5, 7]),)
    fork = fork_at(parent, 5, given, loaded.vocab.special_texts)
    outcome = start_fork(looking, fork, loaded, SETTINGS, SAMPLING, 9, 1, Silent(), save=True).wait(
        60
    )
    reply = stored_reply(outcome.start, outcome.end, 0)
    assert begun(parent) == 0
    assert begun(reply) == 6
    client = engine_of(looking, reply.start)
    found = WhatIfRun(client, reply, SAMPLING, nothing).wait(60)
    assert found.p[6:].tolist() == reply.tokens.p_sampled[6:].tolist()
    judged = verdict(found, reply.tokens)
    # What was put there was not drawn.
    assert judged.n_before == len(reply.tokens) - 1
    for index in (2, 5, 6, len(reply.tokens) - 1):
        picture = Walk(client, reply, index, SAMPLING).wait(60)
        (said,) = [t for t in picture.tokens if t.said]
        assert said.id == int(reply.tokens.ids[index])
        expected = float(np.exp(reply.tokens.logprob[index]))
        assert said.p[0] == pytest.approx(expected, rel=1e-3, abs=1e-6)
        if index >= 6:
            assert picture.drawn == said.id
            assert said.p[-1] == pytest.approx(float(found.p[index]), rel=1e-4)


def test_a_grammar_that_fights_the_prompt_is_told(looking: Session, demo_model: Path) -> None:
    free = reply_of(looking, demo_model)
    held = reply_of(looking, demo_model, replace(SAMPLING, grammar="root ::= [0-9]+"))
    client = engine_of(looking, held.start)
    found = WhatIfRun(client, held, held.start.sampling, nothing).wait(60)
    assert is_constrained(found)
    rows = forbidden(found, held.tokens, {**client.pieces, **held.pieces})
    assert rows[0].index == 0
    assert rows[0].grammar > 0.5
    assert rows[0].wanted[0].id == int(free.tokens.top_ids[0, 0])
    assert rows[0].said.strip("0123456789") == ""


def test_a_model_that_is_not_loaded_is_named(
    looking: Session, demo_model: Path, small_demo_model: Path
) -> None:
    reply = reply_of(looking, demo_model)
    looking.load(small_demo_model, SETTINGS)
    with pytest.raises(UserError, match="not loaded"):
        engine_of(looking, reply.start)


def test_other_engine_settings_do_unless_they_change_the_model(
    looking: Session, demo_model: Path
) -> None:
    reply = reply_of(looking, demo_model)
    start = reply.start
    longer = replace(start, settings=replace(start.settings, n_ctx=512, n_threads=2))
    client = engine_of(looking, longer)
    assert client is engine_of(looking, start)
    again = Reply(longer, 0, reply.tokens, reply.pieces)
    found = WhatIfRun(client, again, SAMPLING, nothing).wait(60)
    assert found.p.tolist() == reply.tokens.p_sampled.tolist()
    adapted = replace(start, settings=replace(start.settings, lora=(("a.gguf", 1.0),)))
    with pytest.raises(UserError, match="same adapters"):
        engine_of(looking, adapted)


def test_another_file_under_the_same_name_is_refused(looking: Session, demo_model: Path) -> None:
    reply = reply_of(looking, demo_model)
    other = replace(reply.start, model=replace(reply.start.model, size_bytes=7))
    with pytest.raises(UserError, match="is not the one"):
        engine_of(looking, other)
