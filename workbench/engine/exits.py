"""How a child process ended: its exit code as the system gave it, and the words for it."""

from __future__ import annotations

import signal
import time
from multiprocessing.process import BaseProcess

_REAPED_S = 2.0
_LOOK_S = 0.001


def exit_code(process: BaseProcess, timeout_s: float) -> int | None:
    """Wait for a child's end and return its exit code; minus a signal's number where one ended it.

    Any thread that starts a process also looks after all children (multiprocessing's `_cleanup`).
    Where it was first to collect this one, `join` returns while that thread still holds the code:
    the code follows within an instant, and is waited for.

    Returns:
        The code; None where the child did not end in `timeout_s`, or its code cannot be had.
    """
    ends = time.monotonic() + timeout_s
    process.join(timeout_s)
    ends = min(ends, time.monotonic() + _REAPED_S)
    while process.exitcode is None and time.monotonic() < ends:
        time.sleep(_LOOK_S)
    return process.exitcode


def how_it_ended(code: int | None) -> str:
    """`with signal SIGKILL`, `with code 1`, or `without saying how`."""
    if code is None:
        return "without saying how"
    if code >= 0:
        return f"with code {code}"
    try:
        return f"with signal {signal.Signals(-code).name}"
    except ValueError:
        return f"with signal {-code}"
