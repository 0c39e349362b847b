"""Connections to servers, one each, and what was found out about them. Any thread."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from workbench.core.paths import Profile
from workbench.core.remote import Address, Capabilities
from workbench.engine.remote.book import Server, ServerBook, key_of
from workbench.engine.remote.connection import Connection
from workbench.engine.remote.kinds import Told, look_at, models_at
from workbench.engine.remote.model import RemoteModel, adds_bos
from workbench.engine.remote.parameters import LLAMA_PYTHON
from workbench.engine.remote.probe import probe
from workbench.engine.remote.secret import Secret

FRESH_S = 3600.0
"""How long what a server can do is believed without asking it again."""


@dataclass(slots=True)
class _Held:
    connection: Connection
    users: int = 0


class Servers:
    """What a program needs to know of servers: those that were named, and those in use.

    Attributes:
        book: the named ones.
    """

    def __init__(self, profile: Profile) -> None:
        self.book = ServerBook(profile.servers_file)
        self._cache = ProbeCache(profile.cache / "servers.json")
        self._lock = threading.Lock()  # protects _held and _session_keys
        self._held: dict[str, _Held] = {}
        self._session_keys: dict[str, Secret] = {}

    def use_key(self, url: str, key: Secret) -> None:
        """Keep a key for a base URL until this program ends, and nowhere but in its memory."""
        with self._lock:
            self._session_keys[url] = key

    def take(self, address: Address) -> Taken:
        """A use of the connection to a server; the last that is released closes it."""
        server = self.book.at(address.url) or Server("", Address(address.url))
        with self._lock:
            held = self._held.get(address.url)
            if held is None:
                key = self._key(server)
                held = _Held(Connection(Address(address.url), server.options, key))
                self._held[address.url] = held
            held.users += 1
        return Taken(self, address, held.connection, self._cache)

    def models_at(self, address: Address) -> tuple[str, ...]:
        """Ids of the models a server lists. Waits.

        Raises:
            UserError: it cannot be reached, refuses the key, or is no such server.
        """
        taken = self.take(address)
        try:
            found = taken.connection.begin(models_at(taken.connection)).result()
        finally:
            taken.release()
        return tuple(str(model["id"]) for model in found)

    def give_back(self, address: Address) -> None:
        """One use less of a server's connection."""
        with self._lock:
            held = self._held[address.url]
            held.users -= 1
            if held.users == 0:
                del self._held[address.url]
        if held.users == 0:
            held.connection.close()

    def forget(self, url: str) -> None:
        """Ask a server anew what it can do."""
        self._cache.forget(url)

    def _key(self, server: Server) -> Callable[[], Secret | None]:
        def key() -> Secret | None:
            with self._lock:
                own = self._session_keys.get(server.address.url)
            return own or key_of(server)

        return key


class Taken:
    """One use of a server's connection, for one model.

    Attributes:
        connection: for asking; it may be shared with other models of that server.
        label: how the server is called in messages.
    """

    def __init__(
        self, servers: Servers, address: Address, connection: Connection, cache: ProbeCache
    ) -> None:
        self.connection = connection
        self.label = address.host
        self._servers, self._address, self._cache = servers, address, cache
        self._released = threading.Lock()

    async def model(self) -> RemoteModel:
        """The model, once it is known what the server can do with it; on the connection's loop.

        Raises:
            UserError: the server cannot be reached, or has no such model.
        """
        told = await look_at(self.connection, self._address)
        if told.kind == LLAMA_PYTHON:
            self.connection.one_at_a_time()
        # What it was is looked up every time: another model may be loaded under the same name.
        known = await asyncio.to_thread(self._cache.find, self._address.url, told)
        if known is None:
            known = await probe(self.connection, told)
            await asyncio.to_thread(self._cache.keep, self._address.url, told, known)
        return RemoteModel(
            self.connection,
            self._address,
            told,
            known,
            adds_bos=await adds_bos(self.connection, told),
        )

    def release(self) -> None:
        """Doing it twice is harmless."""
        if self._released.acquire(blocking=False):
            self._servers.give_back(self._address)


class ProbeCache:
    """What servers could do, by base URL and model, with an expiry. Only a cache: no error."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()  # protects the file

    def find(self, url: str, told: Told) -> Capabilities | None:
        """What is known and still believed; None when the server has to be asked."""
        with self._lock:
            row = self._read().get(_key(url, told))
        if not isinstance(row, dict) or not 0 <= time.time() - float(row["asked"]) < FRESH_S:
            return None
        names = {f.name for f in fields(Capabilities)}
        values: dict[str, Any] = {k: v for k, v in row["can"].items() if k in names}
        values["settings"] = tuple(values.get("settings", ()))
        return Capabilities(**values)

    def keep(self, url: str, told: Told, can: Capabilities) -> None:
        """Remember an answer."""
        with self._lock:
            rows = self._read()
            rows[_key(url, told)] = {"asked": time.time(), "can": asdict(can)}
            self._write(rows)

    def forget(self, url: str) -> None:
        """Believe nothing of a server any more."""
        with self._lock:
            self._write({k: v for k, v in self._read().items() if not k.startswith(f"{url}#")})

    def _read(self) -> dict[str, Any]:
        try:
            rows = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(rows, dict):
            return {}
        return {k: v for k, v in rows.items() if _is_row(v)}

    def _write(self, rows: dict[str, Any]) -> None:
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._file.with_suffix(f".{os.getpid()}.tmp")
            fresh.write_text(json.dumps(rows, indent=1), encoding="utf-8")
            fresh.replace(self._file)


def _is_row(row: object) -> bool:
    return (
        isinstance(row, dict)
        and isinstance(row.get("asked"), int | float)
        and isinstance(row.get("can"), dict)
    )


def _key(url: str, told: Told) -> str:
    return f"{url}#{told.id}#{told.kind}#{told.version}"
