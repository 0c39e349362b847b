"""A text with a piece cut out is scored the same whatever stands in the cache."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from reference.gguf_models import ModelFolder
from reference.odd_models import write_hybrid
from support.engines import ignored, opened, ordinary, scored

from workbench.core.cancel import CancelToken
from workbench.core.tokens import Float32
from workbench.core.types import ScoreRequest
from workbench.engine.native.lib import NativeLog


@pytest.mark.parametrize("architecture", ["llama", "qwen2", "gemma2", "hybrid"])
def test_a_cut_text_is_scored_exactly_as_if_it_came_first(
    architecture: str, random_models: ModelFolder, tmp_path: Path, native_log: NativeLog
) -> None:
    if architecture == "hybrid":
        path = tmp_path / "hybrid.gguf"
        write_hybrid(path)
    else:
        path = random_models.path(architecture)
    with opened(path, native_log) as engine:
        ids = ordinary(engine, 300)
        for cut in (250, 130, 60, 5):
            shorter = ids[:cut] + ids[cut + 7 :]
            scored(engine, ids, 280, 0)
            behind_the_whole = scored(engine, shorter, len(shorter) - 20, 0).logprob
            scored(engine, ids[-1:], 0, 0)
            alone = scored(engine, shorter, len(shorter) - 20, 0).logprob
            np.testing.assert_array_equal(behind_the_whole, alone)


@pytest.mark.parametrize("architecture", ["llama", "gemma2"])
def test_large_batches_reuse_all_that_stands_when_rounding_may_differ(
    architecture: str,
    random_models: ModelFolder,
    native_log: NativeLog,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As on a GPU, which reads in batches of 2,048 tokens: a part near the end costs little."""
    monkeypatch.setattr("workbench.engine.kv.CHUNK", 2048)
    with opened(random_models.path(architecture), native_log) as engine:
        ids = ordinary(engine, 600)
        shorter = ids[:500] + ids[510:]

        def score(text: tuple[int, ...], *, exact: bool) -> Float32:
            request = ScoreRequest(text, len(text) - 20, 0, exact=exact)
            return engine.score(request, ignored, CancelToken()).logprob

        alone = score(shorter, exact=True)
        score(ids, exact=True)
        decode = engine._kv.context.decode
        decoded: list[int] = []

        def counting(tokens: list[int], *rest: object) -> None:
            decoded.append(len(tokens))
            decode(tokens, *rest)  # type: ignore[arg-type]  # passed on as it came

        monkeypatch.setattr(engine._kv.context, "decode", counting)
        near = score(shorter, exact=False)
        assert sum(decoded) <= 600 - 500
        np.testing.assert_allclose(near, alone, atol=2e-3)
        # What was read in other batches is never taken for what an exact request would read.
        np.testing.assert_array_equal(score(shorter, exact=True), alone)
        score(ids, exact=False)
        np.testing.assert_array_equal(score(shorter, exact=True), alone)
