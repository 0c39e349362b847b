"""Engines on models of a test's own, and what tests ask of them in few words."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from support.sinks import KeepingSink

from workbench.core.cancel import CancelToken
from workbench.core.sampling import Sampling
from workbench.core.tokens import TokenTable
from workbench.core.types import (
    EngineSettings,
    GenerateRequest,
    GenerateResult,
    KvType,
    ScoreRequest,
)
from workbench.engine.llama import LlamaEngine
from workbench.engine.native.lib import NativeLog

EXACT = EngineSettings(n_threads=1, kv_type=KvType.F32, flash_attention=False)
"""The cache in single precision and the plain kernels: as near to the reference as it gets."""

PLAIN = EngineSettings(n_threads=1)

GPU_LAYERS = int(os.environ.get("WORKBENCH_TEST_GPU_LAYERS", "0"))
"""How many layers `opened` puts on a GPU; -1 all of them."""


@contextmanager
def opened(
    path: Path, log: NativeLog, settings: EngineSettings = EXACT, n_ctx: int = 1024
) -> Iterator[LlamaEngine]:
    """An engine for the length of a block."""
    made = replace(settings, n_ctx=n_ctx, n_gpu_layers=GPU_LAYERS)
    engine = LlamaEngine(path, made, log)
    try:
        yield engine
    finally:
        engine.close()


def ordinary(engine: LlamaEngine, n: int, seed: int = 0) -> tuple[int, ...]:
    """`n` random tokens of which none is a control token; one seed's prompts share beginnings."""
    special = engine.loaded.vocab.special_texts
    usable = [t for t in range(engine.loaded.vocab.n_vocab) if t not in special]
    return tuple(np.random.default_rng(seed).choice(usable, 4000)[:n].tolist())


def generated(
    engine: LlamaEngine,
    ids: tuple[int, ...],
    sampling: Sampling,
    sink: KeepingSink | None = None,
    **request: Any,
) -> GenerateResult:
    """A whole answer; seed 0 unless `request` says otherwise."""
    made = GenerateRequest(ids, sampling, **{"seed": 0, **request})
    return engine.generate(made, sink or KeepingSink(), CancelToken())


def said(result: GenerateResult, sample: int = 0) -> list[int]:
    """The tokens of one reply."""
    return [int(t) for t in result.samples[sample].tokens.ids]


def scored(engine: LlamaEngine, ids: tuple[int, ...], start: int = 0, top: int = 20) -> TokenTable:
    """Records of a text."""
    return engine.score(ScoreRequest(ids, start, top), ignored, CancelToken())


def ignored(_done: int, _total: int) -> None:
    """Progress nobody looks at."""
