"""The helper's side: limits itself, keeps its pipe from the code it runs, answers line by line."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any


def limit_memory(n_bytes: int) -> None:
    """Refuse to grow past `n_bytes` of address space, and to leave core files, where that works."""
    try:
        import resource
    except ModuleNotFoundError:  # Windows has no such limits
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        resource.setrlimit(resource.RLIMIT_AS, (n_bytes, n_bytes))
    except (ValueError, OSError):  # macOS refuses
        return


def serve(start: Callable[[], tuple[Mapping[str, object], Callable[[Any], object]]]) -> None:
    """Greet with what `start` returns first, then answer every line with its second.

    Whatever the code prints goes nowhere; only answers go through the pipe.
    """
    pipe = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    questions = os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    with open(os.devnull, "r+b") as nowhere:  # noqa: PTH123  # a handle, not a file of ours
        os.dup2(nowhere.fileno(), sys.stdin.fileno())
        os.dup2(nowhere.fileno(), sys.stdout.fileno())

    def send(answer: object) -> None:
        pipe.write(json.dumps(answer).encode() + b"\n")
        pipe.flush()

    greeting, respond = start()
    send(greeting)
    for line in questions:
        send(respond(json.loads(line)))
