"""The remote engine against llama-cpp-python's own server: the same texts, the same figures."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from support.exporting import LIBRARY
from support.llama_server import LlamaServer, llama_server

from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.paths import Profile, demo_model_path
from workbench.core.remote import parse_address
from workbench.core.run import RunStatus
from workbench.core.sampling import Sampling
from workbench.core.types import EngineSettings, Finish
from workbench.experiments.compare import Comparison
from workbench.experiments.compare_plan import Column
from workbench.experiments.direct import DirectEngine, direct_engine
from workbench.experiments.live_run import RunOutcome
from workbench.experiments.session import Session, open_session
from workbench.experiments.weigh import weigh
from workbench.templates.prompt_file import PromptFile, load_prompt, parse_prompt
from workbench.templates.variables import coerce_values

pytestmark = [pytest.mark.consumer, pytest.mark.timeout(300), pytest.mark.xdist_group("server")]

LOCAL = EngineSettings(n_threads=1, n_ctx=1024)
SHORT = Sampling(temperature=0.0, max_tokens=24)
RAW = parse_prompt("text: 'The capital of France is'\nname: raw\n", "raw")
STORY = parse_prompt("text: 'Once upon a time'\nname: story\n", "story")
CHATS = ("capital-city", "yes-or-no", "translate-word")
CLOSE = 1e-3


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LlamaServer]:
    """The server, with logits of every token, as `echo` and `logprobs` need them there."""
    options = ("--logits_all", "true", "--flash_attn", "true", "--model_alias", "demo")
    with llama_server(tmp_path_factory.mktemp("remote"), *options) as running:
        yield running


@pytest.fixture
def session(own_profile: Profile) -> Iterator[Session]:
    """A session that knows both engines."""
    made, _ = open_session(own_profile)
    yield made
    made.close()


def address(server: LlamaServer) -> Path:
    """The server's model in the place of a file's path."""
    return parse_address(f"{server.url}#demo").path


class _Sink:
    """Nothing is shown."""

    def run_prefill(self, run_id: str, done: int, total: int) -> None: ...

    def run_tokens(self, *_: object) -> None: ...

    def run_finished(self, outcome: RunOutcome) -> None: ...


def run(session: Session, model: Path, prompt: PromptFile, sampling: Sampling) -> RunOutcome:
    """A recorded run."""
    values = coerce_values(prompt, {}, LIBRARY)
    prepared = session.prepare(model, LOCAL, prompt, values)
    return session.start(prepared, sampling, 1, 1, _Sink()).wait(100)


@pytest.mark.parametrize("name", ["raw", "story", *CHATS])
def test_greedy_text_and_token_probabilities_are_the_local_engines(
    session: Session, server: LlamaServer, name: str
) -> None:
    known = {"raw": RAW, "story": STORY}
    prompt = known.get(name) or load_prompt(LIBRARY.find(name))
    ours = run(session, demo_model_path(), prompt, SHORT).end
    theirs = run(session, address(server), prompt, SHORT).end
    assert (ours.status, theirs.status) == (RunStatus.DONE, RunStatus.DONE), theirs.result.error
    (a,), (b,) = ours.result.samples, theirs.result.samples
    assert b.text.strip() == a.text.strip()
    assert a.text.strip()
    said = [ours.result.pieces[i] for i in a.tokens.ids.tolist()]
    told = [theirs.result.pieces[i] for i in b.tokens.ids.tolist()]
    # A token that ends the reply is not streamed there.
    assert [p.strip() for p in told] == [p.strip() for p in said[: len(told)]]
    assert len(said) - len(told) in (0, 1)
    n = len(told)
    p_ours, p_theirs = np.exp(a.tokens.logprob[:n]), np.exp(b.tokens.logprob)
    assert not np.isnan(p_theirs).any()
    assert float(np.abs(p_ours - p_theirs).max()) < CLOSE
    best_ours, best_theirs = a.tokens.top_logprob[:n, 0], b.tokens.top_logprob[:, 0]
    assert float(np.abs(np.exp(best_ours) - np.exp(best_theirs)).max()) < CLOSE
    assert np.isnan(b.tokens.entropy).all()


def test_a_given_text_and_choices_are_scored_alike(
    server: LlamaServer, own_profile: Profile
) -> None:
    texts = (" Paris.", " Rome.", " a small town in the north")
    scored = []
    for model in (demo_model_path(), address(server)):
        with direct_engine(model, LOCAL, LIBRARY, own_profile) as engine:
            scored.append(_scored(engine, texts))
    (ours, ours_choices), (theirs, theirs_choices) = scored
    known = ~np.isnan(theirs)
    assert known.sum() == len(theirs) - 2  # the BOS, and the first token behind it
    assert float(np.abs(np.exp(ours[known]) - np.exp(theirs[known])).max()) < CLOSE
    assert np.allclose(ours_choices, theirs_choices, atol=0.02)


def _scored(engine: DirectEngine, texts: tuple[str, ...]) -> tuple[np.ndarray, list[float]]:
    read = engine.read(RAW, {})
    table = engine.score(read.ids, 0, 5, lambda _done, _total: None)
    choices = engine.choose(read, texts, lambda _done, _total: None)
    return table.logprob, [choice.logprob for choice in choices]


def test_side_by_side_with_a_local_model(session: Session, server: LlamaServer) -> None:
    columns = [
        Column(model, RAW, SHORT, 1, settings=LOCAL, label=str(n))
        for n, model in enumerate((demo_model_path(), address(server)))
    ]
    comparison = Comparison(session, columns, _Columns())
    comparison.start()
    ends = comparison.wait(100)
    texts = [e.outcome.end.result.samples[0].text for e in ends if e.outcome is not None]
    assert len(texts) == 2
    assert texts[0].strip() == texts[1].strip()


class _Columns:
    """Nothing is shown."""

    def column_started(self, *_: object) -> None: ...

    def column_prefill(self, *_: object) -> None: ...

    def column_tokens(self, *_: object) -> None: ...

    def column_finished(self, *_: object) -> None: ...


def test_answers_are_weighed(session: Session, server: LlamaServer) -> None:
    found = weigh(session, address(server), LOCAL, RAW, {}, (" Paris", " Berlin"), CancelToken())
    assert found[0].logprob > found[1].logprob


def test_a_server_without_logits_says_so(tmp_path: Path, own_profile: Profile) -> None:
    with llama_server(tmp_path, "--logits_all", "false", "--model_alias", "demo") as plain:
        session, _ = open_session(own_profile)
        try:
            model = address(plain)
            loaded = session.load(model, LOCAL)
            assert loaded.engine.server is not None
            can = loaded.engine.server.capabilities
            assert (can.completions, can.chat, can.logprobs, can.scores) == (
                True,
                True,
                False,
                False,
            )
            end = run(session, model, RAW, SHORT).end
            assert end.result.samples[0].text.strip().startswith("Paris")
            with direct_engine(model, LOCAL, LIBRARY, own_profile) as engine:
                ids = engine.read(RAW, {}).ids
                with pytest.raises(UserError, match="Not available from this server"):
                    engine.score(ids, 0, 5, lambda _done, _total: None)
        finally:
            session.close()


def test_a_server_that_is_killed_mid_stream(tmp_path: Path, own_profile: Profile) -> None:
    with llama_server(tmp_path, "--model_alias", "demo") as doomed:
        session, _ = open_session(own_profile)
        try:
            model = address(doomed)
            prepared = session.prepare(model, LOCAL, STORY, {})

            class Killer(_Sink):
                def run_tokens(self, *_: object) -> None:
                    os.killpg(doomed.process.pid, signal.SIGKILL)

            # A story would be over before the server is dead.
            endless = Sampling(temperature=0.0, max_tokens=900, grammar='root ::= "a" root')
            outcome = session.start(prepared, endless, 1, 1, Killer()).wait(60)
            (sample,) = outcome.end.result.samples
            assert (outcome.end.status, sample.finish) == (RunStatus.FAILED, Finish.ERROR)
            assert sample.text
            assert outcome.saved
            again = session.start(prepared, SHORT, 1, 1, _Sink()).wait(60)
            assert "cannot be reached" in again.end.result.error
        finally:
            session.close()


def test_a_seed_and_several_samples(session: Session, server: LlamaServer) -> None:
    warm = Sampling(temperature=1.0, max_tokens=12)
    prepared = session.prepare(address(server), LOCAL, STORY, {})
    first = session.start(prepared, warm, 7, 3, _Sink()).wait(100).end.result
    again = session.start(prepared, warm, 7, 3, _Sink()).wait(100).end.result
    assert [s.finish for s in first.samples] != [Finish.ERROR] * 3, first.error
    assert [s.text for s in first.samples] == [s.text for s in again.samples]
    assert len({s.text for s in first.samples}) > 1
