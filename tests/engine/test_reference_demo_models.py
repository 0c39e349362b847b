"""The models that ship: what llama.cpp computes from their files is what the files say.

The strict comparison runs on a copy with the same weights stored as float32, where nothing but the
cache is rounded. From the quantised file itself log-probabilities are only defined to about 0.1
(see `test_reference_forward`), and equal to 1e-5 wherever no rounding falls the other way.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from reference.attention import log_softmax
from reference.forward import ReferenceModel
from reference.gguf_models import copy_as_f32
from reference.raw_llama import RawModel

from workbench.core.paths import assets_folder

TEXTS = (
    "Once upon a time there was a small hen who lived in a red barn near the river. One day she",
    "12 + 30 = 42\n7 + 5 = 12\n9 + 4 =",
    "Review: The food was great.\nSentiment: positive\nReview: It was awful.\nSentiment:",
    "The capital of France is",
    '{"name": "Ann", "age": 7}',
)


def shipped() -> list[Path]:
    """Every model in the assets."""
    paths = sorted((assets_folder() / "models").glob("*.gguf"))
    assert paths
    return paths


@pytest.mark.parametrize(
    ("kv", "flash", "tolerance"),
    [("f32", False, 1e-3), ("f16", False, 2e-2), ("f16", True, 2e-2)],
)
def test_log_probabilities_of_the_stored_weights(
    tmp_path: Path, kv: Literal["f32", "f16"], flash: bool, tolerance: float
) -> None:
    for path in shipped():
        copy = copy_as_f32(path, tmp_path / path.name)
        reference = ReferenceModel(copy)
        with RawModel(copy) as model:
            for text in TEXTS:
                tokens = model.tokenize(text)
                logits = model.run(tokens, kv=kv, flash=flash).logits.astype(np.float64)
                expected = reference.forward(tokens, kv=kv, flash=flash).logprobs
                assert np.abs(log_softmax(logits) - expected).max() <= tolerance, (path, text)


def test_log_probabilities_of_the_quantised_file() -> None:
    for path in shipped():
        reference = ReferenceModel(path)
        with RawModel(path) as model:
            ids = [token for text in TEXTS for token in model.tokenize(text)[1:]]
            errors = []
            for start in range(0, 60, 4):
                tokens = ids[start : start + 4]
                logits = model.run(tokens).logits.astype(np.float64)
                error = np.abs(log_softmax(logits) - reference.forward(tokens).logprobs)
                errors.append(error.max())
        assert np.median(errors) <= 1e-5, path
        assert max(errors) <= 0.5, path
