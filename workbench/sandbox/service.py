"""A program in the sandbox that answers one line with another, as long as it is asked."""

from __future__ import annotations

import contextlib
import os
import time

from workbench.sandbox.child import Child, check_names, order_for, why_not
from workbench.sandbox.report import document_of
from workbench.sandbox.values import Outcome, Permission, Program, ProgramResult

_END_SECONDS = 10.0
_PAUSE_SECONDS = 0.02


class ServiceError(Exception):
    """The program gave no answer.

    Attributes:
        reason: why, in one sentence. `outcome`: REFUSED when it was not run at all.
    """

    def __init__(self, reason: str, outcome: Outcome) -> None:
        super().__init__(reason)
        self.reason = reason
        self.outcome = outcome


class Service:
    """One such program, running from the beginning. One thread at a time; close it at the end.

    Its standard input and output are the lines. `program.limits.seconds` is how long it may live
    in all; `output_bytes` how long one answer may be.
    """

    def __init__(self, program: Program, permission: Permission) -> None:
        """Start it.

        Raises:
            ServiceError: nothing may run here.
            ValueError: when a file's name is no plain name.
        """
        check_names(program)
        why = why_not(permission)
        if why:
            raise ServiceError(why, Outcome.REFUSED)
        self._limits = program.limits
        order = order_for(program, permission, namespaces=True)
        try:
            self._child = Child(order, program.limits.output_bytes, asks=True)
        except OSError as error:
            why = f"The sandbox could not be started: {error}."
            raise ServiceError(why, Outcome.REFUSED) from error
        self._closed = False

    def hear(self, timeout_s: float) -> bytes:
        """The next line it says, without its end.

        Raises:
            ServiceError: it said none in time, said too much, or ended. It is over then.
        """
        if self._closed:
            raise ServiceError("The program has ended.", Outcome.FAILED)
        said = self._child.heard["stdout"]
        self._child.heard["stderr"].clear()
        there = self._child.listen(
            time.monotonic() + timeout_s, enough=lambda: b"\n" in said or bool(self._child.stopped)
        )
        if b"\n" in said:
            line, _, rest = bytes(said).partition(b"\n")
            said[:] = rest
            return line
        if there and not self._child.stopped:
            self.close()
            raise ServiceError(f"It did not answer within {timeout_s:g} s.", Outcome.TIMEOUT)
        result = self._end()
        raise ServiceError(result.message, result.outcome)

    def ask(self, line: bytes, timeout_s: float) -> bytes:
        """Its answer to a line (without ends of lines in it).

        Raises:
            ServiceError: as `hear`.
        """
        if self._closed:
            raise ServiceError("The program has ended.", Outcome.FAILED)
        self._write(line + b"\n", time.monotonic() + timeout_s)
        return self.hear(timeout_s)

    def _write(self, data: bytes, deadline: float) -> None:
        """Write without waiting for ever for a program that does not read."""
        left = memoryview(data)
        os.set_blocking(self._child.questions, False)
        while left and time.monotonic() < deadline:
            try:
                left = left[os.write(self._child.questions, left) :]
            except BlockingIOError:
                self._child.listen(time.monotonic() + _PAUSE_SECONDS)
            except BrokenPipeError:
                return  # it has ended; `hear` finds out how

    def _end(self) -> ProgramResult:
        """Let it go, and say how it ended."""
        stopped = self._child.stopped
        self._child.let_go(stopped)
        self._child.listen(time.monotonic() + _END_SECONDS)
        heard = self._child.heard
        result = document_of(
            self._child.document(),
            self._limits,
            bytes(heard["stdout"]),
            bytes(heard["stderr"]),
            stopped=stopped,
        )
        self.close()
        return result

    def close(self) -> None:
        """End it, if it runs. Doing it twice is harmless."""
        if not self._closed:
            self._closed = True
            with contextlib.suppress(OSError):
                self._child.let_go("cancelled")
            self._child.close()
