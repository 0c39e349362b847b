"""Errors that a person can act on. Every other exception is a bug. Any room may import this."""

from __future__ import annotations


class UserError(Exception):
    """Something foreseeable went wrong outside the program: input, files, memory, a model.

    Attributes:
        message: one sentence that says what happened, with the names and numbers involved.
        hint: what to do about it; may be empty.
        details: more for "copy details" (several lines allowed); may be empty.
    """

    def __init__(self, message: str, hint: str = "", details: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.details = details

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()

    def __reduce__(self) -> tuple[type[UserError], tuple[str, str, str]]:
        # Errors cross the border of the engine's process; the default would keep only `args`.
        return type(self), (self.message, self.hint, self.details)


class EngineDiedError(UserError):
    """The engine's process ended while it owed an answer.

    The message names the signal or exit code and the last call; the next request starts a new
    process, so nothing but the jobs that were running is lost.
    """


class StoppedError(UserError):
    """A call that has no partial answer was cancelled; nothing to report to the person."""
