"""Walks a folder for GGUF files: links that go round, locked folders and split models included."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from workbench.core.cancel import CancelToken
from workbench.core.model_places import Origin
from workbench.experiments.finder.values import Candidate, Trouble

PARTIAL = (
    ".part", ".partial", ".incomplete", ".crdownload", ".download", ".downloadinprogress", ".tmp",
    ".aria2", ".!qb", ".opdownload",
)  # fmt: skip
"""What programs put behind the name of a file that is still being downloaded."""
_HALF = "It is only half downloaded: {name}."
_SPLIT = re.compile(r"(?P<stem>.+)-(?P<number>\d{5})-of-(?P<count>\d{5})\.gguf", re.IGNORECASE)
_MOST_PARTS = 10_000
_DEEPEST = 40
_SKIPPED = frozenset({".git", "node_modules", "__pycache__", ".venv", ".Trash", "$RECYCLE.BIN"})


class Folder(NamedTuple):
    """One folder that was read.

    Attributes:
        files: names of all regular files and of links that lead to one or nowhere.
        folders: names of the folders in it; what is taken out of the list is not walked into.
    """

    path: Path
    files: tuple[str, ...]
    folders: list[str]


def walk(root: Path, cancel: CancelToken) -> Iterator[Folder | Trouble]:
    """Every folder below `root`, each once however many links lead there, in order of names.

    Raises:
        Cancelled: somebody asked to stop.
    """
    seen: set[tuple[int, int]] = set()
    waiting = [(root, 0)]
    while waiting:
        cancel.check()
        path, depth = waiting.pop()
        try:
            status = path.stat()
            key = (status.st_dev, status.st_ino)
            if not stat.S_ISDIR(status.st_mode) or key in seen:
                continue
            seen.add(key)
            files, folders = _read(path, cancel)
        except OSError as error:
            if path != root or not isinstance(error, FileNotFoundError | NotADirectoryError):
                yield Trouble(path, error.strerror or str(error))
            continue
        yield Folder(path, files, folders)
        if depth < _DEEPEST:
            waiting += [(path / name, depth + 1) for name in reversed(folders)]


def _read(path: Path, cancel: CancelToken) -> tuple[tuple[str, ...], list[str]]:
    files, folders = [], []
    with os.scandir(path) as entries:
        for entry in entries:
            cancel.check()
            try:
                if entry.is_dir():
                    if entry.name not in _SKIPPED:
                        folders.append(entry.name)
                elif entry.is_file() or entry.is_symlink():
                    files.append(entry.name)
            except OSError:  # a link that goes round in itself
                files.append(entry.name)
    return tuple(sorted(files)), sorted(folders)


def alone(path: Path) -> Folder:
    """One file as if it stood alone in its folder; a part of a split model with its other parts."""
    found = _SPLIT.fullmatch(path.name)
    names = [path.name]
    if found is not None:
        stem, count = found["stem"], int(found["count"])
        parts = (
            f"{stem}-{n:05d}-of-{count:05d}.gguf" for n in range(1, min(count, _MOST_PARTS) + 1)
        )
        names = [name for name in parts if name == path.name or (path.parent / name).exists()]
    return Folder(path.parent, tuple(names), [])


def candidates_in(folder: Folder, origin: Origin, *, prefix: str = "") -> Iterator[Candidate]:
    """The models among the files of one folder; a split one once, with its missing parts named.

    `prefix` is put in front of the names.
    """
    splits: dict[tuple[str, int], dict[int, str]] = {}
    for name in folder.files:
        lower = name.lower()
        if _is_half(lower):
            said = prefix + name
            path = folder.path / name
            yield Candidate(path, origin, said, files=(path,), error=_HALF.format(name=name))
        elif lower.endswith(".gguf"):
            found = _SPLIT.fullmatch(name)
            count = int(found["count"]) if found else 0
            if found is None or not 1 <= int(found["number"]) <= count <= _MOST_PARTS:
                path = folder.path / name
                yield Candidate(path, origin, prefix + path.stem, files=(path,))
            else:
                splits.setdefault((found["stem"], count), {})[int(found["number"])] = name
    for (stem, count), names in splits.items():
        yield _split(folder.path, origin, prefix + stem, count, names)


def _is_half(lower: str) -> bool:
    return any(lower.endswith((f".gguf{end}", f"gguf{end}")) for end in PARTIAL) or (
        lower.startswith("downloading_") and ".gguf" in lower
    )


def _split(folder: Path, origin: Origin, name: str, count: int, names: dict[int, str]) -> Candidate:
    files = tuple(folder / names[number] for number in sorted(names))
    wanted = [n for n in range(1, count + 1) if n not in names]
    stem = name.rpartition("/")[2]
    missing = tuple(f"{stem}-{n:05d}-of-{count:05d}.gguf" for n in wanted)
    error = ""
    if missing:
        more = " and others" if len(missing) > 1 else ""
        error = f"{len(missing)} of {count} parts are missing: {missing[0]}{more}."
    first = files[0] if 1 in names else folder / f"{stem}-00001-of-{count:05d}.gguf"
    return Candidate(first, origin, name, f"{count} files", files, missing, error=error)
