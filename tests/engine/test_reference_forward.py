"""The NumPy forward pass and llama.cpp compute the same thing, on every modelled architecture.

What is left between them is the order of float32 sums: with float32 weights and cache below 1e-4,
for gemma2 below 1e-3 because a sum that falls on the other side of an entry of ggml's
half-precision GELU table moves a value by one half-precision step.

Quantised weights are different. ggml rounds the activations to 8 bits before every product, and a
sum that falls on the other side of a rounding boundary moves all that follows: logits are then
only defined to about 0.1. Without such a flip the two agree to 1e-6, so the tests there look at
many short texts, most of which have none, and at the same weights stored as float32.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest
from reference.attention import log_softmax
from reference.forward import ReferenceModel
from reference.gguf_models import SEED, SHAPES, ModelFolder, copy_as_f32, write_model
from reference.raw_llama import RawModel

TEXT = (
    "The cat sat on the mat and looked out of the window at 12 hens; naïve 猫. Then it asked: "
    "what is the sum of 40 and 2, and who is in the garden?"
)
SHORT_TEXTS = (
    "The cat", "12+30", "naïve", "Once up", "{a: 1}", "Q: why?", "red red", "a b c",
    "yes/no", "the end.", "🙂", "x = y",
)  # fmt: skip
WINDOW = SHAPES["gemma2"].sliding_window


def largest_error(
    model: RawModel,
    reference: ReferenceModel,
    tokens: list[int],
    kv: Literal["f32", "f16"] = "f32",
    *,
    flash: bool = False,
) -> float:
    """Of all log-probabilities at all positions."""
    logits = model.run(tokens, kv=kv, flash=flash).logits.astype(np.float64)
    expected = reference.forward(tokens, kv=kv, flash=flash).logprobs
    return float(np.abs(log_softmax(logits) - expected).max())


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("n_tokens", [56, 72])  # flash attention changes its kernel at 64
def test_log_probabilities_agree(random_models: ModelFolder, name: str, n_tokens: int) -> None:
    path = random_models.path(name)
    reference = ReferenceModel(path)
    with RawModel(path) as model:
        tokens = model.tokenize(TEXT)[:n_tokens]
        assert len(tokens) == n_tokens > 3 * WINDOW
        plain = largest_error(model, reference, tokens)
        assert plain <= (1e-3 if name == "gemma2" else 1e-4)
        assert largest_error(model, reference, tokens, "f16") <= 2e-2
        assert largest_error(model, reference, tokens, "f16", flash=True) <= 2e-2
        assert largest_error(model, reference, tokens, "f32", flash=True) <= 2e-2


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("n_ubatch", [512, 16])
def test_attention_and_residuals_agree(
    random_models: ModelFolder, name: str, n_ubatch: int
) -> None:
    path = random_models.path(name)
    reference = ReferenceModel(path)
    layers = range(reference.n_layer)
    names = [f"{kind}-{layer}" for layer in layers for kind in ("kq_soft_max", "l_out")]
    with RawModel(path) as model:
        tokens = model.tokenize(TEXT)[:48]
        run = model.run(tokens, tensors=names, n_ubatch=n_ubatch)
    expected = reference.forward(tokens)
    parts = -(-len(tokens) // n_ubatch)
    for layer in layers:
        rows = run.tensors[f"kq_soft_max-{layer}"].reshape(
            parts, reference.n_head, len(tokens) // parts, -1
        )
        joined = np.concatenate(list(rows), axis=1)[..., : len(tokens)]
        assert np.abs(joined - expected.attention[layer]).max() <= 1e-4
        residual = run.tensors[f"l_out-{layer}"].reshape(len(tokens), -1)
        assert np.abs(residual - expected.residuals[layer + 1]).max() <= 2e-3
    assert np.abs(expected.attention.sum(axis=-1) - 1).max() <= 1e-12
    last = run.tensors[f"l_out-{reference.n_layer - 1}"].reshape(len(tokens), -1)
    assert np.abs(reference.unembed(last.astype(np.float64)) - run.logits).max() <= 1e-4


def test_sliding_window_layers_see_exactly_the_window(random_models: ModelFolder) -> None:
    path = random_models.path("gemma2")
    with RawModel(path) as model:
        attention = ReferenceModel(path).forward(model.tokenize(TEXT)[:48]).attention
    query = np.arange(48)
    distance = query[:, None] - query[None, :]
    for layer, rows in enumerate(attention):
        reach = WINDOW if layer % 2 == 0 else 48
        assert ((rows > 0) == ((distance >= 0) & (distance < reach))).all()


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("llama", {"rope_base": 11_000.0}),
        ("llama", {"rms_epsilon": 1e-2}),
        ("qwen2", {"rope_base": 9e5}),
        ("gemma2", {"sliding_window": 15}),
        ("gemma2", {"attn_soft_cap": 6.0}),
        ("gemma2", {"final_soft_cap": 5.0}),
        ("mixtral", {"n_expert_used": 3}),
        ("qwen2moe", {"n_expert_used": 3}),
    ],
)
def test_a_wrong_hyperparameter_shows(
    random_models: ModelFolder, tmp_path: Path, name: str, change: dict[str, Any]
) -> None:
    wrong = write_model(tmp_path / "wrong.gguf", replace(SHAPES[name], **change), SEED)
    with RawModel(random_models.path(name)) as model:
        tokens = model.tokenize(TEXT)[:56]
        assert largest_error(model, ReferenceModel(wrong), tokens) > 5e-2


@pytest.mark.parametrize("weights", ["q8_0", "q4_0"])
@pytest.mark.parametrize("name", SHAPES)
def test_quantised_activations_are_modelled(
    random_models: ModelFolder, name: str, weights: str
) -> None:
    path = random_models.path(name, weights)
    reference = ReferenceModel(path)
    with RawModel(path) as model:
        texts = [model.tokenize(text)[:5] for text in SHORT_TEXTS]
        errors = [largest_error(model, reference, tokens) for tokens in texts]
        rounded = [
            np.abs(
                reference.forward(tokens).logprobs - reference.forward(tokens, exact=True).logprobs
            ).max()
            for tokens in texts
        ]
    assert np.median(errors) <= 1e-5
    assert np.median(rounded) >= 1e-2


@pytest.mark.parametrize("name", SHAPES)
def test_half_precision_weights_agree(random_models: ModelFolder, name: str) -> None:
    path = random_models.path(name, "f16")
    with RawModel(path) as model:
        tokens = model.tokenize(TEXT)[:56]
        assert largest_error(model, ReferenceModel(path), tokens) <= 2e-2


def test_dequantised_copy_agrees_without_activation_rounding(
    random_models: ModelFolder, tmp_path: Path
) -> None:
    quantised = random_models.path("llama", "q8_0")
    copy = copy_as_f32(quantised, tmp_path / "copy.gguf")
    with RawModel(copy) as model:
        tokens = model.tokenize(TEXT)[:56]
        logits = model.run(tokens).logits.astype(np.float64)
    expected = ReferenceModel(quantised).forward(tokens, exact=True).logprobs
    assert np.abs(log_softmax(logits) - expected).max() <= 1e-4
