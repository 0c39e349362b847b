"""What went wrong with a server, as sentences a person can act on."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from workbench.core.errors import UserError
from workbench.core.text import elide

_MOST_SAID = 300


class BusyError(UserError):
    """The server may well answer later: it is overloaded, starting, or not there now."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An HTTP answer that is no success.

    Attributes:
        said: the server's own words; empty when it has none.
    """

    status: int
    said: str = ""
    headers: dict[str, str] = field(default_factory=dict)


class RefusedError(Exception):
    """The server answered with an error status."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"status {refusal.status}")
        self.refusal = refusal


def said_by(body: bytes) -> str:
    """The server's own words in an error's body, whatever shape it has."""
    try:
        value: Any = json.loads(body)
    except (ValueError, RecursionError):
        return elide(" ".join(body.decode("utf-8", "replace").split()), _MOST_SAID)
    return elide(message_of(value), _MOST_SAID)


def message_of(value: Any) -> str:
    """The message in an error value: `{"error": {"message": …}}`, `{"detail": …}` and kin."""
    if isinstance(value, dict):
        for key in ("error", "message", "detail"):
            if value.get(key):
                return message_of(value[key])
        return ""
    if isinstance(value, list):
        return "; ".join(m for m in map(message_of, value) if m)
    return str(value)


def refused(refusal: Refusal, host: str, tries: int) -> UserError:
    """The error of a request that the server refused for good, after so many tries."""
    status, said = refusal.status, f": {refusal.said}" if refusal.said else "."
    if said[-1] not in ".!?…":
        said += "."
    often = f" {tries} times" if tries > 1 else ""
    if status in (401, 403):
        return UserError(
            f"{host} refuses the key (status {status}){said}",
            "Give it another with `workbench models add-server`, or in Connect to a server….",
        )
    if 300 <= status < 400:
        where = refusal.headers.get("location", "")
        return UserError(
            f"{host} sends on to another address (status {status}{f', {where}' if where else ''}).",
            "It was not followed, so that no key goes astray; connect to that address itself.",
        )
    if status == 404:
        return UserError(
            f"{host} does not know what it was asked for (status 404){said}",
            "Check the model's name and that the address ends with /v1.",
        )
    if status in (429, 503):
        return BusyError(
            f"{host} says{often} that it is too busy (status {status}){said}",
            "Try again later, or set fewer requests per second for this server.",
        )
    if status >= 500:
        return UserError(
            f"{host} failed{often} (status {status}){said}", "Its own log says more; try again."
        )
    return UserError(f"{host} refuses the request (status {status}){said}")


def unreachable(host: str, why: str, tries: int) -> UserError:
    """The error of a server that does not answer."""
    often = f" after {tries} tries" if tries > 1 else ""
    return BusyError(
        f"{host} cannot be reached{often}: {why}.",
        "Check the address and that the server is running.",
    )


def too_slow(host: str, seconds: float, what: str) -> UserError:
    """The error of a server that keeps somebody waiting."""
    return BusyError(
        f"{host} sent no {what} for {seconds:g} s.",
        "It may be loading the model or be overloaded; the time limit can be set for each server.",
    )


def broke_off(host: str, why: str, started: bool) -> UserError:
    """The error of an answer that ended too early."""
    return UserError(
        f"{host} {why}.",
        "What was said so far is kept." if started else "Try again; the server's log says more.",
    )
