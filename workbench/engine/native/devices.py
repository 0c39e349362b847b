"""The devices ggml can compute on, and the memory they have free at this moment."""

from __future__ import annotations

import ctypes
from typing import Any

from workbench.core.memory import Device, DeviceKind
from workbench.engine.native.binding import submodule

_KINDS = {0: DeviceKind.CPU, 1: DeviceKind.GPU, 2: DeviceKind.SHARED_GPU}


def devices() -> tuple[Device, ...]:
    """Every one of them, the CPU among them; none where this build has no such list."""
    libggml = submodule("_ggml").libggml

    def bind(name: str, restype: Any, *argtypes: Any) -> Any:
        function = libggml[name]
        function.restype, function.argtypes = restype, list(argtypes)
        return function

    try:
        count = bind("ggml_backend_dev_count", ctypes.c_size_t)
        get = bind("ggml_backend_dev_get", ctypes.c_void_p, ctypes.c_size_t)
        name = bind("ggml_backend_dev_name", ctypes.c_char_p, ctypes.c_void_p)
        described = bind("ggml_backend_dev_description", ctypes.c_char_p, ctypes.c_void_p)
        kind = bind("ggml_backend_dev_type", ctypes.c_int, ctypes.c_void_p)
        size = ctypes.POINTER(ctypes.c_size_t)
        memory = bind("ggml_backend_dev_memory", None, ctypes.c_void_p, size, size)
    except AttributeError:
        return ()
    found = []
    for index in range(count()):
        device = get(index)
        free, total = ctypes.c_size_t(), ctypes.c_size_t()
        memory(device, ctypes.byref(free), ctypes.byref(total))
        found.append(
            Device(
                name(device).decode("utf-8", "replace"),
                described(device).decode("utf-8", "replace"),
                _KINDS.get(kind(device), DeviceKind.OTHER),
                free.value,
                total.value,
            )
        )
    return tuple(found)
