"""The last look at a bundle: `python trim.py FOLDER` strips Python's library and its modules, and
finds what every library in it needs. Linux only.

Ends with 1 when a library needs another one that is neither in the bundle nor in a known package,
or holds instructions that not every processor has and nobody asks for.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

DEBIAN_PACKAGES = {
    "ld-linux-x86-64.so.2": "libc6",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libc.so.6": "libc6",
    "libcrypt.so.1": "libcrypt1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libdl.so.2": "libc6",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    "libglib-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64",
    "libgthread-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64",
    "libm.so.6": "libc6",
    "libpthread.so.0": "libc6",
    "librt.so.1": "libc6",
    "libstdc++.so.6": "libstdc++6",
    "libutil.so.1": "libc6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinput.so.0": "libxcb-xinput0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
"""Libraries a desktop has, and the Debian packages that hold them."""

ONLY_IF_THERE = ("*/platformthemes/*", "*/qtvirtualkeyboard/*")
"""Plugins that Qt leaves alone when what they need is missing: the look of a GTK desktop."""


NOT_STRIPPED = ("PySide6", "shiboken6", "llama_cpp", "numpy", "scipy", "PIL")
"""Packages whose modules stay as they are: stripped already, or moved about by patchelf, as in
every wheel that brings libraries along; some versions of strip break what it leaves."""


def debug_symbols(folder: Path) -> Iterator[Path]:
    """The libraries that may hold symbols for debuggers: Python's own, and modules of packages."""
    home = folder / "_internal"
    yield from (path for path in home.glob("libpython3*.so*") if not path.is_symlink())
    for path in home.glob("*/**/*.so"):
        package = path.relative_to(home).parts[0]
        if package not in NOT_STRIPPED and not package.endswith(".libs"):
            yield path


def libraries(folder: Path) -> Iterator[Path]:
    """Every ELF file in it."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


def needed(path: Path) -> tuple[set[str], set[str]]:
    """The libraries an ELF file needs, and the versions of the C library's functions it calls."""
    said = subprocess.run(["objdump", "-p", path], capture_output=True, text=True, check=True)
    names = set(re.findall(r"NEEDED\s+(\S+)", said.stdout))
    return names, set(re.findall(r"\b(GLIBC_[0-9.]+|GLIBCXX_[0-9.]+)", said.stdout))


def system_packages(folder: Path) -> tuple[list[str], list[str], list[str]]:
    """The Debian packages it needs, the newest versions it asks for, and problems in words."""
    found = list(libraries(folder))
    inside = {path.name for path in folder.rglob("*") if ".so" in path.name}
    packages: set[str] = set()
    versions: set[str] = set()
    problems = []
    for path in found:
        names, asked = needed(path)
        versions |= asked
        if any(path.match(pattern) for pattern in ONLY_IF_THERE):
            continue
        for name in sorted(names - inside):
            if name in DEBIAN_PACKAGES:
                packages.add(DEBIAN_PACKAGES[name])
            else:
                problems.append(f"{path.relative_to(folder)} needs {name}")
    newest = [
        max((v for v in versions if v.startswith(k)), key=_number) for k in ("GLIBC_", "GLIBCXX_")
    ]
    packages.discard("libc6")
    floor = newest[0].partition("_")[2]
    return [f"libc6 (>= {floor})", *sorted(packages)], newest, problems


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.partition("_")[2].split("."))


def trim(folder: Path) -> int:
    """Do all of it; returns the exit code."""
    subprocess.run(["strip", "--strip-unneeded", *debug_symbols(folder)], check=True)
    packages, newest, problems = system_packages(folder)
    print("needs of the system:", ", ".join(packages))
    print("newest functions of the C and C++ libraries:", ", ".join(newest))
    for path in [*folder.rglob("libggml*"), *folder.rglob("libllama*")]:
        if path.parent.parent.name != "llama_cpp":
            problems.append(f"{path.relative_to(folder)} is a second copy")
    for path in folder.rglob("*sapphirerapids*"):
        problems.append(f"{path.name} uses AMX, which kills the process on some virtual machines")
    for problem in problems:
        print("problem:", problem)
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(trim(Path(sys.argv[1])))
