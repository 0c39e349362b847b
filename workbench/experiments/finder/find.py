"""The search itself: candidates of every place, their headers, each file once. No Qt; any thread.

Nothing but headers is read, and nothing is written.
"""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.model_places import Origin, Place
from workbench.engine.gguf import Header, read_header
from workbench.engine.gguf_kinds import ModelKind, kind_of
from workbench.experiments.finder.folders import alone, candidates_in, walk
from workbench.experiments.finder.hugging_face import cached_models, is_other, is_repository
from workbench.experiments.finder.ollama import is_store, stored_models
from workbench.experiments.finder.values import (
    Candidate,
    Event,
    Findings,
    FoundModel,
    Looking,
    SameAs,
    Trouble,
)

_LOOKING_EVERY = 200
"""So many candidates of one folder pass between two words of progress."""


class FileKey(NamedTuple):
    """Tells a file from what it was before."""

    device: int
    inode: int
    size: int
    changed_ns: int


class ReadHeader(NamedTuple):
    """What is kept of a header, so that nothing is read twice."""

    header: Header
    kind: ModelKind


Known = MutableMapping[FileKey, ReadHeader]


def candidates(place: Place, cancel: CancelToken) -> Iterator[Candidate | Trouble]:
    """Every file of a place that may be a model; nothing of them is read. A place can be a file.

    Whatever the place is said to be: a store of Ollama and a cache of Hugging Face are recognised
    wherever they stand.

    Raises:
        Cancelled: somebody asked to stop.
    """
    if place.folder.is_file():
        yield from candidates_in(alone(place.folder), place.origin)
        return
    for folder in walk(place.folder, cancel):
        if isinstance(folder, Trouble):
            yield folder
            continue
        if place.origin is Origin.DOWNLOADS:
            folder.folders[:] = [name for name in folder.folders if not name.startswith(".")]
        if "manifests" in folder.folders and is_store(folder.path):
            yield from stored_models(folder.path, cancel)
            folder.folders[:] = [f for f in folder.folders if f not in ("manifests", "blobs")]
        for name in [name for name in folder.folders if is_repository(name)]:
            yield from cached_models(folder.path / name, place.origin, cancel)
        folder.folders[:] = [f for f in folder.folders if not (is_repository(f) or is_other(f))]
        yield from candidates_in(folder, place.origin)


def find_models(
    places: Sequence[Place], cancel: CancelToken, known: Known | None = None
) -> Iterator[Event]:
    """Look through `places` one after the other and tell everything as soon as it is known.

    A file that was found already is told as `SameAs`: by its inode, or by the SHA-256 its
    program keeps. `known` remembers headers from one search to the next.

    Raises:
        Cancelled: somebody asked to stop.
    """
    seen: dict[object, Path] = {}
    kept: Known = {} if known is None else known
    for place in places:
        yield Looking(place.origin, place.folder)
        waiting: list[Candidate] = []
        for one in candidates(place, cancel):
            if isinstance(one, Trouble):
                yield one
                continue
            waiting.append(one)
            if len(waiting) % _LOOKING_EVERY == 0:
                yield Looking(place.origin, place.folder)
        for number, candidate in enumerate(waiting):
            cancel.check()
            yield Looking(place.origin, place.folder, number, len(waiting))
            yield _looked_at(candidate, seen, kept)


def find_all(events: Iterable[Event]) -> Findings:
    """Put a search's events together."""
    made = Findings()
    for event in events:
        add_event(made, event)
    return made


def add_event(findings: Findings, event: Event) -> None:
    """Put one more event of a search to what is known."""
    if isinstance(event, FoundModel):
        findings.models.append(event)
    elif isinstance(event, Trouble):
        findings.troubles.append(event)
    elif isinstance(event, SameAs):
        for number, model in enumerate(findings.models):
            if model.path == event.path and event.name not in (model.candidate.name, *model.also):
                findings.models[number] = replace(model, also=(*model.also, event.name))


def _looked_at(candidate: Candidate, seen: dict[object, Path], known: Known) -> FoundModel | SameAs:
    size, error, key = 0, candidate.error, None
    for path in candidate.files:
        try:
            status = path.stat()
        except OSError as problem:
            error = error or f"{path.name} cannot be read: {problem.strerror or problem}."
            continue
        size += status.st_size
        if not stat.S_ISREG(status.st_mode):
            error = error or f"{path.name} is no file."
        if key is None:
            key = FileKey(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)
    names: list[object] = [("sha256", candidate.sha256)] if candidate.sha256 else []
    if key is not None:
        names.append((key.device, key.inode))
    before = next((seen[name] for name in names if name in seen), None)
    if before is not None:
        return SameAs(before, candidate.name)
    seen.update(dict.fromkeys(names, candidate.path))
    if error or key is None:
        return FoundModel(candidate, None, None, error, size)
    try:
        found = known.get(key) if len(candidate.files) == 1 else None
        if found is None:
            header = read_header(candidate.path)
            found = ReadHeader(replace(header, metadata={}), kind_of(header))
            known[key] = found
    except UserError as problem:
        return FoundModel(candidate, None, None, problem.message, size)
    return FoundModel(candidate, found.header, found.kind, "", size)
