"""The sampler microscope: the real chain walked one sampler at a time."""

from __future__ import annotations

import numpy as np

from workbench.core.cancel import CancelToken
from workbench.core.types import Stage, Trace, TraceRequest
from workbench.engine.base import Progress
from workbench.engine.kv import KvCache
from workbench.engine.native.chain import Candidates, Chain, Survivors
from workbench.engine.native.model import NativeModel


def trace(
    kv: KvCache, model: NativeModel, request: TraceRequest, progress: Progress, cancel: CancelToken
) -> Trace:
    """What each sampler leaves of the distribution after the prompt.

    Raises:
        Cancelled, Aborted: call `KvCache.after_abort` then.
    """
    kv.bring(request.prompt_ids, 0, 1, progress, cancel)
    chain = Chain(model, request.sampling, request.seed, Candidates(model.n_vocab))
    try:
        chain.remember(request.prompt_ids)
        stages = tuple(_stage(left, request.limit) for left in chain.walk(kv.row))
        return Trace(stages, chain.chosen())
    finally:
        chain.close()


def _stage(left: Survivors, limit: int) -> Stage:
    return Stage(
        left.name,
        len(left.ids),
        min(1.0, left.kept),
        left.ids[:limit].copy(),
        left.logits[:limit].copy(),
        left.probabilities[:limit].astype(np.float32),
    )
