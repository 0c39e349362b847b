"""Choices of many prompts at once are those of each prompt alone, up to rounding.

Measured with float32 weights and cache: at most 6e-6 a token, 3e-4 for a model with soft caps.
"""

from __future__ import annotations

import numpy as np
import pytest
from reference.gguf_models import ModelFolder
from support.engines import EXACT, PLAIN, ignored, opened, ordinary, scored

from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.errors import UserError
from workbench.core.types import ChoiceScore, ChooseManyRequest, ChooseRequest, EngineSettings
from workbench.engine.llama import LlamaEngine
from workbench.engine.native.lib import NativeLog


def asked(engine: LlamaEngine, n: int, shared: int, longest: int, seed: int) -> ChooseManyRequest:
    """`n` prompts that begin alike, each with one to five choices of one to `longest` tokens."""
    random = np.random.default_rng(seed)
    head = ordinary(engine, shared, seed)
    requests = []
    for number in range(n):
        own = ordinary(engine, 200, seed + number + 1)[: int(random.integers(1, 60))]
        choices = tuple(
            ordinary(engine, int(random.integers(1, longest + 1)), int(random.integers(9999)))
            for _ in range(int(random.integers(1, 6)))
        )
        requests.append(ChooseRequest(head + own, choices, 3))
    return ChooseManyRequest(tuple(requests))


def together(engine: LlamaEngine, many: ChooseManyRequest) -> tuple[tuple[ChoiceScore, ...], ...]:
    return engine.choose_many(many, ignored, CancelToken())


@pytest.mark.parametrize("name", ["llama", "qwen2", "gemma2", "mixtral", "qwen2moe"])
@pytest.mark.parametrize(
    ("n", "shared", "longest"), [(1, 5, 3), (5, 0, 1), (20, 130, 9), (40, 7, 2)]
)
def test_each_choice_scores_as_it_does_alone(
    random_models: ModelFolder, native_log: NativeLog, name: str, n: int, shared: int, longest: int
) -> None:
    near = 1e-3 if name == "gemma2" else 1e-4
    with opened(random_models.path(name), native_log, EXACT) as engine:
        many = asked(engine, n, shared, longest, seed=n)
        answers = together(engine, many)
        assert len(answers) == n
        for request, scores in zip(many.requests, answers, strict=True):
            assert [score.ids for score in scores] == list(request.choices)
            for score in scores:
                start = len(request.prompt_ids)
                table = scored(engine, request.prompt_ids + score.ids, start=start, top=3)
                assert score.tokens.logprob == pytest.approx(table.logprob, abs=near)
                assert score.tokens.ids.tolist() == table.ids.tolist()
                assert score.logprob == pytest.approx(float(table.logprob.sum()), abs=2 * near)


def test_what_ran_before_changes_no_bit(random_models: ModelFolder, native_log: NativeLog) -> None:
    with opened(random_models.path("qwen2", "q8_0"), native_log, PLAIN) as engine:
        many = asked(engine, 9, 100, 4, seed=2)
        other = asked(engine, 3, 100, 4, seed=2)
        first = together(engine, many)
        scored(engine, many.requests[4].prompt_ids)
        together(engine, other)
        again = together(engine, many)
        for a, b in zip(first, again, strict=True):
            for one, two in zip(a, b, strict=True):
                assert one.logprob == two.logprob
                assert one.tokens.logprob.tobytes() == two.tokens.logprob.tobytes()


def test_a_single_prompt_afterwards_is_what_it_always_is(
    random_models: ModelFolder, native_log: NativeLog
) -> None:
    with opened(random_models.path("llama", "q8_0"), native_log, PLAIN) as engine:
        request = ChooseRequest(ordinary(engine, 150), ((5, 6), (7,)))
        before = engine.choose(request, ignored, CancelToken())[0].logprob
        together(engine, asked(engine, 8, 150, 3, seed=0))
        after = engine.choose(request, ignored, CancelToken())[0].logprob
        assert before == after


def test_more_choices_than_sequences(random_models: ModelFolder, native_log: NativeLog) -> None:
    with opened(random_models.path("llama"), native_log, EXACT) as engine:
        choices = tuple(ordinary(engine, 2, seed) for seed in range(70))
        requests = tuple(ChooseRequest(ordinary(engine, 30, seed), choices) for seed in (1, 2))
        answers = together(engine, ChooseManyRequest(requests))
        for request, scores in zip(requests, answers, strict=True):
            expected = engine.choose(request, ignored, CancelToken())
            found = [score.logprob for score in scores]
            assert found == pytest.approx([score.logprob for score in expected], abs=1e-4)


def test_it_can_be_stopped_and_refuses_what_cannot_be(
    random_models: ModelFolder, native_log: NativeLog
) -> None:
    with opened(random_models.path("llama"), native_log, EngineSettings(n_threads=1)) as engine:
        many = asked(engine, 30, 64, 3, seed=4)
        cancel = CancelToken()

        def stop(done: int, _total: int) -> None:
            if done:
                cancel.cancel()

        with pytest.raises(Cancelled):
            engine.choose_many(many, stop, cancel)
        assert len(together(engine, many)) == 30
        for bad in (
            ChooseRequest((), ((1,),)),
            ChooseRequest((1,), ()),
            ChooseRequest((1,), ((),)),
            ChooseRequest(ordinary(engine, 1020), ((1,) * 9,)),
            ChooseRequest((1,), ((10**6,),)),
        ):
            with pytest.raises(UserError):
                together(engine, ChooseManyRequest((many.requests[0], bad)))
