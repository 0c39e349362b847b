"""Several sequences in one cache: batched samples, forks and snapshots, a context that is full.

Samples made together are decoded in batches. ggml's kernels may add in another order for another
batch size, and with quantised weights a sum on the other side of a rounding boundary moves what
follows. Measured over 8 samples of 40 tokens: with float32 weights and cache all 320 tokens are
equal and log-probabilities differ by at most 1e-5 (gemma2, by ggml's table of GELU values, 3e-4);
on the demo models every bit was equal on an AVX2 machine, which other kernels need not repeat.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from reference.gguf_models import SHAPES, ModelFolder, write_model
from support.engines import EXACT, PLAIN, generated, opened, ordinary, said, scored
from support.sinks import KeepingSink

from workbench.core.cancel import CancelToken
from workbench.core.paths import assets_folder
from workbench.core.sampling import Sampling
from workbench.core.types import Finish, GenerateRequest, GenerateResult
from workbench.engine import kv
from workbench.engine.llama import LlamaEngine
from workbench.engine.native.lib import NativeLog

FREE = Sampling(temperature=1.0, max_tokens=40, ignore_eos=True)
GREEDY = Sampling(temperature=0.0, max_tokens=24, ignore_eos=True)


def shared(a: list[int], b: list[int]) -> int:
    """How many leading tokens are equal."""
    return next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )


def assert_together_is_alone(
    engine: LlamaEngine, together: GenerateResult, ids: tuple[int, ...], seeds: range, error: float
) -> int:
    """Compares each sample with its seed run alone; how many leading tokens agree in all."""
    agreed = 0
    for index, seed in enumerate(seeds):
        alone = generated(engine, ids, FREE, seed=seed).samples[0].tokens
        own = together.samples[index].tokens
        n = shared(own.ids.tolist(), alone.ids.tolist())
        agreed += n
        if n:
            off = np.abs(own.logprob[:n] - alone.logprob[:n])
            assert np.median(off) <= error
    return agreed


@pytest.mark.parametrize("name", ["llama", "qwen2", "gemma2", "mixtral"])
def test_batched_samples_equal_the_same_seeds_alone(
    random_models: ModelFolder, native_log: NativeLog, name: str
) -> None:
    with opened(random_models.path(name), native_log, EXACT) as engine:
        ids = ordinary(engine, 80)
        together = generated(engine, ids, FREE, seed=10, n_samples=8)
        agreed = assert_together_is_alone(engine, together, ids, range(10, 18), 1e-3)
    assert agreed >= 0.95 * 8 * 40


@pytest.mark.parametrize("model", ["demo-0.5m-q8_0", "demo-2m-q8_0", "demo-2m-q4_0"])
def test_batched_samples_of_the_demo_models_mostly_equal_the_same_seeds_alone(
    native_log: NativeLog, model: str
) -> None:
    path = assets_folder() / "models" / f"{model}.gguf"
    with opened(path, native_log, PLAIN) as engine:
        ids = engine.tokenize("Once upon a time there was a small hen", add_bos=True).ids
        together = generated(engine, ids, FREE, seed=10, n_samples=8)
        agreed = assert_together_is_alone(engine, together, ids, range(10, 18), 0.1)
    assert agreed >= 0.5 * 8 * 40


def test_the_first_token_of_every_sample_is_exactly_its_seeds(
    random_models: ModelFolder, native_log: NativeLog
) -> None:
    """The prompt is decoded once for all, so the first draw sees the same bits."""
    with opened(random_models.path("llama"), native_log, PLAIN) as engine:
        ids = ordinary(engine, 100)
        one = Sampling(temperature=1.2, top_k=0, max_tokens=1)
        together = generated(engine, ids, one, seed=5, n_samples=100)
        for index in range(0, 100, 9):
            alone = generated(engine, ids, one, seed=5 + index).samples[0].tokens
            own = together.samples[index].tokens
            assert own.ids.tolist() == alone.ids.tolist()
            assert own.logprob.tobytes() == alone.logprob.tobytes()
            assert own.p_sampled.tobytes() == alone.p_sampled.tobytes()


def test_more_samples_than_sequences_end_at_different_times(
    random_models: ModelFolder, native_log: NativeLog
) -> None:
    with opened(random_models.path("llama"), native_log, EXACT) as engine:
        ids = ordinary(engine, 70)
        eos = engine.loaded.vocab.eos
        assert eos is not None
        sampling = Sampling(temperature=1.0, max_tokens=30, logit_bias=((eos, 3.0),))
        sink = KeepingSink()
        result = generated(engine, ids, sampling, sink, n_samples=150)
        lengths = [len(s.tokens) for s in result.samples]
        assert len(set(lengths)) > 10
        for index, sample in enumerate(result.samples):
            ended = said(result, index)[-1] == eos
            assert sample.finish is (Finish.STOP if ended else Finish.LENGTH)
            assert ended or lengths[index] == 30
            assert eos not in said(result, index)[:-1]
            assert sink.texts.get(index, "") == sample.text
        for index in (0, 63, 64, 127, 128, 149):
            alone = generated(engine, ids, sampling, seed=index)
            assert said(alone) == said(result, index)
        assert result.timings.prefill_tokens == 70


def test_a_cancelled_batch_keeps_what_every_sample_said(
    random_models: ModelFolder, native_log: NativeLog
) -> None:
    with opened(random_models.path("llama"), native_log, PLAIN) as engine:
        ids = ordinary(engine, 70)
        cancel = CancelToken()
        sink = KeepingSink(on_tokens=cancel.cancel)
        long = Sampling(max_tokens=800, ignore_eos=True)
        result = engine.generate(GenerateRequest(ids, long, seed=0, n_samples=70), sink, cancel)
        assert len(result.samples) == 70
        assert {s.finish for s in result.samples} == {Finish.CANCELLED}
        assert all(sink.texts.get(i, "") == s.text for i, s in enumerate(result.samples))
        whole = generated(engine, ids, Sampling(max_tokens=40, ignore_eos=True), n_samples=4)
        for index in range(4):
            partial = said(result, index)
            assert partial == said(whole, index)[: len(partial)]


def forked(engine: LlamaEngine, ids: tuple[int, ...], reply: list[int], at: int) -> GenerateResult:
    """A greedy continuation of the first `at` tokens of a reply."""
    return generated(engine, ids + tuple(reply[:at]), GREEDY, n_sampled=at)


@pytest.mark.parametrize("name", ["llama", "qwen2", "mixtral"])
@pytest.mark.parametrize("at", [0, 1, 7, 23])
def test_a_fork_decodes_nothing_that_stood_before(
    random_models: ModelFolder, native_log: NativeLog, name: str, at: int
) -> None:
    with opened(random_models.path(name), native_log, PLAIN) as engine:
        a, b = ordinary(engine, 150), ordinary(engine, 140, seed=9)
        first = generated(engine, a, GREEDY)
        generated(engine, b, GREEDY)
        fork = forked(engine, a, said(first), at)
        # Of sampled tokens only the last is decoded again, for its row of logits; of a prompt its
        # last chunk is, because only the same chunk gives the same row.
        again = (150 - 128) if at == 0 else 1
        assert fork.timings.prefill_tokens == again
        assert fork.timings.cached_tokens == 150 + at - again
        assert_continues(fork, first, at)


@pytest.mark.parametrize("at", [0, 1, 7, 23])
@pytest.mark.parametrize("between", [0, 30, 140])
def test_a_fork_of_a_model_with_sliding_windows_sees_all_that_its_run_saw(
    random_models: ModelFolder, native_log: NativeLog, between: int, at: int
) -> None:
    """llama.cpp saves of such a sequence only what its last token still sees."""
    with opened(random_models.path("gemma2"), native_log, PLAIN) as engine:
        a = ordinary(engine, 150)
        first = generated(engine, a, GREEDY)
        if between:
            generated(engine, ordinary(engine, between, seed=9), GREEDY)
        assert_continues(forked(engine, a, said(first), at), first, at)


def test_a_short_run_of_a_model_with_sliding_windows_is_kept(
    random_models: ModelFolder, native_log: NativeLog, tmp_path: Path
) -> None:
    shape = replace(SHAPES["gemma2"], sliding_window=200)
    path = write_model(tmp_path / "wide.gguf", shape)
    with opened(path, native_log, PLAIN) as engine:
        a = ordinary(engine, 150)
        first = generated(engine, a, GREEDY)
        generated(engine, ordinary(engine, 100, seed=9), GREEDY)
        fork = forked(engine, a, said(first), 9)
        assert fork.timings.prefill_tokens == 1
        assert_continues(fork, first, 9)


def assert_continues(fork: GenerateResult, first: GenerateResult, at: int) -> None:
    """The fork says what the run said from `at` on, to the bit."""
    own, table = first.samples[0].tokens, fork.samples[0].tokens
    assert said(fork)[: 24 - at] == said(first)[at:]
    assert table.logprob[: 24 - at].tobytes() == own.logprob[at:].tobytes()
    assert table.entropy[: 24 - at].tobytes() == own.entropy[at:].tobytes()


def test_forks_of_forks_and_of_scored_text(
    random_models: ModelFolder, native_log: NativeLog
) -> None:
    with opened(random_models.path("llama"), native_log, EXACT) as engine:
        ids = ordinary(engine, 100)
        root = generated(engine, ids, FREE, seed=1)
        replies = [said(root)]
        for depth in range(1, 5):
            before = replies[-1][: depth * 6]
            branch = generated(engine, ids + tuple(before), FREE, seed=depth, n_sampled=len(before))
            assert branch.timings.prefill_tokens <= 1
            replies.append(before + said(branch))
        assert len({tuple(r) for r in replies}) == 5
        for reply in replies:
            again = forked(engine, ids, reply, 12)
            # What stands in the cache already is taken unless a snapshot saves 16 tokens more.
            assert again.timings.prefill_tokens <= 16
            best = scored(engine, ids + tuple(reply[:12]) + tuple(said(again)), start=112)
            own = again.samples[0].tokens
            assert np.abs(best.logprob - own.logprob).max() <= 1e-3


def test_every_sample_of_a_batch_can_be_forked(
    random_models: ModelFolder, native_log: NativeLog
) -> None:
    with opened(random_models.path("qwen2"), native_log, EXACT) as engine:
        ids = ordinary(engine, 90)
        batch = generated(engine, ids, FREE, n_samples=6)
        generated(engine, ordinary(engine, 60, seed=3), FREE)
        for index in range(6):
            reply = said(batch, index)
            fork = forked(engine, ids, reply, 30)
            assert fork.timings.prefill_tokens <= 1
            assert fork.timings.cached_tokens >= 119
            scores = scored(engine, ids + tuple(reply[:30]) + tuple(said(fork)), start=120)
            assert np.abs(scores.logprob - fork.samples[0].tokens.logprob).max() <= 1e-3


@pytest.mark.parametrize("budget", [0, 1, 60_000, 300_000])
def test_snapshots_that_do_not_fit_the_budget_only_cost_time(
    random_models: ModelFolder,
    native_log: NativeLog,
    monkeypatch: pytest.MonkeyPatch,
    budget: int,
) -> None:
    monkeypatch.setattr(kv, "SNAPSHOT_BUDGET_BYTES", budget)
    with opened(random_models.path("llama"), native_log, PLAIN) as engine:
        prompts = [ordinary(engine, 80, seed=s) for s in range(6)]
        first = [said(generated(engine, p, GREEDY)) for p in prompts]
        held = engine._kv._snapshots.values()
        assert sum(len(s.state) for s in held) <= budget
        for prompt, reply in zip(prompts, first, strict=True):
            assert said(forked(engine, prompt, reply, 10))[:14] == reply[10:]
            assert sum(len(s.state) for s in held) <= budget


@pytest.mark.parametrize(("n_ctx", "n_samples"), [(100, 1), (100, 70), (300, 1), (300, 3)])
def test_a_full_context_ends_every_reply_at_exactly_its_length(
    random_models: ModelFolder, native_log: NativeLog, n_ctx: int, n_samples: int
) -> None:
    """Nothing is shifted out: what each reply was made from is the whole text before it."""
    with opened(random_models.path("llama"), native_log, EXACT, n_ctx=n_ctx) as engine:
        ids = ordinary(engine, 90)
        free = Sampling(max_tokens=10_000, ignore_eos=True, temperature=1.0)
        result = generated(engine, ids, free, n_samples=n_samples)
        for index in range(0, n_samples, 23):
            sample = result.samples[index]
            assert sample.finish is Finish.LENGTH
            assert sample.context_full
            assert len(ids) + len(sample.tokens) == n_ctx
            table = scored(engine, ids + tuple(said(result, index)), start=90)
            assert np.abs(table.logprob - sample.tokens.logprob).max() <= 1e-3
        exact = Sampling(max_tokens=n_ctx - 90, ignore_eos=True)
        reached = generated(engine, ids, exact).samples[0]
        assert (len(reached.tokens), reached.finish) == (n_ctx - 90, Finish.LENGTH)


def test_the_demo_model_fills_its_context(native_log: NativeLog, small_demo_model: Path) -> None:
    with opened(small_demo_model, native_log, PLAIN, n_ctx=200) as engine:
        result = generated(engine, ordinary(engine, 30), Sampling(max_tokens=999, ignore_eos=True))
        assert (len(said(result)), result.samples[0].context_full) == (170, True)
