"""What Ray says on a thread of its own, kept out of what the program prints.

Ray reports lost machines on standard output whatever its logging settings are, which would stand
in the middle of a JSON document.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

_log = logging.getLogger("workbench.engine")
_THREADS = "ray_"  # how the names of Ray's threads begin


class _WithoutRay:
    """Standard output, for every thread but Ray's."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Print, or log when Ray prints."""
        if threading.current_thread().name.startswith(_THREADS):
            if text.strip():
                _log.info("Ray: %s", text.strip())
            return len(text)
        return self._stream.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def ray_is_quiet() -> Iterator[None]:
    """While it lasts, Ray's own lines go to the log."""
    before = sys.stdout
    sys.stdout = _WithoutRay(before)
    try:
        yield
    finally:
        sys.stdout = before
