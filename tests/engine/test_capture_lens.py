"""The logit lens: the last layer is the model itself, the others are the reference's residuals
through the reference's own head."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from reference.attention import log_softmax
from reference.forward import ReferenceModel
from reference.gguf_models import SHAPES, ModelFolder
from reference.odd_models import write_hybrid, write_sinks
from support.captures import looked_through
from support.engines import EXACT, GPU_LAYERS, opened, ordinary, scored

from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.errors import UserError
from workbench.core.lens import LENS_IDENTITY_BOUND, LensRequest
from workbench.core.tokens import NO_RANK
from workbench.core.types import EngineSettings, KvType
from workbench.engine.native.lib import NativeLog

BOUND = 5e-2 if GPU_LAYERS else 1e-3


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("n_tokens", [40, 100])  # 100: more than one micro-batch
def test_every_layer_is_the_reference(
    random_models: ModelFolder, native_log: NativeLog, name: str, n_tokens: int
) -> None:
    path = random_models.path(name)
    reference = ReferenceModel(path)
    with opened(path, native_log) as engine:
        ids = ordinary(engine, n_tokens)
        found = looked_through(engine, ids)
    residuals = reference.forward(ids).residuals[1:]
    logprobs = np.stack([log_softmax(reference.unembed(x)) for x in residuals])
    assert found.identity_error <= LENS_IDENTITY_BOUND
    assert found.n_layer == reference.n_layer
    listed = np.take_along_axis(logprobs, found.top_ids.astype(int), axis=-1)
    assert np.abs(found.top_logprob - listed).max() <= BOUND
    assert (np.diff(found.top_logprob, axis=-1) <= 0).all()
    best = logprobs.max(axis=-1)
    assert np.abs(found.top_logprob[..., 0] - best).max() <= BOUND
    p = np.exp(logprobs)
    assert np.abs(found.entropy + (p * logprobs).sum(axis=-1)).max() <= BOUND
    divergence = (p * (logprobs - logprobs[-1])).sum(axis=-1)
    assert np.abs(found.kl_to_final - divergence).max() <= BOUND
    assert (found.kl_to_final[-1] == 0).all()
    final = np.broadcast_to(found.top_ids[-1, :, 0], found.final_rank.shape)
    own = np.take_along_axis(logprobs, final[..., None].astype(int), axis=-1)
    assert np.abs(found.final_logprob - own[..., 0]).max() <= BOUND
    assert (found.final_rank[-1] == 0).all()
    ranks = (logprobs > own).sum(axis=-1)
    assert np.mean(found.final_rank == ranks) >= (0.9 if GPU_LAYERS else 0.99)  # near-ties
    following = np.broadcast_to(np.array(ids[1:]), (found.n_layer, n_tokens - 1))
    said = np.take_along_axis(logprobs[:, :-1], following[..., None], axis=-1)[..., 0]
    assert np.abs(found.next_logprob[:, :-1] - said).max() <= BOUND
    assert np.isnan(found.next_logprob[:, -1]).all()
    assert (found.next_rank[:, -1] == NO_RANK).all()


@pytest.mark.parametrize("kv", [KvType.F32, KvType.F16, KvType.Q8_0])
@pytest.mark.parametrize("weights", ["q8_0", "q4_0", "f16"])
def test_the_last_layer_is_the_model_for_every_type_of_weights(
    random_models: ModelFolder, native_log: NativeLog, weights: str, kv: KvType
) -> None:
    for name in ("gemma2", "qwen2"):
        path = random_models.path(name, weights)
        made = replace(EXACT, kv_type=kv, flash_attention=kv is KvType.Q8_0)
        with opened(path, native_log, made) as engine:
            found = looked_through(engine, ordinary(engine, 30))
        assert found.identity_error <= LENS_IDENTITY_BOUND


@pytest.mark.parametrize("write", [write_hybrid, write_sinks])
def test_other_architectures_end_as_llama_cpp_ends_them(
    tmp_path: Path, native_log: NativeLog, write: object
) -> None:
    assert callable(write)
    with opened(write(tmp_path / "odd.gguf"), native_log) as engine:
        found = looked_through(engine, ordinary(engine, 30))
    assert found.identity_error <= LENS_IDENTITY_BOUND


def test_the_last_layer_is_what_a_score_says(demo_model: Path, native_log: NativeLog) -> None:
    settings = EngineSettings(n_threads=1, flash_attention=False)
    with opened(demo_model, native_log, settings) as engine:
        ids = ordinary(engine, 90)
        found = looked_through(engine, ids)
        table = scored(engine, ids)
    assert np.abs(found.next_logprob[-1, :-1] - table.logprob[1:]).max() <= 1e-2
    assert np.mean(found.next_rank[-1, :-1] == table.rank[1:]) >= 0.95
    assert np.abs(found.entropy[-1, :-1] - table.entropy[1:]).max() <= 1e-2


def test_a_start_leaves_out_what_stands_before(
    random_models: ModelFolder, native_log: NativeLog
) -> None:
    with opened(random_models.path("llama"), native_log) as engine:
        ids = ordinary(engine, 150)
        whole = looked_through(engine, ids)
        late = looked_through(engine, ids, start=130)
    assert late.top_ids.shape == (3, 20, 5)
    assert np.abs(late.top_logprob - whole.top_logprob[:, 130:]).max() <= BOUND
    assert np.array_equal(np.isnan(late.next_logprob), np.isnan(whole.next_logprob[:, 130:]))


def test_a_start_outside_is_refused(random_models: ModelFolder, native_log: NativeLog) -> None:
    with opened(random_models.path("llama"), native_log) as engine:
        with pytest.raises(UserError, match="start must lie"):
            looked_through(engine, ordinary(engine, 20), start=20)
        with pytest.raises(UserError, match="is empty"):
            looked_through(engine, ())


def test_a_cancel_stops_it_and_the_next_is_right(
    random_models: ModelFolder, native_log: NativeLog
) -> None:
    cancel = CancelToken()

    def stop(_done: int, _total: int) -> None:
        cancel.cancel()

    with opened(random_models.path("llama"), native_log) as engine:
        ids = ordinary(engine, 200)
        before = looked_through(engine, ids)
        with pytest.raises(Cancelled):
            engine.inside.lens(LensRequest(ids), stop, cancel)
        after = looked_through(engine, ids)
    assert np.array_equal(before.top_ids, after.top_ids)


def test_progress_ends_at_the_whole(random_models: ModelFolder, native_log: NativeLog) -> None:
    reports: list[tuple[int, int]] = []
    with opened(random_models.path("llama"), native_log) as engine:
        request = LensRequest(ordinary(engine, 100))
        engine.inside.lens(request, lambda d, t: reports.append((d, t)), CancelToken())
    assert reports[-1] == (300, 300)
    assert [d for d, _ in reports] == sorted(d for d, _ in reports)
