"""Runs that could not be written yet: kept in memory, listed with the others, tried again."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from workbench.core.run import RunEnd, RunStart


@dataclass(frozen=True, slots=True)
class UnsavedRun:
    """What of a run is not on the disk.

    Attributes:
        start: None when its start was saved.
        end: None while it runs.
        reason: why it could not be written.
    """

    run_id: str
    start: RunStart | None
    end: RunEnd | None
    reason: str


class Unsaved:
    """The runs in memory, oldest first. Any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # protects _runs
        self._runs: dict[str, UnsavedRun] = {}

    def __len__(self) -> int:
        with self._lock:
            return len(self._runs)

    def put(self, run: UnsavedRun) -> None:
        """Keep `run`, in place of what was kept of it before."""
        with self._lock:
            self._runs[run.run_id] = run

    def drop(self, run_id: str) -> None:
        """Forget a run that is on the disk now; an unknown one is no mistake."""
        with self._lock:
            self._runs.pop(run_id, None)

    def get(self, run_id: str) -> UnsavedRun | None:
        """What is kept of a run, or None."""
        with self._lock:
            return self._runs.get(run_id)

    def all(self) -> list[UnsavedRun]:
        """Everything that is kept, oldest first."""
        with self._lock:
            return list(self._runs.values())
