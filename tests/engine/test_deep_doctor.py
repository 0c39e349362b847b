"""What doctor knows of the build: features, builds that will crash on this CPU."""

from __future__ import annotations

import pytest

from workbench.core.memory import DeviceKind
from workbench.engine.diagnose import REINSTALL, Build, crash_risks, probe_build
from workbench.engine.hardware import cpu_features, default_threads, memory_bytes, usable_cores
from workbench.engine.native.binding import built_for_gpu
from workbench.engine.native.probe import features

MODERN = frozenset(
    {
        "pni", "ssse3", "avx", "avx2", "f16c", "fma", "bmi2", "avx512f", "avx512vbmi",
        "avx512_vnni", "avx512_bf16", "amx_int8",
    }
)  # fmt: skip
INFO = (
    "CPU : SSE3 = 1 | SSSE3 = 1 | AVX = 1 | AVX2 = 1 | F16C = 1 | FMA = 1 | AMX_INT8 = 1 | "
    "LLAMAFILE = 1 | SVE = 0 | "
)


def test_features_are_read_from_llama_cpps_own_line() -> None:
    found = features(INFO)
    assert found == ["SSE3", "SSSE3", "AVX", "AVX2", "F16C", "FMA", "AMX_INT8", "LLAMAFILE"]
    assert features("") == []


@pytest.mark.parametrize(
    ("built", "cpu", "told"),
    [
        ((), MODERN, []),
        (("AVX2", "FMA"), MODERN, []),
        (("AVX2", "FMA"), MODERN - {"avx2"}, ["AVX2"]),
        (("AVX", "AVX2", "FMA", "F16C"), frozenset({"pni"}), ["AVX, AVX2, FMA, F16C"]),
        (("AVX512", "AVX512_VBMI"), MODERN - {"avx512f", "avx512vbmi"}, ["AVX512, AVX512_VBMI"]),
        (("AMX_INT8",), MODERN, []),
        (("AMX_INT8",), MODERN | {"hypervisor"}, ["AMX"]),
        (("AMX_INT8",), (MODERN | {"hypervisor"}) - {"amx_int8"}, ["AMX", "AMX_INT8"]),
        (("AMX_INT8", "AVX2"), frozenset({"hypervisor", "amx_int8"}), ["AMX", "AVX2"]),
        (("AVX2",), MODERN | {"hypervisor"}, []),
        (("LLAMAFILE", "OPENMP", "REPACK"), frozenset({"pni"}), []),
        (("AVX2",), frozenset(), []),  # the system does not tell: say nothing
    ],
)
def test_builds_that_will_crash_are_known(
    built: tuple[str, ...], cpu: frozenset[str], told: list[str]
) -> None:
    risks = crash_risks(Build(features=built), cpu)
    assert len(risks) == len(told)
    for risk, word in zip(risks, told, strict=True):
        assert word in risk
        assert risk.endswith(".")


def test_this_build_is_probed_in_a_process_of_its_own() -> None:
    build = probe_build()
    assert build.error == ""
    assert build.version
    assert any(device.kind is DeviceKind.CPU for device in build.devices)
    assert built_for_gpu() == build.gpu_offload  # found without loading anything
    assert crash_risks(build) == []
    assert "pip install" in REINSTALL


def test_the_machine_is_described() -> None:
    assert usable_cores() >= 1
    assert default_threads(1000) == 1
    assert default_threads(10**9) == usable_cores()
    held = memory_bytes()
    assert held is None or 0 < held[1] <= held[0]
    assert all(f == f.strip().lower() for f in cpu_features())
