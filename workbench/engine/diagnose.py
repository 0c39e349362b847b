"""Asks a child process about the llama.cpp build, and knows the builds that crash."""

from __future__ import annotations

import multiprocessing
from dataclasses import dataclass
from typing import Any

from workbench.core.memory import Device
from workbench.core.scratch import Scratch
from workbench.engine.exits import exit_code, how_it_ended
from workbench.engine.hardware import cpu_features

_TIMEOUT_S = 30.0
REINSTALL = (
    'CMAKE_ARGS="-DGGML_NATIVE=OFF" pip install --force-reinstall --no-cache-dir '
    "--no-binary llama-cpp-python llama-cpp-python"
)

# ggml's names for what it was built with, and Linux's names for what the CPU has.
_CPU_FLAGS = {
    "SSE3": "pni",
    "SSSE3": "ssse3",
    "AVX": "avx",
    "AVX2": "avx2",
    "F16C": "f16c",
    "FMA": "fma",
    "BMI2": "bmi2",
    "AVX_VNNI": "avx_vnni",
    "AVX512": "avx512f",
    "AVX512_VBMI": "avx512vbmi",
    "AVX512_VNNI": "avx512_vnni",
    "AVX512_BF16": "avx512_bf16",
    "AMX_INT8": "amx_int8",
}


@dataclass(frozen=True, slots=True)
class Build:
    """What a child process could say of llama.cpp.

    Attributes:
        features: what the CPU backend was built with, in ggml's names.
        devices: what it can compute on, with the memory that is free there.
        error: why it could not say, or empty; names the signal when the child died.
    """

    version: str = ""
    features: tuple[str, ...] = ()
    devices: tuple[Device, ...] = ()
    gpu_offload: bool = False
    error: str = ""


def probe_build() -> Build:
    """Load llama.cpp in a child process and report."""
    from workbench.engine.native import probe

    log = Scratch("probe", ".log")
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=probe.main, args=(theirs, str(log.path)), daemon=True)
    process.start()
    theirs.close()
    answer: dict[str, Any]
    try:
        answer = ours.recv() if ours.poll(_TIMEOUT_S) else {"error": "it did not answer"}
    except EOFError:
        code = exit_code(process, _TIMEOUT_S)
        answer = {"error": f"loading it ended {how_it_ended(code)}"}
    finally:
        process.join(1.0)
        if process.is_alive():
            process.kill()
            process.join()
        process.close()
        ours.close()
        log.close()
    if "error" in answer:
        return Build(error=str(answer["error"]))
    return Build(
        version=answer["llama_cpp_python"],
        features=tuple(answer["features"]),
        devices=answer["devices"],
        gpu_offload=answer["gpu_offload"],
    )


def crash_risks(build: Build, cpu: frozenset[str] | None = None) -> list[str]:
    """Why this build will crash on this CPU, a sentence each; empty when nothing is known.

    `cpu` holds the CPU's flags as Linux names them; None asks the system.
    """
    flags = cpu_features() if cpu is None else cpu
    if not flags:
        return []
    risks = []
    if "AMX_INT8" in build.features and "hypervisor" in flags:
        # ggml-org/llama.cpp#20824: the guest may see the flag and still fault at ldtilecfg.
        risks.append(
            "It uses AMX, and in a virtual machine the first AMX instruction can kill the process."
        )
    missing = [
        name for name in build.features if name in _CPU_FLAGS and _CPU_FLAGS[name] not in flags
    ]
    if missing:
        risks.append(f"It was built for {', '.join(missing)}, which this CPU does not have.")
    return risks
