"""Looks at everything a run needs and says what to do about what is wrong."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from workbench.core.errors import UserError
from workbench.core.memory import Device, DeviceKind
from workbench.core.paths import Profile, demo_model_path
from workbench.core.python import is_frozen, python_command
from workbench.engine.diagnose import REINSTALL, crash_risks, probe_build
from workbench.engine.gguf import read_header
from workbench.engine.hardware import cpu_name, memory_bytes, usable_cores
from workbench.history.store import HistoryStore
from workbench.sandbox.probe import check_sandbox

_LOW_DISK_BYTES = 1 << 30
_QT_LIBRARIES = "apt-get install libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1"


class Health(StrEnum):
    """How a check went."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check. `code` is stable, so that the help can explain it; `advice` is what to do."""

    code: str
    health: Health
    title: str
    advice: str = ""


def examine(profile: Profile) -> Iterator[Finding]:
    """Every check, one after another; the slow ones start a process of their own."""
    yield Finding("system", Health.OK, f"Python {platform.python_version()}, {platform.platform()}")
    yield _hardware()
    yield from _build()
    yield _demo_model()
    yield _qt()
    yield _display()
    yield from _disk(profile)
    yield _sandbox()


def _sandbox() -> Finding:
    found = check_sandbox()
    health = Health.OK if found.available else Health.WARNING
    return Finding("sandbox", health, found.title, found.advice)


def _hardware() -> Finding:
    memory = memory_bytes()
    held = (
        "" if memory is None else f", {memory[1] / 2**30:.1f} of {memory[0] / 2**30:.1f} GiB free"
    )
    return Finding("hardware", Health.OK, f"{cpu_name() or 'CPU'}, {usable_cores()} cores{held}")


def _build() -> Iterator[Finding]:
    build = probe_build()
    if build.error:
        text = f"llama.cpp cannot be loaded: {build.error}."
        yield Finding("llama-build", Health.FAILED, text, _advice(REINSTALL))
        return
    features = " ".join(build.features)
    yield Finding("llama-build", Health.OK, f"llama-cpp-python {build.version}: {features}")
    for risk in crash_risks(build):
        yield Finding("llama-cpu", Health.FAILED, risk, _advice(REINSTALL))
    devices = ", ".join(_device(d) for d in build.devices) or "the CPU"
    yield Finding("backends", Health.OK, f"Computes on {devices}")


def _advice(command: str) -> str:
    """A packaged program has no pip; what it lacks comes with the package."""
    return "Reinstall the workbench." if is_frozen() else command


def _device(device: Device) -> str:
    known = device.kind is not DeviceKind.CPU and device.total_bytes
    free, total = device.free_bytes / 2**30, device.total_bytes / 2**30
    memory = f", {free:.1f} of {total:.1f} GiB free" if known else ""
    return f"{device.name} ({device.description}{memory})"


def _demo_model() -> Finding:
    try:
        info = read_header(demo_model_path()).info
    except UserError as error:
        return Finding("demo-model", Health.FAILED, error.message, "Reinstall the workbench.")
    return Finding("demo-model", Health.OK, f"Demo model {info.name} {info.quantization}")


def _qt() -> Finding:
    try:
        version = importlib.metadata.version("PySide6-Essentials")
    except importlib.metadata.PackageNotFoundError:
        advice = _advice("pip install PySide6-Essentials")
        return Finding("qt", Health.FAILED, "PySide6 is not installed.", advice)
    if version.startswith("6.12") and sys.version_info < (3, 12):
        return Finding(
            "qt",
            Health.FAILED,
            f"PySide6 {version} aborts on Python 3.11.",
            "pip install 'PySide6-Essentials<6.12'",
        )
    done = subprocess.run(
        python_command("-c", "import PySide6.QtWidgets"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
        return Finding("qt", Health.FAILED, f"Qt cannot be loaded: {reason}", _QT_LIBRARIES)
    return Finding("qt", Health.OK, f"PySide6 {version}")


def _display() -> Finding:
    if not sys.platform.startswith("linux") or any(
        os.environ.get(n) for n in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        return Finding("display", Health.OK, "A display is there")
    return Finding(
        "display",
        Health.WARNING,
        "No display: the window cannot open, the commands work.",
        "Use `workbench run`, or set DISPLAY.",
    )


def _disk(profile: Profile) -> Iterator[Finding]:
    try:
        profile.create()
    except UserError as error:
        yield Finding("profile", Health.FAILED, error.message, error.hint)
        return
    free = shutil.disk_usage(profile.root).free
    low = free < _LOW_DISK_BYTES
    yield Finding(
        "disk",
        Health.WARNING if low else Health.OK,
        f"{free / 2**30:.1f} GiB free in {profile.root}",
        "Free some space: runs are recorded there." if low else "",
    )
    yield _history(profile)


def _history(profile: Profile) -> Finding:
    version = sqlite3.sqlite_version
    if not profile.history_file.exists():
        return Finding("history", Health.OK, f"No history yet (SQLite {version})")
    try:
        store = HistoryStore(profile.history_file)
        try:
            count = store.count()
        finally:
            store.close()
    except UserError as error:
        return Finding("history", Health.FAILED, error.message, error.hint)
    return Finding("history", Health.OK, f"{count:,} runs (SQLite {version})")
