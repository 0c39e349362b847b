"""Forks: what stands is never decoded again, what was put there is judged, and no fork differs
from the same reply made from nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from reference.gguf_models import ModelFolder
from support.engines import EXACT, generated, opened, ordinary, said, scored
from support.sinks import KeepingSink

from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.sampling import Sampling
from workbench.core.tokens import TokenTable
from workbench.core.types import EngineSettings, Finish, GenerateRequest
from workbench.engine.llama import LlamaEngine
from workbench.engine.native.lib import NativeLog

FREE = Sampling(max_tokens=24, ignore_eos=True, temperature=1.0)
COLUMNS = [name for name in TokenTable.__slots__ if name != "p_sampled"]


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


def bits(table: TokenTable) -> list[bytes]:
    """Every column."""
    return [getattr(table, name).tobytes() for name in TokenTable.__slots__]


@pytest.mark.parametrize("at", [0, 1, 9, 23])
@pytest.mark.parametrize("between", ["nothing", "another prompt", "samples of it"])
def test_a_fork_is_the_reply_made_from_nothing(
    fresh: Callable[[], LlamaEngine], at: int, between: str
) -> None:
    """Prompt, what stands and the alternative, with the same seed: to the bit."""
    engine = fresh()
    ids = ordinary(engine, 150)
    root = generated(engine, ids, FREE, seed=3).samples[0].tokens
    if between == "another prompt":
        generated(engine, ordinary(engine, 90, seed=4), FREE)
    elif between == "samples of it":
        generated(engine, ordinary(engine, 40, seed=5), FREE, n_samples=3)
    alternative = int(root.top_ids[at][5])
    fork_ids = (*ids, *root.ids[:at].tolist(), alternative)
    fork = generated(engine, fork_ids, FREE, seed=3, n_sampled=at + 1)
    alone = generated(fresh(), fork_ids, FREE, seed=3, n_sampled=at + 1)
    assert bits(fork.samples[0].tokens) == bits(alone.samples[0].tokens)
    assert fork.samples[0].text == alone.samples[0].text


@pytest.mark.parametrize("at", [1, 9, 20])
def test_a_clicked_alternative_is_all_that_is_decoded(
    fresh: Callable[[], LlamaEngine], at: int
) -> None:
    engine = fresh()
    ids = ordinary(engine, 150)
    root = generated(engine, ids, FREE, seed=3).samples[0].tokens
    alternative = int(root.top_ids[at][5])
    fork_ids = (*ids, *root.ids[:at].tolist(), alternative)
    timings = generated(engine, fork_ids, FREE, n_sampled=at + 1).timings
    assert (timings.prefill_tokens, timings.cached_tokens) == (1, 150 + at)
    assert timings.decode_tokens == 24
    # The reply that was left is still there: its own fork decodes only what it changes.
    other = (*ids, *root.ids[:at].tolist(), int(root.top_ids[at][6]))
    assert generated(engine, other, FREE, n_sampled=at + 1).timings.prefill_tokens == 1


def test_what_a_person_put_there_is_judged_like_scored_text(
    random_models: ModelFolder, native_log: NativeLog
) -> None:
    with opened(random_models.path("llama"), native_log, EXACT) as engine:
        ids = ordinary(engine, 100)
        root = said(generated(engine, ids, FREE))
        given = ordinary(engine, 5, seed=8)
        fork_ids = ids + tuple(root[:7]) + given
        result = generated(engine, fork_ids, FREE, n_sampled=12, n_given=5)
        table = result.samples[0].tokens
        assert tuple(table.ids[:5].tolist()) == given
        assert np.isnan(table.p_sampled[:5]).all()
        assert not np.isnan(table.p_sampled[5:]).any()
        assert len(table) == 5 + 24
        whole = ids + tuple(root[:7]) + tuple(said(result))
        scores = scored(engine, whole, start=107)
        assert np.abs(scores.logprob - table.logprob).max() <= 1e-3
        assert np.abs(scores.entropy - table.entropy).max() <= 1e-3
        assert scores.rank[:5].tolist() == table.rank[:5].tolist()
        # One token before what was given is decoded again, for the row that predicts it.
        assert result.timings.prefill_tokens == 1 + 5


def test_judged_or_not_the_rest_is_the_same(fresh: Callable[[], LlamaEngine]) -> None:
    """A token whose record is known already, and one that is judged, continue alike."""
    engine = fresh()
    ids = ordinary(engine, 130)
    root = generated(engine, ids, FREE, seed=3).samples[0].tokens
    alternative = int(root.top_ids[6][4])
    fork_ids = (*ids, *root.ids[:6].tolist(), alternative)
    judged = generated(fresh(), fork_ids, FREE, n_sampled=7, n_given=1).samples[0].tokens
    known = generated(engine, fork_ids, FREE, n_sampled=7).samples[0].tokens
    assert bits(judged.slice(1)) == bits(known)
    row = judged.record(0, engine.pieces)
    parent = root.record(6, engine.pieces)
    assert row.logprob == pytest.approx(parent.top[4].logprob, abs=2e-6)
    assert (row.rank, row.entropy, row.top) == (4, parent.entropy, parent.top)


def test_the_text_of_a_fork_is_the_whole_reply(fresh: Callable[[], LlamaEngine]) -> None:
    engine = fresh()
    ids = ordinary(engine, 80)
    first = generated(engine, ids, FREE, seed=2)
    sink = KeepingSink()
    fork_ids = (*ids, *said(first)[:10])
    fork = generated(engine, fork_ids, FREE, sink, seed=9, n_sampled=10)
    pieces = [engine.pieces[t] for t in (*said(first)[:10], *said(fork))]
    assert fork.samples[0].text == b"".join(pieces).decode("utf-8", "replace")
    assert sink.texts[0] == fork.samples[0].text


def test_continuations_share_their_beginning_and_agree_with_each_alone(
    random_models: ModelFolder, native_log: NativeLog
) -> None:
    with opened(random_models.path("llama"), native_log, EXACT) as engine:
        ids = ordinary(engine, 100)
        root = said(generated(engine, ids, FREE))
        given = ordinary(engine, 2, seed=8)
        fork_ids = ids + tuple(root[:9]) + given
        many = generated(engine, fork_ids, FREE, seed=20, n_samples=70, n_sampled=11, n_given=2)
        assert len(many.samples) == 70
        for index in (0, 1, 40, 69):
            alone = generated(engine, fork_ids, FREE, seed=20 + index, n_sampled=11, n_given=2)
            assert said(alone) == said(many, index)
            assert tuple(said(alone)[:2]) == given
        assert many.timings.decode_tokens == 70 * 24
        assert {s.text[:5] for s in many.samples} == {many.samples[0].text[:5]}


def stop_text(engine: LlamaEngine, reply: list[int]) -> str:
    """What two neighbouring tokens of a reply say, so that it is a stop string inside it."""
    return b"".join(engine.pieces[t] for t in reply[4:6]).decode("utf-8", "replace")


def test_a_stop_string_that_stands_ends_nothing(fresh: Callable[[], LlamaEngine]) -> None:
    engine = fresh()
    ids = tuple(engine.tokenize("Once upon a time", add_bos=True).ids)
    reply = said(generated(engine, ids, FREE, seed=3))
    stops = replace(FREE, stop=(stop_text(engine, reply),))
    stopped = generated(engine, ids, stops, seed=3).samples[0]
    assert stopped.finish is Finish.STOP
    n = len(stopped.tokens)
    past = generated(engine, (*ids, *said_of(stopped.tokens)), stops, seed=5, n_sampled=n)
    assert len(past.samples[0].tokens) > 0
    assert past.samples[0].text.startswith(stopped.text + stops.stop[0])


def said_of(table: TokenTable) -> list[int]:
    """The ids of a table."""
    return [int(t) for t in table.ids]


def test_a_stop_string_begun_in_what_stands_and_ended_behind_it_counts(
    fresh: Callable[[], LlamaEngine],
) -> None:
    engine = fresh()
    ids = tuple(engine.tokenize("Once upon a time", add_bos=True).ids)
    greedy = replace(FREE, temperature=0.0)
    reply = said(generated(engine, ids, greedy))
    stops = replace(greedy, stop=(stop_text(engine, reply),))
    fork = generated(engine, (*ids, *reply[:5]), stops, n_sampled=5).samples[0]
    assert fork.finish is Finish.STOP
    before = b"".join(engine.pieces[t] for t in reply[:4]).decode("utf-8", "replace")
    assert fork.text == before[: len(fork.text)]
    assert stops.stop[0] not in fork.text


def test_a_given_end_token_ends_the_reply_there(fresh: Callable[[], LlamaEngine]) -> None:
    engine = fresh()
    ids = tuple(engine.tokenize("Once upon a time", add_bos=True).ids)
    eos = engine.loaded.vocab.eos
    assert eos is not None
    reply = said(generated(engine, ids, FREE))[:4]
    result = generated(engine, (*ids, *reply, eos), FREE, n_sampled=5, n_given=1, n_samples=2)
    for sample in result.samples:
        assert (said_of(sample.tokens), sample.finish) == ([eos], Finish.STOP)
        assert sample.text == b"".join(engine.pieces[t] for t in reply).decode()
    assert result.timings.decode_tokens == 0
    assert result.timings.decode_tps is None
    # Behind an end token that a run said itself, the reply can go on.
    past = generated(engine, (*ids, *reply, eos), FREE, n_sampled=5)
    assert len(past.samples[0].tokens) == 24


def test_half_a_character_that_stands_is_completed(fresh: Callable[[], LlamaEngine]) -> None:
    """The bytes of an emoji put in one by one, the last of them behind the fork."""
    engine = fresh()
    ids = ordinary(engine, 30)
    emoji = engine.tokenize("🦊", add_bos=False).ids
    assert len(emoji) == 4
    half = generated(engine, ids + emoji[:3], FREE, n_sampled=3, n_given=3)
    whole = generated(engine, ids + emoji, FREE, n_sampled=4, n_given=1)
    assert half.samples[0].text.startswith("\ufffd")
    assert whole.samples[0].text.startswith("🦊")


def test_a_grammar_follows_what_stands(fresh: Callable[[], LlamaEngine]) -> None:
    engine = fresh()
    ids = tuple(engine.tokenize("Say: ", add_bos=True).ids)
    digits = replace(FREE, grammar='root ::= [0-9]+ "." [a-c]*', max_tokens=6, ignore_eos=False)
    stands = tuple(engine.tokenize("12.", add_bos=False).ids)
    fork = generated(engine, ids + stands, digits, n_sampled=len(stands), n_given=len(stands))
    rest = fork.samples[0].text.removeprefix("12.")
    assert fork.samples[0].text.startswith("12.")
    assert set(rest) <= set("abc")
    words = tuple(engine.tokenize("no digits", add_bos=False).ids)
    for n_given in (0, len(words)):
        with pytest.raises(UserError, match="does not follow the grammar"):
            generated(engine, ids + words, digits, n_sampled=len(words), n_given=n_given)
    assert generated(engine, ids, digits).samples[0].text[0].isdigit()


@pytest.mark.parametrize(("n_sampled", "n_given"), [(2, 3), (4, 0), (1, -1), (-1, 0)])
def test_impossible_forks_are_refused(
    fresh: Callable[[], LlamaEngine], n_sampled: int, n_given: int
) -> None:
    with pytest.raises(UserError, match="cannot stand at the end of 4"):
        generated(fresh(), (300, 301, 302, 303), FREE, n_sampled=n_sampled, n_given=n_given)


def test_a_fork_cancelled_before_its_first_token_keeps_what_stood(
    fresh: Callable[[], LlamaEngine],
) -> None:
    engine = fresh()
    ids = ordinary(engine, 200)
    reply = said(generated(engine, ids, FREE))
    cancel = CancelToken()
    cancel.cancel()
    request = GenerateRequest((*ids, *reply[:8]), FREE, seed=1, n_sampled=8)
    result = engine.generate(request, KeepingSink(), cancel).samples[0]
    assert (result.finish, len(result.tokens)) == (Finish.CANCELLED, 0)
    text = b"".join(engine.pieces[t] for t in reply[:8]).decode("utf-8", "replace")
    assert result.text == text
