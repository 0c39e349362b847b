"""Starts the program behind the walls, watches it to its end and says how it went."""

from __future__ import annotations

import base64
import contextlib
import os
import select
import signal
import stat
import time
from dataclasses import dataclass, field

from workbench.sandbox.inside import linux
from workbench.sandbox.inside.order import Order, RefusedError
from workbench.sandbox.inside.processes import below, end_all, memory_of, reap
from workbench.sandbox.inside.walls import (
    folder_of,
    last_walls,
    limit_processes,
    limit_this_process,
)

_TICK_SECONDS = 0.02
_IDLE_TICK_SECONDS = 0.1
"""For a program that is asked things and may wait for hours."""


@dataclass(slots=True)
class _Seen:
    """What the watching has seen so far."""

    why: str = ""
    seconds: float = 0.0
    peak: int = 0
    left: int = 0
    ended: dict[int, int] = field(default_factory=dict)


def watch(order: Order, lifeline: int, *, alone: bool, proc: bool) -> dict[str, object]:
    """Run the program of `order` and return what to answer.

    Args:
        lifeline: a pipe that the workbench holds open as long as it wants the program to run.
        alone: whether this process is the first of a namespace with a file tree of its own.
        proc: whether /proc can be read.

    Raises:
        RefusedError, OSError: when a wall does not stand; the program has not run then.
    """
    linux.die_with_parent()
    linux.adopt_orphans()
    # The program is this one's own user; it must not reach into it. Starting it undoes this.
    linux.set_dumpable(False)
    limit_processes(order, alone=alone)
    program, standing = _start(order, alone=alone)
    if order.questions >= 0:
        os.close(order.questions)
    seen = _Seen()
    _wait(order, program, lifeline, seen, proc=proc)
    running = program not in seen.ended
    seen.left = max(0, end_all(program, seen.ended, proc=proc) - int(running))
    walls = ["limits", *standing]
    if proc:
        walls.append("total memory")
    return {
        "why": seen.why,
        "status": os.waitstatus_to_exitcode(seen.ended[program]),
        "seconds": seen.seconds,
        "peak_bytes": seen.peak,
        "left_behind": seen.left,
        "walls": walls,
        "files": _collected(order, folder_of(order, alone=alone)),
    }


def _start(order: Order, *, alone: bool) -> tuple[int, list[str]]:
    """Fork, and become the program there. Returns its process number and the walls that stand."""
    ours, theirs = os.pipe()
    program = os.fork()
    if program == 0:
        os.close(ours)
        _become_the_program(order, theirs, alone=alone)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        told = pipe.read().decode()
    ready, _, problem = told.partition("\n")
    verdict, _, walls = ready.partition(":")
    if verdict != "ready" or problem:
        os.waitpid(program, 0)
        raise RefusedError(problem or "its process ended before it began")
    return program, walls.split(",") if walls else []


def _become_the_program(order: Order, told: int, *, alone: bool) -> None:
    try:
        os.setsid()
        linux.die_with_parent()
        for number in (signal.SIGINT, signal.SIGPIPE, signal.SIGXFSZ, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        heard = order.questions
        os.dup2(os.open(os.devnull, os.O_RDONLY) if heard < 0 else heard, 0)
        # The pipe that tells how it went closes by itself when the program takes over.
        told = os.dup2(told, 3, inheritable=False)
        os.closerange(4, 65536)
        os.umask(0o077)
        os.chdir(folder_of(order, alone=alone))
        # Limits come before the walls are told to stand, and before a line of the program runs.
        limit_this_process(order)
        standing = last_walls(order, alone=alone)
        os.write(told, f"ready:{','.join(standing)}".encode())
        command = [*order.python, "main.py", *order.arguments]
        places = dict.fromkeys(("HOME", "TMPDIR"), os.getcwd())
        os.execve(command[0], command, order.environment | places)  # noqa: S606  # no shell is wanted
    except BaseException as error:  # noqa: BLE001  # nothing may return into the watcher's code
        os.write(told, f"\n{error}".encode())
    finally:
        os._exit(111)


def _wait(order: Order, program: int, lifeline: int, seen: _Seen, *, proc: bool) -> None:
    """Until the program ends, or has used up what it may use."""
    begin = time.monotonic()
    tick = _TICK_SECONDS if order.questions < 0 else _IDLE_TICK_SECONDS
    poll = select.poll()
    poll.register(lifeline, select.POLLIN | select.POLLHUP)
    # Kernels before 5.3, and Pythons built for them, are asked every tick instead.
    with contextlib.suppress(OSError, AttributeError):
        poll.register(os.pidfd_open(program), select.POLLIN)
    while not seen.why:
        reap(seen.ended)
        seen.seconds = time.monotonic() - begin
        if program in seen.ended:
            return
        if seen.seconds > order.seconds:
            seen.why = "timeout"
            return
        held = memory_of(below(proc=proc))
        seen.peak = max(seen.peak, held)
        if held > order.memory_bytes:
            seen.why = "memory"
            return
        wait = min(tick, max(0.0, order.seconds - seen.seconds))
        if any(handle == lifeline for handle, _ in poll.poll(wait * 1000 + 1)):
            seen.why = "stopped"


def _collected(order: Order, folder: str) -> dict[str, str]:
    """The plain files that were asked for, in base64; no link is followed, no pipe waited for."""
    found = {}
    for name in order.collect:
        try:
            handle = os.open(
                os.path.join(folder, name), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
            )
        except OSError:
            continue
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            continue
        with os.fdopen(handle, "rb") as file:
            found[name] = base64.b64encode(file.read(order.file_bytes)).decode()
    return found
