"""Vectors of texts against the NumPy reference: the last residual, normed, pooled."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from reference.forward import ReferenceModel, rms_norm
from reference.gguf_models import ModelFolder
from support.engines import EXACT, ignored, opened
from support.gguf_files import rewritten

from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.embedding import Pooling
from workbench.core.errors import UserError
from workbench.engine.client import EngineClient
from workbench.engine.native.lib import NativeLog

TEXTS = ("The cat sat.", "a", "Größe 😀 of the other one, in a longer text than the first.")


def expected(path: Path, ids: tuple[int, ...], pooling: Pooling) -> np.ndarray:
    reference = ReferenceModel(path)
    residual = reference.forward(ids, exact=True).residuals[-1]
    states = rms_norm(residual, reference.weights.vector("output_norm.weight"), reference.epsilon)
    whole = {Pooling.MEAN: states.mean(axis=0), Pooling.LAST: states[-1], Pooling.CLS: states[0]}
    return np.asarray(whole[pooling])


@pytest.mark.parametrize("name", ["llama", "qwen2"])
def test_vectors_are_those_of_the_reference(
    random_models: ModelFolder, native_log: NativeLog, name: str
) -> None:
    path = random_models.path(name)
    with opened(path, native_log, EXACT) as engine:
        found = engine.embedder.embed(TEXTS, ignored, CancelToken())
        assert (found.pooling, found.unnamed) == (Pooling.MEAN, True)
        for text, vector, n_tokens in zip(TEXTS, found.vectors, found.n_tokens, strict=True):
            ids = engine.tokenize(text, add_bos=True, parse_special=False).ids
            assert n_tokens == len(ids)
            assert vector == pytest.approx(expected(path, ids, Pooling.MEAN), abs=1e-4)


@pytest.mark.parametrize("pooling", [Pooling.CLS, Pooling.LAST, Pooling.MEAN])
def test_the_model_names_the_pooling(
    random_models: ModelFolder, native_log: NativeLog, tmp_path: Path, pooling: Pooling
) -> None:
    plain = random_models.path("llama")
    path = rewritten(plain, tmp_path / "e.gguf", ids={"llama.pooling_type": int(pooling)})
    with opened(path, native_log, EXACT) as engine:
        found = engine.embedder.embed(TEXTS[:1], ignored, CancelToken())
        ids = engine.tokenize(TEXTS[0], add_bos=True, parse_special=False).ids
        assert (found.pooling, found.unnamed) == (pooling, False)
        assert found.vectors[0] == pytest.approx(expected(plain, ids, pooling), abs=1e-4)


def test_many_texts_are_each_as_alone(random_models: ModelFolder, native_log: NativeLog) -> None:
    texts = tuple(f"{'the cat and ' * (n % 40)}number {n}" for n in range(70))
    with opened(random_models.path("qwen2"), native_log, EXACT) as engine:
        together = engine.embedder.embed(texts, ignored, CancelToken()).vectors
        for number in (0, 39, 69):
            alone = engine.embedder.embed(texts[number : number + 1], ignored, CancelToken())
            assert together[number] == pytest.approx(alone.vectors[0], abs=1e-4)


def test_what_cannot_be_embedded_is_refused(
    random_models: ModelFolder, native_log: NativeLog, tmp_path: Path
) -> None:
    path = rewritten(
        random_models.path("llama"), tmp_path / "r.gguf", ids={"llama.pooling_type": 4}
    )
    with opened(path, native_log, EXACT) as engine, pytest.raises(UserError, match="ranks pairs"):
        engine.embedder.embed(TEXTS, ignored, CancelToken())
    with opened(random_models.path("llama"), native_log, EXACT) as engine:
        for texts, words in ((("a", ""), "Text 2 is empty"), (("word " * 3000,), "tokens long")):
            with pytest.raises(UserError, match=words):
                engine.embedder.embed(texts, ignored, CancelToken())
        cancel = CancelToken()
        cancel.cancel()
        with pytest.raises(Cancelled):
            engine.embedder.embed(TEXTS, ignored, cancel)
        assert len(engine.embedder.embed((), ignored, CancelToken()).vectors) == 0


def test_vectors_come_through_the_child(random_models: ModelFolder, native_log: NativeLog) -> None:
    path = random_models.path("llama")
    client = EngineClient(path, EXACT)
    try:
        found = client.embed(TEXTS).future.result(60)
        with opened(path, native_log, EXACT) as engine:
            alone = engine.embedder.embed(TEXTS, ignored, CancelToken())
        assert found.vectors == pytest.approx(alone.vectors, abs=1e-6)
        with pytest.raises(UserError, match="is empty"):
            client.embed(("",)).future.result(60)
    finally:
        client.close()
