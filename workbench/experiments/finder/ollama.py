"""Reads Ollama's store: manifests that name blobs by their SHA-256.

Layout: manifests/HOST/NAMESPACE/MODEL/TAG is a JSON document with a layer for the model and one
for each of its template, parameters, adapters and so on; blobs/sha256-HEX holds the layers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from workbench.core.cancel import CancelToken
from workbench.core.model_places import Origin
from workbench.experiments.finder.folders import walk
from workbench.experiments.finder.values import Candidate, Extra, ExtraKind, Trouble

_MEDIA = "application/vnd.ollama.image."
_EXTRAS = {
    "template": ExtraKind.TEMPLATE,
    "prompt": ExtraKind.TEMPLATE,
    "system": ExtraKind.SYSTEM,
    "params": ExtraKind.PARAMS,
    "adapter": ExtraKind.ADAPTER,
    "projector": ExtraKind.PROJECTOR,
    "license": ExtraKind.LICENCE,
    "messages": ExtraKind.MESSAGES,
}
_DIGEST = re.compile(r"sha256[:-]([0-9a-f]{64})")
_LARGEST = 4 << 20
"""No manifest is larger, in bytes."""
_HOST, _NAMESPACE = "registry.ollama.ai", "library"


def is_store(folder: Path) -> bool:
    """Whether `folder` looks like Ollama's models folder."""
    try:
        return (folder / "manifests").is_dir() and (folder / "blobs").is_dir()
    except OSError:
        return False


def stored_models(root: Path, cancel: CancelToken) -> Iterator[Candidate | Trouble]:
    """Every model that a manifest names, in the store at `root`.

    Raises:
        Cancelled: somebody asked to stop.
    """
    manifests = root / "manifests"
    for folder in walk(manifests, cancel):
        if isinstance(folder, Trouble):
            yield folder
            continue
        parts = folder.path.relative_to(manifests).parts
        for tag in folder.files if len(parts) >= 2 else ():
            cancel.check()
            if not tag.startswith("."):
                yield from _model(root, folder.path / tag, _name(parts, tag))


def _name(parts: tuple[str, ...], tag: str) -> str:
    """What `ollama run` calls it."""
    shown = [*parts]
    if shown[0] == _HOST:
        del shown[0]
        if len(shown) > 1 and shown[0] == _NAMESPACE:
            del shown[0]
    return f"{'/'.join(shown)}:{tag}"


def _model(root: Path, manifest: Path, name: str) -> Iterator[Candidate | Trouble]:
    try:
        if manifest.stat().st_size > _LARGEST:
            return
        data = json.loads(manifest.read_text(encoding="utf-8"))
    except OSError as problem:
        yield Trouble(manifest, problem.strerror or str(problem))
        return
    except (ValueError, RecursionError):
        yield Trouble(manifest, "it is no manifest: it cannot be read as JSON")
        return
    rows = data.get("layers") if isinstance(data, dict) else None
    model, extras = "", []
    for row in rows if isinstance(rows, list) else []:
        kind, digest = _layer(row)
        if kind == "model" and digest:
            model = model or digest
        elif kind in _EXTRAS and digest:
            extras.append(Extra(_EXTRAS[kind], _blob(root, digest)))
    if not model:
        yield Trouble(manifest, f"{name} has no model in GGUF format (a cloud model, perhaps)")
        return
    path = _blob(root, model)
    exact = (name, name.removesuffix(":latest"))
    error = "" if path.is_file() else _why_missing(path)
    yield Candidate(
        path,
        Origin.OLLAMA,
        name,
        files=(path,),
        sha256=model,
        error=error,
        extras=tuple(extras),
        exact=exact,
    )


def _layer(row: object) -> tuple[str, str]:
    """What a layer is and its digest; empty where it says nothing of use."""
    if not isinstance(row, dict):
        return "", ""
    media, digest = row.get("mediaType"), row.get("digest")
    if not isinstance(media, str) or not isinstance(digest, str):
        return "", ""
    found = _DIGEST.fullmatch(digest)  # anything else would be a path to somewhere
    return media.removeprefix(_MEDIA), found[1] if found else ""


def _blob(root: Path, digest: str) -> Path:
    path = root / "blobs" / f"sha256-{digest}"
    old = root / "blobs" / f"sha256:{digest}"
    return old if not path.exists() and old.exists() else path


def _why_missing(path: Path) -> str:
    try:
        partial = any(path.parent.glob(f"{path.name}-partial*"))
    except OSError:
        partial = False
    if partial:
        return "It is only half downloaded; `ollama pull` goes on with it."
    return f"Its file is missing from Ollama's store: {path.name[:19]}…"
