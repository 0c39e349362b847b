"""What this build of llama.cpp is and sees; run in a child, because a wrong build dies here."""

from __future__ import annotations

from multiprocessing.connection import Connection
from typing import Any

from workbench.engine.native.devices import devices


def main(connection: Connection, log_path: str) -> None:
    """Send a dict of facts, or {"error": …} when the binding cannot be loaded."""
    from workbench.engine.worker import redirect_output

    redirect_output(log_path)
    try:
        connection.send(_facts())
    except (ImportError, OSError) as error:
        connection.send({"error": str(error)})


def _facts() -> dict[str, Any]:
    from workbench.engine.native.lib import NativeLog, lib, versions

    log = NativeLog()
    lib.llama_backend_init()
    package, info = versions()
    return {
        "llama_cpp_python": package,
        "features": features(info),
        "gpu_offload": bool(lib.llama_supports_gpu_offload()),
        "mmap": bool(lib.llama_supports_mmap()),
        "devices": devices(),
        "log": log.errors(),
    }


def features(info: str) -> list[str]:
    """The names switched on in llama.cpp's system info, such as "AVX2 = 1 | AMX_INT8 = 1"."""
    out = []
    for part in info.replace(":", "|").split("|"):
        name, equals, value = part.partition("=")
        if equals and value.strip() not in ("", "0"):
            out.append(name.strip())
    return out
