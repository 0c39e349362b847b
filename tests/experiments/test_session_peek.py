"""Looks at the next token, and chat templates other than the model's own, on the real engine."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from workbench.core.engine_settings import EngineSettings
from workbench.core.errors import StoppedError, UserError
from workbench.core.paths import Profile
from workbench.core.sampling import Sampling
from workbench.core.tokens import TokenTable
from workbench.experiments.live_run import RunOutcome
from workbench.experiments.session import Prepared, Session, open_session
from workbench.templates.prompt_file import parse_prompt, raw_prompt

WAIT_S = 60.0
SETTINGS = EngineSettings(n_ctx=1024)
CHAT = parse_prompt("messages:\n  - role: user\n    content: Say {{ word }}.\n", "say")
OWN_FORMAT = "{% for m in messages %}[{{ m.role }}] {{ m.content }}\n{% endfor %}>"


class Silent:
    """A run's sink that keeps nothing."""

    def run_prefill(self, run_id: str, done: int, total: int) -> None:
        """Not kept."""

    def run_tokens(
        self, run_id: str, sample: int, table: TokenTable, text: str, pieces: Mapping[int, bytes]
    ) -> None:
        """Not kept."""

    def run_finished(self, outcome: RunOutcome) -> None:
        """Not kept."""


@pytest.fixture
def session(own_profile: Profile) -> Iterator[Session]:
    made, _ = open_session(own_profile)
    yield made
    made.close()


def _raw(session: Session, demo_model: Path, text: str) -> Prepared:
    return session.prepare(demo_model, SETTINGS, raw_prompt(text, "raw"), {})


def test_a_look_adds_up_and_is_what_greedy_says(session: Session, demo_model: Path) -> None:
    prepared = _raw(session, demo_model, "The capital of France is")
    found = session.peek(prepared, 5).wait(WAIT_S)
    assert len(found.candidates) == 5
    ps = [math.exp(c.logprob) for c in found.candidates]
    assert ps == sorted(ps, reverse=True)
    assert sum(ps) + found.rest == pytest.approx(1.0, abs=1e-4)
    assert found.entropy > 0.0
    assert found.ms > 0.0
    greedy = Sampling(temperature=0.0, max_tokens=1)
    run = session.start(prepared, greedy, 1, 1, Silent(), save=False).wait(WAIT_S)
    assert int(run.end.result.samples[0].tokens.ids[0]) == found.candidates[0].id


def test_a_second_look_uses_the_cache(session: Session, demo_model: Path) -> None:
    session.peek(_raw(session, demo_model, "One day Zoe saw")).wait(WAIT_S)
    longer = _raw(session, demo_model, "One day Zoe saw a red")
    found = session.peek(longer).wait(WAIT_S)
    assert 0 < found.cached_tokens < len(longer.tokens)


def test_a_prompt_that_is_too_long_says_both_numbers(session: Session, demo_model: Path) -> None:
    prepared = _raw(session, demo_model, "A fox saw a lamp. " * 400)
    with pytest.raises(UserError, match="1,024") as caught:
        session.peek(prepared).wait(WAIT_S)
    assert f"{len(prepared.tokens):,}" in caught.value.message


def test_a_cancelled_look_ends(session: Session, demo_model: Path) -> None:
    prepared = _raw(session, demo_model, "A fox saw a lamp. " * 100)
    busy = session.start(
        prepared, Sampling(max_tokens=200, ignore_eos=True), 1, 1, Silent(), save=False
    )
    look = session.peek(prepared)
    look.cancel()
    with pytest.raises(StoppedError):
        look.wait(WAIT_S)
    busy.wait(WAIT_S)


def test_a_look_loads_no_model(session: Session, demo_model: Path, small_demo_model: Path) -> None:
    prepared = _raw(session, demo_model, "One day")
    session.load(small_demo_model, SETTINGS)
    with pytest.raises(StoppedError):
        session.peek(prepared)


def test_a_chosen_chat_template_is_used_and_recorded(session: Session, demo_model: Path) -> None:
    prepared = session.prepare(
        demo_model, SETTINGS, CHAT, {"word": "moon"}, chat_template=OWN_FORMAT
    )
    assert prepared.rendered.text == "[user] Say moon.\n>"
    assert prepared.chat_template == OWN_FORMAT
    run = session.start(prepared, Sampling(max_tokens=2), 1, 1, Silent()).wait(WAIT_S)
    assert run.start.chat_template == OWN_FORMAT
    assert session.store.get(run.start.run_id).start.chat_template == OWN_FORMAT


def test_without_a_choice_the_models_own_is_recorded(session: Session, demo_model: Path) -> None:
    prepared = session.prepare(demo_model, SETTINGS, CHAT, {"word": "moon"})
    assert prepared.chat_template == prepared.loaded.model.chat_template is not None
    assert _raw(session, demo_model, "x").chat_template is None


def test_a_chat_template_that_fails_names_its_line_and_what_it_got(
    session: Session, demo_model: Path
) -> None:
    broken = "{{ bos_token }}\n{% for m in messages %}\n{{ m.content + 1 }}{% endfor %}"
    with pytest.raises(UserError, match="chat template, line 3") as caught:
        session.prepare(demo_model, SETTINGS, CHAT, {"word": "moon"}, chat_template=broken)
    assert "user" in caught.value.hint
    assert '"add_generation_prompt": true' in caught.value.details
