"""The microscope: every stage is what llama.cpp's single sampler leaves, and the draw is the one
a generation with that seed makes first."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest
from reference.gguf_models import ModelFolder
from support.engines import PLAIN, generated, ignored, opened, ordinary
from support.random_settings import GRAMMARS, random_sampling
from support.raw_sampling import RawModel, freed, raw

from workbench.core.cancel import CancelToken
from workbench.core.sampling import NEUTRAL, SAMPLERS, Sampling
from workbench.core.types import Trace, TraceRequest
from workbench.engine.llama import LlamaEngine
from workbench.engine.native.lib import NativeLog

N_SETTINGS = 120


@pytest.fixture(scope="module")
def deep_pair(
    random_models: ModelFolder, native_log: NativeLog
) -> Iterator[tuple[LlamaEngine, RawModel]]:
    """The same model in the engine and by hand."""
    path = random_models.path("llama")
    with opened(path, native_log, PLAIN) as engine, raw(path) as model:
        yield engine, model


def traced(
    engine: LlamaEngine, ids: tuple[int, ...], sampling: Sampling, seed: int = 0, limit: int = 9999
) -> Trace:
    """The walk, every candidate listed."""
    return engine.trace(TraceRequest(ids, sampling, seed, limit), ignored, CancelToken())


def raw_row(trace: Trace) -> npt.NDArray[np.float32]:
    """The model's logits, put together from stage 0."""
    row = np.full(len(trace.stages[0].ids), np.nan, np.float32)
    row[trace.stages[0].ids] = trace.stages[0].logits
    assert not np.isnan(row).any()
    return row


@pytest.mark.parametrize("number", range(N_SETTINGS))
def test_stages_and_draw_equal_llama_cpps(
    deep_pair: tuple[LlamaEngine, RawModel], number: int
) -> None:
    engine, model = deep_pair
    random = np.random.default_rng(number)
    sampling = random_sampling(random, engine.loaded.vocab.n_vocab)
    # Words that come again, so that penalties and DRY have something to find.
    words = ordinary(engine, int(random.integers(3, 30)), seed=number)
    ids = (words * 12)[: int(random.integers(len(words), 150))]
    seed = int(random.integers(0, 1 << 32 - 1))
    trace = traced(engine, ids, sampling, seed)
    row = raw_row(trace)
    stages = model.stages(sampling, seed, ids)
    # Their sums over candidates of probability 0 would be NaN.
    careful = ["typ_p"] * (sampling.typical_p < 1) + ["mirostat"] * (sampling.mirostat == 1)
    lefts, token, p = model.walked(row, stages, only_possible=careful)
    freed(stages)
    assert [s.name for s in trace.stages] == [left.name for left in lefts]
    softmax = np.exp(row.astype(np.float64) - row.max())
    softmax /= softmax.sum()
    for stage, left in zip(trace.stages, lefts, strict=True):
        assert dict(zip(stage.ids.tolist(), stage.logits.tolist(), strict=True)) == left.logits
        expected = left.p
        assert stage.p.tolist() == pytest.approx([expected[t] for t in stage.ids.tolist()])
        assert stage.n == len(left.logits)
        assert stage.mass == pytest.approx(softmax[list(left.logits)].sum(), abs=1e-6)
        assert (np.diff(stage.logits) <= 0).all()
    if "infill" not in [s.name for s in trace.stages]:  # it may bring the end token back
        assert all(b <= a + 1e-9 for a, b in pairwise(s.mass for s in trace.stages))
    assert trace.token == token
    own = generated(engine, ids, sampling, seed=seed).samples[0].tokens
    assert own.ids.tolist() == [token]
    assert float(own.p_sampled[0]) == pytest.approx(p, rel=1e-4)
    last = dict(zip(trace.stages[-1].ids.tolist(), trace.stages[-1].p.tolist(), strict=True))
    assert float(own.p_sampled[0]) == pytest.approx(last[token], rel=1e-4)


def test_the_random_settings_use_everything() -> None:
    drawn = [random_sampling(np.random.default_rng(i), 295) for i in range(N_SETTINGS)]
    assert {s.mirostat for s in drawn} == {0, 1, 2}
    assert {n for s in drawn if not s.mirostat for n in s.samplers} == {
        *SAMPLERS,
        "adaptive_p",
        "infill",
    }
    assert all(any(s.grammar == g and not s.mirostat for s in drawn) for g in GRAMMARS)
    assert any(s.temperature == 0 for s in drawn)


def test_the_first_stage_is_the_raw_softmax(deep_pair: tuple[LlamaEngine, RawModel]) -> None:
    engine, model = deep_pair
    ids = ordinary(engine, 100)
    first = traced(engine, ids, Sampling(temperature=0.3, banned_tokens=(5,))).stages[0]
    model.restart(ids)
    row = model.row()
    assert (first.name, first.n) == ("model", len(row))
    assert first.mass == pytest.approx(1.0)
    assert dict(zip(first.ids.tolist(), first.logits.tolist(), strict=True)) == dict(
        enumerate(row.tolist())
    )
    weights = np.exp(row.astype(np.float64) - row.max())
    assert first.p == pytest.approx((weights / weights.sum())[first.ids])
    table = generated(engine, ids, replace(NEUTRAL, max_tokens=1)).samples[0].tokens
    assert table.top_ids[0].tolist() == first.ids[:20].tolist()
    assert np.exp(table.top_logprob[0]) == pytest.approx(first.p[:20], rel=1e-5)


def test_what_bans_and_grammars_remove_is_lost_mass(
    deep_pair: tuple[LlamaEngine, RawModel],
) -> None:
    engine, _ = deep_pair
    ids = ordinary(engine, 40)
    raw_stage = traced(engine, ids, NEUTRAL).stages[0]
    p = dict(zip(raw_stage.ids.tolist(), raw_stage.p.tolist(), strict=True))
    banned = tuple(raw_stage.ids[:3].tolist())
    sampling = replace(NEUTRAL, banned_tokens=banned, grammar="root ::= [a-e]+")
    trace = traced(engine, ids, sampling)
    bias, grammar = trace.stages[1], trace.stages[2]
    assert (bias.name, grammar.name) == ("logit_bias", "grammar")
    vocab = engine.loaded.vocab
    controls = set(vocab.special_texts)
    lost = (controls - {vocab.eos, vocab.eot}) | set(banned)
    assert bias.mass == pytest.approx(1 - sum(p[t] for t in lost), abs=1e-5)
    allowed = {t for t in p if set(engine.pieces[t]) <= set(b"abcde") and t not in banned}
    allowed -= controls
    assert set(grammar.ids.tolist()) == allowed
    assert grammar.mass == pytest.approx(sum(p[t] for t in allowed), abs=1e-5)
    assert trace.token in allowed
    assert trace.stages[-1].p.sum() == pytest.approx(1.0)


@pytest.mark.parametrize("seed", [0, 9])
def test_temperature_zero_leaves_one(deep_pair: tuple[LlamaEngine, RawModel], seed: int) -> None:
    engine, _ = deep_pair
    trace = traced(engine, ordinary(engine, 30), Sampling(temperature=0.0), seed)
    best = int(trace.stages[0].ids[0])
    last = trace.stages[-1]
    assert (last.ids.tolist(), last.p.tolist(), last.n) == ([best], [1.0], 1)
    assert last.mass == pytest.approx(float(trace.stages[0].p[0]))
    assert trace.token == best


def test_constraints_that_leave_nothing_say_so(deep_pair: tuple[LlamaEngine, RawModel]) -> None:
    engine, _ = deep_pair
    ids = ordinary(engine, 30)
    everything = tuple(range(engine.loaded.vocab.n_vocab))
    for sampling in (
        Sampling(banned_tokens=everything),
        Sampling(banned_tokens=everything, mirostat=1),
        Sampling(banned_tokens=everything, mirostat=2),
        Sampling(banned_tokens=everything, samplers=("typ_p", "adaptive_p"), typical_p=0.5),
        Sampling(grammar='root ::= "a"', banned_tokens=tuple(
            t for t in everything if engine.pieces[t][:1] == b"a"
        )),
    ):  # fmt: skip
        trace = traced(engine, ids, sampling)
        assert (trace.token, trace.stages[-1].n, trace.stages[-1].mass) == (None, 0, 0.0)
        assert not any(math.isnan(x) for s in trace.stages for x in s.p)
        result = generated(engine, ids, sampling)
        assert (len(result.samples[0].tokens), result.samples[0].text) == (0, "")


@pytest.mark.parametrize("banned", [(), (7,)])
def test_a_ban_takes_nothing_else_from_typical_p(
    deep_pair: tuple[LlamaEngine, RawModel], banned: tuple[int, ...]
) -> None:
    """llama.cpp's own sums become NaN there and keep an arbitrary set of five times the size."""
    engine, _ = deep_pair
    sampling = replace(NEUTRAL, samplers=("typ_p",), typical_p=0.5, banned_tokens=banned)
    trace = traced(engine, ordinary(engine, 50), sampling)
    before, after = trace.stages[-3], trace.stages[-2]
    p = before.p.astype(np.float64)
    distance = np.abs(-np.log(p) + (p * np.log(p)).sum())
    kept = np.argsort(distance, kind="stable")
    n = int(np.searchsorted(np.cumsum(p[kept]), 0.5)) + 1
    assert set(after.ids.tolist()) == set(before.ids[kept[:n]].tolist())


def test_a_grammar_leaves_mirostat_1_a_choice(deep_pair: tuple[LlamaEngine, RawModel]) -> None:
    engine, _ = deep_pair
    sampling = replace(NEUTRAL, mirostat=1, mirostat_tau=6.0, grammar="root ::= [a-z]+")
    assert traced(engine, ordinary(engine, 50), sampling).stages[-1].n > 5


def test_the_limit_shortens_the_lists_only(deep_pair: tuple[LlamaEngine, RawModel]) -> None:
    engine, _ = deep_pair
    ids = ordinary(engine, 50)
    whole, short = traced(engine, ids, Sampling()), traced(engine, ids, Sampling(), limit=3)
    for a, b in zip(whole.stages, short.stages, strict=True):
        assert (a.name, a.n, a.mass) == (b.name, b.n, b.mass)
        assert b.ids.tolist() == a.ids[:3].tolist()
        assert b.p.tolist() == a.p[:3].tolist()
    assert whole.token == short.token
