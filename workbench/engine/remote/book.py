"""The servers a person named, and where the key of each is. No key is ever in this file.

`servers.json` in the profile: {"servers": {NAME: {"url", "model", "key", "options"}}}. `key` is
"none", "keyring", or "env:VARIABLE".
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from workbench.core.errors import UserError
from workbench.core.registry import did_you_mean
from workbench.core.remote import Address, parse_address
from workbench.engine.remote.options import ServerOptions
from workbench.engine.remote.secret import Secret

SERVICE = "prompt-workbench"
NO_KEY = "none"
KEYRING = "keyring"
ENVIRONMENT = "env:"
_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]{0,127}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}")


@dataclass(frozen=True, slots=True)
class Server:
    """A server as it is named.

    Attributes:
        address: the server, and the model that is meant when none is named.
        key: "none", "keyring" or "env:VARIABLE".
    """

    name: str
    address: Address
    key: str = NO_KEY
    options: ServerOptions = field(default_factory=ServerOptions)


def variable_of(name: str) -> str:
    """The environment variable that holds a server's key where there is no keyring."""
    return "WORKBENCH_KEY_" + re.sub(r"[^A-Z0-9]", "_", name.upper())


class ServerBook:
    """The file of one profile. Any thread; written whole."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def all(self) -> tuple[Server, ...]:
        """Every server, by name; entries that cannot be used are left out."""
        try:
            data = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return ()
        rows = data.get("servers") if isinstance(data, dict) else None
        found = []
        for name, row in rows.items() if isinstance(rows, dict) else ():
            with contextlib.suppress(UserError, TypeError, ValueError):
                found.append(_server(str(name), row))
        return tuple(sorted(found, key=lambda s: s.name))

    def find(self, name: str) -> Server:
        """The server of that name.

        Raises:
            UserError: there is none.
        """
        servers = {s.name: s for s in self.all()}
        if name not in servers:
            raise UserError(f"There is no server named {name}.", did_you_mean(name, list(servers)))
        return servers[name]

    def at(self, url: str) -> Server | None:
        """The server that was named for a base URL; None when none was."""
        return next((s for s in self.all() if s.address.url == url), None)

    def check(self, server: Server) -> None:
        """Refuse what cannot be written.

        Raises:
            UserError: the name is none, the key's place is no variable, or the address has
                another name with another key or other limits.
        """
        if not _NAME.fullmatch(server.name):
            raise UserError(
                f"{server.name!r} is no name for a server.",
                "Use up to 63 letters, digits, dots, dashes and underscores.",
            )
        variable = server.key.removeprefix(ENVIRONMENT)
        if server.key.startswith(ENVIRONMENT) and not _VARIABLE.fullmatch(variable):
            # It might be the key itself, pasted into the wrong place: it is not repeated.
            raise UserError(
                "--key-env takes the name of an environment variable.",
                f"{variable_of(server.name)}, for example.",
            )
        # An address has one connection, with one key and one set of limits.
        for other in self.all():
            if other.name == server.name or other.address.url != server.address.url:
                continue
            if (other.key, other.options) != (server.key, server.options) or server.key == KEYRING:
                raise UserError(
                    f"{server.address.url} is named {other.name} already, with a key and limits "
                    "of its own.",
                    f"{other.name}#MODEL means another model there; to change the key, give "
                    f"{other.name} again or remove it first.",
                )

    def add(self, server: Server) -> None:
        """Write a server, in the place of one of the same name.

        Raises:
            UserError: the name is none, or the file cannot be written.
        """
        self.check(server)
        self._write([*(s for s in self.all() if s.name != server.name), server])

    def remove(self, name: str) -> Server:
        """Forget a server.

        Raises:
            UserError: there is none of that name, or the file cannot be written.
        """
        gone = self.find(name)
        self._write([s for s in self.all() if s.name != name])
        return gone

    def _write(self, servers: list[Server]) -> None:
        rows = {
            s.name: {
                "url": s.address.url,
                "model": s.address.model,
                "key": s.key,
                "options": _changed(s.options),
            }
            for s in sorted(servers, key=lambda s: s.name)
        }
        fresh = self._file.with_suffix(f".{os.getpid()}.tmp")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(json.dumps({"servers": rows}, indent=1), encoding="utf-8")
            fresh.replace(self._file)
        except OSError as error:
            raise UserError(
                f"{self._file} cannot be written: {error.strerror or error}."
            ) from error


def key_of(server: Server) -> Secret | None:
    """A server's key; None when it needs none. May wait for the person to unlock a keyring.

    Raises:
        UserError: it should have one, and there is none.
    """
    if server.key == NO_KEY:
        return None
    if server.key.startswith(ENVIRONMENT):
        variable = server.key.removeprefix(ENVIRONMENT)
        value = os.environ.get(variable, "")
        if not value:
            raise UserError(
                f"The key of server {server.name} is missing: {variable} is not set.",
                "Set that environment variable before you start the workbench.",
            )
        return Secret(value)
    with _keyring(server.name) as keyring:
        value = keyring.get_password(SERVICE, server.name) or ""
    if not value:
        raise UserError(
            f"The system's keyring holds no key for server {server.name}.",
            f"Give it again: workbench models add-server {server.name} {server.address.url} "
            "--key-stdin",
        )
    return Secret(value)


def keep_key(name: str, key: Secret) -> None:
    """Write a key into the system's keyring.

    Raises:
        UserError: there is no keyring here, or it refuses.
    """
    with _keyring(name) as keyring:
        keyring.set_password(SERVICE, name, key.reveal())


def forget_key(name: str) -> None:
    """Take a key out of the system's keyring; nothing happens when it is not there."""
    with contextlib.suppress(UserError), _keyring(name) as keyring:
        keyring.delete_password(SERVICE, name)


@contextlib.contextmanager
def _keyring(name: str) -> Any:
    """The keyring library; every failure of it is told without what was passed to it."""
    try:
        import keyring
        import keyring.errors
    except ImportError:
        raise UserError(
            "Keys need the package keyring, which is not installed.",
            f"Run: pip install 'prompt-workbench[remote]', or use --key-env {variable_of(name)}.",
        ) from None
    try:
        yield keyring
    except keyring.errors.PasswordDeleteError:
        return
    except UserError:
        raise
    except Exception as error:  # noqa: BLE001  # each backend has its own errors
        raise UserError(
            f"The system's keyring cannot be used ({type(error).__name__}).",
            f"Put the key into an environment variable and add the server with "
            f"--key-env {variable_of(name)}; the window can also keep it until it is closed.",
        ) from None


def _server(name: str, row: Mapping[str, Any]) -> Server:
    address = parse_address(str(row["url"]))
    key = str(row.get("key", NO_KEY))
    if key not in (NO_KEY, KEYRING) and not key.startswith(ENVIRONMENT):
        raise ValueError("unknown place of a key")
    return Server(
        name, replace(address, model=str(row.get("model", ""))), key, _options(row.get("options"))
    )


def _options(row: object) -> ServerOptions:
    known = {f.name: f for f in fields(ServerOptions)}
    values: dict[str, Any] = {}
    for name, value in row.items() if isinstance(row, dict) else ():
        if name == "ca_file" and isinstance(value, str):
            values[name] = value
        elif name in known and isinstance(value, int | float) and value > 0:
            is_count = name in ("retries", "at_once")
            values[name] = int(value) if is_count else float(value)
    return ServerOptions(**values)


def _changed(options: ServerOptions) -> dict[str, Any]:
    plain = asdict(ServerOptions())
    return {name: value for name, value in asdict(options).items() if value != plain[name]}
