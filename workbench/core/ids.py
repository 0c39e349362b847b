"""Identities: sortable run ids, content hashes, and a clock that tests can replace."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

Clock = Callable[[], int]
"""Microseconds since the Unix epoch."""

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u


def wall_clock_us() -> int:
    """Now, in microseconds since the Unix epoch."""
    return time.time_ns() // 1000


class RunIds:
    """Makes ids that sort by time of creation, unique across processes.

    20 characters: 11 of microseconds since the epoch, 9 random. Within one maker they always
    grow, even when the clock steps back.
    """

    def __init__(self, clock: Clock = wall_clock_us) -> None:
        self._clock = clock
        self._lock = threading.Lock()  # protects _last
        self._last = 0

    def new(self) -> str:
        """The next id."""
        with self._lock:
            now = max(self._clock(), self._last + 1)
            self._last = now
        noise = int.from_bytes(os.urandom(6), "big") & ((1 << 45) - 1)
        return _base32(now, 11) + _base32(noise, 9)


def _base32(number: int, width: int) -> str:
    digits = []
    for _ in range(width):
        number, digit = divmod(number, 32)
        digits.append(_ALPHABET[digit])
    return "".join(reversed(digits))


def text_hash(text: str) -> str:
    """SHA-256 of the text's UTF-8 bytes, as "sha256:<hex>"; the prefix lets it change one day."""
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def file_sha256(path: Path, check: Callable[[], None] = lambda: None) -> str:
    """SHA-256 of a file, lower-case hex; `check` is called between blocks and may raise."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            check()
            digest.update(block)
    return digest.hexdigest()
