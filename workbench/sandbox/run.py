"""Runs a program in the sandbox and says how it went."""

from __future__ import annotations

import contextlib
import time
from dataclasses import replace

from workbench.core.cancel import CancelToken
from workbench.sandbox.child import Child, check_names, order_for, why_not
from workbench.sandbox.report import document_of, refused
from workbench.sandbox.values import Outcome, Permission, Program, ProgramResult

_GRACE_SECONDS = 10.0
"""For putting up the walls and ending everything; past it the whole child is killed."""


def run_program(
    program: Program,
    permission: Permission,
    cancel: CancelToken | None = None,
    *,
    namespaces: bool = True,
) -> ProgramResult:
    """Run `program` behind walls; never raises for what the program does.

    Args:
        permission: nothing runs unless a person allowed it; without the walls in `REQUIRED`
            nothing runs unless a person forced it.
        cancel: ends the program within a moment; the outcome is then CANCELLED.
        namespaces: False leaves them out even where the system gives them (to try the rest).

    Raises:
        ValueError: when a file's name is no plain name, or a file is named main.py.
    """
    check_names(program)
    why = why_not(permission)
    if why:
        return refused(why)
    found = _run(program, permission, cancel, namespaces=namespaces)
    if found.outcome is Outcome.REFUSED and permission.forced and namespaces:
        # Namespaces are given here, but something else about them is not.
        without = _run(program, permission, cancel, namespaces=False)
        if without.outcome is not Outcome.REFUSED:
            return replace(without, missing=dict.fromkeys(without.missing, found.message))
    return found


def _run(
    program: Program, permission: Permission, cancel: CancelToken | None, *, namespaces: bool
) -> ProgramResult:
    order = order_for(program, permission, namespaces=namespaces)
    try:
        made = Child(order, program.limits.output_bytes)
    except OSError as error:
        return refused(f"The sandbox could not be started: {error}.")
    with contextlib.closing(made) as child:
        if child.listen(time.monotonic() + program.limits.seconds + _GRACE_SECONDS, cancel):
            child.stopped = child.stopped or "hung"
    return document_of(
        child.document(),
        program.limits,
        bytes(child.heard["stdout"]),
        bytes(child.heard["stderr"]),
        stopped=child.stopped,
    )
