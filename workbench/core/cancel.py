"""Cancellation: a flag that is set once and looked at at every safe point. Any thread."""

from __future__ import annotations

import threading


class Cancelled(Exception):  # noqa: N818  # not an error: the person asked for it
    """Raised by `CancelToken.check` once somebody asked to stop."""


class CancelToken:
    """One per job, made when the job is submitted, so that a queued job can be cancelled too."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the job to stop at its next safe point. Doing it twice is harmless."""
        self._event.set()

    def __bool__(self) -> bool:
        return self._event.is_set()

    def check(self) -> None:
        """Raise `Cancelled` if somebody asked to stop."""
        if self._event.is_set():
            raise Cancelled
