"""Engines for tests that are about something else than how an engine's process starts."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver

_ENGINE = [
    "workbench.core.crash_reports",
    "workbench.engine.worker",
    "workbench.engine.llama",
    "workbench.engine.words",
]
_IS_SAFE = sys.platform == "linux"  # elsewhere libraries do not survive a fork, or there is none


def start_server() -> None:
    """Start the process that engines are forked from; it ends with this one."""
    if _IS_SAFE:
        multiprocessing.set_forkserver_preload(_ENGINE)
        forkserver.ensure_running()


@contextmanager
def quick_engines() -> Iterator[None]:
    """While this lasts, engines are forked from a server that has imported what they need.

    Each is a process of its own that loads its model afresh, as ever; only the third of a second
    in which Python, NumPy and llama.cpp are imported is spent once and not for every engine.
    """
    if not _IS_SAFE:
        yield
        return
    multiprocessing.set_start_method("forkserver", force=True)
    try:
        yield
    finally:
        multiprocessing.set_start_method(None, force=True)
