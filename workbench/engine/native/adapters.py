"""LoRA adapters and control vectors: loaded with the model, put on every context made for it."""

from __future__ import annotations

import ctypes
import os
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from workbench.core.errors import UserError
from workbench.core.types import EngineSettings
from workbench.engine.native.context import NativeContext
from workbench.engine.native.lib import NativeLog, lib
from workbench.engine.native.model import NativeModel, load_failure


class Adapters:
    """What the settings add to a model.

    Raises:
        UserError: a file that is missing, no adapter, or made for another model.
    """

    def __init__(self, model: NativeModel, settings: EngineSettings, log: NativeLog) -> None:
        self._lora: list[tuple[Any, float]] = []
        self._frees: list[weakref.finalize[..., Any]] = []
        for path, scale in settings.lora:
            handle = _load_lora(model, Path(path), log)
            self._lora.append((handle, scale))
            self._frees.append(weakref.finalize(self, lib.llama_adapter_lora_free, handle))
        self._vector: npt.NDArray[np.float32] | None = None
        self._n_embd: int = lib.llama_model_n_embd(model.handle)
        self._n_layer: int = lib.llama_model_n_layer(model.handle)
        if settings.control_vectors:
            self._vector = self._control_vector(settings.control_vectors)

    def close(self) -> None:
        """Free the adapters, before the model."""
        for free in self._frees:
            free()

    def put_on(self, context: NativeContext) -> None:
        """Make a new context use them."""
        if self._lora:
            handles = (lib.llama_adapter_lora_p_ctypes * len(self._lora))(
                *(handle for handle, _ in self._lora)
            )
            scales = (ctypes.c_float * len(self._lora))(*(scale for _, scale in self._lora))
            lib.llama_set_adapters_lora(context.handle, handles, len(self._lora), scales)
        if self._vector is not None:
            self._add(context, self._vector)

    def with_vector(self, path: Path, strength: float) -> Callable[[NativeContext], None]:
        """What makes a new context use them and one more control vector.

        Raises:
            UserError: the file is missing, no control vector, or made for another model.
        """
        total = self._control_vector(((str(path), strength),))
        if self._vector is not None:
            total += self._vector

        def put_on(context: NativeContext) -> None:
            self.put_on(context)
            self._add(context, total)

        return put_on

    def _add(self, context: NativeContext, vector: npt.NDArray[np.float32]) -> None:
        data = vector.ctypes.data_as(ctypes.POINTER(ctypes.c_float))
        code = lib.llama_set_adapter_cvec(
            context.handle, data, vector.size, self._n_embd, 1, self._n_layer
        )
        if code:
            raise UserError("llama.cpp refuses this control vector for this model.")

    def _control_vector(self, vectors: tuple[tuple[str, float], ...]) -> npt.NDArray[np.float32]:
        """The weighted sum, one row per layer from layer 1 on, as llama.cpp lays it out."""
        total = np.zeros((max(1, self._n_layer - 1), self._n_embd), np.float32)
        for path, strength in vectors:
            for layer, direction in _directions(Path(path)):
                if direction.size != self._n_embd or not 1 <= layer <= len(total):
                    raise UserError(
                        f"The control vector {Path(path).name} was made for another model: it has "
                        f"a layer {layer} of width {direction.size}, this model has "
                        f"{self._n_layer} layers of width {self._n_embd}."
                    )
                total[layer - 1] += strength * direction
        return total


def _load_lora(model: NativeModel, path: Path, log: NativeLog) -> Any:
    if not path.is_file():
        raise UserError(f"There is no LoRA adapter {path}.")
    log.clear()
    handle = lib.llama_adapter_lora_init(model.handle, os.fsencode(path))
    if not handle:
        raise UserError(
            f"llama.cpp cannot use {path.name} as a LoRA adapter: {load_failure(log.errors())}.",
            "It must be a GGUF adapter made for this model.",
        )
    return handle


def _directions(path: Path) -> list[tuple[int, npt.NDArray[np.float32]]]:
    """Tensors named direction.LAYER of a control vector file, as llama.cpp's tools write them."""
    import gguf

    if not path.is_file():
        raise UserError(f"There is no control vector {path}.")
    try:
        tensors = gguf.GGUFReader(path).tensors
    except Exception as error:  # gguf's reader raises whatever a damaged header trips
        raise UserError(f"{path.name} is not a control vector: {error}.") from error
    out = []
    for tensor in tensors:
        kind, _, layer = str(tensor.name).partition(".")
        if kind == "direction" and layer.isdigit():
            out.append((int(layer), np.array(tensor.data, np.float32).ravel()))
    if not out:
        raise UserError(f"{path.name} holds no control vector (no tensor named direction.LAYER).")
    return out
