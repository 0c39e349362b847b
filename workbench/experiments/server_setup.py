"""Connecting to a server: what a person wants, what the server offers. Waits; any worker thread."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from workbench.core.errors import UserError
from workbench.core.remote import Address
from workbench.experiments.server_prompt import Ability, abilities
from workbench.experiments.session import Session


@dataclass(frozen=True, slots=True)
class KnownServer:
    """A server that was named; `key` says where its key is, never what it is."""

    name: str
    url: str
    model: str
    key: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person typed.

    Attributes:
        key: a new key; empty to leave everything as it is.
        name: what to call the server; empty not to keep it.
        keep: whether the key goes into the system's keyring; else it is forgotten at the end.
    """

    address: Address
    key: str = field(default="", repr=False)
    name: str = ""
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Findings:
    """What a server offers.

    Attributes:
        models: ids of the models it lists.
        model: the one that was asked about; empty when several are there and none is named.
        rows: what it can and cannot do with that one.
    """

    models: tuple[str, ...]
    model: str
    summary: str
    rows: tuple[Ability, ...]


def known_servers(session: Session) -> tuple[KnownServer, ...]:
    """The servers that were named."""
    book = session.engines.servers.book
    return tuple(KnownServer(s.name, s.address.url, s.address.model, s.key) for s in book.all())


def ask_server(session: Session, wish: Wish) -> Findings:
    """Ask a server anew which models it has and what it can do.

    Raises:
        UserError: it cannot be reached, refuses the key, or is no such server.
    """
    from workbench.engine.remote.engine import RemoteEngine

    servers = session.engines.servers
    if wish.key:
        _use(session, wish)
    servers.forget(wish.address.url)
    models = servers.models_at(wish.address)
    named = wish.address.model or (models[0] if len(models) == 1 else "")
    if not named:
        words = f"{wish.address.host} lists {len(models):,} models; choose one."
        return Findings(models, "", words, ())
    engine = RemoteEngine(replace(wish.address, model=named), servers)
    try:
        server = engine.loaded.engine.server
    finally:
        engine.close()
    if server is None:
        raise UserError(f"{wish.address.host} did not say what it is.")
    can = server.capabilities
    words = f"{can.kind} {can.version}".strip() + f" at {wish.address.host}, model {server.told}"
    return Findings(models or (named,), named, words, abilities(server))


def connect(session: Session, wish: Wish) -> Path:
    """Keep what is to be kept, and give the model's place; the server is asked when it loads.

    Raises:
        UserError: the name is none, or the keyring cannot be used.
    """
    from workbench.engine.remote.book import KEYRING, NO_KEY, Server, keep_key
    from workbench.engine.remote.secret import Secret

    book = session.engines.servers.book
    before = book.at(wish.address.url)
    if wish.name:
        key = before.key if before is not None else NO_KEY
        if wish.key and wish.keep:
            key = KEYRING
        server = Server(wish.name, wish.address, key)
        if before is not None:
            server = replace(server, options=before.options)
        book.check(server)
        if wish.key and wish.keep:
            keep_key(wish.name, Secret(wish.key))
        session.profile.create()
        book.add(server)
    if wish.key:
        _use(session, wish)
    return wish.address.path


def _use(session: Session, wish: Wish) -> None:
    """From now until the end, in memory alone."""
    from workbench.engine.remote.secret import Secret

    session.engines.servers.use_key(wish.address.url, Secret(wish.key))
