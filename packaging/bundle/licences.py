"""Writes the licences of everything in the bundle: run with the Python whose packages go into it.

build/bundle/venv/bin/python packaging/bundle/licences.py FILE
"""

from __future__ import annotations

import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_BUNDLED = ("pip", "setuptools", "wheel", "altgraph", "pyinstaller", "pyinstaller-hooks-contrib")
QT = (
    "Qt (in PySide6-Essentials) is used under the GNU Lesser General Public License, version 3. "
    "Its libraries are files of their own in _internal/PySide6/Qt/lib and can be replaced."
)


def licence(found: Distribution) -> str:
    """What a package says of its licence, in one line."""
    meta = found.metadata
    said = meta.get("License-Expression") or (meta.get("License") or "").strip().split("\n")[0]
    kinds = [
        line.rpartition(" :: ")[2]
        for line in meta.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    return said[:80] or ", ".join(kinds) or "see its home page"


def texts(found: Distribution) -> list[str]:
    """The licence files a package brings."""
    out = []
    for path in found.files or []:
        name = path.name.upper()
        if ".dist-info" in str(path) and name.startswith(
            ("LICENSE", "LICENCE", "COPYING", "NOTICE")
        ):
            place = Path(str(path.locate()))
            if place.is_file():
                out.append(place.read_text(encoding="utf-8", errors="replace").strip())
    return out


def page() -> str:
    """The whole text."""
    own = (ROOT / "LICENSE").read_text(encoding="utf-8").strip()
    fonts = (ROOT / "assets/fonts/OFL.txt").read_text(encoding="utf-8").strip()
    rule = "\n\n" + "-" * 80 + "\n\n"
    packages = sorted(
        (d for d in distributions() if d.metadata["Name"].lower() not in NOT_BUNDLED),
        key=lambda d: d.metadata["Name"].lower(),
    )
    table = "\n".join(f"{d.metadata['Name']} {d.version}: {licence(d)}" for d in packages)
    parts = [
        "Prompt Workbench\n\n" + own,
        "Fonts: Inter and JetBrains Mono\n\n" + fonts,
        f"Python {sys.version.split()[0]}: PSF-2.0\n{table}\n\n{QT}",
    ]
    seen: set[str] = set()
    for found in packages:
        for text in texts(found):
            if text not in seen:
                seen.add(text)
                parts.append(f"{found.metadata['Name']}\n\n{text}")
    return rule.join(parts) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
