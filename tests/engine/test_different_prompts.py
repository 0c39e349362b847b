"""Different prompts made in one batch: each reply is what it is alone, and ends by itself."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
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
from workbench.core.types import (
    EngineSettings,
    Finish,
    GenerateRequest,
    GenerateResult,
    SampleResult,
)
from workbench.engine.client import EngineClient
from workbench.engine.llama import LlamaEngine
from workbench.engine.native.lib import NativeLog
from workbench.engine.orders import Order

WAIT_S = 60.0
FREE = Sampling(max_tokens=12, ignore_eos=True)
CHAINS = (
    replace(GREEDY, max_tokens=9),
    replace(FREE, temperature=1.3, top_k=0),
    replace(FREE, max_tokens=1),
    replace(FREE, repeat_penalty=1.5, dry_multiplier=0.8),
    replace(FREE, mirostat=2, max_tokens=25),
    replace(FREE, grammar='root ::= ("a" | "b")+', max_tokens=30),
    Sampling(max_tokens=40, temperature=1.5, top_k=0),
)
"""Different lengths, so that replies leave and others take their places."""


def varied(
    engine: LlamaEngine, lengths: Sequence[int], head: int, n_samples: int = 1, seed: int = 0
) -> list[GenerateRequest]:
    """Prompts of these lengths that share their first tokens and nothing else."""
    common = ordinary(engine, head, seed=999)
    return [
        GenerateRequest(
            (*common[:length], *ordinary(engine, max(0, length - head), seed=seed + i)),
            CHAINS[i % len(CHAINS)],
            seed=100 * i,
            n_samples=n_samples,
        )
        for i, length in enumerate(lengths)
    ]


def alone(engine: LlamaEngine, request: GenerateRequest, index: int) -> SampleResult:
    seed = request.seed + index
    return generated(engine, request.prompt_ids, request.sampling, seed=seed).samples[0]


def agreement(
    engine: LlamaEngine, requests: Sequence[GenerateRequest], answers: Sequence[GenerateResult]
) -> float:
    """Part of the tokens that are those of each reply made alone; first tokens are all equal."""
    agreed = total = 0
    for request, answer in zip(requests, answers, strict=True):
        for index, sample in enumerate(answer.samples):
            one = alone(engine, request, index)
            n = min(len(one.tokens), len(sample.tokens))
            same = one.tokens.ids[:n] == sample.tokens.ids[:n]
            agreed, total = agreed + int(same.sum()), total + n
            # The prompt was read as it is read alone: nothing is even rounded otherwise.
            assert one.tokens.logprob[:1].tobytes() == sample.tokens.logprob[:1].tobytes()
            assert one.tokens.top_ids[:1].tobytes() == sample.tokens.top_ids[:1].tobytes()
            if same.all():
                assert (one.text, one.finish) == (sample.text, sample.finish)
                off = np.abs(one.tokens.logprob - sample.tokens.logprob)
                assert off.max(initial=0.0) < 1e-2
    return agreed / total


@pytest.mark.parametrize("turns", [False, True])
@pytest.mark.parametrize("head", [0, 40, 130])
def test_every_reply_is_what_it_is_alone(
    random_models: ModelFolder, native_log: NativeLog, head: int, turns: bool
) -> None:
    """More replies than places, prompts shorter than what the others share, some alike."""
    with opened(random_models.path("llama"), native_log, EXACT) as engine:
        engine.generator.turns = turns
        lengths = [3, 150, 64, 65, 200, 63, 1, 128, 129, 300] * 3
        requests = varied(engine, lengths, head, n_samples=2)
        requests += [replace(requests[4], seed=7), replace(requests[4], seed=9)]
        sinks = [KeepingSink() for _ in requests]
        answers, order = together(engine, requests, sinks)
        assert order != sorted(order)  # a short one ends before a long one
        assert agreement(engine, requests, answers) >= 0.97
        for request, answer, sink in zip(requests, answers, sinks, strict=True):
            assert [sink.texts.get(i, "") for i in range(2)] == [s.text for s in answer.samples]
            # Nothing is read for one whose prompt was read for another.
            assert not sink.progress or sink.progress[-1] == (len(request.prompt_ids),) * 2


@pytest.mark.parametrize("name", ["qwen2", "gemma2", "mixtral"])
def test_other_kinds_of_models_too(
    random_models: ModelFolder, native_log: NativeLog, name: str
) -> None:
    """Sliding windows and experts; the second batch shares less with what stands there."""
    with opened(random_models.path(name), native_log, EXACT) as engine:
        for head, seed in ((200, 0), (140, 50), (70, 90)):
            requests = varied(engine, [220, 210, 250, 90, 205] * 4, head, seed=seed)
            answers, _ = together(engine, requests)
            assert max(a.timings.beside for a in answers) == 16
            some = slice(None, None, 3)
            assert agreement(engine, requests[some], answers[some]) >= 0.95


TEXTS = (
    "Once upon a time",
    "Ein Käse für Zoë: 🦔 und",
    "日本語の物語。昔々",
    "The capital of France is",
    "2 + 2 =",
    "Once upon a time there was a hen. One day",
    "\u202eright to left\u202c and",
)


@pytest.mark.parametrize("model", ["demo-0.5m-q8_0", "demo-2m-q8_0", "demo-2m-q4_0"])
def test_the_demo_models_say_the_same_alone(native_log: NativeLog, model: str) -> None:
    """Greedy, in any script, with stop strings that end some of them."""
    path = assets_folder() / "models" / f"{model}.gguf"
    with opened(path, native_log, PLAIN) as engine:
        greedy = replace(GREEDY, max_tokens=30, stop=(".", "\n", "ä"))
        requests = [
            GenerateRequest(engine.tokenize(f"{text} {i}", add_bos=True).ids, greedy, seed=i)
            for i, text in enumerate(TEXTS * 4)
        ]
        answers, _ = together(engine, requests)
        same = 0
        for request, answer in zip(requests, answers, strict=True):
            one = alone(engine, request, 0)
            (sample,) = answer.samples
            same += (one.text, one.finish) == (sample.text, sample.finish)
            assert not any(stop in sample.text for stop in greedy.stop)
        assert same >= 0.9 * len(requests)
        assert Finish.STOP in {a.samples[0].finish for a in answers}


def test_the_same_batch_twice_is_the_same_to_the_last_bit(
    random_models: ModelFolder, native_log: NativeLog
) -> None:
    """Whatever stood in the sequences before."""
    with opened(random_models.path("llama"), native_log, PLAIN) as engine:
        requests = varied(engine, [90, 20, 140] * 3, 70)
        first, _ = together(engine, requests)
        together(engine, varied(engine, [100, 80, 30] * 4, 75, seed=500))
        generated(engine, ordinary(engine, 30, seed=4), FREE)
        second, _ = together(engine, requests)
        for a, b in zip(first, second, strict=True):
            assert a.samples[0].tokens.ids.tobytes() == b.samples[0].tokens.ids.tobytes()
            assert a.samples[0].tokens.logprob.tobytes() == b.samples[0].tokens.logprob.tobytes()


def test_timings_are_each_replys_own(random_models: ModelFolder, native_log: NativeLog) -> None:
    """What all prompts begin with is read once, and nobody's speed is told as if it were alone."""
    with opened(random_models.path("llama"), native_log, PLAIN) as engine:
        requests = varied(engine, [150] * 6, 130)
        answers, _ = together(engine, requests)
        read = [(a.timings.prefill_tokens, a.timings.cached_tokens) for a in answers]
        assert read == [(150, 0)] + [(22, 128)] * 5
        for answer in answers:
            timings = answer.timings
            assert timings.decode_tokens == len(answer.samples[0].tokens)
            assert timings.first_token_ms is not None
            assert 0 < timings.beside <= 5 or timings.decode_tokens == 1
        one = generated(engine, requests[0].prompt_ids, FREE, n_samples=3)
        assert one.timings.beside == 0
        (both,), _ = together(engine, [replace(requests[1], n_samples=3)])
        assert both.timings.beside == 0  # its own replies are not others


@pytest.mark.parametrize("turns", [False, True])
def test_the_last_step_of_a_reply_counts_too(
    random_models: ModelFolder, native_log: NativeLog, turns: bool
) -> None:
    """Two tokens take one step: a speed, and never more time than passed."""
    with opened(random_models.path("llama"), native_log, PLAIN) as engine:
        engine.generator.turns = turns
        two = replace(FREE, max_tokens=2)
        requests = [replace(one, sampling=two) for one in varied(engine, [20, 30] * 10, 0)]
        began = time.perf_counter()
        answers, _ = together(engine, requests)
        passed = time.perf_counter() - began
        answers = [*answers, generated(engine, requests[0].prompt_ids, two)]
        speeds = [a.timings.decode_tps for a in answers]
        seconds = [1 / speed for speed in speeds if speed is not None]
        assert len(seconds) == len(answers)
        assert sum(seconds[:-1]) < passed
        once = generated(engine, requests[0].prompt_ids, replace(FREE, max_tokens=1))
        assert once.timings.decode_tps is None


def test_a_model_that_cannot_go_back_takes_one_prompt_after_the_other(
    tmp_path: Path, native_log: NativeLog
) -> None:
    with opened(write_hybrid(tmp_path / "hybrid.gguf"), native_log, EXACT) as engine:
        requests = varied(engine, [30, 9, 30, 70], 5)
        answers, order = together(engine, requests)
        assert order == [0, 1, 2, 3]
        assert {a.timings.beside for a in answers} == {0}
        assert agreement(engine, requests, answers) == 1.0


def test_prompts_too_long_to_stand_beside_others_wait_for_them(
    random_models: ModelFolder, native_log: NativeLog
) -> None:
    with opened(random_models.path("llama"), native_log, EXACT, n_ctx=6000) as engine:
        requests = varied(engine, [4500, 30, 1, 4600, 50], 900)
        answers, _ = together(engine, requests)
        assert [a.timings.beside for a in answers] == [0, 1, 0, 0, 1]
        assert agreement(engine, requests, answers) >= 0.97


def test_without_memory_for_more_one_prompt_follows_the_other(
    random_models: ModelFolder, native_log: NativeLog
) -> None:
    with opened(random_models.path("llama"), native_log, EXACT) as engine:
        engine.generator._spare_cells = lambda: 1000
        requests = varied(engine, [20, 70, 20], 8, n_samples=2)
        requests.append(replace(requests[0], seed=50))
        answers, _ = together(engine, requests)
        assert [a.timings.beside > 0 for a in answers] == [True, False, False, True]  # one prompt
        assert agreement(engine, requests, answers) >= 0.97


def test_one_is_stopped_and_the_others_go_on(
    random_models: ModelFolder, native_log: NativeLog
) -> None:
    """While it grows, before it begins, and while its own prompt is read."""
    with opened(random_models.path("llama"), native_log, PLAIN) as engine:
        requests = [
            replace(one, sampling=replace(FREE, max_tokens=most))
            for one, most in zip(
                varied(engine, [20, 20, 900, 20], 0), (900, 12, 12, 12), strict=True
            )
        ]
        cancels = [CancelToken() for _ in requests]
        cancels[3].cancel()
        sinks = [
            KeepingSink(on_tokens=cancels[0].cancel),
            KeepingSink(),
            KeepingSink(on_prefill=cancels[2].cancel, prefill_at=200),
            KeepingSink(),
        ]
        answers, _ = together(engine, requests, sinks, cancels)
        ends = [a.samples[0].finish for a in answers]
        assert ends == [Finish.CANCELLED, Finish.LENGTH, Finish.CANCELLED, Finish.CANCELLED]
        assert 0 < len(answers[0].samples[0].tokens) < 900
        assert 200 <= sinks[2].progress[-1][0] < 300
        assert sinks[3].progress == []
        assert agreement(engine, requests[1:2], answers[1:2]) == 1.0
        again, _ = together(engine, requests[1:3])
        assert agreement(engine, requests[1:3], again) == 1.0


@pytest.mark.parametrize("turns", [False, True])
def test_all_are_stopped(random_models: ModelFolder, native_log: NativeLog, turns: bool) -> None:
    with opened(random_models.path("llama"), native_log, PLAIN) as engine:
        engine.generator.turns = turns
        endless = [
            replace(one, sampling=replace(FREE, max_tokens=700))
            for one in varied(engine, [20, 30, 90] * 8, 0)
        ]
        cancels = [CancelToken() for _ in endless]

        def stop() -> None:
            for cancel in cancels:
                cancel.cancel()

        sinks = [KeepingSink(on_tokens=stop), *(KeepingSink() for _ in endless[1:])]
        answers, _ = together(engine, endless, sinks, cancels)
        assert {a.samples[0].finish for a in answers} == {Finish.CANCELLED}
        whole = varied(engine, [20, 80, 90], 10)
        answers, _ = together(engine, whole)
        assert agreement(engine, whole, answers) == 1.0


def test_one_that_cannot_begin_fails_alone(
    random_models: ModelFolder, native_log: NativeLog
) -> None:
    """Its other replies end with it."""
    with opened(random_models.path("llama"), native_log, EXACT) as engine:
        requests = varied(engine, [20, 30, 40, 50], 0, n_samples=2)
        broken = replace(requests[1], sampling=replace(FREE, grammar="root ::= nobody"))
        failed: list[UserError] = []
        done: list[GenerateResult] = []
        chosen = (requests[0], broken, *requests[2:])
        sinks = [KeepingSink() for _ in chosen]
        orders = [
            Order(one, sink, CancelToken(), done.append, failed.append)
            for one, sink in zip(chosen, sinks, strict=True)
        ]
        engine.generate_many(orders)
        assert len(failed) == 1
        assert len(done) == 3
        assert sinks[1].texts == {}
        with pytest.raises(UserError, match="grammar"):
            together(engine, chosen)
        answers, _ = together(engine, requests)
        assert agreement(engine, requests, answers) >= 0.97


@pytest.fixture
def client(demo_model: Path) -> Iterator[EngineClient]:
    made = EngineClient(demo_model, EngineSettings(n_ctx=512, n_threads=1))
    yield made
    made.close()


def asked(client: EngineClient, text: str, **more: int) -> GenerateRequest:
    ids = client.tokenize(text, add_bos=True).result(WAIT_S).ids
    return GenerateRequest(ids, replace(FREE, **more), seed=3)  # type: ignore[arg-type]  # fields by name


def test_through_the_child_one_is_refused_and_the_others_are_made(client: EngineClient) -> None:
    good, other = asked(client, "Once upon a time"), asked(client, "The capital of")
    long = asked(client, "hen " * 600)
    sinks = [KeepingSink() for _ in range(3)]
    first, refused, third = client.generate_many([good, long, other], sinks)
    for job, request in ((first, good), (third, other)):
        single = client.generate(request, KeepingSink()).future.result(WAIT_S)
        assert job.future.result(WAIT_S).samples[0].text == single.samples[0].text
        assert job.future.result().timings.beside == 1
    error = refused.future.exception(WAIT_S)
    assert isinstance(error, UserError)
    assert "the context holds 512" in error.message


def test_the_child_dies_under_those_that_grow(client: EngineClient) -> None:
    """What has ended stays; the next call starts another child."""
    short = asked(client, "Once upon a time")
    endless = [asked(client, f"Number {i}", max_tokens=480) for i in range(100)]
    pid = client.pid
    assert pid is not None
    one, *others = client.generate_many(
        [short, *endless], [KeepingSink() for _ in range(len(endless) + 1)]
    )
    text = one.future.result(WAIT_S).samples[0].text
    os.kill(pid, signal.SIGKILL)
    errors = [other.future.exception(WAIT_S) for other in others]
    assert isinstance(errors[-1], EngineDiedError)
    again, _ = client.generate_many([short, endless[0]], [KeepingSink(), KeepingSink()])
    assert again.future.result(WAIT_S).samples[0].text == text
