"""The end of a model's graph, from the last residual to the logits, run again on other residuals.

Every architecture ends differently: norms, scales, soft caps, adapters. Instead of knowing them
all, this clones the operations llama.cpp itself put behind its last block, and runs them on the
model's own weights with the same kernels, so that the last layer gives the real logits.
"""

from __future__ import annotations

import ctypes
import weakref
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from workbench.core.errors import UserError
from workbench.core.tokens import Float32
from workbench.engine.native.tensors import F32, GgmlTensor, TensorReader, ggml

_WEIGHTS = 1  # GGML_BACKEND_BUFFER_USAGE_WEIGHTS
_CPU_DEVICE = 0  # GGML_BACKEND_DEVICE_TYPE_CPU
_NO_COMPUTATION = (b"RESHAPE", b"VIEW", b"PERMUTE", b"TRANSPOSE", b"NONE")
_ADAPTER = b".lora_"  # matrices of an adapter, which llama.cpp does not mark as weights
_GRAPH_BYTES = 1 << 20


class _InitParams(ctypes.Structure):
    """struct ggml_init_params."""

    _fields_ = (
        ("mem_size", ctypes.c_size_t),
        ("mem_buffer", ctypes.c_void_p),
        ("no_alloc", ctypes.c_bool),
    )


class OutputHead:
    """Logits of any residual of the shape the graph had; belongs to the engine's thread.

    Attributes:
        n_rows, width: shape of a residual.

    Raises:
        UserError: the end of this graph holds something that cannot be run again on its own.
    """

    def __init__(self, nodes: Sequence[int], n_threads: int, architecture: str) -> None:
        """`nodes` are the last residual and everything behind it up to the logits, in order.

        Call it while that graph runs: the addresses are valid only then.
        """
        self._architecture = architecture
        self._reader = TensorReader()
        self._frees: list[weakref.finalize[..., object]] = []
        pointer = ctypes.c_void_p
        context = ggml("ggml_init", pointer, _InitParams)(
            _InitParams(_GRAPH_BYTES + 512 * (len(nodes) + 8), None, True)
        )
        self._keep(ggml("ggml_free", None, pointer), context)
        dup = ggml("ggml_dup_tensor", pointer, pointer, pointer)
        self._weights: list[int] = []
        source = GgmlTensor.from_address(nodes[0])
        if source.type != F32 or source.ne[2] != 1 or source.ne[3] != 1:
            raise self._refusal("its residual is no float32 matrix")
        self.width, self.n_rows = int(source.ne[0]), int(source.ne[1])
        self._input: int = dup(context, nodes[0])
        ggml("ggml_set_input", None, pointer)(self._input)
        made = {nodes[0]: self._input}
        residual_name = source.name
        for node in nodes[1:]:
            made[node] = self._clone(node, made, residual_name, lambda t: dup(context, t))
        self._output = made[nodes[-1]]
        ggml("ggml_set_output", None, pointer)(self._output)
        self._graph = ggml("ggml_new_graph", pointer, pointer)(context)
        ggml("ggml_build_forward_expand", None, pointer, pointer)(self._graph, self._output)
        self._backend = self._open_backend(n_threads)
        self._allocate()
        self._set = ggml(
            "ggml_backend_tensor_set",
            None,
            pointer,
            pointer,
            ctypes.c_size_t,
            ctypes.c_size_t,
        )
        self._compute = ggml("ggml_backend_graph_compute", ctypes.c_int, pointer, pointer)

    def close(self) -> None:
        """Free its buffers. Doing it twice is harmless."""
        for free in reversed(self._frees):
            free()

    def logits(self, residual: Float32) -> Float32:
        """Logits (rows, vocabulary) of a residual (rows, width); valid until the next call.

        Raises:
            UserError: the backend failed.
        """
        rows = np.ascontiguousarray(residual, np.float32)
        if rows.shape != (self.n_rows, self.width):
            raise ValueError(f"a residual of shape {rows.shape}")
        self._set(self._input, rows.ctypes.data, 0, rows.nbytes)
        code = self._compute(self._backend, self._graph)
        if code:
            raise UserError(f"The output matrix could not be applied (code {code}).")
        found: npt.NDArray[np.float32] = self._reader.read(self._output)[0, 0]
        return found

    def _clone(
        self,
        node: int,
        made: dict[int, int],
        residual_name: bytes,
        dup: Callable[[int], int],
    ) -> int:
        tensor = GgmlTensor.from_address(node)
        operation: bytes = ggml("ggml_op_name", ctypes.c_char_p, ctypes.c_int)(tensor.op)
        first = self._source(tensor.src[0], made, residual_name)
        same_shape = list(GgmlTensor.from_address(first).ne) == list(tensor.ne)
        if operation == b"GET_ROWS" and same_shape:
            return first  # it picks the rows whose logits are wanted, and that is all of them
        if operation in _NO_COMPUTATION:
            if operation == b"RESHAPE" and same_shape:
                return first
            raise self._refusal(f"{tensor.name.decode()} is a {operation.decode().lower()}")
        copy = dup(node)
        target = GgmlTensor.from_address(copy)
        target.op, target.op_params = tensor.op, tensor.op_params
        for place, source in enumerate(tensor.src):
            if source:
                target.src[place] = self._source(source, made, residual_name)
        return copy

    def _source(self, address: int | None, made: dict[int, int], residual_name: bytes) -> int:
        """The clone of an operand, or the operand itself when it is a weight."""
        if not address:
            raise self._refusal("an operation has no operand")
        if address in made:
            return made[address]
        tensor = GgmlTensor.from_address(address)
        usage = ggml("ggml_backend_buffer_get_usage", ctypes.c_int, ctypes.c_void_p)
        base = GgmlTensor.from_address(tensor.view_src) if tensor.view_src else tensor
        if base.buffer and (usage(base.buffer) == _WEIGHTS or _ADAPTER in tensor.name):
            self._weights.append(int(base.buffer))
            return address
        # Between two backends llama.cpp inserts a copy named BACKEND#TENSOR#NUMBER.
        if b"#" + residual_name + b"#" in tensor.name:
            return self._input
        raise self._refusal(f"{tensor.name.decode()} is neither a weight nor computed there")

    def _open_backend(self, n_threads: int) -> int:
        """A backend on the device where the weights are.

        Raises:
            UserError: they are spread over several.
        """
        pointer = ctypes.c_void_p
        type_of = ggml("ggml_backend_buffer_get_type", pointer, pointer)
        is_host = ggml("ggml_backend_buft_is_host", ctypes.c_bool, pointer)
        device_of = ggml("ggml_backend_buft_get_device", pointer, pointer)
        supports = ggml("ggml_backend_supports_buft", ctypes.c_bool, pointer, pointer)
        types = {type_of(buffer) for buffer in self._weights}
        devices = {device_of(t) for t in types if not is_host(t)} - {None}
        device = devices.pop() if devices else self._cpu()
        backend = ggml("ggml_backend_dev_init", pointer, pointer, ctypes.c_char_p)(device, None)
        if not backend:
            raise self._refusal("its device cannot be opened twice")
        self._keep(ggml("ggml_backend_free", None, pointer), backend)
        if devices or not all(supports(backend, t) for t in types):
            raise self._refusal("its output weights are spread over several devices")
        self._set_threads(device, backend, n_threads)
        return int(backend)

    def _cpu(self) -> int:
        by_type = ggml("ggml_backend_dev_by_type", ctypes.c_void_p, ctypes.c_int)
        return int(by_type(_CPU_DEVICE))

    def _set_threads(self, device: int, backend: int, n_threads: int) -> None:
        """Backends that have threads at all have a function for it."""
        pointer = ctypes.c_void_p
        registry = ggml("ggml_backend_dev_backend_reg", pointer, pointer)(device)
        address = ggml("ggml_backend_reg_get_proc_address", pointer, pointer, ctypes.c_char_p)(
            registry, b"ggml_backend_set_n_threads"
        )
        if address:
            ctypes.CFUNCTYPE(None, pointer, ctypes.c_int)(address)(backend, n_threads)

    def _allocate(self) -> None:
        pointer = ctypes.c_void_p
        kind = ggml("ggml_backend_get_default_buffer_type", pointer, pointer)(self._backend)
        allocator = ggml("ggml_gallocr_new", pointer, pointer)(kind)
        self._keep(ggml("ggml_gallocr_free", None, pointer), allocator)
        allocate = ggml("ggml_gallocr_alloc_graph", ctypes.c_bool, pointer, pointer)
        if not allocate(allocator, self._graph):
            raise UserError(
                f"There is no memory for {self.n_rows} rows of logits.", "Close other models."
            )

    def _keep(self, free: object, handle: int) -> None:
        self._frees.append(weakref.finalize(self, free, handle))  # type: ignore[arg-type]  # ctypes functions are untyped

    def _refusal(self, why: str) -> UserError:
        return UserError(
            f"The logit lens cannot be put on {self._architecture} models: {why}.",
            "Attention and token probabilities work without it.",
        )
