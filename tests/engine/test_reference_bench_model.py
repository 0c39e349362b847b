"""Benchmark models load, behave like models, and refuse impossible sizes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from reference.attention import log_softmax
from reference.forward import ReferenceModel
from reference.raw_llama import RawModel

from workbench.core.errors import UserError
from workbench.engine.bench_model import (
    BIG_VOCABULARY,
    QUICK,
    BenchShape,
    bench_vocabulary,
    write_bench_model,
)

SMALL = replace(QUICK, n_vocab=4096)


@pytest.mark.parametrize("architecture", ["qwen2", "llama"])
def test_model_loads_and_has_sane_logits(tmp_path: Path, architecture: str) -> None:
    shape = replace(SMALL, architecture=architecture)
    path = tmp_path / "bench.gguf"
    write_bench_model(path, shape, seed=1)
    assert 0 <= path.stat().st_size - shape.n_bytes < 500_000
    reference = ReferenceModel(path)
    with RawModel(path) as model:
        assert model.n_vocab == shape.n_vocab
        tokens = model.tokenize("Once upon a time, naïve 猫 sat in the hat.\n<|im_end|>")
        assert tokens[-1] == shape.n_vocab - 1
        assert len(tokens) < 45  # fewer than bytes: the merges work
        logits = model.run(tokens).logits.astype(np.float64)
        assert np.isfinite(logits).all()
        assert 2 <= logits.std() <= 5
        own = logits[np.arange(len(tokens)), tokens].mean()
        assert own < 3 * logits.std()  # the tied embedding does not make it repeat itself
        errors = [
            np.abs(
                log_softmax(model.run(tokens[at : at + 2]).logits.astype(np.float64))
                - reference.forward(tokens[at : at + 2]).logprobs
            ).max()
            for at in range(12)
        ]
    assert np.median(errors) <= 1e-5


def test_same_seed_same_file(tmp_path: Path) -> None:
    shape = replace(SMALL, n_layer=1, n_vocab=512)
    names = ("a", "b", "c")
    for name, seed in zip(names, (5, 5, 6), strict=True):
        write_bench_model(tmp_path / name, shape, seed)
    first, again, other = ((tmp_path / name).read_bytes() for name in names)
    assert first == again
    assert first != other


def test_progress_counts_every_byte_and_may_stop_it(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    write_bench_model(
        tmp_path / "whole", SMALL, progress=lambda done, total: seen.append((done, total))
    )
    assert seen[0] == (0, SMALL.n_bytes)
    assert seen[-1] == (SMALL.n_bytes, SMALL.n_bytes)

    def stop(done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_bench_model(tmp_path / "stopped", SMALL, progress=stop)
    assert [path.name for path in tmp_path.iterdir()] == ["whole"]


def test_vocabulary_of_a_big_model_is_unique_and_mergeable() -> None:
    tokens, merges = bench_vocabulary(BIG_VOCABULARY.n_vocab)
    assert len(tokens) == len(set(tokens)) == BIG_VOCABULARY.n_vocab
    assert len(merges) == len(tokens) - 256 - 3
    known = set(tokens[:256])
    for merge in merges:
        left, right = merge.split(" ")
        assert left in known
        assert right in known
        known.add(left + right)


def test_default_shape_is_half_a_gigabyte() -> None:
    assert 490e6 < BIG_VOCABULARY.n_params < 500e6
    assert 0.5e9 < BIG_VOCABULARY.n_bytes < 0.6e9


@pytest.mark.parametrize(
    ("shape", "named"),
    [
        (replace(SMALL, architecture="mamba"), "mamba"),
        (replace(SMALL, n_layer=0), "n_layer"),
        (replace(SMALL, n_ff=700), "n_ff is 700"),
        (replace(SMALL, n_head=3, n_head_kv=1), "3 heads"),
        (replace(SMALL, n_head=16), "16 wide"),
        (replace(SMALL, n_vocab=258), "n_vocab is 258"),
        (replace(SMALL, n_vocab=10_000_000), "n_vocab is 10000000"),
    ],
)
def test_impossible_shapes_are_refused(tmp_path: Path, shape: BenchShape, named: str) -> None:
    with pytest.raises(UserError, match=named) as caught:
        write_bench_model(tmp_path / "no.gguf", shape)
    assert caught.value.hint
    assert not list(tmp_path.iterdir())


def test_unwritable_target_is_a_clear_error(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    with pytest.raises(UserError, match="cannot be written"):
        write_bench_model(blocked / "model.gguf", SMALL)
