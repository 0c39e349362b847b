"""The text of tokens, also where a character is split between several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Token = Mapping[str, Any]
"""A token of a run's document."""


@dataclass(frozen=True, slots=True)
class Group:
    """The fewest tokens that end where a character ends, and their text."""

    text: str
    tokens: tuple[Token, ...]


def groups(tokens: Sequence[Token]) -> Iterator[Group]:
    """The tokens, those together that share a character. What is no UTF-8 becomes U+FFFD."""
    waiting: list[Token] = []
    data = b""
    for token in tokens:
        waiting.append(token)
        data += _bytes(token)
        if _is_open(data):
            continue
        yield Group(data.decode("utf-8", "replace"), tuple(waiting))
        waiting, data = [], b""
    if waiting:
        yield Group(data.decode("utf-8", "replace"), tuple(waiting))


def _bytes(token: Token) -> bytes:
    spelled = token.get("bytes")
    if isinstance(spelled, str):
        try:
            return bytes.fromhex(spelled)
        except ValueError:
            pass
    return str(token.get("text") or "").encode("utf-8", "replace")


def _is_open(data: bytes) -> bool:
    """Whether a character begins at the end and does not end there."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and error.end == len(data)
    return False
