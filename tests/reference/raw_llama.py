"""llama.cpp through its C interface alone: one sequence in, logits and named tensors out.

The other side of the comparison with `forward`. It shares nothing with the engine, so that a
mistake there cannot hide here.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Self

import llama_cpp
import llama_cpp.llama_cpp as lib
import numpy as np
import numpy.typing as npt

Singles = npt.NDArray[np.float32]

_KV_TYPES = {"f32": lib.GGML_TYPE_F32, "f16": lib.GGML_TYPE_F16}


def _ignore(*_: object) -> None:
    pass


_SILENCE = lib.llama_log_callback(_ignore)  # kept for as long as llama.cpp may call it


@dataclass(frozen=True, slots=True)
class RawRun:
    """Logits (tokens, vocabulary) and the tensors asked for, flat, by name."""

    logits: Singles
    tensors: dict[str, Singles] = field(default_factory=dict)


class RawModel:
    """A loaded model; use as a context manager."""

    def __init__(self, path: Path) -> None:
        lib.llama_log_set(_SILENCE, ctypes.c_void_p(0))
        lib.llama_backend_init()
        params = lib.llama_model_default_params()
        params.n_gpu_layers = 0
        self._model = lib.llama_model_load_from_file(str(path).encode(), params)
        if not self._model:
            raise ValueError(f"llama.cpp cannot load {path}")
        self._vocab = lib.llama_model_get_vocab(self._model)
        self.n_vocab = int(lib.llama_vocab_n_tokens(self._vocab))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        lib.llama_model_free(self._model)

    def tokenize(self, text: str) -> list[int]:
        """With BOS if the model wants one; control tokens in the text are recognised."""
        data = text.encode()
        room = len(data) + 8
        out = (lib.llama_token * room)()
        count = lib.llama_tokenize(self._vocab, data, len(data), out, room, True, True)
        return list(out[:count])

    def run(
        self,
        tokens: Sequence[int],
        *,
        kv: Literal["f32", "f16"] = "f32",
        flash: bool = False,
        tensors: Sequence[str] = (),
        n_ubatch: int = 512,
    ) -> RawRun:
        """Decode `tokens` in a fresh context, logits at every position.

        Args:
            tensors: names of graph tensors (float32) to copy, for example `kq_soft_max-0`.
        """
        seen = _Tensors(frozenset(tensors))
        params = lib.llama_context_default_params()
        params.n_ctx = params.n_batch = max(256, len(tokens))
        params.n_ubatch = n_ubatch
        params.n_threads = params.n_threads_batch = 1  # more only wait for one another
        params.type_k = params.type_v = _KV_TYPES[kv]
        params.flash_attn_type = (
            lib.LLAMA_FLASH_ATTN_TYPE_ENABLED if flash else lib.LLAMA_FLASH_ATTN_TYPE_DISABLED
        )
        callback = lib.ggml_backend_sched_eval_callback(seen)
        if tensors:
            params.cb_eval = callback
        context = lib.llama_init_from_model(self._model, params)
        if not context:
            raise ValueError("llama.cpp refuses this context")
        batch = lib.llama_batch_init(len(tokens), 0, 1)
        try:
            for index, token in enumerate(tokens):
                batch.token[index], batch.pos[index] = token, index
                batch.n_seq_id[index], batch.seq_id[index][0] = 1, 0
                batch.logits[index] = 1
            batch.n_tokens = len(tokens)
            code = lib.llama_decode(context, batch)
            if code:
                raise ValueError(f"llama_decode returned {code}")
            rows = [lib.llama_get_logits_ith(context, i) for i in range(len(tokens))]
            logits = np.stack([np.ctypeslib.as_array(row, (self.n_vocab,)) for row in rows])
        finally:
            lib.llama_batch_free(batch)
            lib.llama_free(context)
        return RawRun(logits.copy(), seen.copies())


class _Tensors:
    """The evaluation callback: copies the tensors that were asked for."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names
        self._found: dict[str, list[Singles]] = {}
        folder = Path(llama_cpp.__file__).parent / "lib"
        # The binding leaves out these three functions of ggml.
        ggml = ctypes.CDLL(str(next(folder.glob("*ggml-base.*"))))
        self._name, self._size, self._get = (
            ggml.ggml_get_name,
            ggml.ggml_nbytes,
            ggml.ggml_backend_tensor_get,
        )
        self._name.argtypes, self._name.restype = [ctypes.c_void_p], ctypes.c_char_p
        self._size.argtypes, self._size.restype = [ctypes.c_void_p], ctypes.c_size_t
        self._get.argtypes = [ctypes.c_void_p] * 2 + [ctypes.c_size_t] * 2
        self._get.restype = None

    def __call__(self, tensor: int, ask: bool, data: object) -> bool:
        name = self._name(tensor).decode()
        if name not in self._names:
            return not ask
        if not ask:
            values = np.empty(self._size(tensor) // 4, np.float32)
            self._get(tensor, values.ctypes.data, 0, values.nbytes)
            self._found.setdefault(name, []).append(values)
        return True

    def copies(self) -> dict[str, Singles]:
        """What arrived, the micro-batches of one tensor one after the other."""
        return {name: np.concatenate(parts) for name, parts in self._found.items()}
