"""What this machine has: cores, memory, CPU features. No llama_cpp; any thread."""

from __future__ import annotations

import os
import sys
from pathlib import Path

TINY_MODEL_PARAMS = 20_000_000

_CPUINFO = Path("/proc/cpuinfo")
_TOPOLOGY = Path("/sys/devices/system/cpu")


def usable_cores() -> int:
    """Physical cores this process may use; logical ones where the system does not tell."""
    try:
        allowed = sorted(os.sched_getaffinity(0))
    except AttributeError:  # macOS and Windows
        return max(1, os.cpu_count() or 1)
    cores = {_siblings(cpu) for cpu in allowed}
    return max(1, len(cores))


def has_idle_core() -> bool:
    """Whether another thread would have a core to itself; True where the system does not tell."""
    cores = usable_cores()
    if cores < 2 or not hasattr(os, "getloadavg"):
        return cores >= 2
    return os.getloadavg()[0] < cores


def default_threads(n_params: int) -> int:
    """Threads for a model of this size: handing out work costs a tiny model more than the work."""
    return 1 if n_params < TINY_MODEL_PARAMS else usable_cores()


def _siblings(cpu: int) -> str:
    try:
        return (_TOPOLOGY / f"cpu{cpu}" / "topology" / "thread_siblings_list").read_text().strip()
    except OSError:
        return str(cpu)


def memory_bytes() -> tuple[int, int] | None:
    """Memory in all and available now, in bytes; None where the system does not tell.

    A control group's limit counts as the memory there is.
    """
    total = available = None
    if sys.platform == "linux":
        for line in Path("/proc/meminfo").read_text().splitlines():
            name, _, rest = line.partition(":")
            if name == "MemTotal":
                total = int(rest.split()[0]) * 1024
            elif name == "MemAvailable":
                available = int(rest.split()[0]) * 1024
    elif hasattr(os, "sysconf"):
        try:
            total = available = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        except (ValueError, OSError):
            return None
    if total is None or available is None:
        return None
    limit = _cgroup_limit()
    return (min(total, limit), min(available, limit)) if limit else (total, available)


def _cgroup_limit() -> int | None:
    for name in ("memory.max", "memory/memory.limit_in_bytes"):
        try:
            text = (Path("/sys/fs/cgroup") / name).read_text().strip()
        except OSError:
            continue
        if text.isdigit() and int(text) < 1 << 60:
            return int(text)
    return None


def cpu_features() -> frozenset[str]:
    """The CPU's feature flags as Linux names them (avx2, f16c, amx_int8, hypervisor …)."""
    try:
        text = _CPUINFO.read_text()
    except OSError:
        return frozenset()
    for line in text.splitlines():
        name, _, rest = line.partition(":")
        if name.strip() in ("flags", "Features"):
            return frozenset(rest.split())
    return frozenset()


def cpu_name() -> str:
    """The processor's own name; empty where the system does not tell."""
    try:
        lines = _CPUINFO.read_text().splitlines()
    except OSError:
        return ""
    return next((x.partition(":")[2].strip() for x in lines if x.startswith("model name")), "")
