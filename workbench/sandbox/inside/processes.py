"""The processes behind the walls: counted, weighed and ended, from the one that watches them."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable

from workbench.sandbox.inside.order import RefusedError

_ROUNDS = 2000
_ROUND_SECONDS = 0.002


def is_first() -> bool:
    """Whether this is process 1 of a namespace of its own, so that all others are the program's."""
    return os.getpid() == 1


def below(*, proc: bool) -> list[int]:
    """Every process below this one. Without /proc nobody can say: empty."""
    if not proc:
        return []
    if is_first():
        return [int(name) for name in os.listdir("/proc") if name.isdigit() and name != "1"]
    children: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            parent = _parent(name)
            if parent is not None:
                children.setdefault(parent, []).append(int(name))
    found: list[int] = []
    ahead = [os.getpid()]
    while ahead:
        mine = children.get(ahead.pop(), [])
        found += mine
        ahead += mine
    return found


def _parent(name: str) -> int | None:
    try:
        with open(f"/proc/{name}/stat", "rb") as file:
            return int(file.read().rpartition(b")")[2].split()[1])
    except (OSError, IndexError, ValueError):
        return None  # it ended meanwhile


def memory_of(processes: list[int]) -> int:
    """Bytes of their own in memory (not of files), all together."""
    total = 0
    for number in processes:
        with contextlib.suppress(OSError, ValueError), open(f"/proc/{number}/status", "rb") as file:
            for line in file:
                if line.startswith((b"RssAnon:", b"RssShmem:")):
                    total += int(line.split()[1]) * 1024
    return total


def reap(ended: dict[int, int]) -> bool:
    """Wait for every child that ended, its wait status into `ended`; whether any child is left."""
    try:
        while True:
            number, status = os.waitpid(-1, os.WNOHANG)
            if not number:
                return True
            ended[number] = status
    except ChildProcessError:
        return False


def end_all(program: int, ended: dict[int, int], *, proc: bool) -> int:
    """Kill everything below until nothing is left; how many processes there were at first.

    Raises:
        RefusedError: when something cannot be ended; in a namespace it dies with this process.
    """
    count = sum(map(_alive, below(proc=proc)))
    for _ in range(_ROUNDS):
        if is_first():
            # From process 1 this reaches everything in the namespace, and nothing outside.
            with contextlib.suppress(ProcessLookupError):
                os.kill(-1, signal.SIGKILL)
        else:
            for number in below(proc=proc):
                _kill(os.kill, number)
            if program not in ended:
                _kill(os.killpg, program)
        if not reap(ended):
            return count
        time.sleep(_ROUND_SECONDS)
    raise RefusedError("a process of the program could not be ended")


def _kill(how: Callable[[int, int], None], number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        how(number, signal.SIGKILL)


def _alive(number: int) -> bool:
    try:
        with open(f"/proc/{number}/stat", "rb") as file:
            return file.read().rpartition(b")")[2].split()[0] != b"Z"
    except (OSError, IndexError):
        return False
