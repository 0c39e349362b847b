"""Cancellation: a flag that is set once and looked at at every safe point. Any thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence


class Cancelled(Exception):  # noqa: N818  # not an error: the person asked for it
    """Raised by `CancelToken.check` once somebody asked to stop."""


class CancelToken:
    """One per job, made when the job is submitted, so that a queued job can be cancelled too."""

    def __init__(self) -> None:
        self._event = threading.Event()
        # Protects _then against a cancel in between; a signal's cancel may come inside.
        self._lock = threading.RLock()
        self._then: Callable[[], None] | None = None

    def cancel(self) -> None:
        """Ask the job to stop at its next safe point. Doing it twice is harmless."""
        self._event.set()
        with self._lock:
            if self._then is not None:
                self._then()

    def when_cancelled(self, action: Callable[[], None] | None) -> None:
        """Call `action` (quick, any thread) at the cancel, or now if it came already.

        One action at a time; None removes it, after which it is not called any more.
        """
        with self._lock:
            self._then = action
            if action is not None and self._event.is_set():
                action()

    def __bool__(self) -> bool:
        return self._event.is_set()

    def check(self) -> None:
        """Raise `Cancelled` if somebody asked to stop."""
        if self._event.is_set():
            raise Cancelled


class AllCancelled(CancelToken):
    """Set once every one of several tokens is; a cancel of its own is not passed on to them."""

    def __init__(self, tokens: Sequence[CancelToken]) -> None:
        super().__init__()
        self._tokens = tuple(tokens)
        for token in self._tokens:
            token.when_cancelled(self._one_more)

    def forget(self) -> None:
        """Listen to the tokens no longer."""
        for token in self._tokens:
            token.when_cancelled(None)

    def _one_more(self) -> None:
        if all(self._tokens):
            self.cancel()
