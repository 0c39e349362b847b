"""Which models there are: by path, by name, and the hash that tells two files apart."""

from __future__ import annotations

import contextlib
import json
import os
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.ids import file_sha256
from workbench.core.model_places import model_places, own_places, surroundings
from workbench.core.paths import Profile, demo_model_path
from workbench.core.registry import did_you_mean
from workbench.core.remote import is_address, parse_address
from workbench.core.types import ModelInfo
from workbench.experiments.finder.find import candidates, find_all, find_models
from workbench.experiments.finder.values import Candidate


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """A file in a model folder: what it is, or why it cannot be used."""

    path: Path
    info: ModelInfo | None
    error: str = ""


def scan_models(profile: Profile, cancel: CancelToken | None = None) -> list[ModelEntry]:
    """Every GGUF file in the model folders, the person's own first, by name; broken ones too.

    Raises:
        Cancelled: somebody asked to stop.
    """
    found = find_all(find_models(own_places(profile), cancel or CancelToken()))
    return [ModelEntry(m.path, m.info, m.error) for m in found.models]


def list_models(profile: Profile) -> list[ModelInfo]:
    """The usable models in the model folders."""
    return [e.info for e in scan_models(profile) if e.info is not None]


def find_model(name: str | None, profile: Profile) -> Path:
    """The file a person means by a path or a name; None means the demo model.

    `https://host:port/v1#model`, the NAME of a server that was added, and `NAME#model` mean a
    model that a server holds; the path then stands for its address (`core.remote`).

    A name is a file's name with or without `.gguf`, or the name in its header; else what another
    program on this machine calls one of its models: `llama3:8b`, `org/repo/file.gguf`.

    Raises:
        UserError: nothing of that name; the hint offers the nearest one.
    """
    if not name:
        return demo_model_path()
    if is_address(name):
        return parse_address(name).path
    path = Path(name).expanduser()
    if path.exists():
        return path
    server = server_named(name, profile)
    if server is not None:
        return server
    models = list_models(profile)
    for key in (_stem, _own_name):
        for info in models:
            if key(info).lower() in (name.lower(), name.lower().removesuffix(".gguf")):
                return Path(info.path)
    elsewhere = _elsewhere(name, profile)
    if elsewhere is not None:
        return elsewhere
    if path.suffix == ".gguf" or os.sep in name:
        raise UserError(f"There is no model file {name}.", "See `workbench models find`.")
    raise UserError(
        f"There is no model named {name}.", did_you_mean(name, [_stem(m) for m in models])
    )


def server_named(name: str, profile: Profile) -> Path | None:
    """The model of a server that was added under `name`, or its model in `NAME#model`."""
    if not profile.servers_file.is_file():
        return None
    from workbench.engine.remote.book import ServerBook

    known, _, model = name.partition("#")
    server = next((s for s in ServerBook(profile.servers_file).all() if s.name == known), None)
    if server is None:
        return None
    return (replace(server.address, model=model) if model else server.address).path


def _elsewhere(name: str, profile: Profile) -> Path | None:
    """The model that another program knows by `name`."""
    wanted = name.lower().removesuffix(".gguf")
    for place in model_places(profile, surroundings()):
        for found in candidates(place, CancelToken()):
            if isinstance(found, Candidate) and not found.error:
                names = (found.name, *found.exact, found.path.stem)
                if wanted in {one.lower().removesuffix(".gguf") for one in names}:
                    return found.path
    return None


def _stem(info: ModelInfo) -> str:
    return Path(info.path).stem


def _own_name(info: ModelInfo) -> str:
    return info.name


class ModelHashes:
    """SHA-256 of model files, remembered by path, size and time of change.

    Hashing gigabytes takes a while, so it runs on a thread of its own; a run may start before.
    """

    def __init__(self, cache_folder: Path) -> None:
        self._file = cache_folder / "model-hashes.json"
        self._lock = threading.Lock()  # protects _known and _running
        self._known = self._read()
        self._running: dict[str, Future[str]] = {}
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="model-hash")
        self._stop = threading.Event()

    def get(self, path: Path) -> Future[str]:
        """The file's hash, now or later. The future raises UserError if it cannot be read."""
        key = _file_key(path)
        with self._lock:
            if key in self._known:
                done: Future[str] = Future()
                done.set_result(self._known[key])
                return done
            if key not in self._running:
                self._running[key] = self._pool.submit(self._compute, path, key)
            return self._running[key]

    def close(self) -> None:
        """Stop hashing. Doing it twice is harmless."""
        self._stop.set()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _compute(self, path: Path, key: str) -> str:
        try:
            sha256 = file_sha256(path, self._check)
        except OSError as error:
            raise UserError(f"{path} cannot be read: {error.strerror or error}.") from error
        with self._lock:
            self._known[key] = sha256
            self._running.pop(key, None)
            self._write()
        return sha256

    def _check(self) -> None:
        if self._stop.is_set():
            raise UserError("The model's hash was not computed: the program is closing.")

    def _read(self) -> dict[str, str]:
        try:
            data = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(k): str(v) for k, v in data.items()} if isinstance(data, dict) else {}

    def _write(self) -> None:
        # Only a cache: a full disk costs the next start a moment, nothing else.
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._file.with_suffix(f".{os.getpid()}.tmp")
            fresh.write_text(json.dumps(self._known, indent=1), encoding="utf-8")
            fresh.replace(self._file)


def _file_key(path: Path) -> str:
    try:
        stat = path.stat()
    except OSError as error:
        raise UserError(f"There is no model file {path}.") from error
    return f"{path.absolute()}|{stat.st_size}|{stat.st_mtime_ns}"
