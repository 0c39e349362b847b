"""Split models, adapters, control vectors, fill-in-the-middle tokens: files the tests write."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from reference.forward import ReferenceModel
from reference.gguf_models import EOS, SHAPES, ModelFolder
from support.engines import EXACT, PLAIN, generated, opened, ordinary, said, scored
from support.gguf_files import Singles, control_vector, lora, rewritten, weights_of

from workbench.core.errors import UserError
from workbench.core.sampling import Sampling
from workbench.core.tokens import TokenTable
from workbench.core.types import EngineSettings
from workbench.engine.gguf import read_header
from workbench.engine.llama import LlamaEngine
from workbench.engine.native.lib import NativeLog

RANK = 4


def table_with(path: Path, log: NativeLog, settings: EngineSettings = EXACT) -> TokenTable:
    """A score of 40 tokens."""
    with opened(path, log, settings) as engine:
        return scored(engine, ordinary(engine, 40), start=1)


def test_a_split_model_is_the_model(
    random_models: ModelFolder, native_log: NativeLog, tmp_path: Path
) -> None:
    whole = random_models.path("llama")
    rewritten(whole, tmp_path / "split.gguf", tensors_per_part=12)
    first, *others = sorted(tmp_path.glob("split-*.gguf"))
    assert first.name == f"split-00001-of-{len(others) + 1:05d}.gguf"
    assert len(others) >= 1
    header, expected = read_header(first), read_header(whole)
    assert header.files == (first, *others)
    assert header.weight_bytes == sum(f.stat().st_size for f in header.files)
    assert header.info.n_params == expected.info.n_params
    assert header.info.architecture == "llama"
    found = table_with(first, native_log)
    assert found.logprob.tobytes() == table_with(whole, native_log).logprob.tobytes()


def test_a_split_model_with_a_part_missing_or_named_wrongly_is_refused(
    random_models: ModelFolder, native_log: NativeLog, tmp_path: Path
) -> None:
    rewritten(random_models.path("llama"), tmp_path / "split.gguf", tensors_per_part=12)
    first, second, *_ = sorted(tmp_path.glob("split-*.gguf"))
    with pytest.raises(UserError, match="one part of a model split") as caught:
        LlamaEngine(second, PLAIN, native_log)
    assert "-00001-of-" in caught.value.hint
    kept = second.read_bytes()
    second.unlink()
    with pytest.raises(UserError, match=f"missing: {second.name}"):
        LlamaEngine(first, PLAIN, native_log)
    for damaged in (b"", kept[:3000], b"GGUF" + b"\xff" * 100, b"no model"):
        second.write_bytes(damaged)
        with pytest.raises(UserError):
            LlamaEngine(first, PLAIN, native_log)


def some_lora(path: Path, tensors: tuple[str, ...]) -> dict[str, tuple[Singles, Singles]]:
    """Random matrices for some weights of a model."""
    random, weights = np.random.default_rng(1), weights_of(path)
    made = {}
    for name in tensors:
        outputs, inputs = weights[name].shape
        a = random.standard_normal((RANK, inputs)).astype(np.float32) * inputs**-0.5
        b = random.standard_normal((outputs, RANK)).astype(np.float32) * RANK**-0.5
        made[name] = (a, b)
    return made


@pytest.mark.parametrize("scale", [1.0, 0.5, -1.0])
@pytest.mark.parametrize("name", ["llama", "qwen2"])
def test_a_lora_adapter_adds_its_product_to_the_weights(
    random_models: ModelFolder, native_log: NativeLog, tmp_path: Path, name: str, scale: float
) -> None:
    path, alpha = random_models.path(name), 6.0
    parts = some_lora(path, ("blk.0.attn_q.weight", "blk.1.ffn_down.weight", "blk.2.attn_v.weight"))
    adapter = lora(tmp_path / "adapter.gguf", parts, alpha, SHAPES[name].architecture)
    weights = weights_of(path)
    merged = rewritten(
        path,
        tmp_path / "merged.gguf",
        weights={n: weights[n] + scale * alpha / RANK * (b @ a) for n, (a, b) in parts.items()},
    )
    settings = replace(EXACT, lora=((str(adapter), scale),))
    with opened(path, native_log, settings) as engine:
        ids = ordinary(engine, 40)
        found = scored(engine, ids, start=1).logprob
    rows = ReferenceModel(merged).forward(ids).logprobs[:-1]
    assert np.abs(found - rows[np.arange(39), ids[1:]]).max() <= 1e-3
    assert np.abs(found - table_with(path, native_log).logprob).max() > 0.1


def test_a_lora_adapter_of_scale_zero_or_two_that_cancel_change_nothing(
    random_models: ModelFolder, native_log: NativeLog, tmp_path: Path
) -> None:
    path = random_models.path("llama")
    parts = some_lora(path, ("blk.0.attn_q.weight",))
    adapter = str(lora(tmp_path / "a.gguf", parts, 8.0))
    other = str(lora(tmp_path / "b.gguf", parts, 8.0))
    base = table_with(path, native_log).logprob
    off = table_with(path, native_log, replace(EXACT, lora=((adapter, 0.0),))).logprob
    assert off.tobytes() == base.tobytes()
    both = replace(EXACT, lora=((adapter, 1.0), (other, -1.0)))
    assert np.abs(table_with(path, native_log, both).logprob - base).max() <= 1e-3


def test_a_lora_adapter_stays_on_when_the_cache_grows(
    random_models: ModelFolder, native_log: NativeLog, tmp_path: Path
) -> None:
    """Many samples need a larger context, which is another one to llama.cpp."""
    path = random_models.path("llama")
    adapter = lora(tmp_path / "a.gguf", some_lora(path, ("blk.0.ffn_up.weight",)), 8.0)
    settings = replace(PLAIN, lora=((str(adapter), 1.0),))
    sampling = Sampling(max_tokens=20, ignore_eos=True)
    with opened(path, native_log, settings, n_ctx=128) as engine:
        ids = ordinary(engine, 30)
        expected = said(generated(engine, ids, sampling))
        assert len(generated(engine, ids, sampling, n_samples=40).samples) == 40
        assert said(generated(engine, ids, sampling)) == expected
    with opened(path, native_log, PLAIN, n_ctx=128) as engine:
        assert said(generated(engine, ids, sampling)) != expected


def test_adapters_for_other_models_are_refused(
    random_models: ModelFolder, native_log: NativeLog, tmp_path: Path
) -> None:
    path = random_models.path("llama")
    fitting = some_lora(path, ("blk.0.attn_q.weight",))
    wide = some_lora(random_models.path("qwen2"), ("blk.0.attn_q.weight",))
    other_width = lora(tmp_path / "w.gguf", wide, 1.0)
    other_architecture = lora(tmp_path / "o.gguf", fitting, 1.0, "qwen2")
    other_depth = lora(
        tmp_path / "d.gguf", {"blk.9.attn_q.weight": fitting["blk.0.attn_q.weight"]}, 1.0
    )
    empty, text = tmp_path / "e.gguf", tmp_path / "t.gguf"
    empty.write_bytes(b"")
    text.write_text("not an adapter")
    for file in (
        other_width,
        other_architecture,
        other_depth,
        path,
        empty,
        text,
        tmp_path / "none.gguf",
        tmp_path,
    ):
        with pytest.raises(UserError, match="LoRA adapter") as caught:
            LlamaEngine(path, replace(PLAIN, n_ctx=64, lora=((str(file), 1.0),)), native_log)
        assert file.name in caught.value.message


def test_control_vectors_are_added_up(
    random_models: ModelFolder, native_log: NativeLog, tmp_path: Path
) -> None:
    path, random = random_models.path("llama"), np.random.default_rng(2)
    width = SHAPES["llama"].n_embd
    directions = {n: random.standard_normal(width).astype(np.float32) for n in (1, 2)}
    vector = str(control_vector(tmp_path / "v.gguf", directions))

    def with_vectors(*strengths: float) -> TokenTable:
        vectors = tuple((vector, s) for s in strengths)
        return table_with(path, native_log, replace(EXACT, control_vectors=vectors))

    base = table_with(path, native_log).logprob
    assert with_vectors(0.0).logprob.tobytes() == base.tobytes()
    assert np.abs(with_vectors(1.0).logprob - base).max() > 0.1
    assert np.abs(with_vectors(1.0, -1.0).logprob - base).max() <= 1e-3
    assert np.abs(with_vectors(0.75, 0.25).logprob - with_vectors(1.0).logprob).max() <= 1e-3


def test_a_control_vector_moves_the_residual_of_its_layer(
    random_models: ModelFolder, native_log: NativeLog, tmp_path: Path
) -> None:
    """One for the last layer reaches nothing but the unembedding, which the reference can do."""
    path = random_models.path("llama")
    shape, random = SHAPES["llama"], np.random.default_rng(3)
    direction = random.standard_normal(shape.n_embd).astype(np.float32)
    vector = control_vector(tmp_path / "v.gguf", {shape.n_layer - 1: direction})
    settings = replace(EXACT, control_vectors=((str(vector), 0.5),))
    with opened(path, native_log, settings) as engine:
        ids = ordinary(engine, 40)
        found = scored(engine, ids, start=1).logprob
    reference = ReferenceModel(path)
    moved = reference.forward(ids).residuals[-1] + 0.5 * direction
    logits = reference.unembed(moved)
    rows = logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))
    assert np.abs(found - rows[np.arange(39), ids[1:]]).max() <= 1e-3


def test_control_vectors_for_other_models_are_refused(
    random_models: ModelFolder, native_log: NativeLog, tmp_path: Path
) -> None:
    path, width = random_models.path("llama"), SHAPES["llama"].n_embd
    wide = control_vector(tmp_path / "w.gguf", {1: np.ones(width + 1, np.float32)})
    deep = control_vector(tmp_path / "d.gguf", {9: np.ones(width, np.float32)})
    zeroth = control_vector(tmp_path / "z.gguf", {0: np.ones(width, np.float32)})
    empty, text, cut = tmp_path / "e.gguf", tmp_path / "t.gguf", tmp_path / "c.gguf"
    empty.write_bytes(b"")
    text.write_text("not a vector")
    whole = control_vector(tmp_path / "v.gguf", {1: np.ones(width, np.float32)}).read_bytes()
    cut.write_bytes(whole[: len(whole) // 2])
    for file in (wide, deep, zeroth, path, empty, text, cut, tmp_path / "none.gguf", tmp_path):
        with pytest.raises(UserError, match="control vector") as caught:
            LlamaEngine(
                path, replace(PLAIN, n_ctx=64, control_vectors=((str(file), 1.0),)), native_log
            )
        assert file.name in caught.value.message


def test_a_damaged_control_vector_loads_or_is_refused(
    random_models: ModelFolder, native_log: NativeLog, tmp_path: Path
) -> None:
    path, width = random_models.path("llama"), SHAPES["llama"].n_embd
    whole = control_vector(tmp_path / "v.gguf", {1: np.ones(width, np.float32)}).read_bytes()
    file, random = tmp_path / "damaged.gguf", np.random.default_rng(0)
    settings = replace(PLAIN, n_ctx=64, control_vectors=((str(file), 1.0),))
    refused = 0
    for _ in range(60):
        damaged = bytearray(whole)
        for at in random.integers(4, 200, 4):
            damaged[at] = int(random.integers(256))
        file.write_bytes(damaged)
        try:
            LlamaEngine(path, settings, native_log).close()
        except UserError:
            refused += 1
    assert refused > 10


def test_fill_in_the_middle_tokens_frame_the_two_texts(
    random_models: ModelFolder, native_log: NativeLog, tmp_path: Path
) -> None:
    marks = {"fim_pre_token_id": 3, "fim_suf_token_id": 5, "fim_mid_token_id": 7}
    ids = {f"tokenizer.ggml.{key}": token for key, token in marks.items()}
    path = rewritten(random_models.path("qwen2"), tmp_path / "fim.gguf", ids=ids)
    with opened(path, native_log, PLAIN, n_ctx=128) as engine:
        bos = engine.loaded.vocab.bos
        before = engine.tokenize("the cat", add_bos=False, parse_special=False).ids
        # What looks like a control token in code is code.
        after = engine.tokenize("</s> on", add_bos=False, parse_special=False).ids
        assert EOS not in after
        found = engine.infill("the cat", "</s> on")
        assert found.ids == (bos, 3, *before, 5, *after, 7)
        assert engine.infill("", "").ids == (bos, 3, 5, 7)
        assert len(found.pieces) == len(found.special) == len(found.ids)
        assert len(said(generated(engine, found.ids, Sampling(max_tokens=3)))) >= 1
    with (
        opened(random_models.path("qwen2"), native_log, PLAIN, n_ctx=128) as engine,
        pytest.raises(UserError, match="no fill-in-the-middle tokens"),
    ):
        engine.infill("a", "b")
