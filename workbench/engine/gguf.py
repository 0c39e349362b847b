"""Reads a GGUF file's header: what the model is and what it will cost, without its weights.

The gguf package's reader maps the whole file and builds an object per vocabulary entry, which
takes seconds on a large vocabulary; models are listed and checked far too often for that. This
one walks the header once, skips what it does not need, and never trusts a length.

Format: llama.cpp's ggml/include/gguf.h (magic, version, counts, key-values, tensor infos, data).
"""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from workbench.core.errors import UserError
from workbench.core.remote import not_from_server, remote_address
from workbench.core.types import KvType, ModelInfo
from workbench.engine.gguf_metadata import int_of, kv_width, text_of, whole_numbers
from workbench.engine.gguf_tables import BLOCKS, FILE_TYPES, type_name
from workbench.engine.gguf_texts import CutShortError, skip_texts

MAX_DEFAULT_CTX = 8192
"""Context length taken when none is asked for and the model allows more."""

_MAGIC = b"GGUF"
_SCALARS = {
    0: "B",
    1: "b",
    2: "H",
    3: "h",
    4: "I",
    5: "i",
    6: "f",
    7: "?",
    10: "Q",
    11: "q",
    12: "d",
}
_STRING, _ARRAY = 8, 9
_MAX_STRING = 1 << 26
_MAX_KEYS = 1 << 16
_MAX_TENSORS = 1 << 20
_MAX_DEPTH = 4

_KV_BYTES = {
    KvType.F32: 4.0, KvType.F16: 2.0, KvType.BF16: 2.0, KvType.Q8_0: 34 / 32, KvType.Q4_0: 18 / 32,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TensorType:
    """How much of a model is stored as one type.

    Attributes:
        n_bytes: None where the size of the type is not known here.
    """

    name: str
    n_tensors: int
    n_params: int
    n_bytes: int | None


@dataclass(frozen=True, slots=True)
class Header:
    """What a GGUF file says of itself.

    Attributes:
        metadata: scalars, texts and short arrays by key; long arrays only as their length.
        weight_bytes: bytes of all tensors, of every part of a split file.
        files: the parts, this one alone if the file is not split.
        kv_width: keys and values per token and layer, in elements, summed over the layers.
        tensor_types: how many tensors of each type there are, and their bytes (None for a type
            whose size is unknown here), of every part; the largest first.
    """

    info: ModelInfo
    metadata: Mapping[str, object]
    weight_bytes: int
    files: tuple[Path, ...]
    kv_width: int
    tensor_types: tuple[TensorType, ...] = ()

    def memory_needed(self, n_ctx: int, kv_type: KvType) -> int:
        """Estimated bytes to run: weights, KV cache, and working memory for logits and graph."""
        kv = int(self.kv_width * n_ctx * _KV_BYTES[kv_type])
        working = 4 * self.info.n_vocab * 64 + 64 * 1024 * max(1, self.info.n_embd // 64)
        return self.weight_bytes + kv + working


def read_header(path: Path) -> Header:
    """Read the header of a GGUF file (of its first part, when split).

    Raises:
        UserError: no such file, no GGUF, a damaged header, or a file shorter than its header
            says, with both sizes.
    """
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise UserError(f"{path} is a folder, not a model.", "Name a .gguf file in it.")
        with path.open("rb") as file:
            return _Reader(file, size, path).header()
    except FileNotFoundError as error:
        address = remote_address(path)
        if address is not None:
            raise not_from_server("the model's file", address.host) from error
        raise UserError(
            f"There is no model file {path}.", "See `workbench models list` for the known ones."
        ) from error
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror or error}.") from error


def default_ctx(info: ModelInfo) -> int:
    """The context length taken when none is asked for, in tokens."""
    return min(info.n_ctx_train or 2048, MAX_DEFAULT_CTX)


class _DamagedError(Exception):
    """The header contradicts itself or the file."""


class _Reader:
    def __init__(self, file: BinaryIO, size: int, path: Path) -> None:
        self._file = file
        self._size = size
        self._path = path

    def header(self) -> Header:
        if self._size == 0:
            raise UserError(f"{self._path.name} is empty.", "Download it again.")
        if self._file.read(4) != _MAGIC:
            raise UserError(
                f"{self._path.name} is not a GGUF file.",
                "A GGUF file begins with the letters GGUF; this may be another format renamed.",
            )
        try:
            return self._parse()
        except (
            _DamagedError,
            CutShortError,
            struct.error,
            UnicodeDecodeError,
            OverflowError,
            MemoryError,
        ) as error:
            raise UserError(
                f"{self._path.name} has a damaged header: {error}.", "Download it again."
            ) from error

    def _parse(self) -> Header:
        (version,) = self._unpack("I")
        if not 2 <= version <= 3:
            raise UserError(
                f"{self._path.name} is GGUF version {version}; versions 2 and 3 can be read.",
                "Convert it again with a current llama.cpp.",
            )
        n_tensors, n_keys = self._unpack("QQ")
        if n_tensors > _MAX_TENSORS or n_keys > _MAX_KEYS:
            raise _DamagedError(f"it claims {n_tensors} tensors and {n_keys} keys")
        metadata: dict[str, object] = {}
        for _ in range(n_keys):
            key = self._string()
            (kind,) = self._unpack("I")
            metadata[key] = self._value(kind, 0)
        tensors = [self._tensor() for _ in range(n_tensors)]
        return self._describe(metadata, tensors)

    def _describe(
        self, metadata: dict[str, object], tensors: list[tuple[str, tuple[int, ...], int, int]]
    ) -> Header:
        alignment = int_of(metadata, "general.alignment", 32)
        if not 0 < alignment <= 1 << 20:
            raise _DamagedError(f"an alignment of {alignment}")
        start = -(-self._file.tell() // alignment) * alignment
        ends = [
            start + offset + size
            for _, dims, kind, offset in tensors
            if (size := _tensor_bytes(dims, kind)) is not None
        ]
        expected = max(ends, default=start if tensors else 0)
        if expected > self._size:
            raise UserError(
                f"{self._path.name} is truncated: its header describes {expected:,} bytes and the "
                f"file has {self._size:,}.",
                "Download it again.",
            )
        files = self._parts(metadata)
        weight_bytes = sum(f.stat().st_size for f in files)
        if len(files) > 1:
            tensors = [tensor for f in files for tensor in _tensors_of(f)]
        n_params = sum(math.prod(dims) for _, dims, _, _ in tensors)
        return Header(
            info=self._info(metadata, n_params, weight_bytes),
            metadata=metadata,
            weight_bytes=weight_bytes,
            files=files,
            kv_width=kv_width(metadata),
            tensor_types=_by_type(tensors),
        )

    def _info(self, metadata: dict[str, object], n_params: int, size: int) -> ModelInfo:
        arch = text_of(metadata, "general.architecture")
        if not arch:
            raise UserError(
                f"{self._path.name} does not say which architecture it has.",
                "It may be an adapter or a tokenizer; a model names general.architecture.",
            )
        heads = whole_numbers(metadata.get(f"{arch}.attention.head_count"))
        n_head = int_of(metadata, f"{arch}.attention.head_count", 0)
        vocab = metadata.get("tokenizer.ggml.tokens")
        n_vocab = vocab.length if isinstance(vocab, LongArray) else 0
        if isinstance(vocab, tuple):
            n_vocab = len(vocab)
        template = metadata.get("tokenizer.chat_template")
        return ModelInfo(
            name=text_of(metadata, "general.name") or self._path.stem,
            path=str(self._path.absolute()),
            architecture=arch,
            quantization=FILE_TYPES.get(int_of(metadata, "general.file_type", -1), "unknown"),
            n_params=n_params,
            size_bytes=size,
            n_ctx_train=int_of(metadata, f"{arch}.context_length", 0),
            n_vocab=int_of(metadata, f"{arch}.vocab_size", 0) or n_vocab,
            n_layer=int_of(metadata, f"{arch}.block_count", 0),
            n_head=n_head or max(heads, default=0),
            n_head_kv=int_of(metadata, f"{arch}.attention.head_count_kv", n_head),
            n_embd=int_of(metadata, f"{arch}.embedding_length", 0),
            chat_template=template if isinstance(template, str) else None,
            licence=text_of(metadata, "general.license"),
            description=text_of(metadata, "general.description"),
        )

    def _parts(self, metadata: dict[str, object]) -> tuple[Path, ...]:
        """All files of a split model, named as llama.cpp names them."""
        count = int_of(metadata, "split.count", 0)
        if count <= 1:
            return (self._path,)
        marker = f"-00001-of-{count:05d}.gguf"
        if not self._path.name.endswith(marker):
            raise UserError(
                f"{self._path.name} is one part of a model split into {count} files.",
                f"Open the first part, whose name ends with {marker}.",
            )
        stem = self._path.name[: -len(marker)]
        parts = tuple(
            self._path.with_name(f"{stem}-{i:05d}-of-{count:05d}.gguf") for i in range(1, count + 1)
        )
        missing = [p.name for p in parts if not p.is_file()]
        if missing:
            raise UserError(
                f"{len(missing)} of {count} parts of this model are missing: {missing[0]}"
                f"{' and others' if len(missing) > 1 else ''}.",
                "Download every part into the same folder.",
            )
        return parts

    def tensors(self) -> list[tuple[str, tuple[int, ...], int, int]]:
        """Only the tensor infos, for the later parts of a split file."""
        if self._file.read(4) != _MAGIC:
            raise _DamagedError("a later part is not a GGUF file")
        _, n_tensors, n_keys = self._unpack("IQQ")
        if n_tensors > _MAX_TENSORS or n_keys > _MAX_KEYS:
            raise _DamagedError(f"a later part claims {n_tensors} tensors")
        for _ in range(n_keys):
            self._string()
            (kind,) = self._unpack("I")
            self._value(kind, 0)
        return [self._tensor() for _ in range(n_tensors)]

    def _unpack(self, layout: str) -> tuple[int, ...]:
        form = "<" + layout
        data = self._file.read(struct.calcsize(form))
        if len(data) < struct.calcsize(form):
            raise _DamagedError("it ends in the middle")
        return struct.unpack(form, data)

    def _string(self) -> str:
        (length,) = self._unpack("Q")
        if length > _MAX_STRING or length > self._size:
            raise _DamagedError(f"a text of {length} bytes")
        data = self._file.read(length)
        if len(data) < length:
            raise _DamagedError("it ends in the middle of a text")
        return data.decode("utf-8", "replace")

    def _value(self, kind: int, depth: int) -> object:
        if kind in _SCALARS:
            return self._unpack(_SCALARS[kind])[0]
        if kind == _STRING:
            return self._string()
        if kind == _ARRAY and depth < _MAX_DEPTH:
            return self._array(depth)
        raise _DamagedError(f"a value of unknown type {kind}")

    def _array(self, depth: int) -> object:
        kind, length = self._unpack("IQ")
        if length > self._size:
            raise _DamagedError(f"an array of {length} items")
        start = self._file.tell()
        if kind in _SCALARS:
            width = struct.calcsize("<" + _SCALARS[kind])
            if length <= _SHORT:
                return self._unpack(_SCALARS[kind] * length) if length else ()
            self._skip(width * length)
        elif kind == _STRING:
            skip_texts(self._file, length, self._size)
        else:
            for _ in range(length):
                self._value(kind, depth + 1)
        return LongArray(length, kind, start)

    def _skip(self, n_bytes: int) -> None:
        if n_bytes > self._size - self._file.tell():
            raise _DamagedError("it ends in the middle of an array")
        self._file.seek(n_bytes, 1)

    def _tensor(self) -> tuple[str, tuple[int, ...], int, int]:
        name = self._string()
        (n_dims,) = self._unpack("I")
        if n_dims > 8:
            raise _DamagedError(f"tensor {name[:40]!r} has {n_dims} dimensions")
        dims = self._unpack("Q" * n_dims) if n_dims else ()
        kind, offset = self._unpack("IQ")
        return name, dims, kind, offset


_SHORT = 1024


@dataclass(frozen=True, slots=True)
class LongArray:
    """An array of the metadata that was skipped.

    Attributes:
        kind: GGUF's number for the type of its items.
        offset: where its first item stands in the file, in bytes.
    """

    length: int
    kind: int = 0
    offset: int = 0


def _tensors_of(path: Path) -> list[tuple[str, tuple[int, ...], int, int]]:
    with path.open("rb") as file:
        return _Reader(file, path.stat().st_size, path).tensors()


def _by_type(
    tensors: list[tuple[str, tuple[int, ...], int, int]],
) -> tuple[TensorType, ...]:
    """The tensors by type, what takes most room first."""
    groups: dict[int, list[tuple[int, ...]]] = {}
    for _, dims, kind, _ in tensors:
        groups.setdefault(kind, []).append(dims)
    made = []
    for kind, all_dims in groups.items():
        sizes = [_tensor_bytes(dims, kind) for dims in all_dims]
        known = [size for size in sizes if size is not None]
        made.append(
            TensorType(
                type_name(kind),
                len(all_dims),
                sum(math.prod(dims) for dims in all_dims),
                sum(known) if len(known) == len(sizes) else None,
            )
        )
    return tuple(sorted(made, key=lambda t: (-(t.n_bytes or 0), t.name)))


def _tensor_bytes(dims: tuple[int, ...], kind: int) -> int | None:
    """Bytes of a tensor; None for a type this table does not know."""
    block = BLOCKS.get(kind)
    if block is None:
        return None
    return math.prod(dims) // block[0] * block[1]
