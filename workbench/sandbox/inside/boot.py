"""Where the child begins: `python boot` reads its order, puts up the walls, runs and answers.

It is a small fresh process on purpose: nothing of the workbench's memory is in it, and it has no
threads, so that it may fork.
"""

from __future__ import annotations

import contextlib
import os
import sys

from workbench.sandbox.inside import linux
from workbench.sandbox.inside.file_tree import enter_file_tree, write_files
from workbench.sandbox.inside.order import Order, RefusedError, answer, read_order
from workbench.sandbox.inside.walls import become, leave_namespaces, lends_users
from workbench.sandbox.inside.watch import watch

_LIFELINE = 0


def main() -> None:
    """Read the order from standard input and answer on the pipe named by the first argument."""
    told = int(sys.argv[1])
    try:
        linux.die_with_parent()
        _first_to_go()
        order = read_order(_LIFELINE)
        user, problem = leave_namespaces(order)
        if problem:
            _without_namespaces(order, told, user, problem)
        else:
            _with_namespaces(order, told, user)
    except (RefusedError, OSError) as error:
        answer(told, {"refused": str(error)})


def _with_namespaces(order: Order, told: int, user: int) -> None:
    first = os.fork()
    if first:
        # Only a process's children are born into a new process namespace; this one just waits.
        os.closerange(0, 65536)
        os.waitpid(first, 0)
        return
    try:
        linux.die_with_parent()
        proc = enter_file_tree(order, user)
        if os.geteuid() == 0:
            become(user)
        linux.drop_capabilities()
        document = watch(order, _LIFELINE, alone=True, proc=proc)
        walls = ["processes", "network", "files", "user", *_list(document["walls"])]
        missing = {} if proc else {"total memory": "/proc cannot be mounted here"}
        answer(told, document | {"walls": walls, "missing": missing})
    except (RefusedError, OSError) as error:
        why = str(error) if isinstance(error, RefusedError) else f"the walls do not stand ({error})"
        answer(told, {"refused": why, "forceable": isinstance(error, OSError)})
    finally:
        os._exit(0)  # everything left in the namespace dies with its first process


def _without_namespaces(order: Order, told: int, user: int, problem: str) -> None:
    if not order.forced:
        answer(told, {"refused": problem, "forceable": True})
        return
    if os.geteuid() == 0 and lends_users():
        os.chown(order.folder, user, user)
        become(user)
    os.chmod(order.folder, 0o700)
    write_files(order, order.folder)
    document = watch(order, _LIFELINE, alone=False, proc=True)
    missing = dict.fromkeys(("processes", "network", "files"), problem)
    answer(told, document | {"missing": missing})


def _first_to_go() -> None:
    """When the whole machine runs out of memory, the system ends these processes first."""
    with (
        contextlib.suppress(OSError),
        open("/proc/self/oom_score_adj", "w", encoding="ascii") as file,
    ):
        file.write("1000")


def _list(value: object) -> list[str]:
    return [str(part) for part in value] if isinstance(value, list) else []
