"""A text with a piece cut out is scored the same whatever stands in the cache."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from reference.gguf_models import ModelFolder
from reference.odd_models import write_hybrid
from support.engines import opened, ordinary, scored

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
