"""Requests with different settings made in one batch: each says what it says alone."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from reference.gguf_models import ModelFolder
from reference.odd_models import write_hybrid
from support.engines import EXACT, PLAIN, generated, opened, ordinary
from support.many_orders import together
from support.sinks import KeepingSink

from workbench.core.cancel import CancelToken
from workbench.core.errors import EngineDiedError, UserError
from workbench.core.paths import assets_folder
from workbench.core.sampling import GREEDY, Sampling
from workbench.core.types import EngineSettings, Finish, GenerateRequest, GenerateResult
from workbench.engine.client import EngineClient
from workbench.engine.native.lib import NativeLog
from workbench.engine.orders import Order

WAIT_S = 60.0
FREE = Sampling(max_tokens=12, ignore_eos=True)
VARIED = (
    replace(GREEDY, max_tokens=9),
    replace(FREE, temperature=1.3, top_k=0),
    replace(FREE, max_tokens=1),
    replace(FREE, repeat_penalty=1.5, dry_multiplier=0.8),
    replace(FREE, mirostat=2),
    replace(FREE, grammar='root ::= ("a" | "b")+', max_tokens=30),
    replace(FREE, xtc_probability=0.5, min_p=0.1, temperature=0.9),
    Sampling(max_tokens=40, temperature=1.5, top_k=0),
)
"""Different lengths, so that replies leave and others take their places."""


def varied(ids: tuple[int, ...], n_samples: int, copies: int = 1) -> list[GenerateRequest]:
    return [
        GenerateRequest(ids, sampling, seed=100 * i, n_samples=n_samples)
        for i, sampling in enumerate(VARIED * copies)
    ]


@pytest.mark.parametrize("turns", [False, True])
@pytest.mark.parametrize("n_prompt", [3, 70, 400])
def test_every_request_says_what_it_says_alone(
    random_models: ModelFolder, native_log: NativeLog, n_prompt: int, turns: bool
) -> None:
    """With room for all and, behind a long prompt, with less room than replies."""
    with opened(random_models.path("llama"), native_log, EXACT) as engine:
        engine.generator.turns = turns
        ids = ordinary(engine, n_prompt)
        requests = varied(ids, 3, copies=3)
        sinks = [KeepingSink() for _ in requests]
        answers, order = together(engine, requests, sinks)
        assert order != sorted(order)  # a short one ends before a long one
        agreed = total = 0
        for request, answer, sink in zip(requests, answers, sinks, strict=True):
            for index, sample in enumerate(answer.samples):
                seed = request.seed + index
                alone = generated(engine, ids, request.sampling, seed=seed).samples[0]
                n = min(len(alone.tokens), len(sample.tokens))
                same = alone.tokens.ids[:n] == sample.tokens.ids[:n]
                agreed, total = agreed + int(same.sum()), total + n
                assert sink.texts.get(index, "") == sample.text
                if same.all():
                    assert (alone.text, alone.finish) == (sample.text, sample.finish)
                    off = np.abs(alone.tokens.logprob - sample.tokens.logprob)
                    assert off.max(initial=0.0) < 1e-3
        assert agreed >= 0.97 * total


@pytest.mark.parametrize("name", ["qwen2", "gemma2", "mixtral"])
def test_other_kinds_of_models_too(
    random_models: ModelFolder, native_log: NativeLog, name: str
) -> None:
    """Sliding windows and experts; more replies than places, so that sequences are wound back."""
    with opened(random_models.path(name), native_log, EXACT) as engine:
        ids = ordinary(engine, 90)
        requests = varied(ids, 4, copies=3)
        answers, _ = together(engine, requests)
        agreed = total = 0
        for request, answer in zip(requests[::3], answers[::3], strict=True):
            for index, sample in enumerate(answer.samples):
                seed = request.seed + index
                alone = generated(engine, ids, request.sampling, seed=seed).samples[0].tokens
                n = min(len(alone), len(sample.tokens))
                agreed += int((alone.ids[:n] == sample.tokens.ids[:n]).sum())
                total += n
        assert agreed >= 0.95 * total


@pytest.mark.parametrize("model", ["demo-0.5m-q8_0", "demo-2m-q8_0", "demo-2m-q4_0"])
def test_the_demo_models_say_the_same_tokens_alone_and_together(
    native_log: NativeLog, model: str
) -> None:
    """Their kernels add in the same order for any number of replies, on this processor at least;
    others may round otherwise, and a tie may fall to the other side."""
    path = assets_folder() / "models" / f"{model}.gguf"
    with opened(path, native_log, PLAIN) as engine:
        ids = engine.tokenize("Once upon a time there was a small hen", add_bos=True).ids
        requests = varied(ids, 4)
        answers, _ = together(engine, requests)
        agreed = total = 0
        for request, answer in zip(requests, answers, strict=True):
            for index, sample in enumerate(answer.samples):
                seed = request.seed + index
                alone = generated(engine, ids, request.sampling, seed=seed).samples[0].tokens
                n = min(len(alone), len(sample.tokens))
                agreed += int((alone.ids[:n] == sample.tokens.ids[:n]).sum())
                total += n
        assert agreed >= 0.9 * total


def test_the_same_batch_twice_is_the_same_to_the_last_bit(
    random_models: ModelFolder, native_log: NativeLog
) -> None:
    with opened(random_models.path("llama"), native_log, PLAIN) as engine:
        ids = ordinary(engine, 90)
        first, _ = together(engine, varied(ids, 2))
        generated(engine, ordinary(engine, 30, seed=4), FREE)
        second, _ = together(engine, varied(ids, 2))
        for a, b in zip(first, second, strict=True):
            for one, other in zip(a.samples, b.samples, strict=True):
                assert one.tokens.ids.tolist() == other.tokens.ids.tolist()
                assert one.tokens.logprob.tobytes() == other.tokens.logprob.tobytes()


def test_what_stood_in_the_cache_before_still_stands_there(
    random_models: ModelFolder, native_log: NativeLog
) -> None:
    with opened(random_models.path("llama"), native_log, PLAIN) as engine:
        ids = ordinary(engine, 80)
        before = generated(engine, ids, FREE)
        together(engine, varied(ordinary(engine, 50, seed=9), 3))
        again = generated(engine, ids, FREE)
        assert again.timings.cached_tokens == 80
        assert again.samples[0].tokens.ids.tolist() == before.samples[0].tokens.ids.tolist()


def test_timings_are_each_requests_own(random_models: ModelFolder, native_log: NativeLog) -> None:
    with opened(random_models.path("llama"), native_log, PLAIN) as engine:
        ids = ordinary(engine, 80)
        answers, _ = together(engine, varied(ids, 30))
        first, *others = (answer.timings for answer in answers)
        assert (first.prefill_tokens, first.cached_tokens) == (80, 0)
        assert {(t.prefill_tokens, t.cached_tokens) for t in others} == {(0, 80)}
        for answer in answers:
            made = sum(len(s.tokens) for s in answer.samples)
            assert answer.timings.decode_tokens == made
            assert answer.timings.first_token_ms is not None
        assert all(t.decode_tps is None or t.decode_tps > 0 for t in others)


def test_without_memory_for_more_they_share_the_caches_cells(
    random_models: ModelFolder, native_log: NativeLog
) -> None:
    with opened(random_models.path("llama"), native_log, EXACT) as engine:
        engine.generator._spare_cells = lambda: 1000
        answers, _ = together(engine, varied(ordinary(engine, 30), 3, copies=2))
        assert engine._kv.seat_cells == 0
        assert max(answer.timings.beside for answer in answers) > 0
        engine.generator._spare_cells = lambda: 100_000
        together(engine, varied(ordinary(engine, 30), 3, copies=2))
        assert engine._kv.seat_cells > 1000


@pytest.mark.parametrize("turns", [False, True])
def test_one_of_them_is_stopped_and_the_others_go_on(
    random_models: ModelFolder, native_log: NativeLog, turns: bool
) -> None:
    with opened(random_models.path("llama"), native_log, PLAIN) as engine:
        engine.generator.turns = turns
        ids = ordinary(engine, 20)
        endless = GenerateRequest(ids, replace(FREE, max_tokens=900), seed=1)
        short = GenerateRequest(ids, FREE, seed=2)
        cancels = [CancelToken() for _ in range(3)]
        cancels[2].cancel()  # before it began
        sinks = [KeepingSink(on_tokens=cancels[0].cancel), KeepingSink(), KeepingSink()]
        answers, _ = together(engine, [endless, short, short], sinks, cancels)
        assert [a.samples[0].finish for a in answers] == [
            Finish.CANCELLED,
            Finish.LENGTH,
            Finish.CANCELLED,
        ]
        assert 0 < len(answers[0].samples[0].tokens) < 900
        assert len(answers[2].samples[0].tokens) == 0
        alone = generated(engine, ids, FREE, seed=2)
        assert answers[1].samples[0].tokens.ids.tolist() == alone.samples[0].tokens.ids.tolist()
        for cancel in cancels:
            cancel.cancel()  # nobody listens any more
        assert generated(engine, ids, FREE).samples[0].finish is Finish.LENGTH


def test_one_that_waits_for_its_place_is_stopped_at_once(
    random_models: ModelFolder, native_log: NativeLog
) -> None:
    with opened(random_models.path("llama"), native_log, PLAIN) as engine:
        ids = ordinary(engine, 20)
        endless = GenerateRequest(ids, replace(FREE, max_tokens=900), seed=1, n_samples=70)
        cancels = [CancelToken(), CancelToken()]
        sinks = [KeepingSink(on_tokens=cancels[1].cancel), KeepingSink()]
        found: list[int] = []

        def first_done(_result: GenerateResult) -> None:
            found.append(0)

        def second_done(result: GenerateResult) -> None:
            found.append(1)
            assert {s.finish for s in result.samples} == {Finish.CANCELLED}
            assert {len(s.tokens) for s in result.samples} == {0}
            cancels[0].cancel()

        orders = [
            Order(endless, sinks[0], cancels[0], first_done),
            Order(endless, sinks[1], cancels[1], second_done),
        ]
        engine.generate_many(orders)
        assert found == [1, 0]


@pytest.mark.parametrize("turns", [False, True])
def test_all_of_them_are_stopped(
    random_models: ModelFolder, native_log: NativeLog, turns: bool
) -> None:
    with opened(random_models.path("llama"), native_log, PLAIN) as engine:
        engine.generator.turns = turns
        ids = ordinary(engine, 20)
        cancels = [CancelToken(), CancelToken()]

        def stop() -> None:
            for cancel in cancels:
                cancel.cancel()

        endless = GenerateRequest(ids, replace(FREE, max_tokens=900), seed=1, n_samples=40)
        sinks = [KeepingSink(on_tokens=stop), KeepingSink()]
        answers, _ = together(engine, [endless, endless], sinks, cancels)
        finishes = {s.finish for a in answers for s in a.samples}
        assert finishes == {Finish.CANCELLED}
        whole, _ = together(engine, varied(ids, 1))
        assert whole[0].samples[0].finish is Finish.LENGTH


def test_a_model_that_cannot_go_back(tmp_path: Path, native_log: NativeLog) -> None:
    """Recurrent layers hold one state: a reply's place is not free before all have ended."""
    with opened(write_hybrid(tmp_path / "hybrid.gguf"), native_log, EXACT) as engine:
        ids = ordinary(engine, 30)
        sampling = replace(FREE, max_tokens=4)
        requests = [GenerateRequest(ids, sampling, seed=10 * i, n_samples=30) for i in range(3)]
        answers, _ = together(engine, requests)
        for request, answer in zip(requests, answers, strict=True):
            for index in (0, 17, 29):
                alone = generated(engine, ids, sampling, seed=request.seed + index)
                said = answer.samples[index].tokens.ids.tolist()
                assert said == alone.samples[0].tokens.ids.tolist()


def test_what_cannot_be_made_together_is_refused(
    random_models: ModelFolder, native_log: NativeLog
) -> None:
    with opened(random_models.path("llama"), native_log, PLAIN) as engine:
        ids = ordinary(engine, 20)
        one = GenerateRequest(ids, FREE, seed=1)
        with pytest.raises(UserError, match="as many alternatives"):
            together(engine, [one, replace(one, top=3)])
        with pytest.raises(UserError, match="fork"):
            engine.check(replace(one, n_sampled=2))


@pytest.fixture
def client(demo_model: Path) -> EngineClient:
    return EngineClient(demo_model, EngineSettings(n_ctx=512, n_threads=1))


def test_through_the_child_each_job_ends_by_itself(client: EngineClient) -> None:
    ids = client.tokenize("Once upon a time", add_bos=True).result(WAIT_S).ids
    good = GenerateRequest(ids, FREE, seed=3, n_samples=2)
    bad = replace(good, sampling=replace(FREE, temperature=-1.0))
    sinks = [KeepingSink() for _ in range(3)]
    try:
        first, refused, third = client.generate_many([good, bad, replace(good, seed=9)], sinks)
        for job, seed in ((first, 3), (third, 9)):
            result = job.future.result(WAIT_S)
            alone = client.generate(replace(good, seed=seed), KeepingSink()).future.result(WAIT_S)
            assert [s.text for s in result.samples] == [s.text for s in alone.samples]
        error = refused.future.exception(WAIT_S)
        assert isinstance(error, UserError)
        assert "temperature" in error.message
        assert sinks[0].texts[1] == first.future.result().samples[1].text
        assert client.generate_many([], []) == []
    finally:
        client.close()


def test_the_child_dies_under_some_of_them(client: EngineClient) -> None:
    ids = client.tokenize("Once upon a time", add_bos=True).result(WAIT_S).ids
    pid = client.pid
    assert pid is not None
    short = GenerateRequest(ids, FREE, seed=3)
    endless = GenerateRequest(ids, replace(FREE, max_tokens=500), seed=4, n_samples=90)
    try:
        one, other = client.generate_many([short, endless], [KeepingSink(), KeepingSink()])
        one.future.result(WAIT_S)
        os.kill(pid, signal.SIGKILL)
        assert isinstance(other.future.exception(WAIT_S), EngineDiedError)
        (again,) = client.generate_many([short], [KeepingSink()])
        assert again.future.result(WAIT_S).samples[0].text == one.future.result().samples[0].text
    finally:
        client.close()


@pytest.mark.bench
def test_a_batch_costs_half_the_computing_of_its_replies_alone(
    demo_model: Path, native_log: NativeLog
) -> None:
    """Time of the processor, not of the clock.

    Not reached on a quiet machine, where medians of 1.36 to 1.54 were measured, so it stands with
    the benchmarks; by the clock, with both cores, `sweep_batched` gives 2.9.
    """
    with opened(demo_model, native_log, PLAIN) as engine:
        ids = engine.tokenize("Once upon a time there was a", add_bos=True).ids
        requests = [
            GenerateRequest(ids, replace(FREE, max_tokens=32, temperature=t), 7, n_samples=8)
            for t in (0.2, 0.5, 0.8, 1.1, 1.4, 1.7)
        ]

        def batched() -> float:
            start = time.process_time()
            together(engine, requests)
            return time.process_time() - start

        def alone() -> float:
            start = time.process_time()
            for request in requests:
                for index in range(8):
                    generated(engine, ids, request.sampling, seed=7 + index)
            return time.process_time() - start

        batched()
        ratios = sorted(alone() / batched() for _ in range(5))
        assert ratios[2] >= 1.6, ratios
