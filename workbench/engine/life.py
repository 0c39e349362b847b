"""What stands behind an engine's client: a process here, or several elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Protocol

from workbench.core.errors import UserError
from workbench.core.types import EngineSettings, Loaded
from workbench.engine.jobs import Job


class Life(Protocol):
    """One life of an engine, from its start to its end; a client begins the next. Any thread."""

    @property
    def alive(self) -> bool:
        """Whether it still answers; what is asked afterwards ends with the reason."""

    @property
    def ready(self) -> Future[Loaded]:
        """The loaded model, or the UserError why there is none."""

    @property
    def pieces(self) -> Mapping[int, bytes]:
        """Bytes of every token that any answer mentioned."""

    @property
    def pid(self) -> int | None:
        """The process on this machine that holds the model; None when there is none."""

    @property
    def width(self) -> int:
        """How many calls it works on at the same time."""

    def submit(self, job: Job, args: tuple[object, ...]) -> None:
        """Queue a call; the job's future ends with the answer, whatever happens."""

    def submit_many(self, jobs: Sequence[Job], name: str, args: tuple[object, ...]) -> None:
        """Queue one call that answers several jobs."""

    def cancel(self, number: int) -> None:
        """Ask for a job to be stopped; unknown numbers are ignored."""

    def close(self, reason: UserError | None = None) -> None:
        """End it; what runs ends with `reason`."""


Begin = Callable[[Path, EngineSettings], Life]
"""Starts a life for a model; returns at once."""
