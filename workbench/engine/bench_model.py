"""Random-weight models of a stated shape, for benchmarks: real sizes and speeds, no training.

What such a model says is noise, but every kernel, the vocabulary and the file are as large as a
real model's. Needs numpy and gguf, never llama_cpp.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import numpy as np
import numpy.typing as npt

from workbench.core.errors import UserError

ARCHITECTURES = ("qwen2", "llama")
CONTROL_TOKENS = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
"""The last ids of the vocabulary; the first is BOS and the last is EOS."""

_BLOCK = 32  # weights in one Q8_0 block
_BLOCK_BYTES = 34  # a half-precision scale and 32 signed bytes
_INT8_STD = 73.3  # standard deviation of uniform integers in -127..127
_CHUNK = 1 << 18  # blocks filled at a time


@dataclass(frozen=True, slots=True)
class BenchShape:
    """The sizes of a model; the defaults are those of a common model of half a billion weights.

    Attributes:
        architecture: "qwen2" (biases on query, key and value; RoPE by halves) or "llama".
        n_ff: inner width of the feed-forward blocks.
        n_ctx: the context length the header claims the model was trained with, in tokens.
        logit_std: standard deviation of the logits the weights are scaled for.
    """

    architecture: str = "qwen2"
    n_layer: int = 24
    n_embd: int = 896
    n_head: int = 14
    n_head_kv: int = 2
    n_ff: int = 4864
    n_vocab: int = 151_936
    n_ctx: int = 32_768
    logit_std: float = 3.5

    @property
    def head_dim(self) -> int:
        """Width of one attention head."""
        return self.n_embd // self.n_head

    @property
    def n_params(self) -> int:
        """Number of weights, the output matrix shared with the embedding."""
        return sum(rows * columns for _, rows, columns, _ in _matrices(self)) + sum(
            size for _, size, _ in _vectors(self)
        )

    @property
    def n_bytes(self) -> int:
        """Bytes of all tensors in the file; the header and vocabulary come on top."""
        blocks = sum(rows * columns // _BLOCK for _, rows, columns, _ in _matrices(self))
        return blocks * _BLOCK_BYTES + sum(4 * size for _, size, _ in _vectors(self))

    @property
    def label(self) -> str:
        """A name for files and tables, for example `qwen2-24x896-14h2-4864-v151936-q8_0`."""
        return (
            f"{self.architecture}-{self.n_layer}x{self.n_embd}-{self.n_head}h{self.n_head_kv}"
            f"-{self.n_ff}-v{self.n_vocab}-q8_0"
        )

    def check(self) -> None:
        """Refuse sizes that no file can have.

        Raises:
            UserError: a size is out of range or does not divide as it must; names it.
        """
        hint = "Choose sizes that fit together."
        if self.architecture not in ARCHITECTURES:
            raise UserError(
                f"Benchmark models of architecture {self.architecture} cannot be made.",
                f"Choose one of {', '.join(ARCHITECTURES)}.",
            )
        for name in ("n_layer", "n_embd", "n_head", "n_head_kv", "n_ff", "n_vocab", "n_ctx"):
            if getattr(self, name) < 1:
                raise UserError(f"{name} is {getattr(self, name)} but must be positive.", hint)
        for name, size in (("n_embd", self.n_embd), ("n_ff", self.n_ff)):
            if size % _BLOCK:
                raise UserError(f"{name} is {size}, not a multiple of {_BLOCK}.", hint)
        if self.n_embd % self.n_head or self.n_head % self.n_head_kv:
            raise UserError(
                f"{self.n_embd} wide, {self.n_head} heads and {self.n_head_kv} KV heads do not"
                " divide one another.",
                hint,
            )
        if self.head_dim % _BLOCK:
            raise UserError(
                f"A head would be {self.head_dim} wide, not a multiple of {_BLOCK}.", hint
            )
        low, high = 256 + len(CONTROL_TOKENS), 256 + len(CONTROL_TOKENS) + _word_count()
        if not low <= self.n_vocab <= high:
            raise UserError(f"n_vocab is {self.n_vocab}, not between {low} and {high}.", hint)


BIG_VOCABULARY = BenchShape()
"""Half a gigabyte on disk; a vocabulary of 152k tokens."""

QUICK = BenchShape(
    n_layer=4, n_embd=256, n_head=4, n_head_kv=2, n_ff=704, n_vocab=16_384, n_ctx=8192
)
"""8 MB; for runs that only have to show that everything works."""


def _ignore(_done: int, _total: int) -> None:
    pass


def write_bench_model(
    path: Path,
    shape: BenchShape,
    seed: int = 0,
    progress: Callable[[int, int], None] = _ignore,
) -> None:
    """Write a Q8_0 GGUF of `shape` with tied embeddings; the same seed gives the same file.

    Memory stays near the size of the largest tensor. `progress` gets bytes done and bytes in
    all; it may raise to stop, and then no file is left. The file appears under its name only
    when it is whole.

    Raises:
        UserError: the shape is impossible, or the file cannot be written.
    """
    shape.check()
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            _write(partial, shape, seed, progress)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(
            f"The benchmark model {path} cannot be written: {error.strerror or error}.",
            f"It needs a folder that can be written and {shape.n_bytes / 1e6:.0f} MB in it.",
        ) from error


def _write(path: Path, shape: BenchShape, seed: int, progress: Callable[[int, int], None]) -> None:
    import gguf

    writer = gguf.GGUFWriter(path, shape.architecture)
    try:
        _add_header(writer, shape)
        for name, size, _ in _vectors(shape):
            writer.add_tensor_info(name, [size], np.dtype(np.float32), 4 * size)
        for name, rows, columns, _ in _matrices(shape):
            width = columns // _BLOCK * _BLOCK_BYTES
            writer.add_tensor_info(
                name,
                [rows, width],
                np.dtype(np.uint8),
                rows * width,
                gguf.GGMLQuantizationType.Q8_0,
            )
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_ti_data_to_file()
        done = 0
        progress(done, shape.n_bytes)
        for tensor in _tensors(shape, np.random.Generator(np.random.SFC64(seed))):
            writer.write_tensor_data(tensor)
            done += tensor.nbytes
            progress(done, shape.n_bytes)
    finally:
        writer.close()


def _add_header(writer: Any, shape: BenchShape) -> None:
    import gguf

    writer.add_name(f"benchmark {shape.label}")
    writer.add_description("Random weights: for measuring speed only.")
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
    writer.add_vocab_size(shape.n_vocab)
    writer.add_context_length(shape.n_ctx)
    writer.add_embedding_length(shape.n_embd)
    writer.add_block_count(shape.n_layer)
    writer.add_feed_forward_length(shape.n_ff)
    writer.add_head_count(shape.n_head)
    writer.add_head_count_kv(shape.n_head_kv)
    writer.add_rope_dimension_count(shape.head_dim)
    writer.add_rope_freq_base(1e6)
    writer.add_layer_norm_rms_eps(1e-6)
    tokens, merges = bench_vocabulary(shape.n_vocab)
    plain = shape.n_vocab - len(CONTROL_TOKENS)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(tokens)
    writer.add_token_types(
        [gguf.TokenType.NORMAL] * plain + [gguf.TokenType.CONTROL] * len(CONTROL_TOKENS)
    )
    writer.add_token_merges(merges or ["a b"])
    writer.add_bos_token_id(plain)
    writer.add_eos_token_id(shape.n_vocab - 1)
    writer.add_add_bos_token(False)


def byte_alphabet() -> list[str]:
    """The character that stands for each byte 0..255 in a GPT-2 style vocabulary."""
    printable = {*range(33, 127), *range(161, 173), *range(174, 256)}
    spare = iter(range(256, 512))
    return [chr(byte) if byte in printable else chr(next(spare)) for byte in range(256)]


def bench_vocabulary(n_vocab: int) -> tuple[list[str], list[str]]:
    """Tokens and merges: 256 bytes, made-up words of two to four letters, the control tokens.

    Every word has one merge, so that each can come out of the tokenizer and loading does a real
    vocabulary's work.
    """
    tokens = byte_alphabet()
    merges = []
    room = n_vocab - len(tokens) - len(CONTROL_TOKENS)
    for (left, right), _ in zip(_words(), range(room), strict=False):
        tokens.append(left + right)
        merges.append(f"{left} {right}")
    return tokens + list(CONTROL_TOKENS), merges


def _words() -> Iterator[tuple[str, str]]:
    """The words as (left part, right part), each part a token that came before."""
    space = byte_alphabet()[ord(" ")]
    letters = list(ascii_lowercase)
    pairs = ["".join(pair) for pair in product(letters, repeat=2)]
    yield from product(letters, letters)
    yield from product([space], pairs)
    yield from product(pairs, letters)
    yield from ((space + pair, letter) for pair in pairs for letter in letters)
    yield from product(pairs, pairs)


def _word_count() -> int:
    pairs = len(ascii_lowercase) ** 2
    return 2 * pairs + 2 * pairs * len(ascii_lowercase) + pairs**2


def _vectors(shape: BenchShape) -> Iterator[tuple[str, int, str]]:
    """Name, length and kind ("norm" or "bias") of every float tensor."""
    kv = shape.n_head_kv * shape.head_dim
    for layer in range(shape.n_layer):
        yield f"blk.{layer}.attn_norm.weight", shape.n_embd, "norm"
        yield f"blk.{layer}.ffn_norm.weight", shape.n_embd, "norm"
        if shape.architecture == "qwen2":
            yield f"blk.{layer}.attn_q.bias", shape.n_embd, "bias"
            yield f"blk.{layer}.attn_k.bias", kv, "bias"
            yield f"blk.{layer}.attn_v.bias", kv, "bias"
    yield "output_norm.weight", shape.n_embd, "norm"


def _matrices(shape: BenchShape) -> Iterator[tuple[str, int, int, float]]:
    """Name, rows (outputs), columns (inputs) and standard deviation of every quantised tensor.

    A normalised input has mean square 1, so a deviation of 1/sqrt(columns) gives outputs of mean
    square 1. Every block then adds about 1 to a residual stream that starts far smaller, which
    keeps the token just read from being its own likeliest successor through the tied embedding.
    """
    n_embd, n_ff = shape.n_embd, shape.n_ff
    kv = shape.n_head_kv * shape.head_dim
    unit = n_embd**-0.5
    yield "token_embd.weight", shape.n_vocab, n_embd, shape.logit_std * unit
    for layer in range(shape.n_layer):
        yield f"blk.{layer}.attn_q.weight", n_embd, n_embd, 1.2 * unit
        yield f"blk.{layer}.attn_k.weight", kv, n_embd, 1.2 * unit
        yield f"blk.{layer}.attn_v.weight", kv, n_embd, unit
        yield f"blk.{layer}.attn_output.weight", n_embd, n_embd, 2 * unit
        yield f"blk.{layer}.ffn_gate.weight", n_ff, n_embd, unit
        yield f"blk.{layer}.ffn_up.weight", n_ff, n_embd, unit
        yield f"blk.{layer}.ffn_down.weight", n_embd, n_ff, 1.7 * n_ff**-0.5


def _tensors(
    shape: BenchShape, random: np.random.Generator
) -> Iterator[npt.NDArray[np.float32] | npt.NDArray[np.uint8]]:
    """The data, in the order of `_vectors` and then `_matrices`."""
    for _, size, kind in _vectors(shape):
        middle, spread = (1.0, 0.05) if kind == "norm" else (0.0, 0.1)
        yield (middle + spread * random.standard_normal(size)).astype(np.float32)
    for _, rows, columns, std in _matrices(shape):
        yield _random_q8_0(random, rows, columns, std)


def _random_q8_0(
    random: np.random.Generator, rows: int, columns: int, std: float
) -> npt.NDArray[np.uint8]:
    """Random Q8_0 blocks, shape (rows, bytes): one scale, integers uniform in -127..127."""
    count = rows * columns // _BLOCK
    blocks = np.empty((count, _BLOCK_BYTES), np.uint8)
    blocks[:, :2] = np.frombuffer(np.float16(std / _INT8_STD).tobytes(), np.uint8)
    for start in range(0, count, _CHUNK):
        part = min(_CHUNK, count - start)
        drawn = np.frombuffer(random.bytes(part * _BLOCK), np.int8)
        blocks[start : start + part, 2:] = (
            np.maximum(drawn, -127).view(np.uint8).reshape(part, _BLOCK)
        )
    return blocks.reshape(rows, -1)
