"""The binding itself, the log it writes, and the few symbols called in a faster form."""

from __future__ import annotations

import ctypes
import logging
import os
import sys
import weakref
from collections import deque
from collections.abc import Callable
from typing import Any

# An abort inside ggml would start gdb for a backtrace and hang for seconds before it dies.
os.environ.setdefault("GGML_NO_BACKTRACE", "1")
# Compute threads that spin while they wait for each other take the core the other one needs: with
# one busy neighbour on two cores decoding was measured 15 to 50 times slower.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

from workbench.engine.native.binding import load_backends, package_version, submodule

lib = submodule("llama_cpp")

__all__ = ["NativeLog", "abort_flag_function", "lib", "logits_address", "versions"]

_log = logging.getLogger("workbench.llama")
# Without a handler logging prints warnings to the terminal; llama.cpp warns about ordinary models.
_log.addHandler(logging.NullHandler())
_LEVELS = {2: logging.INFO, 3: logging.WARNING, 4: logging.ERROR}
_CONTINUED = 5


def _ignore(_level: int, _text: bytes, _user: object) -> None:
    pass


_SILENCE = lib.llama_log_callback(_ignore)
# Until somebody listens llama.cpp would write to stderr, and the first question about devices makes
# a GPU's library introduce itself there.
lib.llama_log_set(_SILENCE, ctypes.c_void_p(0))
load_backends()


_LIVE: list[weakref.ref[NativeLog]] = []
"""Logs in the order they were made; llama.cpp has one place to write to, and it is the last's."""


def _hush(address: int | None) -> None:
    """Stop writing to the callback at `address`, whose memory is about to be freed."""
    current, data = lib.llama_log_callback(), ctypes.c_void_p()
    lib.llama_log_get(ctypes.byref(current), ctypes.byref(data))
    _LIVE[:] = [ref for ref in _LIVE if ref() is not None]
    if ctypes.cast(current, ctypes.c_void_p).value == address:
        newest = _LIVE[-1]() if _LIVE else None
        lib.llama_log_set(newest.callback if newest else _SILENCE, ctypes.c_void_p(0))


class NativeLog:
    """Sends llama.cpp's log to `logging` and keeps its last lines for error messages.

    llama.cpp has one log for the whole process: the newest object that is left receives it.
    """

    def __init__(self, keep: int = 60) -> None:
        self._lines: deque[tuple[int, str]] = deque(maxlen=keep)
        self._partial = ""
        self._level = 0
        self.callback = lib.llama_log_callback(self._write)
        lib.llama_log_set(self.callback, ctypes.c_void_p(0))
        _LIVE.append(weakref.ref(self))
        weakref.finalize(self, _hush, ctypes.cast(self.callback, ctypes.c_void_p).value)

    def clear(self) -> None:
        """Forget the lines kept so far."""
        self._lines.clear()

    def errors(self) -> list[str]:
        """The error lines since the last `clear`, oldest first."""
        return [line for level, line in self._lines if level >= logging.ERROR]

    def _write(self, level: int, text: bytes, _user: object) -> None:
        if level != _CONTINUED:
            self._level = _LEVELS.get(level, logging.DEBUG)
        self._partial += text.decode("utf-8", "replace")
        *lines, self._partial = self._partial.split("\n")
        for line in lines:
            if line.strip():
                self._lines.append((self._level, line.strip()))
                _log.log(self._level, "%s", line)


def versions() -> tuple[str, str]:
    """The version of llama-cpp-python, and what the library says of its own build."""
    info = lib.llama_print_system_info()
    return package_version(), info.decode("utf-8", "replace").strip() if info else ""


def _raw(name: str, restype: Any, argtypes: list[Any]) -> Callable[..., Any]:
    # Indexing a CDLL makes a new function object, so the binding's own stays as it is.
    function = lib._lib[name]  # noqa: SLF001  # the loaded library has no public name
    function.restype, function.argtypes = restype, argtypes
    return function  # type: ignore[no-any-return]  # ctypes functions are untyped


logits_address = _raw("llama_get_logits_ith", ctypes.c_void_p, [ctypes.c_void_p, ctypes.c_int32])
"""Address of a row of logits, 0 when there is none; skips making a pointer object per token."""


def abort_flag_function() -> Any:
    """A `bool (*)(void *)` that is true once the C string behind its argument is not empty.

    It is C's own strlen: llama.cpp asks for every node of the graph on a compute thread, and a
    Python callback would wait for the interpreter each time.
    """
    c_library = ctypes.CDLL("msvcrt") if sys.platform == "win32" else ctypes.CDLL(None)
    return ctypes.cast(c_library.strlen, lib.ggml_abort_callback)
