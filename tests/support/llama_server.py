"""llama-cpp-python's own server on loopback, out of .consumers."""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from workbench.core.paths import demo_model_path

PYTHON = Path(__file__).parents[2] / ".consumers" / "venv" / "bin" / "python"
_WAIT_S = 120.0


@dataclass(frozen=True, slots=True)
class LlamaServer:
    """A server that runs; `url` ends with /v1."""

    url: str
    process: subprocess.Popen[bytes]


@contextmanager
def llama_server(folder: Path, *options: str, model: Path | None = None) -> Iterator[LlamaServer]:
    """The server on the demo model (or another), while the block runs; its log goes to `folder`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(PYTHON), "-m", "llama_cpp.server", "--model", str(model or demo_model_path())]
    command += ["--host", "127.0.0.1", "--port", str(port), "--n_ctx", "1024", "--n_threads", "1"]
    with (folder / "log").open("w+") as log:
        process = subprocess.Popen(
            [*command, *options], stdout=log, stderr=log, start_new_session=True
        )
        base = f"http://127.0.0.1:{port}/v1"
        try:
            give_up = time.monotonic() + _WAIT_S
            while True:
                with suppress(urllib.error.URLError, ConnectionError):
                    urllib.request.urlopen(f"{base}/models", timeout=2).read()  # noqa: S310  # loopback
                    break
                log.seek(0)
                assert process.poll() is None, log.read()
                assert time.monotonic() < give_up, log.read()
            yield LlamaServer(base, process)
        finally:
            process.terminate()
            process.wait(20)
