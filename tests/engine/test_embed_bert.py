"""Vectors of an encoder, whose tokens look both ways, against its pass in NumPy."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from reference.bert_model import RandomBert
from reference.gguf_models import BOS, EOS
from support.engines import EXACT, ignored, opened

from workbench.core.cancel import CancelToken
from workbench.core.embedding import Pooling
from workbench.engine.native.lib import NativeLog

TEXTS = ("the cat sat", "a dog ran to the hill and then it was there", "x")


@pytest.mark.parametrize("pooling", [Pooling.MEAN, Pooling.CLS, Pooling.LAST])
def test_an_encoder_pools_as_it_declares(
    native_log: NativeLog, tmp_path: Path, pooling: Pooling
) -> None:
    model = RandomBert()
    path = model.write(tmp_path / "bert.gguf", pooling.value)
    with opened(path, native_log, EXACT) as engine:
        found = engine.embedder.embed(TEXTS, ignored, CancelToken())
        assert (found.pooling, found.unnamed) == (pooling, False)
        for text, vector in zip(TEXTS, found.vectors, strict=True):
            ids = [BOS, *engine.tokenize(text, add_bos=False).ids, EOS]
            rows = model.vectors(ids)
            wanted = {
                Pooling.MEAN: rows.mean(axis=0),
                Pooling.CLS: rows[0],
                Pooling.LAST: rows[-1],
            }[pooling]
            # The engine rounds through f16 tables of GELU and softmax.
            assert np.abs(vector - wanted).max() < 0.01
