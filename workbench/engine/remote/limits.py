"""How fast a server may be asked, and when a failed request is made again."""

from __future__ import annotations

import asyncio
import email.utils
import random
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from workbench.engine.remote.options import ServerOptions

RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers after which the same request may well succeed."""

_FIRST_S = 0.5
_LONGEST_S = 8.0


class Gate:
    """Lets requests through, so many at once and so many per second. One event loop."""

    def __init__(self, at_once: int, per_second: float | None) -> None:
        self._seats = asyncio.Semaphore(max(1, at_once))
        self._pause = 1.0 / per_second if per_second else 0.0
        self._next = 0.0

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """One request's turn."""
        async with self._seats:
            if self._pause:
                now = time.monotonic()
                self._next = max(now, self._next) + self._pause
                await asyncio.sleep(max(0.0, self._next - self._pause - now))
            yield


def pause_before(attempt: int, headers: Mapping[str, str], options: ServerOptions) -> float | None:
    """Seconds to wait before repeating a request for the `attempt`th time (from 1).

    What the server asks for (Retry-After) counts; without it the pause doubles, with chance in
    it, so that clients that failed together do not come back together. None: it asks for longer
    than anybody waits.
    """
    asked = _retry_after(headers)
    if asked is not None:
        return asked if asked <= options.longest_wait_s else None
    return float(min(_LONGEST_S, _FIRST_S * 2 ** (attempt - 1)) * random.uniform(0.5, 1.0))


def _retry_after(headers: Mapping[str, str]) -> float | None:
    text = headers.get("retry-after", "").strip()
    if not text:
        return None
    try:
        return max(0.0, float(text))
    except ValueError:
        pass
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None
