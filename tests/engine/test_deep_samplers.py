"""Every sampler draws what llama.cpp itself draws for the same seed.

The other side builds the chain from llama.cpp's calls and loops over `llama_sampler_sample`; the
caches are alike, so tokens and probabilities must be equal, not merely near.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from reference.gguf_models import ModelFolder
from support.engines import PLAIN, generated, opened, ordinary, said
from support.raw_sampling import RawModel, raw

from workbench.core.errors import UserError
from workbench.core.sampling import (
    CREATIVE,
    GREEDY,
    MAX_SEED,
    NEUTRAL,
    OPTIONAL_SAMPLERS,
    PRESETS,
    SAMPLERS,
    Sampling,
)
from workbench.engine.bench_model import BenchShape, write_bench_model
from workbench.engine.llama import LlamaEngine
from workbench.engine.native.lib import NativeLog

LENGTH = 40
TURNED = ("temperature", "min_p", "top_p", "penalties", "typ_p", "top_k", "xtc", "dry",
          "top_n_sigma")  # fmt: skip
STRONG: dict[str, dict[str, Any]] = {
    "penalties": {
        "repeat_last_n": 64,  # the neutral window is 0, which turns the penalties off
        "repeat_penalty": 1.4,
        "frequency_penalty": 0.3,
        "presence_penalty": 0.4,
    },
    "dry": {"dry_multiplier": 3.0, "dry_allowed_length": 1, "dry_sequence_breakers": ("\n", "e")},
    "top_n_sigma": {"top_n_sigma": 1.2},
    "top_k": {"top_k": 7},
    "typ_p": {"typical_p": 0.6},
    "top_p": {"top_p": 0.7},
    "min_p": {"min_p": 0.2},
    "xtc": {"xtc_probability": 0.6, "xtc_threshold": 0.05},
    "temperature": {"temperature": 1.7},
    "infill": {},
    "adaptive_p": {"adaptive_target": 0.3, "adaptive_decay": 0.8},
}
CASES = {
    "the default chain": Sampling(),
    "another order": Sampling(samplers=TURNED, typical_p=0.9, xtc_probability=0.5),
    "creative": CREATIVE,
    "neutral": NEUTRAL,
    "greedy": GREEDY,
    "dynamic temperature": Sampling(dynatemp_range=0.7, dynatemp_exponent=1.3),
    "mirostat 1": replace(NEUTRAL, mirostat=1, mirostat_tau=3.0, temperature=0.9),
    "mirostat 2": replace(NEUTRAL, mirostat=2, mirostat_tau=3.0, mirostat_eta=0.3),
    "infill after top-k": replace(NEUTRAL, samplers=("top_k", "infill"), top_k=30),
    "adaptive-p off": replace(NEUTRAL, samplers=("adaptive_p",)),
    "adaptive-p": Sampling(samplers=("min_p", "adaptive_p"), adaptive_target=0.2),
    "adaptive-p named first": Sampling(samplers=("adaptive_p", "min_p"), adaptive_target=0.5),
    "logit bias": replace(NEUTRAL, logit_bias=((5, 3.0), (9, -2.0), (5, 1.0)), banned_tokens=(7,)),
    "a grammar": replace(NEUTRAL, grammar='root ::= ("a" | "bc" | " ") root'),
    "everything": replace(
        Sampling(samplers=TURNED, logit_bias=((5, 3.0),), top_k=60),
        **{k: v for n, values in STRONG.items() if n != "typ_p" for k, v in values.items()},
    ),
} | {f"{name} alone": replace(NEUTRAL, samplers=(name,), **STRONG[name]) for name in STRONG}


@pytest.fixture(scope="module")
def deep_pair(
    random_models: ModelFolder, native_log: NativeLog
) -> Iterator[tuple[LlamaEngine, RawModel]]:
    """The same model in the engine and by hand."""
    path = random_models.path("llama")
    with opened(path, native_log, PLAIN) as engine, raw(path) as model:
        yield engine, model


def prompt_of(engine: LlamaEngine) -> tuple[int, ...]:
    """More than a chunk, with repetitions for the samplers that look back."""
    return ordinary(engine, 60) + ordinary(engine, 30) * 2


def test_every_sampler_has_a_case() -> None:
    assert set(STRONG) == {*SAMPLERS, *OPTIONAL_SAMPLERS}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("seed", [0, 12345])
def test_tokens_and_probabilities_equal_llama_cpps_own(
    deep_pair: tuple[LlamaEngine, RawModel], case: str, seed: int
) -> None:
    engine, model = deep_pair
    ids = prompt_of(engine)
    sampling = replace(CASES[case], max_tokens=LENGTH)
    result = generated(engine, ids, sampling, seed=seed)
    assert said(result) == model.loop(ids, model.stages(sampling, seed, ids), LENGTH)
    by_hand = model.p_of_each(ids, model.stages(sampling, seed, ids), LENGTH)
    assert said(result) == [token for token, _ in by_hand]
    assert result.samples[0].tokens.p_sampled == pytest.approx([p for _, p in by_hand], rel=1e-5)


@pytest.mark.parametrize("name", STRONG)
def test_every_case_is_strong_enough_to_matter(
    deep_pair: tuple[LlamaEngine, RawModel], name: str
) -> None:
    """Else the test above would hold for a chain that leaves this sampler out."""
    engine, _ = deep_pair
    ids = prompt_of(engine)
    sampling = replace(NEUTRAL, samplers=(name,), **STRONG[name], max_tokens=LENGTH)
    plain = replace(NEUTRAL, max_tokens=LENGTH)
    assert said(generated(engine, ids, sampling)) != said(generated(engine, ids, plain))


@pytest.mark.parametrize(
    ("sampling", "refused"),
    [
        (replace(NEUTRAL, samplers=("infill",)), "5,000 are too many"),
        (replace(NEUTRAL, samplers=("infill", "top_k"), top_k=10), "5,000 are too many"),
        (replace(NEUTRAL, samplers=("top_k", "infill"), top_k=3000), "3,000 are too many"),
        (replace(NEUTRAL, samplers=("top_k", "infill"), top_k=2000), ""),
        (replace(NEUTRAL, samplers=("infill",), mirostat=2), ""),
    ],
)
def test_infill_over_a_large_vocabulary_is_refused(
    tmp_path: Path, native_log: NativeLog, sampling: Sampling, refused: str
) -> None:
    """It compares every pair: minutes for a token at 150,000 candidates, and no cancel heard."""
    path = tmp_path / "large.gguf"
    shape = BenchShape(n_layer=1, n_embd=64, n_head=2, n_head_kv=1, n_ff=64, n_vocab=5000)
    write_bench_model(path, shape)
    sampling = replace(sampling, max_tokens=2)
    with opened(path, native_log, PLAIN, n_ctx=64) as engine:
        if refused:
            with pytest.raises(UserError, match=f"samplers: infill.*{refused}"):
                generated(engine, (5, 6), sampling)
        else:
            assert 1 <= len(said(generated(engine, (5, 6), sampling))) <= 2


def test_seeds_are_used_as_given(deep_pair: tuple[LlamaEngine, RawModel]) -> None:
    engine, model = deep_pair
    ids = ordinary(engine, 70)
    sampling = replace(NEUTRAL, max_tokens=20)
    replies = {seed: said(generated(engine, ids, sampling, seed=seed)) for seed in (0, 1, MAX_SEED)}
    assert len({tuple(r) for r in replies.values()}) == 3
    for seed, reply in replies.items():
        assert reply == model.loop(ids, model.stages(sampling, seed), 20)


def test_greedy_takes_the_likeliest_always(deep_pair: tuple[LlamaEngine, RawModel]) -> None:
    engine, _ = deep_pair
    for seed in (0, 1):
        table = generated(engine, ordinary(engine, 90, seed), replace(GREEDY, max_tokens=60))
        tokens = table.samples[0].tokens
        assert tokens.ids.tolist() == tokens.top_ids[:, 0].tolist()
        assert set(tokens.rank.tolist()) == {0}
        assert tokens.p_sampled.tolist() == [1.0] * len(tokens)


def test_without_samplers_draws_follow_the_softmax(
    deep_pair: tuple[LlamaEngine, RawModel],
) -> None:
    """1,024 seeds: the frequencies of the likeliest tokens lie within four standard deviations."""
    engine, _ = deep_pair
    result = generated(engine, ordinary(engine, 20), replace(NEUTRAL, max_tokens=1), n_samples=1024)
    first = [said(result, i)[0] for i in range(1024)]
    table = result.samples[0].tokens
    for token, logprob in zip(table.top_ids[0], table.top_logprob[0], strict=True):
        p = float(np.exp(logprob))
        assert abs(first.count(int(token)) / 1024 - p) <= 4 * (p * (1 - p) / 1024) ** 0.5
    assert len(set(first)) > 50


def test_the_presets_are_those_that_were_tested() -> None:
    assert set(PRESETS) == {"neutral", "greedy", "balanced", "creative"}
    assert PRESETS["balanced"] == Sampling()
