"""What-if over kept logits: unchanged settings give back the run to the last bit, changed ones
what llama.cpp's chain makes of the same logits; memory stays within its bound."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from reference.gguf_models import ModelFolder
from support.engines import PLAIN, generated, ignored, opened, ordinary, said
from support.random_settings import random_sampling

from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.errors import UserError
from workbench.core.sampling import NEUTRAL, PRESETS, Sampling
from workbench.core.types import Stage, Trace, TraceRequest
from workbench.core.what_if import Fate, WhatIf, WhatIfRequest, likelihood
from workbench.engine.llama import LlamaEngine
from workbench.engine.native.lib import NativeLog

N_SETTINGS = 60
N_REPLY = 24


@pytest.fixture(scope="module")
def microscope(random_models: ModelFolder, native_log: NativeLog) -> Iterator[LlamaEngine]:
    """A random llama, shared."""
    with opened(random_models.path("llama"), native_log, PLAIN) as engine:
        yield engine


def nothing(_start: int, _part: WhatIf) -> None:
    """Parts nobody looks at."""


def asked(
    engine: LlamaEngine,
    ids: tuple[int, ...],
    reply: list[int],
    sampling: Sampling,
    seed: int = 0,
) -> WhatIf:
    """The whole answer."""
    request = WhatIfRequest(ids, tuple(reply), sampling, seed)
    return engine.what_if(request, nothing, ignored, CancelToken())


def seen(
    engine: LlamaEngine,
    ids: tuple[int, ...],
    reply: list[int],
    at: int,
    sampling: Sampling,
    seed: int = 0,
) -> Trace:
    """The chain at token `at` of a reply."""
    request = TraceRequest(
        ids, sampling, seed, limit=9999, said=tuple(reply[:at]), token=reply[at], follow=10
    )
    return engine.trace(request, ignored, CancelToken())


def settings(number: int, n_vocab: int) -> Sampling:
    """The presets first, then random ones."""
    presets = list(PRESETS.values())
    if number < len(presets):
        return replace(presets[number], max_tokens=N_REPLY)
    drawn = random_sampling(np.random.default_rng(number), n_vocab)
    return replace(drawn, max_tokens=N_REPLY)


@pytest.mark.parametrize("number", range(N_SETTINGS))
def test_unchanged_settings_give_back_the_run(microscope: LlamaEngine, number: int) -> None:
    engine = microscope
    sampling = settings(number, engine.loaded.vocab.n_vocab)
    ids = (ordinary(engine, 11, seed=number) * 9)[: 20 + number]
    table = generated(engine, ids, sampling, seed=number).samples[0].tokens
    reply = table.ids.tolist()
    if not reply:
        pytest.fail("nothing was said")
    found = asked(engine, ids, reply, sampling, seed=number)
    assert found.fate.tolist() == [Fate.POSSIBLE] * len(reply)
    assert found.p.tolist() == table.p_sampled.tolist()
    assert (found.cut_by == -1).all()
    at = len(reply) - 1
    trace = seen(engine, ids, reply, at, sampling, number)
    assert trace.kept
    assert trace.token == reply[at]
    place = trace.followed_ids.tolist().index(reply[at])
    assert float(trace.stages[-1].followed[place]) == pytest.approx(
        float(table.p_sampled[at]), rel=1e-5
    )
    assert trace.stages[-1].n == found.n_left[at]
    assert trace.stages[-1].mass == pytest.approx(float(found.mass[at]), abs=1e-6)


@pytest.mark.parametrize("number", [0, 1, 2, 3, *range(4, N_SETTINGS, 3)])
def test_kept_logits_show_what_fresh_ones_show(microscope: LlamaEngine, number: int) -> None:
    """The same questions before and after the logits were forgotten, about other settings."""
    engine = microscope
    n_vocab = engine.loaded.vocab.n_vocab
    ids = ordinary(engine, 70, seed=number)
    made = replace(settings(0, n_vocab), ignore_eos=True)
    reply = said(generated(engine, ids, made, seed=3))
    other = settings(number, n_vocab)
    at = N_REPLY // 2
    kept, kept_trace = asked(engine, ids, reply, other), seen(engine, ids, reply, at, other)
    forget(engine)
    fresh_trace = seen(engine, ids, reply, at, other)
    assert (kept_trace.kept, fresh_trace.kept) == (True, False)
    forget(engine)
    fresh = asked(engine, ids, reply, other)
    for column in WhatIf.__slots__[1:]:
        np.testing.assert_array_equal(getattr(kept, column), getattr(fresh, column))
    assert same(kept_trace.stages, fresh_trace.stages)
    assert kept_trace.token == fresh_trace.token
    # Decoding again put back what was asked for.
    assert seen(engine, ids, reply, at, other).kept or fresh_trace.undecided


def forget(engine: LlamaEngine) -> None:
    """Drop kept logits, as if other replies had pushed them out."""
    engine.kept.clear()


def same(a: tuple[Stage, ...], b: tuple[Stage, ...]) -> bool:
    """Whether two walks left the same, to the last bit."""
    return len(a) == len(b) and all(
        (x.name, x.n, x.mass) == (y.name, y.n, y.mass)
        and np.array_equal(x.ids, y.ids)
        and np.array_equal(x.p, y.p)
        and np.array_equal(x.followed, y.followed, equal_nan=True)
        for x, y in zip(a, b, strict=True)
    )


def test_every_sample_of_a_batch_is_kept(microscope: LlamaEngine) -> None:
    engine = microscope
    ids = ordinary(engine, 30)
    sampling = replace(NEUTRAL, max_tokens=12, ignore_eos=True)
    samples = generated(engine, ids, sampling, seed=5, n_samples=3).samples
    for index, sample in enumerate(samples):
        reply = sample.tokens.ids.tolist()
        found = asked(engine, ids, reply, sampling, seed=5 + index)
        assert found.p.tolist() == sample.tokens.p_sampled.tolist()


def test_a_token_beyond_top_k_is_impossible_and_says_why(microscope: LlamaEngine) -> None:
    engine = microscope
    ids = ordinary(engine, 30)
    sampling = replace(NEUTRAL, max_tokens=40, ignore_eos=True)
    table = generated(engine, ids, sampling, seed=2).samples[0].tokens
    found = asked(engine, ids, table.ids.tolist(), replace(sampling, top_k=5), seed=2)
    out = table.rank >= 5
    assert out.any()
    assert not out.all()
    assert (found.fate == Fate.IMPOSSIBLE).tolist() == out.tolist()
    assert {found.cutter(int(i)) for i in np.flatnonzero(out)} == {"top_k"}
    assert (found.n_left == 5).all()
    shares = np.exp(table.top_logprob[:, :5]).sum(axis=1)
    np.testing.assert_allclose(found.mass, shares, rtol=1e-5)
    inside = ~out
    expected = np.exp(table.logprob[inside]) / shares[inside]
    np.testing.assert_allclose(found.p[inside], expected, rtol=1e-4)
    sums = likelihood(found)
    assert sums.logprob == pytest.approx(np.log(expected.astype(np.float64)).sum(), rel=1e-5)
    assert (sums.n_impossible, sums.n_counted) == (int(out.sum()), int(inside.sum()))
    assert sums.is_possible is False


def test_greedy_leaves_only_the_likeliest(microscope: LlamaEngine) -> None:
    engine = microscope
    ids = ordinary(engine, 30)
    sampling = replace(NEUTRAL, max_tokens=30, ignore_eos=True)
    table = generated(engine, ids, sampling, seed=2).samples[0].tokens
    found = asked(engine, ids, table.ids.tolist(), replace(sampling, temperature=0.0))
    assert (found.fate == Fate.POSSIBLE).tolist() == (table.rank == 0).tolist()
    assert (found.best_p == 1.0).all()
    assert found.best_id.tolist() == table.top_ids[:, 0].tolist()


def test_steering_samplers_say_when_they_cannot_know(microscope: LlamaEngine) -> None:
    engine = microscope
    ids = ordinary(engine, 30)
    sampling = replace(NEUTRAL, max_tokens=30, ignore_eos=True)
    reply = said(generated(engine, ids, sampling, seed=2))
    for other in (
        replace(sampling, mirostat=2, mirostat_tau=2.0),
        replace(sampling, samplers=("adaptive_p",), adaptive_target=0.3),
    ):
        found = asked(engine, ids, reply, other, seed=2)
        first = int(np.argmax(found.fate == Fate.UNDECIDED))
        assert 0 < first < len(reply)
        assert (found.fate[first:] == Fate.UNDECIDED).all()
        assert np.isnan(found.p[first:]).all()
        assert not np.isnan(found.p[:first]).any()
        trace = seen(engine, ids, reply, len(reply) - 1, other, 2)
        assert trace.undecided in ("mirostat", "adaptive_p")
        assert [s.name for s in trace.stages] == ["model"]
    assert likelihood(found).is_possible in (False, None)


def test_chance_is_told_from_impossibility(microscope: LlamaEngine) -> None:
    engine = microscope
    ids = ordinary(engine, 30)
    sampling = replace(NEUTRAL, max_tokens=60, ignore_eos=True, temperature=0.4)
    reply = said(generated(engine, ids, sampling, seed=2))
    always = asked(
        engine, ids, reply, replace(sampling, xtc_probability=1.0, xtc_threshold=0.01), 2
    )
    now_and_then = asked(
        engine, ids, reply, replace(sampling, xtc_probability=0.5, xtc_threshold=0.01), 2
    )
    dropped = now_and_then.fate == Fate.CHANCE
    assert dropped.any()
    assert (always.fate[dropped] == Fate.IMPOSSIBLE).all()
    assert dropped.sum() < (always.fate == Fate.IMPOSSIBLE).sum()
    assert {now_and_then.cutter(int(i)) for i in np.flatnonzero(dropped)} == {"xtc"}


def test_what_constraints_took_is_known(microscope: LlamaEngine) -> None:
    engine = microscope
    ids = ordinary(engine, 40)
    plain = seen(engine, ids, [5], 0, NEUTRAL).stages[0]
    p = dict(zip(plain.ids.tolist(), plain.p.tolist(), strict=True))
    first, second, third = plain.ids[:3].tolist()
    banned = replace(NEUTRAL, banned_tokens=(first, second), max_tokens=1)
    found = asked(engine, ids, [third], banned)
    assert found.banned[0] == pytest.approx(p[first] + p[second], rel=1e-5)
    assert (found.grammar[0], found.biased[0]) == (0.0, 0.0)
    assert found.wanted_ids[0].tolist() == [first, second, -1]
    assert found.wanted_p[0, :2].tolist() == pytest.approx([p[first], p[second]], rel=1e-5)
    assert math.isnan(found.wanted_p[0, 2])
    assert asked(engine, ids, [first], banned).cutter(0) == "logit_bias"
    assert found.forbidden(0) == pytest.approx(p[first] + p[second], rel=1e-5)


def test_what_a_bias_moved_is_known(microscope: LlamaEngine) -> None:
    engine = microscope
    ids = ordinary(engine, 40)
    plain = seen(engine, ids, [5], 0, NEUTRAL).stages[0]
    best, p = int(plain.ids[0]), float(plain.p[0])
    found = asked(engine, ids, [best], replace(NEUTRAL, logit_bias=((best, -2.0),)))
    after = p * math.exp(-2) / (1 - p + p * math.exp(-2))
    assert found.biased[0] == pytest.approx(p - after, rel=1e-4)
    assert found.p[0] == pytest.approx(after, rel=1e-4)
    assert found.banned[0] == 0.0
    assert found.wanted_ids[0].tolist() == [best, -1, -1]


def test_what_a_grammar_took_is_known_and_a_broken_rule_ends_it(microscope: LlamaEngine) -> None:
    engine = microscope
    ids = ordinary(engine, 40)
    plain = seen(engine, ids, [5], 0, NEUTRAL).stages[0]
    p = dict(zip(plain.ids.tolist(), plain.p.tolist(), strict=True))
    only_a = {t for t in p if engine.pieces[t] == b"a"}
    (a,) = only_a
    b = next(t for t in p if engine.pieces[t] == b"b")
    sampling = replace(NEUTRAL, grammar='root ::= "aab"')
    found = asked(engine, ids, [a, b, a], sampling)
    controls = set(engine.loaded.vocab.special_texts) - {
        engine.loaded.vocab.eos,
        engine.loaded.vocab.eot,
    }
    gone = sum(x for t, x in p.items() if t not in controls and t != a)
    assert found.banned[0] == pytest.approx(sum(p[t] for t in controls), rel=1e-4)
    assert found.grammar[0] == pytest.approx(gone, rel=1e-4)
    assert found.p[0] == 1.0
    # The second token breaks the rule; nothing can be known of the third.
    assert found.fate.tolist() == [Fate.POSSIBLE, Fate.IMPOSSIBLE, Fate.UNDECIDED]
    assert found.cutter(1) == "grammar"
    trace = seen(engine, ids, [a, b, a], 2, sampling)
    assert trace.undecided == "grammar"


def test_parts_add_up_to_the_whole(microscope: LlamaEngine) -> None:
    engine = microscope
    ids = ordinary(engine, 30)
    sampling = Sampling(max_tokens=50, ignore_eos=True)
    reply = tuple(said(generated(engine, ids, sampling)))
    parts: list[WhatIf] = []
    starts: list[int] = []

    def keep(start: int, part: WhatIf) -> None:
        starts.append(start)
        parts.append(part)

    whole = engine.what_if(WhatIfRequest(ids, reply, sampling, 0), keep, ignored, CancelToken())
    assert starts == np.cumsum([0, *(len(p) for p in parts[:-1])]).tolist()
    joined = WhatIf.joined(parts)
    assert joined.p.tolist() == whole.p.tolist()
    assert len(joined) == len(reply)


def test_it_can_be_stopped(microscope: LlamaEngine) -> None:
    engine = microscope
    ids = ordinary(engine, 30)
    reply = tuple(said(generated(engine, ids, Sampling(max_tokens=9, ignore_eos=True))))
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        engine.what_if(WhatIfRequest(ids, reply, Sampling(), 0), nothing, ignored, cancel)


@pytest.mark.parametrize(
    ("ids", "reply", "sampling"),
    [
        ((1,), (), Sampling()),
        ((1,), (99_999,), Sampling()),
        ((1,), (-1,), Sampling()),
        ((1,) * 1024, (1,), Sampling()),
        ((1,), (1,) * 1025, Sampling()),
        ((), (1,), Sampling()),
        ((1,), (1,), Sampling(grammar="root ::= (")),
        ((1,), (1,), Sampling(temperature=math.nan)),
    ],
)
def test_bad_questions_are_refused(
    microscope: LlamaEngine, ids: tuple[int, ...], reply: tuple[int, ...], sampling: Sampling
) -> None:
    with pytest.raises(UserError):
        asked(microscope, ids, list(reply), sampling)


@pytest.mark.parametrize("number", [0, 2, 9, 14, 21, 33])
def test_a_fork_gives_back_its_own_part(microscope: LlamaEngine, number: int) -> None:
    """The samplers' state begins where the fork began, behind what a person put there."""
    engine = microscope
    sampling = replace(
        settings(number, engine.loaded.vocab.n_vocab),
        ignore_eos=True,
        mirostat=0 if number < 20 else 2,
        xtc_probability=0.5,
        xtc_threshold=0.02,
        grammar="",
    )
    ids = ordinary(engine, 25)
    parent = said(generated(engine, ids, replace(sampling, max_tokens=8), seed=1))
    given = ordinary(engine, 3, seed=77)
    begun = len(parent) + len(given)
    fork = generated(
        engine, (*ids, *parent, *given), sampling, seed=9, n_sampled=begun, n_given=len(given)
    ).samples[0]
    assert fork.tokens.ids[: len(given)].tolist() == list(given)
    reply = [*parent, *fork.tokens.ids.tolist()]
    request = WhatIfRequest(ids, tuple(reply), sampling, 9, begun=begun)
    for _ in range(2):
        found = engine.what_if(request, nothing, ignored, CancelToken())
        assert found.p[begun:].tolist() == fork.tokens.p_sampled[len(given) :].tolist()
        forget(engine)
    last = len(reply) - 1
    trace = engine.trace(
        TraceRequest(
            ids, sampling, 9, said=tuple(reply[:last]), token=reply[last], begun=begun
        ),
        ignored,
        CancelToken(),
    )  # fmt: skip
    assert trace.token == reply[last]


def test_what_was_given_is_kept_too(microscope: LlamaEngine) -> None:
    engine = microscope
    ids = ordinary(engine, 25)
    given = ordinary(engine, 3, seed=77)
    generated(engine, (*ids, *given), Sampling(max_tokens=3), n_sampled=3, n_given=3)
    assert all(r is not None for r in engine.kept.rows(ids, given))
