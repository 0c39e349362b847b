"""Server-sent events out of bytes, with bounds: a server may send anything."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any

from workbench.core.text import elide

MOST_EVENT_BYTES = 8 << 20
"""A longer message is no token with its alternatives."""

_SHOWN = 200


class BadAnswerError(Exception):
    """The server sent something that is no answer; the text says what."""


async def read_events(
    chunks: AsyncIterator[bytes],
) -> AsyncGenerator[dict[str, Any] | None, None]:
    """Each event's JSON object, then None for `[DONE]`; comments and other fields are left out.

    Raises:
        BadAnswerError: an event is too large, no JSON object, or cut off in its middle.
    """
    waiting = bytearray()
    data: list[bytes] = []
    size = 0
    async for chunk in chunks:
        waiting += chunk
        if size + len(waiting) > MOST_EVENT_BYTES and b"\n" not in chunk:
            raise BadAnswerError(f"sent one message of more than {MOST_EVENT_BYTES >> 20} MiB")
        if b"\n" not in chunk and b"\r" not in chunk:
            continue  # a long line is not looked through again and again
        # A carriage return at the very end may be the first half of a line end.
        lines = waiting.splitlines(keepends=True)
        whole = bool(lines) and lines[-1].endswith(b"\n")
        waiting = bytearray() if whole or not lines else lines.pop()
        for line in lines:
            text = bytes(line.rstrip(b"\r\n"))
            if text:
                if text.startswith(b"data:"):
                    data.append(text[5:].removeprefix(b" "))
                    size += len(text)
            elif data:
                yield _event(b"\n".join(data))
                data, size = [], 0
        if size > MOST_EVENT_BYTES:
            raise BadAnswerError(f"sent one message of more than {MOST_EVENT_BYTES >> 20} MiB")
    if waiting or data:
        rest = bytes(waiting.strip())
        if not rest.startswith(b":"):
            # Some servers leave out the last blank line; half a message is no JSON.
            parts = [*data, rest[5:].strip()] if rest.startswith(b"data:") else [*data, rest]
            try:
                yield _event(b"\n".join(p for p in parts if p))
            except BadAnswerError:
                raise BadAnswerError("ended the reply in the middle of a message") from None


def _event(data: bytes) -> dict[str, Any] | None:
    if data.strip() == b"[DONE]":
        return None
    return json_object(data)


def json_object(data: bytes) -> dict[str, Any]:
    """The JSON object in `data`.

    Raises:
        BadAnswerError: it is none.
    """
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        shown = elide(data[: 4 * _SHOWN].decode("utf-8", "replace"), _SHOWN)
        raise BadAnswerError(f"sent what is no JSON: {shown!r}") from None
    if not isinstance(value, dict):
        raise BadAnswerError(f"sent JSON that is no object: {type(value).__name__}")
    return value


def says_something(event: dict[str, Any]) -> bool:
    """Whether an event brings a reply on: text, a token, or its end."""
    for choice in listed(event.get("choices")):
        inner = mapped(choice.get("delta")) or mapped(choice.get("message"))
        texts = (choice.get("text"), *inner.values())
        if choice.get("finish_reason") or choice.get("logprobs") or any(texts):
            return True
    return False


def listed(value: Any) -> list[dict[str, Any]]:
    """The objects of a list that a server sent; none if it is no list."""
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def mapped(value: Any) -> dict[str, Any]:
    """An object that a server sent; empty if it is none."""
    return value if isinstance(value, dict) else {}
