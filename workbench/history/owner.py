"""Which process a run belongs to, and whether that process still lives.

A process id alone is not enough: ids are reused. So a run remembers the machine's name, the
process id and when that process started; a process with the same id and another start is
another process.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

FOREIGN_SILENCE_US = 24 * 3600 * 1_000_000
"""A run of another machine (a shared folder) counts as interrupted after a day of silence."""


@dataclass(frozen=True, slots=True)
class Owner:
    """A process that owns runs.

    Attributes:
        host: the machine's name.
        started: when the process started, in the operating system's own words; empty when it
            does not say.
    """

    host: str
    pid: int
    started: str


def this_process() -> Owner:
    """The process that calls."""
    return Owner(platform.node(), os.getpid(), process_start(os.getpid()) or "")


def may_be_alive(owner: Owner, silent_us: int) -> bool:
    """Whether the owner may still finish its run; `silent_us` since it last wrote."""
    if owner.host != platform.node():
        return silent_us < FOREIGN_SILENCE_US
    started = process_start(owner.pid)
    return started is not None and (not owner.started or not started or started == owner.started)


def process_start(pid: int) -> str | None:
    """When process `pid` started; empty when the system does not say, None when it is gone."""
    if sys.platform == "win32":
        return _windows_start(pid)
    if Path("/proc/self/stat").exists():
        return _linux_start(pid)
    return _ps_start(pid)


def _linux_start(pid: int) -> str | None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return None
    # The name in parentheses may hold spaces and parentheses itself.
    words = stat.rpartition(")")[2].split()
    state, ticks = words[0], words[19]
    return None if state in "ZX" else f"{boot}:{ticks}"


def _ps_start(pid: int) -> str | None:
    done = subprocess.run(
        ["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or None


def _windows_start(pid: int) -> str | None:
    import ctypes
    from ctypes import wintypes

    query, still_active = 0x1000, 259
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]  # Windows only
    kernel.OpenProcess.restype = wintypes.HANDLE
    handle = kernel.OpenProcess(query, False, pid)
    if not handle:
        return None
    try:
        code = wintypes.DWORD()
        if kernel.GetExitCodeProcess(wintypes.HANDLE(handle), ctypes.byref(code)) and (
            code.value != still_active
        ):
            return None
        times = [wintypes.FILETIME() for _ in range(4)]
        if not kernel.GetProcessTimes(wintypes.HANDLE(handle), *(ctypes.byref(t) for t in times)):
            return ""
        return str((times[0].dwHighDateTime << 32) | times[0].dwLowDateTime)
    finally:
        kernel.CloseHandle(wintypes.HANDLE(handle))
