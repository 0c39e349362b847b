"""ggml's tensors as they stand in llama.cpp's graph: read through the backend, or cloned.

The binding has no name for any of this. The layout below is ggml.h's; it is checked against the
library's own figure before the first tensor is read, so that another build is refused in words.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from workbench.core.errors import UserError
from workbench.engine.native.binding import submodule
from workbench.engine.native.lib import lib

F32, F16 = 0, 1
_OBJECT_BYTES = 32  # what ggml_tensor_overhead counts beside the tensor itself


class GgmlTensor(ctypes.Structure):
    """struct ggml_tensor of ggml.h."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("buffer", ctypes.c_void_p),
        ("ne", ctypes.c_int64 * 4),
        ("nb", ctypes.c_size_t * 4),
        ("op", ctypes.c_int),
        ("op_params", ctypes.c_int32 * 16),
        ("flags", ctypes.c_int32),
        ("src", ctypes.c_void_p * 10),
        ("view_src", ctypes.c_void_p),
        ("view_offs", ctypes.c_size_t),
        ("data", ctypes.c_void_p),
        ("name", ctypes.c_char * 64),
        ("extra", ctypes.c_void_p),
        ("padding", ctypes.c_char * 8),
    )


NAME_OFFSET = GgmlTensor.name.offset


def ggml(name: str, restype: Any, *argtypes: Any) -> Callable[..., Any]:
    """A function of ggml that the binding leaves out."""
    libraries = [lib._lib]  # noqa: SLF001  # the loaded library has no public name
    if not hasattr(libraries[0], name):  # Windows looks up names in one library alone
        folder = Path(lib.__file__).parent / "lib"
        load = submodule("_ctypes_extensions").load_shared_library
        libraries = [load(stem, folder) for stem in ("ggml-base", "ggml")]
    found = next((library[name] for library in libraries if hasattr(library, name)), None)
    if found is None:
        raise UserError(
            f"This build of llama.cpp has no {name}, which reading its graph needs.",
            "Install the llama-cpp-python version that `workbench doctor` names.",
        )
    found.restype, found.argtypes = restype, list(argtypes)
    return found  # type: ignore[no-any-return]  # ctypes functions are untyped


def check_layout() -> None:
    """Refuse a build whose tensors are laid out in another way.

    Raises:
        UserError: they are.
    """
    theirs = ggml("ggml_tensor_overhead", ctypes.c_size_t)()
    ours = ctypes.sizeof(GgmlTensor) + _OBJECT_BYTES
    if theirs != ours:
        raise UserError(
            f"This build of llama.cpp lays out tensors in {theirs} bytes, not in the {ours} that "
            "this version of the workbench can read.",
            "Install the llama-cpp-python version that `workbench doctor` names.",
        )


class TensorReader:
    """Copies tensors out of whatever memory they stand in; owns the buffers it copies into.

    Raises:
        UserError: tensors of this build cannot be read.
    """

    def __init__(self) -> None:
        check_layout()
        pointer, size = ctypes.c_void_p, ctypes.c_size_t
        self._get = ggml("ggml_backend_tensor_get", None, pointer, pointer, size, size)
        self._is_host = ggml("ggml_backend_buffer_is_host", ctypes.c_bool, pointer)
        self._bytes = ggml("ggml_nbytes", size, pointer)
        self._buffer = np.empty(0, np.uint8)

    def read(self, address: int) -> npt.NDArray[Any]:
        """The values, axes as numpy orders them (4, slowest first); valid until the next read.

        A view where the tensor stands in ordinary memory, a copy from any other backend.

        Raises:
            UserError: a type other than float32 or float16, or gaps between the values.
        """
        tensor = GgmlTensor.from_address(address)
        if tensor.type not in (F32, F16):
            raise UserError(f"{tensor.name.decode()} has type {tensor.type}, not a float.")
        kind = np.float32 if tensor.type == F32 else np.float16
        shape = tuple(tensor.ne)[::-1]
        n_bytes = int(np.prod(shape)) * np.dtype(kind).itemsize
        if self._bytes(address) != n_bytes:
            raise UserError(f"{tensor.name.decode()} does not lie in one piece.")
        if tensor.buffer and self._is_host(tensor.buffer):
            memory = memoryview((ctypes.c_uint8 * n_bytes).from_address(tensor.data))
            return np.frombuffer(memory, np.uint8).view(kind).reshape(shape)
        if self._buffer.nbytes < n_bytes:
            self._buffer = np.empty(n_bytes, np.uint8)
        self._get(address, self._buffer.ctypes.data, 0, n_bytes)
        return self._buffer[:n_bytes].view(kind).reshape(shape)


def mask_of(address: int) -> int:
    """Address of the mask a soft-max was given; 0 when it had none."""
    sources = GgmlTensor.from_address(address).src
    return int(sources[1] or 0)
