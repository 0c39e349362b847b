"""Looking ahead: exact probabilities of whole continuations; previews that keep nobody waiting."""

from __future__ import annotations

import math
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from reference.gguf_models import ModelFolder
from support.engines import EXACT, PLAIN, generated, ignored, opened, ordinary, said, scored
from support.sinks import KeepingSink

from workbench.core.branching import Lookahead, LookaheadRequest, PreviewRequest
from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.errors import StoppedError, UserError
from workbench.core.sampling import Sampling
from workbench.core.types import EngineSettings, GenerateRequest
from workbench.engine.client import EngineClient
from workbench.engine.llama import LlamaEngine
from workbench.engine.native.lib import NativeLog

WAIT_S = 60.0
GREEDY = Sampling(max_tokens=24, ignore_eos=True, temperature=0.0)


def ahead(engine: LlamaEngine, ids: tuple[int, ...], **more: object) -> Lookahead:
    """A tree; `more` are fields of the request."""
    request = LookaheadRequest(ids, **more)  # type: ignore[arg-type]  # field names as keys
    return engine.look_ahead(request, ignored, CancelToken())


@pytest.mark.parametrize("name", ["llama", "qwen2", "gemma2", "mixtral"])
def test_every_continuation_has_the_probability_that_scoring_gives(
    random_models: ModelFolder, native_log: NativeLog, name: str
) -> None:
    with opened(random_models.path(name), native_log, EXACT) as engine:
        ids = ordinary(engine, 90)
        tree = ahead(engine, ids, depth=4, width=3, followed=20, least=0.0)
        # 3 behind the text, 3 behind each of those, behind each of the 9; then the 20 likeliest.
        assert len(tree) == 1 + 3 + 9 + 27 + 60
        for node in (1, 5, 12, 13, 39, 40, 77, 99):
            path = tree.path(node)
            assert len(path) == tree.depth(node)
            own = scored(engine, ids + path, start=90)
            assert float(np.sum(own.logprob, dtype=np.float64)) == pytest.approx(
                float(tree.total[node]), abs=2e-3
            )
            assert float(own.logprob[-1]) == pytest.approx(float(tree.logprob[node]), abs=1e-3)


def test_children_and_the_rest_add_up(random_models: ModelFolder, native_log: NativeLog) -> None:
    with opened(random_models.path("llama"), native_log, EXACT) as engine:
        tree = ahead(engine, ordinary(engine, 70), depth=3, width=5, followed=9, least=0.0)
        assert tree.path(0) == ()
        followed = [n for n in range(len(tree)) if tree.is_followed(n)]
        assert len(followed) == 1 + 5 + 9
        for node in followed:
            listed = tree.children(node)
            assert len(listed) == 5
            p = [math.exp(float(tree.logprob[c])) for c in listed]
            assert p == sorted(p, reverse=True)
            assert sum(p) + float(tree.rest[node]) == pytest.approx(1.0, abs=1e-6)
            for child in listed:
                whole = float(tree.total[node]) + float(tree.logprob[child])
                assert float(tree.total[child]) == pytest.approx(whole, abs=1e-9)
        for node in set(range(len(tree))) - set(followed):
            assert tree.children(node) == []
            assert math.isnan(float(tree.entropy[node]))
        at_two = [n for n in range(len(tree)) if tree.depth(n) == 2]
        kept = min(tree.total[n] for n in at_two if tree.is_followed(n))
        assert kept >= max(tree.total[n] for n in at_two if not tree.is_followed(n))


def test_unlikely_continuations_and_ended_replies_are_not_followed(
    demo_model: Path, native_log: NativeLog
) -> None:
    with opened(demo_model, native_log, PLAIN) as engine:
        ids = tuple(engine.tokenize("Once upon a time", add_bos=True).ids)
        tree = ahead(engine, ids, depth=12, width=6, least=0.02)
        for node in range(1, len(tree)):
            if tree.is_followed(node):
                assert tree.total[node] >= math.log(0.02)
                assert not tree.ends[node]
        assert {bool(tree.ends[n]) for n in range(len(tree))} <= {True, False}
        eos = engine.loaded.vocab.eos
        assert all(int(tree.token[n]) == eos for n in np.flatnonzero(tree.ends))


def test_looking_ahead_changes_no_run_and_decodes_no_reply_again(
    demo_model: Path, native_log: NativeLog
) -> None:
    with opened(demo_model, native_log, PLAIN) as engine:
        ids = ordinary(engine, 150)
        reply = said(generated(engine, ids, GREEDY))
        expected = said(generated(engine, (*ids, *reply[:10]), GREEDY, n_sampled=10))
        generated(engine, ids, GREEDY)
        tree = ahead(engine, (*ids, *reply[:10]), n_sampled=10, depth=5, width=4)
        # The replies may not end, what lies ahead may.
        likeliest = [int(t) for t in tree.token[1:5] if t != engine.loaded.vocab.eos]
        assert likeliest[0] == reply[10]
        again = generated(engine, (*ids, *reply[:10]), GREEDY, n_sampled=10)
        assert said(again) == expected
        assert again.timings.prefill_tokens == 0
        beyond = generated(engine, (*ids, *reply[:20]), GREEDY, n_sampled=20)
        assert beyond.timings.prefill_tokens <= 11


def test_it_can_be_stopped_between_levels_and_the_engine_goes_on(
    demo_model: Path, native_log: NativeLog
) -> None:
    with opened(demo_model, native_log, PLAIN) as engine:
        ids = ordinary(engine, 100)
        expected = said(generated(engine, ids, GREEDY))
        cancel = CancelToken()

        def stop(done: int, _total: int) -> None:
            if done == 3:
                cancel.cancel()

        with pytest.raises(Cancelled):
            engine.look_ahead(LookaheadRequest(ids, depth=9), stop, cancel)
        assert said(generated(engine, ids, GREEDY)) == expected
        assert len(ahead(engine, ids, depth=2, width=2)) == 7


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"depth": 0}, "depth must be between 1 and 32, not 0"),
        ({"width": 21}, "width must be between 1 and 20, not 21"),
        ({"followed": 61}, "followed must be between 1 and 60, not 61"),
        ({"least": 1.5}, "least must be a probability"),
        ({"ids": ()}, "The prompt is empty"),
        ({"ids": (300,) * 1020, "depth": 5}, "context holds 1,024"),
        ({"ids": (99_999_999,)}, "token 99999999"),
    ],
)
def test_what_cannot_be_looked_at_is_refused(
    engine: LlamaEngine, changes: dict[str, object], words: str
) -> None:
    with pytest.raises(UserError, match=words):
        ahead(engine, **{"ids": (300, 301), **changes})  # type: ignore[arg-type]  # ids among them


def test_a_preview_says_what_a_greedy_run_would(demo_model: Path, native_log: NativeLog) -> None:
    with opened(demo_model, native_log, PLAIN) as engine:
        ids = ordinary(engine, 150)
        free = Sampling(max_tokens=30, ignore_eos=True, temperature=1.0)
        reply = said(generated(engine, ids, free))
        text = (*ids, *reply[:12])
        expected = generated(engine, text, replace(GREEDY, ignore_eos=False), n_sampled=12)
        generated(engine, ids, free)
        request = PreviewRequest(text, n_sampled=12, n_tokens=9)
        table = engine.preview(request, ignored, CancelToken())
        assert table.ids.tolist() == said(expected)[: len(table)]
        own = expected.samples[0].tokens
        assert table.logprob.tolist() == pytest.approx(own.logprob[: len(table)].tolist(), abs=2e-6)
        assert np.isnan(table.p_sampled).all()
        # It left no trace: the same fork decodes nothing.
        assert generated(engine, text, free, n_sampled=12).timings.prefill_tokens == 0


def test_a_preview_stops_where_the_reply_would_and_at_the_context(
    demo_model: Path, native_log: NativeLog
) -> None:
    with opened(demo_model, native_log, PLAIN, n_ctx=200) as engine:
        ids = ordinary(engine, 195)
        assert len(engine.preview(PreviewRequest(ids), ignored, CancelToken())) <= 5
        with pytest.raises(UserError, match="no room is left"):
            engine.preview(PreviewRequest(ordinary(engine, 200)), ignored, CancelToken())


@pytest.fixture
def client(slow_model: Path) -> Iterator[EngineClient]:
    """A slow model in its process."""
    made = EngineClient(slow_model, EngineSettings(n_ctx=4096))
    yield made
    made.close()


def test_a_preview_gives_way_to_whatever_else_is_asked(client: EngineClient) -> None:
    """A long preview is under way, and another one waits: both end at once, unfinished."""
    ids = tuple(range(300, 300 + 1500))
    long = PreviewRequest(ids, n_tokens=2000)
    previews = [client.preview(long), client.preview(long)]
    request = GenerateRequest(ids[:5], Sampling(max_tokens=2, ignore_eos=True), seed=1)
    run: Future[object] = client.generate(request, KeepingSink()).future
    run.result(WAIT_S)
    for preview in previews:
        assert preview.future.done()
        assert isinstance(preview.future.exception(), StoppedError)


def test_the_process_looks_ahead_and_names_the_tokens(client: EngineClient) -> None:
    levels: list[tuple[int, int]] = []
    job = client.look_ahead(
        LookaheadRequest((300, 301), depth=2, width=3), lambda d, t: levels.append((d, t))
    )
    tree: Lookahead = job.future.result(WAIT_S)
    assert len(tree) == 1 + 3 + 9
    assert levels[-1] == (2, 2)
    assert all(int(t) in client.pieces for t in tree.token[1:])
