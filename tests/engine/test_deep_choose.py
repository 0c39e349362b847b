"""Choices: whole-string log-probabilities, many at once, are those of each string alone.

Choices are decoded beside each other in batches, a single text in chunks: sums in another order.
Measured with float32 weights and cache: at most 4e-6 a token over 30 tokens.
"""

from __future__ import annotations

import numpy as np
import pytest
from reference.forward import ReferenceModel
from reference.gguf_models import ModelFolder
from support.engines import EXACT, PLAIN, generated, ignored, opened, ordinary, scored

from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.errors import UserError
from workbench.core.sampling import Sampling
from workbench.core.types import ChoiceScore, ChooseRequest
from workbench.engine.llama import LlamaEngine
from workbench.engine.native.lib import NativeLog
from workbench.experiments.probability import choice_probabilities

Choices = tuple[tuple[int, ...], ...]


def chosen(
    engine: LlamaEngine, prompt: tuple[int, ...], choices: Choices, top: int = 0
) -> tuple[ChoiceScore, ...]:
    """The scores."""
    return engine.choose(ChooseRequest(prompt, choices, top), ignored, CancelToken())


def some_choices(engine: LlamaEngine, n: int, longest: int, seed: int = 7) -> Choices:
    """`n` choices of 1 to `longest` tokens; every tenth continues the one before it."""
    random = np.random.default_rng(seed)
    made: list[tuple[int, ...]] = []
    for index in range(n):
        body = ordinary(engine, int(random.integers(1, longest + 1)), seed=index + 100)
        made.append(made[-1] + body if index % 10 == 9 else body)
    return tuple(made)


def alone(engine: LlamaEngine, prompt: tuple[int, ...], choice: tuple[int, ...]) -> float:
    """The choice scored as the end of one text."""
    table = scored(engine, prompt + choice, start=len(prompt))
    return float(table.logprob.astype(np.float64).sum())


@pytest.mark.parametrize("name", ["llama", "qwen2", "gemma2", "mixtral"])
@pytest.mark.parametrize("n_prompt", [1, 20, 64, 100])
def test_choices_equal_the_reference(
    random_models: ModelFolder, native_log: NativeLog, name: str, n_prompt: int
) -> None:
    path = random_models.path(name)
    reference = ReferenceModel(path)
    with opened(path, native_log) as engine:
        prompt = ordinary(engine, n_prompt)
        choices = some_choices(engine, 6, 12)
        for choice, score in zip(choices, chosen(engine, prompt, choices), strict=True):
            rows = reference.forward(prompt + choice).logprobs[n_prompt - 1 : -1]
            expected = rows[np.arange(len(choice)), choice]
            assert score.ids == choice
            assert np.abs(score.tokens.logprob - expected).max() <= 1e-3
            assert score.logprob == pytest.approx(expected.sum(), abs=1e-3)


@pytest.mark.parametrize("n_choices", [1, 2, 63, 64, 150])
def test_many_choices_equal_each_alone(
    random_models: ModelFolder, native_log: NativeLog, n_choices: int
) -> None:
    with opened(random_models.path("llama"), native_log) as engine:
        prompt = ordinary(engine, 90)
        choices = some_choices(engine, n_choices, 6)
        scores = chosen(engine, prompt, choices)
        assert [s.ids for s in scores] == list(choices)
        for index in range(0, n_choices, 7):
            expected = alone(engine, prompt, choices[index])
            assert scores[index].logprob == pytest.approx(expected, abs=1e-3)
            assert len(scores[index].tokens) == len(choices[index])


def test_one_token_choices_are_the_next_tokens_distribution(
    random_models: ModelFolder, native_log: NativeLog
) -> None:
    with opened(random_models.path("qwen2"), native_log) as engine:
        prompt = ordinary(engine, 70)
        n_vocab = engine.loaded.vocab.n_vocab
        scores = chosen(engine, prompt, tuple((t,) for t in range(n_vocab)))
        assert sum(np.exp(s.logprob) for s in scores) == pytest.approx(1.0, abs=1e-5)
        next_one = generated(engine, prompt, Sampling(max_tokens=1), top=n_vocab).samples[0].tokens
        expected = dict(zip(next_one.top_ids[0].tolist(), next_one.top_logprob[0], strict=True))
        for token, score in enumerate(scores):
            assert score.logprob == pytest.approx(float(expected[token]), abs=1e-6)


def test_a_choice_that_begins_another(random_models: ModelFolder, native_log: NativeLog) -> None:
    with opened(random_models.path("llama"), native_log) as engine:
        prompt, long = ordinary(engine, 30), ordinary(engine, 30, seed=3)
        choices = (long[:1], long[:10], long, long[:10])
        first, ten, whole, again = chosen(engine, prompt, choices, top=2)
        assert whole.tokens.logprob[:10] == pytest.approx(ten.tokens.logprob, abs=1e-4)
        assert whole.tokens.logprob[0] == ten.tokens.logprob[0] == first.logprob
        assert first.logprob >= ten.logprob >= whole.logprob
        assert again.logprob == pytest.approx(ten.logprob, abs=1e-4)
        assert whole.tokens.top_ids.shape == (30, 2)


def test_the_prompt_is_decoded_once(random_models: ModelFolder, native_log: NativeLog) -> None:
    with opened(random_models.path("llama"), native_log, PLAIN) as engine:
        prompt = ordinary(engine, 150)
        choices = some_choices(engine, 130, 4)
        seen: list[tuple[int, int]] = []
        request = ChooseRequest(prompt, choices)
        first = engine.choose(request, lambda d, t: seen.append((d, t)), CancelToken())
        prefill = [(0, 150), (64, 150), (128, 150), (150, 150)]
        assert seen == [*prefill, (63, 130), (126, 130), (130, 130)]
        seen.clear()
        again = engine.choose(request, lambda d, t: seen.append((d, t)), CancelToken())
        assert seen == [(150, 150), (63, 130), (126, 130), (130, 130)]
        assert [s.logprob for s in first] == [s.logprob for s in again]
        # ... and the prompt is still there for a generation.
        assert generated(engine, prompt, Sampling(max_tokens=1)).timings.cached_tokens == 150


def test_choices_change_nothing_of_a_later_reply(
    random_models: ModelFolder, native_log: NativeLog
) -> None:
    path, sampling = random_models.path("gemma2"), Sampling(max_tokens=20, ignore_eos=True)
    with opened(path, native_log, PLAIN) as engine:
        prompt = ordinary(engine, 100)
        expected = generated(engine, prompt, sampling).samples[0].tokens
    with opened(path, native_log, PLAIN) as engine:
        chosen(engine, prompt, some_choices(engine, 70, 20))
        found = generated(engine, prompt, sampling).samples[0].tokens
    assert found.ids.tolist() == expected.ids.tolist()
    assert found.logprob.tobytes() == expected.logprob.tobytes()


def test_very_long_choices_keep_probabilities_that_add_up(
    random_models: ModelFolder, native_log: NativeLog
) -> None:
    with opened(random_models.path("llama"), native_log) as engine:
        prompt = ordinary(engine, 10)
        choices = tuple(ordinary(engine, 400, seed=s) for s in (1, 2, 3))
        logprobs = [s.logprob for s in chosen(engine, prompt, choices)]
        assert max(logprobs) < -900
        for choice, logprob in zip(choices, logprobs, strict=True):
            assert logprob == pytest.approx(alone(engine, prompt, choice), abs=1e-2)
    p = choice_probabilities(logprobs)
    assert sum(p) == pytest.approx(1.0)
    assert max(p) == p[int(np.argmax(logprobs))] > 0


def test_choices_that_do_not_fit_the_context_are_refused_and_those_that_just_fit_are_not(
    random_models: ModelFolder, native_log: NativeLog
) -> None:
    with opened(random_models.path("llama"), native_log, n_ctx=128) as engine:
        prompt = ordinary(engine, 100)
        (score,) = chosen(engine, prompt, (ordinary(engine, 28, seed=2),))
        assert len(score.tokens) == 28
        with pytest.raises(UserError, match="100 tokens long with 29 more"):
            chosen(engine, prompt, (prompt[:1], ordinary(engine, 29, seed=2)))
        for bad in ((), ((),), ((5,), ())):
            with pytest.raises(UserError, match="choice"):
                chosen(engine, prompt, bad)
        with pytest.raises(UserError, match="token 9999"):
            chosen(engine, prompt, ((9999,),))
        # 70 choices of 28 tokens need more cells than the context has: a larger one is made.
        many = chosen(engine, prompt, tuple(ordinary(engine, 28, seed=s) for s in range(70)))
        assert many[2].logprob == pytest.approx(score.logprob, abs=1e-3)


def test_a_cancel_between_groups(random_models: ModelFolder, native_log: NativeLog) -> None:
    with opened(random_models.path("llama"), native_log, EXACT) as engine:
        prompt, choices = ordinary(engine, 80), some_choices(engine, 100, 5)
        expected = [s.logprob for s in chosen(engine, prompt, choices)]
        cancel = CancelToken()

        def stop(done: int, total: int) -> None:
            if (done, total) == (63, 100):
                cancel.cancel()

        with pytest.raises(Cancelled):
            engine.choose(ChooseRequest(prompt, choices), stop, cancel)
        assert [s.logprob for s in chosen(engine, prompt, choices)] == expected
