"""The children that hold models: one per model and settings, the least used ended first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path

from workbench.core.errors import UserError
from workbench.core.memory import Device
from workbench.core.remote import remote_address
from workbench.core.types import EngineSettings
from workbench.engine.child import Child
from workbench.engine.client import EngineClient
from workbench.engine.launch import Launched
from workbench.engine.life import Begin

Key = tuple[str, EngineSettings]


class EnginePool:
    """Keeps at most `limit` models loaded. Any thread."""

    def __init__(self, limit: int = 1, begin: Begin = Child) -> None:
        """`begin` starts what answers for a model: a child of this process, unless told."""
        self._limit = limit
        self._begin = begin
        self._lock = threading.Lock()  # protects _clients and _closed
        self._clients: OrderedDict[Key, EngineClient] = OrderedDict()
        self._closed = False

    def get(self, path: Path, settings: EngineSettings) -> EngineClient:
        """The client of a model, started if there is none; beyond the limit the oldest ends.

        Raises:
            UserError: the pool was closed; nothing starts any more.
        """
        key = _key(path, settings)
        with self._lock:
            if self._closed:
                raise UserError("The engine was closed.")
            client = self._clients.get(key)
            if client is None:
                client = self._clients[key] = EngineClient(path, settings, begin=self._begin)
                client.start()
            self._clients.move_to_end(key)
            surplus = self._surplus()
        for old in surplus:
            reason = UserError(
                f"The model was taken out of memory to load {path.stem}.",
                "What was said so far is kept; load the model again to go on.",
            )
            old.close(reason)
        return client

    def held(self, path: Path, settings: EngineSettings) -> EngineClient | None:
        """The client of a model that is held already; asking starts and ends nothing."""
        with self._lock:
            return self._clients.get(_key(path, settings))

    def holding(self, path: Path) -> list[tuple[EngineSettings, EngineClient]]:
        """Every client of a model file with its settings, the last used first."""
        wanted = _key(path, EngineSettings())[0]
        with self._lock:
            found = [(key[1], c) for key, c in self._clients.items() if key[0] == wanted]
        return found[::-1]

    def devices(self) -> tuple[Device, ...] | None:
        """What the machine computes on, as a loaded engine sees it now; None when none is."""
        with self._lock:
            clients = [c for c in self._clients.values() if c.pid is not None]
        for client in reversed(clients):
            with suppress(UserError):
                client.load().result()
                return client.devices().result()
        return None

    def adopt(self, path: Path, settings: EngineSettings, launched: Launched) -> None:
        """Take over a child that was launched before this pool existed."""
        client = EngineClient(path, settings, launched)
        with self._lock:
            is_late = self._closed
            if not is_late:
                self._clients[_key(path, settings)] = client
        if is_late:
            client.close()

    def resize(self, limit: int) -> None:
        """Keep at most `limit` models from now on; the least used end if there are more."""
        with self._lock:
            self._limit = limit
            surplus = self._surplus()
        for client in surplus:
            client.close()

    def grow(self, limit: int) -> None:
        """Keep at least `limit` models from now on."""
        with self._lock:
            self._limit = max(self._limit, limit)

    def release(self, path: Path, settings: EngineSettings) -> None:
        """End the child of a model and free its memory, if there is one."""
        with self._lock:
            client = self._clients.pop(_key(path, settings), None)
        if client is not None:
            client.close()

    def _surplus(self) -> list[EngineClient]:
        # A model that a server holds takes no memory here.
        held = [key for key in self._clients if remote_address(key[0]) is None]
        return [self._clients.pop(key) for key in held[: max(0, len(held) - self._limit)]]

    def close(self) -> None:
        """End every child. Doing it twice is harmless."""
        with self._lock:
            self._closed = True
            clients, self._clients = list(self._clients.values()), OrderedDict()
        for client in clients:
            client.close()


def _key(path: Path, settings: EngineSettings) -> Key:
    """What a client is held under; a server's model is loaded in one way only, by the server."""
    address = remote_address(path)
    return (str(path.absolute()), settings) if address is None else (str(address), EngineSettings())
