"""The prompt's surprise: each value what the token before predicted, and the summary in words."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from support.engines import ignored, scored

from workbench.core.cancel import CancelToken
from workbench.core.errors import StoppedError, UserError
from workbench.core.paths import Profile
from workbench.core.sampling import Sampling
from workbench.core.tokens import NO_RANK, PromptToken, TokenTable
from workbench.core.types import EngineSettings, TraceRequest
from workbench.engine.llama import LlamaEngine
from workbench.experiments.session import Prepared, Session, open_session
from workbench.experiments.surprise import PromptScore, prompt_surprise, unrun
from workbench.templates.prompt_file import parse_prompt, raw_prompt


def _tokens(*made: tuple[int, str, str]) -> tuple[PromptToken, ...]:
    return tuple(PromptToken(i, text, text.encode(), source) for i, text, source in made)


def _table(logprob: list[float], rank: list[int]) -> TokenTable:
    n = len(logprob)
    return TokenTable(
        np.arange(n, dtype=np.int32),
        np.array(logprob, np.float32),
        np.array(rank, np.int32),
        np.ones(n, np.float32),
        np.full(n, np.nan, np.float32),
        np.empty((n, 0), np.int32),
        np.empty((n, 0), np.float32),
    )


def test_each_value_is_what_the_tokens_before_predicted(direct: LlamaEngine) -> None:
    ids = direct.tokenize("Tell me a story about Zoe.", add_bos=True).ids
    table = scored(direct, ids)
    assert math.isnan(table.logprob[0])
    assert table.rank[0] == NO_RANK
    for index in range(1, len(ids)):
        request = TraceRequest(ids[:index], Sampling(), 0, limit=direct.loaded.vocab.n_vocab)
        raw = direct.trace(request, ignored, CancelToken()).stages[0]
        p = float(raw.p[raw.ids == ids[index]][0])
        assert math.exp(table.logprob[index]) == pytest.approx(p, abs=2e-3)


def test_the_worst_come_first_and_the_first_token_counts_nowhere() -> None:
    tokens = _tokens((1, "<s>", "special"), (2, "a", "literal"), (3, "b", "variable:x"))
    found = prompt_surprise(tokens, _table([math.nan, -1.0, -5.0], [NO_RANK, 2, 40]), 1)
    assert [(one.index, one.rank) for one in found.most] == [(2, 40), (1, 2)]
    assert found.most[0].nats == pytest.approx(5.0)
    assert found.score.n_tokens == 2
    assert found.score.logprob == pytest.approx(-6.0)
    assert [(s.source, s.n_tokens) for s in found.by_source] == [("variable:x", 1), ("literal", 1)]
    assert [s.mean for s in found.by_source] == pytest.approx([5.0, 1.0])
    assert found.doubled_bos == ()
    assert found.spikes == ()


def test_sums_by_source_add_up_to_the_whole() -> None:
    rng = np.random.default_rng(4)
    sources = ("literal", "special", "variable:a", "example:1")
    values = [math.nan, *(-rng.exponential(2.0, 99)).tolist()]
    tokens = _tokens(*((i, "x", sources[i % 4]) for i in range(100)))
    found = prompt_surprise(tokens, _table(values, [NO_RANK, *[1] * 99]), None)
    total = math.fsum(one.total for one in found.by_source)
    assert total == pytest.approx(-found.score.logprob, rel=1e-6)
    assert sum(one.n_tokens for one in found.by_source) == 99


def test_a_doubled_bos_is_seen() -> None:
    tokens = _tokens((1, "<s>", "special"), (1, "<s>", "special"), (5, "a", "literal"))
    table = _table([math.nan, -9.0, -1.0], [NO_RANK, 400, 1])
    found = prompt_surprise(tokens, table, 1)
    assert found.doubled_bos == (1,)
    assert found.spikes == ()


def test_a_marker_that_the_model_never_saw_is_a_spike_and_a_rare_word_is_none() -> None:
    tokens = _tokens(
        (1, "<s>", "special"),
        (8, "[INST]", "special"),
        (9, "zygote", "literal"),
        (7, "]", "special"),
    )
    table = _table([math.nan, -9.5, -11.0, -0.1], [NO_RANK, 900, 5000, 0])
    found = prompt_surprise(tokens, table, 1)
    assert [one.index for one in found.spikes] == [1]


def test_a_wrong_template_shows_on_the_demo_model(direct: LlamaEngine) -> None:
    own = direct.tokenize("<s><|user|>\nTell me a story about Zoe.", add_bos=False)
    wrong = direct.tokenize("<s>[INST] Tell me a story about Zoe. [/INST]", add_bos=False)

    def mean(ids: tuple[int, ...]) -> float:
        return float(-np.nanmean(scored(direct, ids).logprob))

    assert mean(wrong.ids) > mean(own.ids)


def test_a_prompt_of_one_token_has_nothing_to_score() -> None:
    found = prompt_surprise(_tokens((1, "<s>", "special")), _table([math.nan], [NO_RANK]), 1)
    assert found.score.n_tokens == 0
    assert found.score.perplexity is None
    assert found.most == ()
    assert found.by_source == ()


@pytest.fixture
def session(own_profile: Profile) -> Iterator[Session]:
    made, _ = open_session(own_profile)
    yield made
    made.close()


def _long(session: Session, demo_model: Path) -> Prepared:
    text = "Once upon a time there was a dog named Zoe. " * 60
    return session.prepare(demo_model, EngineSettings(n_ctx=2048), raw_prompt(text, "long"), {})


def test_a_score_tells_how_far_it_is_and_says_what_the_table_says(
    session: Session, demo_model: Path
) -> None:
    prepared = _long(session, demo_model)
    ids = tuple(t.id for t in prepared.tokens)
    client = session.client(prepared.loaded.model, prepared.settings)
    told: list[tuple[int, int]] = []
    score = PromptScore(client, ids, 20, lambda done, total: told.append((done, total)))
    found = score.wait(60.0)
    assert len(found.table) == len(ids)
    assert found.bos == prepared.loaded.vocab.bos
    assert told == sorted(told)
    assert told[-1] == (len(ids), len(ids))
    assert set(found.table.ids.tolist()) <= set(found.pieces)
    start = unrun(prepared)
    assert start.run_id == ""
    assert start.prompt_tokens == prepared.tokens
    summary = prompt_surprise(start.prompt_tokens, found.table, found.bos)
    assert summary.score.n_tokens == len(ids) - 1


def test_a_score_can_be_stopped_while_it_waits(session: Session, demo_model: Path) -> None:
    prepared = _long(session, demo_model)
    ids = tuple(t.id for t in prepared.tokens)
    client = session.client(prepared.loaded.model, prepared.settings)
    first = PromptScore(client, ids, 20, ignored)
    second = PromptScore(client, ids[:-1], 20, ignored)
    second.cancel()
    with pytest.raises(StoppedError):
        second.wait(60.0)
    assert len(first.wait(60.0).table) == len(ids)


def test_a_prompt_longer_than_the_context_is_refused_with_numbers(
    session: Session, demo_model: Path
) -> None:
    prepared = _long(session, demo_model)
    ids = tuple(t.id for t in prepared.tokens) * 4
    client = session.client(prepared.loaded.model, prepared.settings)
    with pytest.raises(UserError, match=f"{len(ids):,} tokens long"):
        PromptScore(client, ids, 20, ignored).wait(60.0)


FOREIGN = {
    "own": (None, False),
    "chatml": (
        (
            "{% for m in messages %}"
            "<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n"
            "{% endfor %}"
            "<|im_start|>assistant\n"
        ),
        True,
    ),
    "inst": ("<s>{% for m in messages %}[INST] {{ m.content }} [/INST]{% endfor %}", True),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_a_foreign_chat_template_stands_out_and_the_own_does_not(
    session: Session, demo_model: Path, name: str
) -> None:
    template, stands_out = FOREIGN[name]
    source = "messages:\n  - role: user\n    content: Tell me a story about {{ name }}.\n"
    prompt = parse_prompt(source, "story")
    settings = EngineSettings(n_ctx=1024)
    prepared = session.prepare(
        demo_model, settings, prompt, {"name": "Zoe"}, chat_template=template
    )
    client = session.client(prepared.loaded.model, prepared.settings)
    found = PromptScore(client, tuple(t.id for t in prepared.tokens), 20, ignored).wait(60.0)
    summary = prompt_surprise(prepared.tokens, found.table, found.bos)
    assert bool(summary.spikes) is stands_out
    assert all(prepared.tokens[one.index].source == "special" for one in summary.spikes)
