"""The same request gives the same numbers, bit for bit, whatever ran before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from support.sinks import KeepingSink

from workbench.core.cancel import CancelToken
from workbench.core.sampling import Sampling
from workbench.core.tokens import TokenTable
from workbench.core.types import EngineSettings, Finish, GenerateRequest, GenerateResult
from workbench.engine.llama import LlamaEngine
from workbench.engine.native.lib import NativeLog

SAMPLING = Sampling(max_tokens=24, ignore_eos=True, temperature=1.0)


@pytest.fixture
def fresh(demo_model: Path, native_log: NativeLog) -> Iterator[Callable[[], LlamaEngine]]:
    """Makes engines with nothing in their caches."""
    made: list[LlamaEngine] = []

    def make() -> LlamaEngine:
        made.append(LlamaEngine(demo_model, EngineSettings(n_ctx=1024), native_log))
        return made[-1]

    yield make
    for engine in made:
        engine.close()


def prompt(n: int, seed: int = 0) -> tuple[int, ...]:
    """Ordinary tokens of the demo model; two prompts of one seed share their beginning."""
    return tuple(np.random.default_rng(seed).integers(300, 1000, 600)[:n].tolist())


def run(
    engine: LlamaEngine, ids: tuple[int, ...], n_samples: int = 1, n_sampled: int = 0
) -> GenerateResult:
    """A short random reply."""
    request = GenerateRequest(ids, SAMPLING, seed=5, n_samples=n_samples, n_sampled=n_sampled)
    return engine.generate(request, KeepingSink(), CancelToken())


def bits(table: TokenTable) -> list[bytes]:
    """Every column."""
    return [getattr(table, name).tobytes() for name in TokenTable.__slots__]


def same(a: GenerateResult, b: GenerateResult) -> bool:
    """Whether two answers agree in every bit of every record."""
    return [bits(s.tokens) for s in a.samples] == [bits(s.tokens) for s in b.samples]


def cancelled_in_prefill(engine: LlamaEngine) -> None:
    """A longer prompt, stopped after some of its chunks."""
    cancel = CancelToken()
    sink = KeepingSink(on_prefill=cancel.cancel, prefill_at=192)
    request = GenerateRequest(prompt(500), SAMPLING, seed=1)
    result = engine.generate(request, sink, cancel)
    assert result.samples[0].finish is Finish.CANCELLED
    assert len(result.samples[0].tokens) == 0


def cancelled_in_decode(engine: LlamaEngine) -> None:
    """A reply stopped at its first tokens."""
    cancel = CancelToken()
    request = GenerateRequest(prompt(300), Sampling(max_tokens=500, ignore_eos=True), seed=1)
    result = engine.generate(request, KeepingSink(on_tokens=cancel.cancel), cancel)
    assert result.samples[0].finish is Finish.CANCELLED


def cancelled_in_fork(engine: LlamaEngine) -> None:
    """A fork whose sampled tokens were being decoded one at a time."""
    run(engine, prompt(300))
    cancel = CancelToken()
    sink = KeepingSink(on_prefill=cancel.cancel, prefill_at=270)
    ids = prompt(300)
    result = engine.generate(GenerateRequest(ids, SAMPLING, seed=1, n_sampled=100), sink, cancel)
    assert result.samples[0].finish is Finish.CANCELLED


HISTORIES: dict[str, Callable[[LlamaEngine], object]] = {
    "the same request": lambda e: run(e, prompt(300)),
    "a shorter prompt": lambda e: run(e, prompt(100)),
    "a longer prompt": lambda e: run(e, prompt(420)),
    "one token more": lambda e: run(e, prompt(301)),
    "one token less": lambda e: run(e, prompt(299)),
    "another prompt": lambda e: run(e, prompt(300, seed=9)),
    "several samples": lambda e: run(e, prompt(300), n_samples=4),
    "several samples of less": lambda e: run(e, prompt(64), n_samples=3),
    "a fork": lambda e: run(e, prompt(300), n_sampled=100),
    "a cancel in the prompt": cancelled_in_prefill,
    "a cancel in the reply": cancelled_in_decode,
    "a cancel in a fork": cancelled_in_fork,
}


@pytest.mark.parametrize("history", HISTORIES)
def test_same_bits_whatever_ran_before(fresh: Callable[[], LlamaEngine], history: str) -> None:
    expected = run(fresh(), prompt(300))
    engine = fresh()
    HISTORIES[history](engine)
    assert same(run(engine, prompt(300)), expected)
    # ... and once more, on what that left.
    assert same(run(engine, prompt(300)), expected)


@pytest.mark.parametrize("history", HISTORIES)
def test_a_fork_continues_the_run_it_came_from(
    fresh: Callable[[], LlamaEngine], history: str
) -> None:
    """The fork's context is the first run's own: a greedy fork says what the run said next.

    The run never begins like one of the samples of a batch: a fork that finds such a sample's
    cells agrees up to rounding only, which the next test is about.
    """
    in_batches = [
        int(sample.tokens.ids[0])
        for n_prompt, n_samples in ((300, 4), (64, 3))
        for sample in run(fresh(), prompt(n_prompt), n_samples=n_samples).samples
    ]
    greedy = Sampling(
        max_tokens=24, ignore_eos=True, temperature=0.0, banned_tokens=tuple(in_batches)
    )
    request = GenerateRequest(prompt(300), greedy, seed=0)
    whole = fresh().generate(request, KeepingSink(), CancelToken()).samples[0].tokens
    engine = fresh()
    HISTORIES[history](engine)
    ids = prompt(300) + tuple(whole.ids[:10].tolist())
    forked = GenerateRequest(ids, greedy, seed=0, n_sampled=10)
    rest = engine.generate(forked, KeepingSink(), CancelToken()).samples[0].tokens
    assert bits(rest.slice(0, 14)) == bits(whole.slice(10))


def test_a_fork_of_one_of_many_samples_is_that_sample_up_to_rounding(
    fresh: Callable[[], LlamaEngine],
) -> None:
    """Samples made together are decoded in batches, whose sums run in another order: a fork that
    finds those cells sees the distribution of one that decodes alone, but for rounding."""
    first = fresh()
    batch = run(first, prompt(300), n_samples=4)
    for sample in batch.samples:
        ids = prompt(300) + tuple(sample.tokens.ids[:8].tolist())
        found = run(first, ids, n_sampled=8).samples[0].tokens.record(0, first.pieces)
        alone = run(fresh(), ids, n_sampled=8).samples[0].tokens.record(0, first.pieces)
        reference = {c.id: c.logprob for c in alone.top}
        errors = [abs(c.logprob - reference[c.id]) for c in found.top[:5]]
        assert max(errors) < 0.3


def test_a_retry_decodes_no_prompt(fresh: Callable[[], LlamaEngine]) -> None:
    engine = fresh()
    first = run(engine, prompt(300)).timings
    assert (first.prefill_tokens, first.cached_tokens) == (300, 0)
    again = run(engine, prompt(300)).timings
    assert (again.prefill_tokens, again.cached_tokens) == (0, 300)
    assert again.prefill_tps is None
    edited = run(engine, (*prompt(290), 301)).timings
    assert (edited.prefill_tokens, edited.cached_tokens) == (291 - 256, 256)


def test_samples_in_several_groups_agree_with_samples_alone(
    fresh: Callable[[], LlamaEngine],
) -> None:
    """More samples than one batch holds: the groups come one after the other, none is lost."""
    sampling = Sampling(max_tokens=2, ignore_eos=True)
    request = GenerateRequest(prompt(100), sampling, seed=3, n_samples=130)
    result = fresh().generate(request, KeepingSink(), CancelToken())
    assert len(result.samples) == 130
    assert {len(s.tokens) for s in result.samples} == {2}
    assert (result.timings.prefill_tokens, result.timings.cached_tokens) == (100, 0)
    assert result.timings.decode_tokens == 260
