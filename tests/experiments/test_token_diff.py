"""Divergences of two models against their definitions and against a forward pass in NumPy."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from reference.attention import log_softmax
from reference.forward import ReferenceModel
from reference.gguf_models import SHAPES, write_model
from reference.raw_llama import RawModel
from reference.weights import Floats
from scipy.spatial.distance import cityblock, jensenshannon
from scipy.special import softmax
from scipy.stats import entropy as scipy_entropy

from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.divergence import TOP, TextDivergence, summary
from workbench.core.engine_settings import EngineSettings, KvType
from workbench.core.errors import StoppedError, UserError
from workbench.core.logit_rows import RowsRequest
from workbench.core.paths import assets_folder
from workbench.core.tokens import NO_TOKEN
from workbench.engine.client import EngineClient
from workbench.engine.jobs import ignore_progress
from workbench.engine.llama import LlamaEngine
from workbench.engine.pool import EnginePool
from workbench.experiments import token_diff as module
from workbench.experiments.token_diff import (
    ClientRows,
    DirectRows,
    Side,
    diff_tokens,
    diff_words,
    force,
)

EXACT = EngineSettings(n_ctx=512, n_threads=1, kv_type=KvType.F32, flash_attention=False)
PROMPT = "Once upon a time"
TEXT = " there was a fox. The fox had a red ball. Zoe saw the fox and was happy. " * 4


@pytest.fixture
def q4_model() -> Path:
    return assets_folder() / "models" / "demo-2m-q4_0.gguf"


def compared(a: LlamaEngine, b: LlamaEngine, prompts: tuple[str, str]) -> TextDivergence:
    ids = a.tokenize(TEXT, add_bos=False).ids
    first, second = (a.tokenize(p, add_bos=True).ids for p in prompts)
    rows = DirectRows(a)
    other = rows if b is a else DirectRows(b)
    return diff_tokens(
        Side(rows, first), Side(other, second), ids, a.pieces, ignore_progress, CancelToken()
    )


def entropy(p: Floats, q: Floats) -> Floats:
    """Relative entropy of each row, nats."""
    made: Floats = (p * np.log(p / q)).sum(axis=1)
    return made


def test_divergences_equal_their_definitions_on_the_raw_logits(
    demo_model: Path, q4_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WINDOW_BYTES", 1)  # the smallest stretches: several of them
    a, b = LlamaEngine(demo_model, EXACT), LlamaEngine(q4_model, EXACT)
    try:
        found = compared(a, b, (PROMPT, PROMPT))
        ids = (*a.tokenize(PROMPT, add_bos=True).ids, *found.ids.tolist())
        assert len(found) > module._STEP
        rows = [np.empty((len(ids) - 1, a.loaded.vocab.n_vocab), np.float32) for _ in range(2)]
        for engine, values in zip((a, b), rows, strict=True):
            engine.rows(RowsRequest(ids[:-1], 0), values, ignore_progress, CancelToken())
    finally:
        a.close()
        b.close()
    n = len(found)
    log_p, log_q = (log_softmax(r[-n:].astype(np.float64)) for r in rows)
    p, q = np.exp(log_p), np.exp(log_q)
    m = (p + q) / 2
    at = np.arange(n)
    assert np.abs(found.kl - entropy(p, q)).max() < 1e-5
    assert np.abs(found.kl_reverse - entropy(q, p)).max() < 1e-5
    assert np.abs(found.js - (entropy(p, m) + entropy(q, m)) / 2).max() < 1e-5
    assert np.abs(found.tv - np.abs(p - q).sum(axis=1) / 2).max() < 1e-5
    assert np.abs(found.logprob_a - log_p[at, found.ids]).max() < 1e-5
    assert np.abs(found.logprob_b - log_q[at, found.ids]).max() < 1e-5
    numbers = summary(found)
    assert numbers.mean_kl == pytest.approx(float(entropy(p, q).mean()), abs=1e-6)
    same = p.argmax(axis=1) == q.argmax(axis=1)
    assert numbers.same_top1 == pytest.approx(float(same.mean()), abs=1e-9)
    assert numbers.flips == int((~same).sum())
    assert numbers.first_divergence == (int(np.flatnonzero(~same)[0]) if numbers.flips else None)
    assert found.kl.mean() > 0
    assert numbers.bits_per_byte_a == pytest.approx(
        -float(found.logprob_a.sum()) / math.log(2) / len(TEXT.encode())
    )


def test_divergences_equal_scipys_on_llama_cpps_own_logits(
    demo_model: Path, q4_model: Path
) -> None:
    """Nothing of the engine's stands between llama.cpp and SciPy."""
    a, b = LlamaEngine(demo_model, EXACT), LlamaEngine(q4_model, EXACT)
    try:
        found = compared(a, b, (PROMPT, PROMPT))
        ids = [*a.tokenize(PROMPT, add_bos=True).ids, *found.ids.tolist()]
    finally:
        a.close()
        b.close()
    n = len(found)
    rows = []
    for path in (demo_model, q4_model):
        with RawModel(path) as model:
            rows.append(softmax(model.run(ids).logits[-n - 1 : -1].astype(np.float64), axis=1))
    p, q = rows
    kl, back = scipy_entropy(p, q, axis=1), scipy_entropy(q, p, axis=1)
    js = jensenshannon(p, q, axis=1) ** 2
    tv = np.array([cityblock(one, other) / 2 for one, other in zip(p, q, strict=True)])
    for ours, theirs in (
        (found.kl, kl), (found.kl_reverse, back), (found.js, js), (found.tv, tv),
    ):  # fmt: skip
        assert np.abs(ours - theirs).max() < 1e-5
    numbers = summary(found)
    assert numbers.mean_kl == pytest.approx(float(kl.mean()), abs=1e-6)
    assert numbers.mean_kl_reverse == pytest.approx(float(back.mean()), abs=1e-6)
    assert numbers.mean_js == pytest.approx(float(js.mean()), abs=1e-6)
    same = p.argmax(axis=1) == q.argmax(axis=1)
    assert numbers.same_top1 == pytest.approx(float(same.mean()), abs=1e-12)
    likeliest = np.sort(p, axis=1)[:, -TOP:]
    shown = np.where(found.other_ids == NO_TOKEN, 0.0, np.exp(found.other_a))
    assert np.abs(np.sort(shown, axis=1)[:, -TOP:] - likeliest).max() < 1e-5


def test_divergences_equal_a_forward_pass_of_our_own(tmp_path: Path) -> None:
    shape = replace(SHAPES["llama"], weights="f32")
    paths = [write_model(tmp_path / f"{seed}.gguf", shape, seed) for seed in (1, 2)]
    a, b = (LlamaEngine(path, EXACT) for path in paths)
    try:
        found = compared(a, b, (PROMPT, PROMPT))
        ids = (*a.tokenize(PROMPT, add_bos=True).ids, *found.ids.tolist())
    finally:
        a.close()
        b.close()
    n = len(found)
    log_p, log_q = (ReferenceModel(path).forward(ids).logprobs[-n - 1 : -1] for path in paths)
    kl = (np.exp(log_p) * (log_p - log_q)).sum(axis=1)
    assert kl.min() > 0.1
    assert np.abs(found.kl - kl).max() < 2e-4
    same = log_p.argmax(axis=1) == log_q.argmax(axis=1)
    assert summary(found).same_top1 == pytest.approx(float(same.mean()))


def test_a_model_does_not_differ_from_itself(demo_model: Path) -> None:
    engine = LlamaEngine(demo_model, EXACT)
    try:
        same = compared(engine, engine, (PROMPT, PROMPT))
        other = compared(engine, engine, (PROMPT, "Zoe had a blue hat and"))
    finally:
        engine.close()
    assert (same.kl.max(), same.tv.max()) == (0.0, 0.0)
    assert same.js.max() < 1e-15
    assert summary(same).first_divergence is None
    assert other.kl[0] > 0
    assert other.js.max() <= math.log(2)


def clients(pool: EnginePool, *paths: Path) -> list[EngineClient]:
    return [pool.get(path, EXACT) for path in paths]


def test_children_give_the_numbers_of_engines_in_this_process(
    demo_model: Path, q4_model: Path
) -> None:
    a, b = LlamaEngine(demo_model, EXACT), LlamaEngine(q4_model, EXACT)
    try:
        direct = compared(a, b, (PROMPT, PROMPT))
        prompt, pieces = a.tokenize(PROMPT, add_bos=True).ids, dict(a.pieces)
    finally:
        a.close()
        b.close()
    seen: list[tuple[int, int]] = []
    pool = EnginePool(limit=2)
    try:
        first, second = (ClientRows(c) for c in clients(pool, demo_model, q4_model))
        ids = tuple(direct.ids.tolist())
        found = diff_tokens(
            Side(first, prompt),
            Side(second, prompt),
            ids,
            pieces,
            lambda done, total: seen.append((done, total)),
            CancelToken(),
        )
        stopped = CancelToken()
        stopped.cancel()
        with pytest.raises((Cancelled, StoppedError)):
            diff_tokens(
                Side(first, prompt), Side(second, prompt), ids, pieces, ignore_progress, stopped
            )
    finally:
        pool.close()
    assert np.array_equal(found.kl, direct.kl)
    assert seen[-1] == (len(ids), len(ids))


def test_words_of_models_with_other_vocabularies(demo_model: Path, small_demo_model: Path) -> None:
    pool = EnginePool(limit=2)
    try:
        a, b = clients(pool, demo_model, small_demo_model)
        prompt = a.tokenize(PROMPT, add_bos=True).result().ids
        forced = [force(c, prompt, TEXT, CancelToken()) for c in (a, b)]
    finally:
        pool.close()
    words = diff_words(TEXT, *forced)
    assert "".join(w.text for w in words) == TEXT
    for side, bits in zip(forced, ("bits_a", "bits_b"), strict=True):
        total = sum(getattr(w, bits) for w in words)
        assert total == pytest.approx(-sum(side.logprobs) / math.log(2))


def test_what_cannot_be_compared_is_refused(demo_model: Path) -> None:
    engine = LlamaEngine(demo_model, EXACT)
    rows = DirectRows(engine)
    side, bare = Side(rows, (1,)), Side(rows, ())
    try:
        for a, ids in ((side, ()), (bare, (5,))):
            with pytest.raises(UserError):
                diff_tokens(a, side, ids, engine.pieces, ignore_progress, CancelToken())
    finally:
        engine.close()
