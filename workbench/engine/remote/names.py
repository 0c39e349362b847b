"""Tokens of a model whose vocabulary stays with its server.

Servers often tell a token's text and not its id. Such a token gets a negative number made from
its bytes: equal bytes have equal numbers in every program, and nobody takes one for an id of the
model. `core.tokens.NO_TOKEN` (-1) keeps its meaning.
"""

from __future__ import annotations

import hashlib
import threading

_LAST = -(2**31)
_FIRST = -2


def is_own_number(token: int) -> bool:
    """Whether a token's number is one of ours, because the model's own is not known."""
    return token <= _FIRST


class TokenNames:
    """Numbers of tokens and their bytes. Any thread.

    Attributes:
        pieces: bytes of every token that was met, by its number.
    """

    def __init__(self) -> None:
        self.pieces: dict[int, bytes] = {}
        self._numbers: dict[bytes, int] = {}
        self._lock = threading.Lock()  # protects _numbers against two equal numbers

    def number(self, piece: bytes, own: int | None = None) -> int:
        """The number of a token with these bytes; `own` is the model's, where it is told."""
        if own is not None and 0 <= own < 2**31:
            self.pieces.setdefault(own, piece)
            return own
        with self._lock:
            known = self._numbers.get(piece)
            if known is not None:
                return known
            digest = hashlib.blake2b(piece, digest_size=4).digest()
            number = _FIRST - int.from_bytes(digest) % (_FIRST - _LAST)
            while number in self.pieces:  # two texts with one number: the second moves on
                number = number - 1 if number > _LAST else _FIRST
            self._numbers[piece] = number
            self.pieces[number] = piece
            return number
