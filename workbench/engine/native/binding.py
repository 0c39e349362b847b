"""The low-level half of llama-cpp-python, without its package's `__init__`.

`import llama_cpp` brings chat formats, a tokenizer layer and a disk cache with it, which take
longer to import than the ctypes mirror takes to load a small model. Nothing here uses them.
"""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

_PACKAGE = "llama_cpp"
_GPU_LIBRARY = re.compile(r"(lib)?ggml-(?!base|cpu|rpc|blas)")


def submodule(name: str) -> Any:
    """The module `llama_cpp.NAME`; importing the whole package would take over llama.cpp's log.

    Raises:
        ImportError: llama-cpp-python is not installed, or its library cannot be loaded.
    """
    if _PACKAGE in sys.modules:
        return importlib.import_module(f"{_PACKAGE}.{name}")
    _one_cpp_runtime()
    # A package that was found but not executed is enough to import its submodules; it is taken
    # away again, so that a later `import llama_cpp` is the ordinary one.
    sys.modules[_PACKAGE] = importlib.util.module_from_spec(_spec())
    try:
        return importlib.import_module(f"{_PACKAGE}.{name}")
    finally:
        del sys.modules[_PACKAGE]


def package_version() -> str:
    """llama-cpp-python's own version; empty when it does not say."""
    origin = _spec().origin
    text = Path(origin).read_text(encoding="utf-8") if origin else ""
    found = re.search(r'^__version__ = "([^"]+)"', text, re.MULTILINE)
    return found[1] if found else ""


def load_backends() -> None:
    """Load the libraries that compute, where llama.cpp was built with them apart (as in packages).

    Of the CPU's there is one per kind of processor then, and ggml takes the best that this one can
    run. A build that holds its backends already is left alone.
    """
    libggml = submodule("_ggml").libggml
    try:
        count, load = libggml["ggml_backend_dev_count"], libggml["ggml_backend_load_all_from_path"]
    except AttributeError:  # older than backends that can be loaded
        return
    count.restype, load.restype, load.argtypes = ctypes.c_size_t, None, [ctypes.c_char_p]
    if not count():
        load(os.fsencode(Path(_spec().origin or "").parent / "lib"))


def built_for_gpu() -> bool:
    """Whether a library for GPUs lies beside llama.cpp's own; nothing is loaded to find out."""
    with suppress(ImportError):
        folder = Path(_spec().origin or "").parent / "lib"
        return any(_GPU_LIBRARY.match(file.name) for file in folder.glob("*ggml-*"))
    return False


def _one_cpp_runtime() -> None:
    """Put the system's C++ library before llama.cpp's own in the order of symbols.

    Some compilers for CUDA leave parts of the C++ runtime inside libggml-cuda.so. The binding makes
    all symbols global, libllama.so then takes some from there and some from the system, and the
    first regular expression of a tokenizer ends the process (seen with CUDA 13.0 on Ubuntu 24.04).
    """
    if sys.platform == "linux":
        with suppress(OSError):  # a system without it has another C++ library
            ctypes.CDLL("libstdc++.so.6", mode=ctypes.RTLD_GLOBAL)


def _spec() -> Any:
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None:
        raise ImportError("llama-cpp-python is not installed")
    return spec
