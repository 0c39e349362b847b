"""Owner of one context: the KV cache, decoding, logits rows, saved sequence states."""

from __future__ import annotations

import ctypes
import weakref
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from workbench.core.errors import UserError
from workbench.core.types import EngineSettings, KvType
from workbench.engine.native.capture import GraphTap
from workbench.engine.native.lib import abort_flag_function, lib, logits_address
from workbench.engine.native.model import NativeModel

GGML_TYPES = {
    KvType.F32: lib.GGML_TYPE_F32,
    KvType.F16: lib.GGML_TYPE_F16,
    KvType.BF16: 30,  # GGML_TYPE_BF16; the binding lacks the name
    KvType.Q8_0: lib.GGML_TYPE_Q8_0,
    KvType.Q4_0: lib.GGML_TYPE_Q4_0,
}


class Aborted(Exception):  # noqa: N818  # not an error: the cancel flag was raised
    """llama.cpp stopped inside a decode because the abort flag was raised."""


class AbortFlag:
    """One byte that llama.cpp's compute threads look at; raising it stops a decode on the CPU."""

    def __init__(self) -> None:
        self._bytes = ctypes.create_string_buffer(2)
        self.address = ctypes.addressof(self._bytes)

    def raise_(self) -> None:
        """Stop the running decode, from any thread."""
        self._bytes[0] = b"x"

    def lower(self) -> None:
        """Let decodes run again."""
        self._bytes[0] = b"\0"

    def __bool__(self) -> bool:
        return self._bytes[0] != b"\0"


class NativeContext:
    """A KV cache of `n_cells` tokens for up to `n_seq` sequences.

    They share the cells, so that copying a prompt copies nothing; unless `shares_cells` is false:
    then each has its part of them, and looking back it passes no cells of others.

    Raises:
        UserError: llama.cpp cannot make it (out of memory, unsupported cache type).
    """

    def __init__(
        self,
        model: NativeModel,
        settings: EngineSettings,
        *,
        n_cells: int,
        n_batch: int,
        n_seq: int,
        n_threads: int,
        abort: AbortFlag | None = None,
        tap: GraphTap | None = None,
        shares_cells: bool = True,
        pooling: int | None = None,
    ) -> None:
        """`pooling`: llama.cpp's number, for a context that makes vectors of whole texts."""
        params = lib.llama_context_default_params()
        params.n_ctx = n_cells
        params.n_batch = params.n_ubatch = n_batch
        params.n_seq_max = n_seq
        params.n_threads = params.n_threads_batch = n_threads
        params.flash_attn_type = (
            lib.LLAMA_FLASH_ATTN_TYPE_AUTO
            if settings.flash_attention
            else lib.LLAMA_FLASH_ATTN_TYPE_DISABLED
        )
        params.type_k = params.type_v = GGML_TYPES[settings.kv_type]
        params.offload_kqv = settings.n_gpu_layers != 0
        params.kv_unified = shares_cells
        # A sliding-window cache that dropped cells could not go back to an earlier token.
        params.swa_full = True
        params.no_perf = True
        if pooling is not None:
            params.embeddings = True
            params.pooling_type = pooling
        if abort is not None:
            self._abort_function = abort_flag_function()
            params.abort_callback = self._abort_function
            params.abort_callback_data = abort.address
        if tap is not None:
            params.cb_eval = tap.callback
            # Weights that stand on the CPU are used there: the graph holds no passing copies.
            params.op_offload = False
        self._tap = tap
        self._abort = abort
        self._model = model
        self._handle = lib.llama_init_from_model(model.handle, params)
        if not self._handle:
            raise UserError(
                f"llama.cpp cannot make a context of {n_cells} tokens with a "
                f"{settings.kv_type.value} KV cache for this model.",
                "Choose a smaller context, or the f16 cache.",
            )
        self._free = weakref.finalize(self, lib.llama_free, self._handle)
        self._address = ctypes.cast(self._handle, ctypes.c_void_p).value
        self._memory = lib.llama_get_memory(self._handle)
        self.n_cells: int = lib.llama_n_ctx(self._handle)
        self.n_batch: int = params.n_batch
        self.n_seq = n_seq
        self._batch = _Batch(self.n_batch)
        self._rows: dict[int, npt.NDArray[np.float32]] = {}

    @property
    def handle(self) -> object:
        """The `llama_context *`."""
        return self._handle

    def close(self) -> None:
        """Free the cache."""
        self._rows.clear()
        self._free()

    def decode(
        self,
        tokens: Sequence[int] | npt.NDArray[np.int32],
        positions: Sequence[int] | npt.NDArray[np.int32],
        sequences: Sequence[int] | int,
        outputs: Sequence[int] | npt.NDArray[np.int8] | None = None,
    ) -> None:
        """Decode at most `n_batch` tokens; `outputs[i]` asks for logits (None: the last only).

        Raises:
            Aborted: the flag was raised; the sequences hold an unknown part of the batch.
            UserError: the cache is full, or the backend failed.
        """
        batch = self._batch.fill(tokens, positions, sequences, outputs)
        code = lib.llama_decode(self._handle, batch)
        self._after_decode(code)

    def decode_one(self, token: int, position: int, sequence: int = 0) -> None:
        """Decode one token and ask for its logits: the shortest path through the binding."""
        self._after_decode(
            lib.llama_decode(self._handle, self._batch.fill_one(token, position, sequence))
        )

    def _after_decode(self, code: int) -> None:
        if code == 0:
            return
        if code == 2:
            raise Aborted
        if code == 1:
            raise UserError(
                f"The KV cache of {self.n_cells} tokens is full.", "Choose a larger context."
            )
        raise UserError(
            f"llama.cpp could not decode this batch (code {code}).",
            "Load the model again; on a GPU, its memory may be exhausted.",
        )

    def logits(self, index: int = -1) -> npt.NDArray[np.float32]:
        """Row of raw logits of output `index` of the last batch, shape (n_vocab,).

        A view into llama.cpp's buffer: valid until the next decode.
        """
        address = logits_address(self._address, index)
        if not address:
            raise RuntimeError(f"no logits were asked for at index {index}")
        row = self._rows.get(address)
        if row is None:
            buffer = (ctypes.c_float * self._model.n_vocab).from_address(address)
            row = np.frombuffer(memoryview(buffer), np.float32)
            self._rows[address] = row
        return row

    def logits_block(self, count: int) -> npt.NDArray[np.float32]:
        """The first `count` rows of logits of the last batch as one view, (count, n_vocab)."""
        address = logits_address(self._address, 0)
        n_vocab = self._model.n_vocab
        buffer = (ctypes.c_float * (count * n_vocab)).from_address(address)
        return np.frombuffer(memoryview(buffer), np.float32).reshape(count, n_vocab)

    @property
    def pooling(self) -> int:
        """llama.cpp's number of the pooling in force."""
        return int(lib.llama_pooling_type(self._handle))

    def embedding(self, sequence: int) -> npt.NDArray[np.float32]:
        """The pooled vector of a sequence of the last batch, (n_embd,); a copy."""
        address = lib.llama_get_embeddings_seq(self._handle, sequence)
        if not address:
            raise RuntimeError(f"no vector was asked for in sequence {sequence}")
        width = lib.llama_model_n_embd(self._model.handle)
        return np.ctypeslib.as_array(address, (width,)).copy()

    def truncate(self, sequence: int, length: int) -> bool:
        """Keep the first `length` positions of a sequence; False if this model cannot.

        Recurrent models hold one state for the whole sequence and can only be cleared.
        """
        return bool(lib.llama_memory_seq_rm(self._memory, sequence, length, -1))

    def copy(self, source: int, target: int, end: int = -1) -> None:
        """Make `target` share the cells of `source`, all or those of the first positions."""
        lib.llama_memory_seq_cp(self._memory, source, target, -1, end)

    def clear(self) -> None:
        """Forget every sequence."""
        lib.llama_memory_clear(self._memory, False)

    def state_size(self, sequence: int) -> int:
        """Bytes that `save` would give."""
        return int(lib.llama_state_seq_get_size(self._handle, sequence))

    def save(self, sequence: int) -> bytes:
        """The KV state of one sequence, to be given back by `restore`."""
        size = self.state_size(sequence)
        buffer = (ctypes.c_uint8 * size)()
        written = lib.llama_state_seq_get_data(self._handle, buffer, size, sequence)
        return bytes(memoryview(buffer)[:written])

    def restore(self, sequence: int, state: bytes) -> bool:
        """Replace a sequence by a saved state; False if it does not fit."""
        buffer = (ctypes.c_uint8 * len(state)).from_buffer_copy(state)
        return bool(lib.llama_state_seq_set_data(self._handle, buffer, len(state), sequence))


class _Batch:
    """The arrays behind a `llama_batch`, allocated once and kept alive with the context."""

    def __init__(self, size: int) -> None:
        self._tokens = np.zeros(size, np.int32)
        self._positions = np.zeros(size, np.int32)
        self._sequences = np.zeros(size, np.int32)
        self._counts = np.ones(size, np.int32)
        self._outputs = np.zeros(size, np.int8)
        step = self._sequences.itemsize
        first = self._sequences.ctypes.data
        self._pointers = np.arange(size, dtype=np.uintp) * np.uintp(step) + np.uintp(first)
        batch = lib.llama_batch()
        batch.token = self._tokens.ctypes.data_as(ctypes.POINTER(ctypes.c_int32))
        batch.pos = self._positions.ctypes.data_as(ctypes.POINTER(ctypes.c_int32))
        batch.n_seq_id = self._counts.ctypes.data_as(ctypes.POINTER(ctypes.c_int32))
        batch.seq_id = ctypes.cast(
            self._pointers.ctypes.data, ctypes.POINTER(ctypes.POINTER(ctypes.c_int32))
        )
        batch.logits = self._outputs.ctypes.data_as(ctypes.POINTER(ctypes.c_int8))
        self._batch = batch

    def fill(
        self,
        tokens: Sequence[int] | npt.NDArray[np.int32],
        positions: Sequence[int] | npt.NDArray[np.int32],
        sequences: Sequence[int] | int,
        outputs: Sequence[int] | npt.NDArray[np.int8] | None,
    ) -> object:
        n = len(tokens)
        if not 0 < n <= len(self._tokens):
            raise ValueError(f"a batch holds 1 to {len(self._tokens)} tokens, not {n}")
        self._tokens[:n] = tokens
        self._positions[:n] = positions
        self._sequences[:n] = sequences
        if outputs is None:
            self._outputs[:n] = 0
            self._outputs[n - 1] = 1
        else:
            self._outputs[:n] = outputs
        self._batch.n_tokens = n
        return self._batch

    def fill_one(self, token: int, position: int, sequence: int) -> object:
        self._tokens[0] = token
        self._positions[0] = position
        self._sequences[0] = sequence
        self._outputs[0] = 1
        self._batch.n_tokens = 1
        return self._batch
