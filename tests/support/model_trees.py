"""Folders as other programs make them, filled with real model files."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from workbench.core.ids import file_sha256

MEDIA = "application/vnd.ollama.image."


def ollama_model(
    store: Path, name: str, model: Path, layers: Mapping[str, bytes] | None = None
) -> Path:
    """Put a model into a store of Ollama as "model:tag" or "host/space/model:tag"; its blob."""
    digest = file_sha256(model)
    blobs = store / "blobs"
    blobs.mkdir(parents=True, exist_ok=True)
    blob = blobs / f"sha256-{digest}"
    if not blob.exists():
        shutil.copyfile(model, blob)
    rows = [{"mediaType": f"{MEDIA}model", "digest": f"sha256:{digest}", "size": 1}]
    for kind, content in (layers or {}).items():
        own = hashlib.sha256(content).hexdigest()
        (blobs / f"sha256-{own}").write_bytes(content)
        rows.append({"mediaType": MEDIA + kind, "digest": f"sha256:{own}", "size": len(content)})
    ollama_manifest(store, name, {"schemaVersion": 2, "layers": rows})
    return blob


def ollama_manifest(store: Path, name: str, document: object) -> Path:
    """Write a manifest."""
    path, _, tag = name.rpartition(":")
    parts = path.split("/")
    if len(parts) == 1:
        parts = ["library", *parts]
    if len(parts) == 2:
        parts = ["registry.ollama.ai", *parts]
    manifest = store.joinpath("manifests", *parts, tag)
    manifest.parent.mkdir(parents=True, exist_ok=True)
    manifest.write_text(json.dumps(document), encoding="utf-8")
    return manifest


def cached_model(
    hub: Path, repo: str, file: str, model: Path, revision: str = "a1b2c3d4e5"
) -> Path:
    """Put a model into a Hugging Face cache as a link to a blob; the link."""
    root = hub / ("models--" + repo.replace("/", "--"))
    blob = root / "blobs" / file_sha256(model)
    blob.parent.mkdir(parents=True, exist_ok=True)
    if not blob.exists():
        shutil.copyfile(model, blob)
    link = root / "snapshots" / revision / file
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(blob)
    ref = root / "refs" / "main"
    ref.parent.mkdir(exist_ok=True)
    ref.write_text(revision, encoding="utf-8")
    return link
