"""Captures of an engine in few words, and how near they must be to the reference."""

from __future__ import annotations

import numpy as np
from reference.weights import Floats
from support.engines import GPU_LAYERS, ignored

from workbench.core.attention import Attention, AttentionRequest, HeadSummaries
from workbench.core.cancel import CancelToken
from workbench.core.lens import Lens, LensRequest
from workbench.core.types import KvType
from workbench.engine.llama import LlamaEngine

SINGLE_BOUND = 1e-2 if GPU_LAYERS else 1e-4
"""Largest error of a weight with an f32 cache; GPUs multiply in half precision on the way."""

HALF_BOUND = 1e-2
"""Largest error of a weight with an f16 cache."""


def bound(kv: KvType) -> float:
    """Largest error of an attention weight."""
    return SINGLE_BOUND if kv is KvType.F32 else HALF_BOUND


def attended(engine: LlamaEngine, ids: tuple[int, ...], **request: object) -> Attention:
    """The weights of a text; everything unless `request` says otherwise."""
    made = AttentionRequest(ids, **request)  # type: ignore[arg-type]  # the fields by name
    return engine.inside.attention(made, ignored, CancelToken())


def summed_up(engine: LlamaEngine, ids: tuple[int, ...]) -> HeadSummaries:
    """The summaries of all heads over a text."""
    return engine.inside.head_summaries(ids, ignored, CancelToken())


def looked_through(engine: LlamaEngine, ids: tuple[int, ...], top: int = 5, start: int = 0) -> Lens:
    """The logit lens over a text."""
    return engine.inside.lens(LensRequest(ids, top, start), ignored, CancelToken())


def error(found: Attention, expected: Floats) -> float:
    """Largest difference from reference weights (layers, heads, queries, keys) of everything."""
    axes = (np.array(found.layers), np.array(found.heads), found.queries, found.keys)
    wanted = expected[np.ix_(*axes)]
    if found.averaged:
        wanted = wanted.mean(axis=1, keepdims=True)
    return float(np.abs(found.values - wanted).max())
