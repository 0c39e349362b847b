"""Captured attention is the reference's, wherever the text stands in the cache.

Bounds: 1e-4 with an f32 cache and 1e-2 with f16; measured 2e-5 and 8e-4.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from reference.forward import ReferenceModel
from reference.gguf_models import SHAPES, ModelFolder
from reference.odd_models import HYBRID_KV_HEADS, SINK_WINDOW, write_hybrid, write_sinks
from support.captures import attended, bound, error
from support.engines import EXACT, generated, ignored, opened, ordinary

from workbench.core.attention import AttentionRequest
from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.errors import UserError
from workbench.core.sampling import Sampling
from workbench.core.types import KvType
from workbench.engine.native.lib import NativeLog


def in_place(name: str) -> float:
    """Largest error over many tokens with an f32 cache; a column out of place would be 1e-1 off.

    gemma2 meets values that fall on the other side of an entry of ggml's half-precision GELU
    table; measured 2e-4.
    """
    return max(bound(KvType.F32), 1e-3 if name == "gemma2" else 0.0)


@pytest.mark.parametrize("kv", [KvType.F32, KvType.F16])
@pytest.mark.parametrize("name", SHAPES)
def test_weights_are_the_reference(
    random_models: ModelFolder, native_log: NativeLog, name: str, kv: KvType
) -> None:
    path = random_models.path(name)
    with opened(path, native_log, replace(EXACT, kv_type=kv)) as engine:
        ids = ordinary(engine, 56)
        found = attended(engine, ids)
        averaged = attended(engine, ids, average=True)
        some = attended(engine, ids, layers=(2, 1), heads=(3, 0), keys=(4, 9, 10))
    expected = ReferenceModel(path).forward(ids, kv="f32" if kv is KvType.F32 else "f16").attention
    assert found.layers == tuple(range(len(expected)))
    assert found.missing == {}
    assert found.kv_type is kv
    assert error(found, expected) <= bound(kv)
    assert error(averaged, expected) <= bound(kv)
    assert averaged.values.shape[1] == 1
    assert (some.layers, some.heads, tuple(some.keys)) == ((1, 2), (0, 3), (4, 9, 10))
    assert error(some, expected) <= bound(kv)
    assert np.abs(found.values.sum(axis=-1) - 1).max() <= 1e-6


@pytest.mark.parametrize("name", ["llama", "gemma2"])
def test_several_micro_batches_are_one_matrix(
    random_models: ModelFolder, native_log: NativeLog, name: str
) -> None:
    path = random_models.path(name)
    with opened(path, native_log) as engine:
        ids = ordinary(engine, 600)  # a micro-batch has at most 512 tokens
        found = attended(engine, ids)
        one_key = attended(engine, ids, keys=(7,), queries=tuple(range(7, 600)))
    expected = ReferenceModel(path).forward(ids).attention
    assert error(found, expected) <= in_place(name)
    assert error(one_key, expected) <= in_place(name)


@pytest.mark.parametrize("name", ["llama", "gemma2", "qwen2moe"])
def test_single_rows_behind_a_shared_text(
    random_models: ModelFolder, native_log: NativeLog, name: str
) -> None:
    """Each is decoded in a second sequence, whose own cell lies behind the whole text."""
    path = random_models.path(name)
    with opened(path, native_log) as engine:
        ids = ordinary(engine, 80)
        expected = ReferenceModel(path).forward(ids).attention
        for queries in ((70,), (3, 40, 79), (0,), (20,), (79,)):
            found = attended(engine, ids, queries=queries)
            assert error(found, expected) <= in_place(name)
            assert np.abs(found.values.sum(axis=-1) - 1).max() <= 1e-6


@pytest.mark.parametrize("name", ["llama", "gemma2"])
def test_a_reused_prefix_leaves_columns_where_they_are(
    random_models: ModelFolder, native_log: NativeLog, name: str
) -> None:
    path = random_models.path(name)
    reference = ReferenceModel(path)
    with opened(path, native_log) as engine:
        ids = ordinary(engine, 90)
        changed = ids[:50] + ordinary(engine, 60, seed=9)
        for text in (ids, changed, changed[:30], ids):
            expected = reference.forward(text).attention
            late = tuple(range(len(text) - 12, len(text)))
            assert error(attended(engine, text, queries=late), expected) <= in_place(name)
            # A run in between stands in another context.
            generated(engine, text, Sampling(max_tokens=3, ignore_eos=True))
            assert error(attended(engine, text, queries=(11,)), expected) <= in_place(name)


def test_what_a_sliding_window_hides_is_told_from_zero(
    random_models: ModelFolder, native_log: NativeLog
) -> None:
    window = SHAPES["gemma2"].sliding_window
    with opened(random_models.path("gemma2"), native_log) as engine:
        found = attended(engine, ordinary(engine, 60))
        row = attended(engine, ordinary(engine, 60), queries=(41,))
    distance = np.arange(60)[:, None] - np.arange(60)[None, :]
    for layer in found.layers:
        reach = window if layer % 2 == 0 else 60
        seen = (distance >= 0) & (distance < reach)
        assert (found.visible(layer) == seen).all()
        assert (row.visible(layer)[0] == seen[41]).all()
        assert (found.plane(layer, 0)[~seen] == 0).all()
        assert (found.plane(layer, 0)[seen] > 0).all()


@pytest.mark.parametrize("weights", ["q8_0", "q4_0", "f16"])
def test_stored_weights_of_other_types(
    random_models: ModelFolder, native_log: NativeLog, weights: str
) -> None:
    path = random_models.path("llama", weights)
    with opened(path, native_log) as engine:
        ids = ordinary(engine, 40)
        found = attended(engine, ids)
    expected = ReferenceModel(path).forward(ids).attention
    # ggml rounds activations to 8 bits; a sum on the other side of a boundary moves what follows.
    assert error(found, expected) <= 3e-2
    assert np.median(np.abs(found.values - expected)) <= 1e-3


@pytest.mark.parametrize("kv", [KvType.Q8_0, KvType.Q4_0])
def test_a_quantised_cache_is_replaced_and_said_so(
    random_models: ModelFolder, native_log: NativeLog, kv: KvType
) -> None:
    path = random_models.path("llama")
    made = replace(EXACT, kv_type=kv, flash_attention=True)
    with opened(path, native_log, made) as engine:
        ids = ordinary(engine, 40)
        found = attended(engine, ids)
    assert found.kv_type is KvType.F16
    assert error(found, ReferenceModel(path).forward(ids, kv="f16").attention) <= bound(KvType.F16)


def test_layers_without_a_matrix_are_named(tmp_path: Path, native_log: NativeLog) -> None:
    with opened(write_hybrid(tmp_path / "hybrid.gguf"), native_log) as engine:
        ids = ordinary(engine, 40)
        found = attended(engine, ids)
        row = attended(engine, ids, queries=(17,))
        with pytest.raises(UserError, match="shows no attention matrix") as refused:
            attended(engine, ids, layers=(0,))
    with_matrix = tuple(i for i, heads in enumerate(HYBRID_KV_HEADS) if heads)
    assert found.layers == row.layers == with_matrix
    assert sorted(found.missing) == [i for i, heads in enumerate(HYBRID_KV_HEADS) if not heads]
    assert all("recurrent" in why for why in found.missing.values())
    assert "recurrent" in refused.value.hint
    assert np.abs(found.values.sum(axis=-1) - 1).max() <= 1e-6
    assert np.abs(row.values[:, :, 0] - found.values[:, :, 17]).max() <= bound(KvType.F32)


def test_a_learned_sink_leaves_rows_below_one(tmp_path: Path, native_log: NativeLog) -> None:
    with opened(write_sinks(tmp_path / "sinks.gguf"), native_log) as engine:
        found = attended(engine, ordinary(engine, 40))
    sums = found.values.sum(axis=-1)
    assert sums.max() < 1
    assert sums.min() > 0
    assert (found.first[0] == np.maximum(0, np.arange(40) - SINK_WINDOW + 1)).all()
    assert (found.first[1] == 0).all()


@pytest.mark.parametrize("name", ["llama", "gemma2"])
def test_low_layers_alone_leave_nothing_half_read_behind(
    random_models: ModelFolder, native_log: NativeLog, name: str
) -> None:
    """Layers above the last one wanted are not computed, so their cache must not be reused."""
    path = random_models.path(name)
    with opened(path, native_log) as engine:
        ids = ordinary(engine, 600)
        expected = ReferenceModel(path).forward(ids).attention
        for layers in ((0,), (0, 1)):
            assert error(attended(engine, ids, layers=layers), expected) <= in_place(name)
            assert error(attended(engine, ids, queries=(590,)), expected) <= in_place(name)
            late = tuple(range(560, 600))
            low = attended(engine, ids, layers=layers, queries=late)
            assert error(low, expected) <= in_place(name)
            assert error(attended(engine, ids, queries=late), expected) <= in_place(name)


def test_one_token(random_models: ModelFolder, native_log: NativeLog) -> None:
    with opened(random_models.path("llama"), native_log) as engine:
        found = attended(engine, ordinary(engine, 1))
    assert found.values.shape == (3, 4, 1, 1)
    assert (found.values == 1).all()


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ({"layers": (3,)}, "no layer 3: the model has 3 layers"),
        ({"heads": (-1,)}, "no head -1"),
        ({"queries": (40,)}, "no token 40: the text has 40"),
    ],
)
def test_what_does_not_exist_is_refused(
    random_models: ModelFolder,
    native_log: NativeLog,
    request_: dict[str, tuple[int, ...]],
    message: str,
) -> None:
    with opened(random_models.path("llama"), native_log) as engine:
        with pytest.raises(UserError, match=message):
            attended(engine, ordinary(engine, 40), **request_)
        with pytest.raises(UserError, match="is empty"):
            attended(engine, ())
        with pytest.raises(UserError, match="context holds"):
            attended(engine, ordinary(engine, 40) * 40)


def test_an_answer_beyond_the_budget_is_refused(
    small_demo_model: Path, native_log: NativeLog
) -> None:
    with opened(small_demo_model, native_log, n_ctx=4096) as engine:
        ids = ordinary(engine, 40) * 100
        with pytest.raises(UserError, match=r"would take [\d,]+ MB; 192 MB are allowed"):
            attended(engine, ids)


@pytest.mark.parametrize("wanted", [{"average": True}, {"layers": (0,)}])
def test_a_cancel_stops_it_and_the_next_is_right(
    random_models: ModelFolder, native_log: NativeLog, wanted: dict[str, Any]
) -> None:
    path = random_models.path("llama")
    cancel = CancelToken()
    seen: list[int] = []

    def stop(done: int, _total: int) -> None:
        seen.append(done)
        cancel.cancel()

    with opened(path, native_log) as engine:
        ids = ordinary(engine, 900)
        with pytest.raises(Cancelled):
            engine.inside.attention(AttentionRequest(ids, **wanted), stop, cancel)
        assert seen == [512]
        short = ids[:60]
        row = attended(engine, short, queries=(50,))
        found = attended(engine, short)
        assert len(generated(engine, short, Sampling(max_tokens=3)).samples[0].tokens) > 0
    expected = ReferenceModel(path).forward(short).attention
    assert error(found, expected) <= bound(KvType.F32)
    assert error(row, expected) <= bound(KvType.F32)


def test_progress_counts_prompt_tokens(random_models: ModelFolder, native_log: NativeLog) -> None:
    reports: list[tuple[int, int]] = []
    with opened(random_models.path("llama"), native_log) as engine:
        request = AttentionRequest(ordinary(engine, 700), average=True)
        engine.inside.attention(request, lambda d, t: reports.append((d, t)), CancelToken())
        engine.inside.attention(request, ignored, CancelToken())
    assert reports == [(512, 700), (700, 700)]
