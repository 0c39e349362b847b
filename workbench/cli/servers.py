"""`workbench models add-server` and its kin: models that another program serves."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from workbench.cli.options import json_option, print_json, profile_option
from workbench.core.errors import UserError
from workbench.core.paths import Profile

if TYPE_CHECKING:
    from workbench.core.remote import ServerInfo
    from workbench.engine.remote.book import Server
    from workbench.engine.remote.options import ServerOptions
    from workbench.engine.remote.secret import Secret


@click.command(
    "add-server", epilog="Example: workbench models add-server lab https://lab:8000/v1 --key-stdin"
)
@click.argument("name")
@click.argument("url")
@click.option("--key-stdin", is_flag=True, help="Read a key and keep it in the system's keyring.")
@click.option("--key-env", metavar="VARIABLE", help="Take the key from this variable instead.")
@click.option("--ca-file", default="", help="Certificates (PEM) to trust besides the system's.")
@click.option("--at-once", type=click.IntRange(1, 256), help="Requests under way together.")
@click.option("--per-second", type=click.FloatRange(0, min_open=True), help="Requests per second.")
@click.option("--first-token-s", type=click.FloatRange(0, min_open=True), help="Wait so long.")
@click.option("--between-s", type=click.FloatRange(0, min_open=True), help="And between tokens.")
@click.option("--retries", type=click.IntRange(0, 20), help="Tries after a failed one.")
@profile_option
def add_server(
    name: str,
    url: str,
    key_stdin: bool,
    key_env: str | None,
    ca_file: str,
    at_once: int | None,
    per_second: float | None,
    first_token_s: float | None,
    between_s: float | None,
    retries: int | None,
    profile: Profile,
) -> None:
    """Name an OpenAI-compatible server: -m NAME then means the model of URL (URL#MODEL).

    A key goes into the system's keyring, or stays in an environment variable that you name; it
    is never written anywhere else. TLS certificates are always checked.
    """
    from workbench.core.remote import parse_address
    from workbench.engine.remote.book import (
        ENVIRONMENT,
        KEYRING,
        NO_KEY,
        Server,
        ServerBook,
        keep_key,
    )

    if key_stdin and key_env:
        raise UserError("--key-stdin and --key-env exclude each other.", "Give one of them.")
    place = KEYRING if key_stdin else f"{ENVIRONMENT}{key_env}" if key_env else NO_KEY
    options = _options(
        ca_file=ca_file,
        at_once=at_once,
        per_second=per_second,
        first_token_s=first_token_s,
        between_s=between_s,
        retries=retries,
    )
    server = Server(name, parse_address(url), place, options)
    book = ServerBook(profile.servers_file)
    book.check(server)
    if key_stdin:
        keep_key(name, _read_key(name))
    profile.create()
    book.add(server)
    print(f"{name} is {server.address}. Use it with -m {name}.")


@click.command("servers", epilog="Example: workbench models servers --json")
@json_option
@profile_option
def servers(as_json: bool, profile: Profile) -> None:
    """List the servers that were named. No server is asked, and no key is shown."""
    from workbench.engine.remote.book import ServerBook

    known = ServerBook(profile.servers_file).all()
    if as_json:
        print_json([_document(server) for server in known])
        return
    for server in known:
        print(f"{server.name:20} {server.address!s:50} key: {server.key}")
    if not known:
        print("No servers. Add one: workbench models add-server NAME URL")


@click.command("check-server", epilog="Example: workbench models check-server lab --json")
@click.argument("name")
@json_option
@profile_option
def check_server(name: str, as_json: bool, profile: Profile) -> None:
    """Ask a server (NAME, NAME#MODEL or URL#MODEL) anew what it can do, and show it."""
    from workbench.core.remote import remote_address
    from workbench.engine.begin import AnyEngine
    from workbench.engine.remote.engine import RemoteEngine
    from workbench.experiments.documents import server_document
    from workbench.experiments.models import find_model

    address = remote_address(find_model(name, profile))
    if address is None:
        raise UserError(f"{name} is a file, not a server.", "See `workbench models servers`.")
    known = AnyEngine(profile).servers
    known.forget(address.url)
    engine = RemoteEngine(address, known)
    try:
        server = engine.loaded.engine.server
    finally:
        engine.close()
    if server is None:
        raise UserError(f"{name} did not say what it is.")
    if as_json:
        print_json(server_document(server))
        return
    for line in _lines(server):
        print(line)


@click.command("remove-server", epilog="Example: workbench models remove-server lab")
@click.argument("name")
@profile_option
def remove_server(name: str, profile: Profile) -> None:
    """Forget a server, and take its key out of the system's keyring."""
    from workbench.engine.remote.book import KEYRING, ServerBook, forget_key

    gone = ServerBook(profile.servers_file).remove(name)
    if gone.key == KEYRING:
        forget_key(name)
    print(f"{name} is forgotten.")


def _lines(server: ServerInfo) -> list[str]:
    from workbench.experiments.server_prompt import abilities

    lines = [f"{server.url}", f"model     {server.told}"]
    return lines + [f"{'yes' if a.there else 'no':9} {a.what}" for a in abilities(server)]


def _options(
    *,
    ca_file: str,
    at_once: int | None,
    per_second: float | None,
    first_token_s: float | None,
    between_s: float | None,
    retries: int | None,
) -> ServerOptions:
    from workbench.engine.remote.options import ServerOptions

    plain = ServerOptions()
    return ServerOptions(
        first_token_s=first_token_s or plain.first_token_s,
        between_s=between_s or plain.between_s,
        retries=plain.retries if retries is None else retries,
        at_once=at_once or plain.at_once,
        per_second=per_second,
        ca_file=ca_file,
    )


def _read_key(name: str) -> Secret:
    from workbench.engine.remote.secret import Secret

    if sys.stdin.isatty():
        return Secret(click.prompt(f"Key of {name}", hide_input=True, err=True))
    return Secret(sys.stdin.readline())


def _document(server: Server) -> dict[str, object]:
    return {
        "name": server.name,
        "url": server.address.url,
        "model": server.address.model or None,
        "key": server.key,
        "ca_file": server.options.ca_file or None,
        "at_once": server.options.at_once,
        "per_second": server.options.per_second,
    }
