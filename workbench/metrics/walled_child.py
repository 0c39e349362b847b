"""The helper process of a user's metric behind the sandbox's walls: no network, no other files."""

from __future__ import annotations

import json
import threading
import weakref
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import workbench
from workbench.metrics.child import ChildError
from workbench.sandbox.service import Service, ServiceError
from workbench.sandbox.values import Limits, Outcome, Permission, Program

_GIVE_UP = 3
_LONGEST_LINE = 1 << 20
_LIFE_S = 7 * 24 * 3600.0


class RefusedError(Exception):
    """The system does not give the walls; `reason` says what is missing."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class WalledChild:
    """As `child.Child`, in the sandbox. Safe to share between threads.

    It may read the installed packages and the folder that the metric lies in, and write in an
    empty folder of its own that is gone with it.
    """

    def __init__(self, module: str, place: str, *, memory_bytes: int, start_s: float) -> None:
        own = Path(workbench.__file__).resolve().parent
        near = (str(Path(place).parent), place) if place.endswith(".py") else ()
        self._program = Program(
            source=f"from {module} import main\nmain()\n",
            arguments=(str(memory_bytes), place),
            packages=True,
            readable=(str(own), *near),
            environment={"PYTHONPATH": str(own.parent), "PYTHONHASHSEED": "0"},
            limits=Limits(seconds=_LIFE_S, memory_bytes=memory_bytes, output_bytes=_LONGEST_LINE),
        )
        self._start_s = start_s
        self._lock = threading.Lock()
        self._service: Service | None = None
        self._greeting: Mapping[str, Any] = {}
        self._failures = 0

    def greeting(self) -> Mapping[str, Any]:
        """What the helper says when it has started.

        Raises:
            ChildError: it did not start.
            RefusedError: it may not, on this system.
        """
        with self._lock:
            self._ready()
            return self._greeting

    def ask(self, question: Mapping[str, object], timeout_s: float) -> Mapping[str, Any]:
        """The helper's answer.

        Raises:
            ChildError: it took too long (and was killed), died, or answered nonsense.
        """
        with self._lock:
            if self._failures >= _GIVE_UP:
                raise ChildError(f"It failed {_GIVE_UP} times in a row and is not asked any more.")
            try:
                line = self._ready().ask(json.dumps(question).encode(), timeout_s)
                answer = _object(line)
            except (ServiceError, ChildError) as error:
                self._failures += 1
                self._end()
                raise ChildError(error.reason) from None
            self._failures = 0
            return answer

    def close(self) -> None:
        """End the helper, if it runs. It may be asked again."""
        with self._lock:
            self._end()

    def _ready(self) -> Service:
        if self._service is None:
            try:
                service = Service(self._program, Permission(allowed=True))
                # A metric is not closed by anybody; it ends with whoever holds it.
                weakref.finalize(self, service.close)
                self._service = service
                self._greeting = _object(service.hear(self._start_s))
            except ServiceError as error:
                self._end()
                if error.outcome is Outcome.REFUSED:
                    raise RefusedError(error.reason) from None
                raise ChildError(error.reason) from None
        return self._service

    def _end(self) -> None:
        if self._service is not None:
            self._service.close()
            self._service = None


def _object(line: bytes) -> Mapping[str, Any]:
    try:
        answer = json.loads(line)
    except (ValueError, RecursionError):
        raise ChildError("Its process answered something that is no JSON.") from None
    if not isinstance(answer, dict):
        raise ChildError("Its process answered something that is no object.")
    return answer
