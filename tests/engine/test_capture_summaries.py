"""The summaries of all heads are what the whole matrices say, and constructed heads are named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from reference.forward import ReferenceModel
from reference.gguf_models import SHAPES, ModelFolder
from reference.odd_models import SINK_WINDOW, write_hybrid, write_sinks
from reference.weights import Floats
from support.captures import attended, summed_up
from support.engines import EXACT, GPU_LAYERS, opened, ordinary

from workbench.core.attention import Bools
from workbench.core.attention_heads import HeadKind, kind_scores
from workbench.core.tokens import Float32
from workbench.engine.native.lib import NativeLog

BOUND = 2e-2 if GPU_LAYERS else 2e-4
"""Of every column with an f32 cache; distances are in tokens and allowed 30 times that."""


def repeating(ids: tuple[int, ...]) -> tuple[int, ...]:
    """A text with tokens that come again, two of them side by side."""
    return ids[:20] + ids[:12] + ids[30:32] + ids[30:32] + (ids[40],) * 3 + ids[5:15]


def masses(weights: Floats, ids: tuple[int, ...], visible: Bools, step: int) -> Floats:
    """Weight on earlier twins (step 0) or on what followed them (step 1), the long way."""
    found = np.full(weights.shape[:3], np.nan)
    for layer in range(len(weights)):
        for query in range(len(ids)):
            keys = [
                k + step
                for k in range(query)
                if ids[k] == ids[query] and k + step < query and visible[layer, query, k + step]
            ]
            if keys:
                found[layer, :, query] = weights[layer, :, query, keys].sum(axis=0)
    return found


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("copies", [1, 12])  # 12: two micro-batches
def test_columns_are_those_of_the_matrices(
    random_models: ModelFolder, native_log: NativeLog, name: str, copies: int
) -> None:
    path = random_models.path(name)
    with opened(path, native_log, EXACT) as engine:
        base = repeating(ordinary(engine, 60))
        ids = base * copies if name in ("llama", "gemma2") else base
        found = summed_up(engine, ids)
    weights = ReferenceModel(path).forward(ids).attention
    n = len(ids)
    distance = np.arange(n)[:, None] - np.arange(n)[None, :]
    windowed = name == "gemma2"
    reach = np.array(
        [SHAPES[name].sliding_window if windowed and x % 2 == 0 else n for x in found.layers]
    )
    visible = (distance >= 0) & (distance < reach[:, None, None])
    allowed = max(BOUND, 2e-3 if windowed else 0.0)

    def near(column: Floats | Float32, expected: Floats, times: float = 1.0) -> None:
        assert np.array_equal(np.isnan(column), np.isnan(expected))
        assert np.nanmax(np.abs(column - expected)) <= times * allowed

    logs = np.log(np.where(weights > 0, weights, 1.0))
    near(found.entropy, -(weights * logs).sum(axis=-1), 3)
    near(found.current, np.diagonal(weights, axis1=2, axis2=3))
    before = np.full(weights.shape[:3], np.nan)
    before[:, :, 1:] = np.diagonal(weights, offset=-1, axis1=2, axis2=3)
    near(found.previous, before)
    at_start = np.where(visible[:, None, :, 0], weights[..., 0], np.nan)
    near(found.first, at_start)
    near(found.duplicate, masses(weights, ids, visible, 0))
    near(found.induction, masses(weights, ids, visible, 1))
    near(found.distance, (weights * distance).sum(axis=-1), 30 * copies)
    near(found.received, weights.sum(axis=2) / visible.sum(axis=1)[:, None, :])
    near(found.peak[:, :, 1:], weights[:, :, 1:, 1:].max(axis=-1))
    at_peak = np.take_along_axis(weights[:, :, 1:], found.peak_key[:, :, 1:, None], axis=-1)
    near(found.peak[:, :, 1:], at_peak[..., 0])
    assert (found.peak_key[:, :, 0] == -1).all()
    assert (found.outside == 0).all()
    assert (found.window == np.where(reach < n, reach, 0)).all()


def test_a_learned_sink_is_its_own_share(tmp_path: Path, native_log: NativeLog) -> None:
    with opened(write_sinks(tmp_path / "sinks.gguf"), native_log) as engine:
        ids = ordinary(engine, 40)
        weights = attended(engine, ids).values.astype(np.float64)
        found = summed_up(engine, ids)
    sink = 1 - weights.sum(axis=-1)
    assert found.outside == pytest.approx(sink.mean(axis=-1), abs=1e-5)
    assert found.outside.min() > 1e-3
    whole = np.concatenate([weights, sink[..., None]], axis=-1)
    entropy = -(whole * np.log(np.where(whole > 0, whole, 1.0))).sum(axis=-1)
    assert np.abs(found.entropy - entropy).max() <= 1e-3
    assert found.window.tolist() == [SINK_WINDOW, 0]


def test_layers_without_a_matrix_have_no_summary(tmp_path: Path, native_log: NativeLog) -> None:
    with opened(write_hybrid(tmp_path / "hybrid.gguf"), native_log) as engine:
        found = summed_up(engine, ordinary(engine, 40))
    assert found.layers == (1, 3)
    assert found.entropy.shape == (2, 4, 40)
    assert sorted(found.missing) == [0, 2]


def test_one_token_has_summaries(random_models: ModelFolder, native_log: NativeLog) -> None:
    with opened(random_models.path("llama"), native_log) as engine:
        found = summed_up(engine, ordinary(engine, 1))
    assert (found.current == 1).all()
    assert np.isnan(found.previous).all()
    assert (found.peak_key == -1).all()
    assert np.isnan(kind_scores(found, HeadKind.SINK)).all()
