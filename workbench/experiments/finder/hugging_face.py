"""Reads a repository in a Hugging Face cache: snapshots whose files are links to blobs.

Layout: models--ORG--REPO/{refs,snapshots/REVISION,blobs}; on systems without links the snapshots
hold the files themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from workbench.core.cancel import CancelToken
from workbench.core.model_places import Origin
from workbench.experiments.finder.folders import candidates_in, walk
from workbench.experiments.finder.values import Candidate, Trouble

_PREFIX = "models--"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_INCOMPLETE = (".incomplete", ".downloadInProgress")
_OTHER = ("datasets--", "spaces--")


def is_repository(name: str) -> bool:
    """Whether a folder of this name is a repository of models in a cache."""
    return name.startswith(_PREFIX)


def is_other(name: str) -> bool:
    """Whether a folder of this name is a repository without models."""
    return name.startswith(_OTHER)


def cached_models(root: Path, origin: Origin, cancel: CancelToken) -> Iterator[Candidate | Trouble]:
    """Every GGUF file of every revision of the repository at `root`.

    Raises:
        Cancelled: somebody asked to stop.
    """
    repository = root.name.removeprefix(_PREFIX).replace("--", "/")
    snapshots, refs = root / "snapshots", _refs(root / "refs", cancel)
    for folder in walk(snapshots, cancel):
        if isinstance(folder, Trouble):
            yield folder
            continue
        inner = folder.path.relative_to(snapshots).parts
        revision = inner[0] if inner else ""
        prefix = "/".join((repository, *inner[1:], ""))
        for found in candidates_in(folder, origin, prefix=prefix):
            yield _with_revision(found, repository, revision, refs.get(revision, ""))
    yield from _halves(root / "blobs", repository, origin, cancel)


def _with_revision(found: Candidate, repository: str, revision: str, ref: str) -> Candidate:
    words = [found.note, f"revision {revision[:8]}", f"({ref})" if ref else ""]
    target = _target(found.path)
    error = found.error
    if not error and target is None:
        error = "It is a link to a file that is gone; download it again."
    sha256 = target.name if target is not None and _SHA256.fullmatch(target.name) else ""
    exact = (f"{repository}/{found.path.name}", f"{repository}:{found.path.stem}")
    return replace(
        found,
        note=" ".join(word for word in words if word),
        sha256=sha256 if len(found.files) == 1 else "",
        error=error,
        exact=exact,
    )


def _target(path: Path) -> Path | None:
    """The file a link leads to; None when there is none."""
    try:
        return path.resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError: a link to itself, before Python 3.13
        return None


def _refs(folder: Path, cancel: CancelToken) -> dict[str, str]:
    """Names of branches by revision."""
    names = {}
    for one in walk(folder, cancel):
        for name in () if isinstance(one, Trouble) else one.files:
            try:
                revision = (one.path / name).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError):
                continue
            names[revision] = str((one.path / name).relative_to(folder))
    return names


def _halves(
    blobs: Path, repository: str, origin: Origin, cancel: CancelToken
) -> Iterator[Candidate]:
    """Downloads of GGUF files that never ended; other files are of no interest."""
    for one in walk(blobs, cancel):
        for name in () if isinstance(one, Trouble) else one.files:
            path = one.path / name
            if name.endswith(_INCOMPLETE) and _begins_as_gguf(path):
                words = f"{repository}/{name[:12]}…"
                error = "It is only half downloaded; the program that began it goes on with it."
                yield Candidate(path, origin, words, files=(path,), error=error)


def _begins_as_gguf(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return path.is_file() and file.read(4) == b"GGUF"
    except OSError:
        return False
