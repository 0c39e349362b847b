"""Puts dist/workbench into a Debian package: `make deb`. Needs dpkg-deb and objdump, no root.

    python packaging/linux/deb.py [--fast]

The program goes to /usr/lib/prompt-workbench and is never written to; desktop file, kinds of files,
AppStream data and icons go where desktops look. There are no maintainer scripts: the caches are
brought up to date by the triggers of the packages that own them.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import gzip
import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging" / "bundle"))

from man_page import page as man_page  # noqa: E402  # it lies beside this file
from trim import system_packages  # noqa: E402  # found through the line above

APP_ID = "org.promptworkbench.Workbench"
PACKAGE = "prompt-workbench"
MAINTAINER = "The Prompt Workbench authors <workbench@localhost>"
BUNDLE = ROOT / "dist" / "workbench"
STAGE = ROOT / "build" / "deb"
HOME = Path("usr/lib") / PACKAGE

# What Qt and the fonts of scripts that the bundled ones lack come from; the window opens without.
RECOMMENDS = ("fonts-noto-core", "xdg-utils")

DESCRIPTION = """\
desktop workbench for prompts of local language models
 Prompt Workbench runs GGUF models through llama.cpp on this computer and shows
 the exact probability, rank and entropy of every token, what each sampler
 removed, which part of a prompt mattered, and how models, prompts and settings
 compare. Every run is recorded with all that is needed to repeat it.
 .
 The package holds its own Python, Qt and llama.cpp (for processors only; it
 chooses the instructions this one has) and two small demo models. Nothing
 leaves the computer.
"""


def version() -> str:
    """The program's version."""
    text = (ROOT / "workbench" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'__version__ = "([^"]+)"', text)
    if found is None:
        raise SystemExit("workbench/__init__.py names no version")
    return found[1]


def architecture() -> str:
    """Debian's name for the processor."""
    said = subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    )
    return said.stdout.strip()


def changelog() -> str:
    """Debian's own form, with one entry: what is new is in NEWS.gz."""
    metainfo = (ROOT / "packaging" / "linux" / f"{APP_ID}.metainfo.xml").read_text(encoding="utf-8")
    found = re.search(r'<release version="[^"]+" date="([^"]+)"', metainfo)
    if found is None:
        raise SystemExit("the AppStream data names no release")
    day = dt.datetime.combine(dt.date.fromisoformat(found[1]), dt.time(), dt.UTC)
    return (
        f"{PACKAGE} ({version()}) unstable; urgency=medium\n\n  * See NEWS.gz.\n\n"
        f" -- {MAINTAINER}  {email.utils.format_datetime(day)}\n"
    )


def lay_out(icons: Path) -> None:
    """Every file of the package but the control files, below STAGE."""
    shutil.rmtree(STAGE, ignore_errors=True)
    shutil.copytree(BUNDLE, STAGE / HOME, symlinks=True)
    command = STAGE / "usr/bin/workbench"
    command.parent.mkdir(parents=True)
    command.symlink_to(f"../lib/{PACKAGE}/workbench")
    here = ROOT / "packaging" / "linux"
    for source, target in (
        (here / f"{APP_ID}.desktop", "usr/share/applications"),
        (here / f"{APP_ID}.xml", "usr/share/mime/packages"),
        (here / f"{APP_ID}.metainfo.xml", "usr/share/metainfo"),
    ):
        folder = STAGE / target
        folder.mkdir(parents=True)
        shutil.copy(source, folder)
    share = STAGE / "usr/share/icons/hicolor"
    shutil.copytree(ROOT / "assets/icons/hicolor", share)
    shutil.copytree(icons / "hicolor", share, dirs_exist_ok=True)
    documents = STAGE / "usr/share/doc" / PACKAGE
    documents.mkdir(parents=True)
    shutil.copy(ROOT / "build/bundle/licences.txt", documents / "copyright")
    changes = (ROOT / "CHANGELOG.md").read_bytes()
    (documents / "NEWS.gz").write_bytes(gzip.compress(changes, 9, mtime=0))
    (documents / "changelog.gz").write_bytes(gzip.compress(changelog().encode(), 9, mtime=0))
    (STAGE / HOME / "LICENCES.txt").unlink()  # the same text as `copyright`
    manual = STAGE / "usr/share/man/man1"
    manual.mkdir(parents=True)
    text = man_page(version()).encode("utf-8")
    (manual / "workbench.1.gz").write_bytes(gzip.compress(text, 9, mtime=0))
    for path in STAGE.rglob("*"):
        if not path.is_symlink():
            runs = path.is_dir() or path == STAGE / HOME / "workbench"
            path.chmod(0o755 if runs else 0o644)


def control(depends: list[str], size_kib: int) -> str:
    """The control file."""
    return (
        f"Package: {PACKAGE}\n"
        f"Version: {version()}\n"
        f"Architecture: {architecture()}\n"
        f"Maintainer: {MAINTAINER}\n"
        f"Installed-Size: {size_kib}\n"
        f"Depends: {', '.join(depends)}\n"
        f"Recommends: {', '.join(RECOMMENDS)}\n"
        "Section: science\n"
        "Priority: optional\n"
        f"Description: {DESCRIPTION}"
    )


def build(*, fast: bool) -> Path:
    """The finished package, beside the bundle; `fast` compresses little, to try things."""
    if not (BUNDLE / "workbench").is_file():
        raise SystemExit("There is no dist/workbench; run `make bundle` first.")
    lay_out(ROOT / "build" / "icons")
    depends, _, problems = system_packages(BUNDLE)
    if problems:
        raise SystemExit("\n".join(problems))
    files = [path for path in STAGE.rglob("*") if path.is_file() and not path.is_symlink()]
    sums = "".join(
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  "
        f"{path.relative_to(STAGE).as_posix()}\n"
        for path in sorted(files)
    )
    size_kib = sum(path.stat().st_size for path in files) // 1024
    debian = STAGE / "DEBIAN"
    debian.mkdir()
    (debian / "control").write_text(control(depends, size_kib), encoding="utf-8")
    (debian / "md5sums").write_text(sums, encoding="utf-8")
    target = ROOT / "dist" / f"{PACKAGE}_{version()}_{architecture()}.deb"
    how = ("-Zgzip", "-z1") if fast else ("-Zxz",)
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", *how, "--build", str(STAGE), str(target)], check=True
    )
    shutil.rmtree(STAGE)
    return target


if __name__ == "__main__":
    made = build(fast="--fast" in sys.argv[1:])
    print(f"{made.relative_to(ROOT)}: {made.stat().st_size / 1e6:.1f} MB")
