"""A key that no message, log, repr, pickle or traceback can show."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import NoReturn

from workbench.core.errors import UserError

HIDDEN = "•••"


class Secret:
    """A server's key; `reveal` is called only where a request is sent or a keyring is written."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        """Raises UserError when `value` cannot stand in a request's header."""
        value = value.strip()
        # A header with a line end in it would be refused with a message that shows the value.
        if not value or not value.isascii() or not value.isprintable() or " " in value:
            raise UserError(
                "This is no key: a key is one word of plain ASCII characters.",
                "Copy it again, without line ends and spaces in it.",
            )
        self._value = value

    def reveal(self) -> str:
        """The key itself."""
        return self._value

    def hidden_in(self, text: str) -> str:
        """`text` with the key blotted out."""
        return text.replace(self._value, HIDDEN)

    def __repr__(self) -> str:
        return HIDDEN

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key is never pickled")


async def without(secret: Secret, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """A server's answer with the key blotted out of it, wherever the chunks part it."""
    key, kept = secret.reveal().encode(), b""
    async for chunk in chunks:
        data = (kept + chunk).replace(key, b"***")
        # What could be the key's beginning waits for the rest of it.
        n_kept = next((n for n in range(len(key) - 1, 0, -1) if data.endswith(key[:n])), 0)
        kept = data[len(data) - n_kept :]
        yield data[: len(data) - n_kept]
    yield kept
