"""A run while it grows: its events passed on, what arrived kept, its end recorded."""

from __future__ import annotations

import time
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from workbench.core.errors import EngineDiedError, UserError
from workbench.core.ids import wall_clock_us
from workbench.core.run import RunEnd, RunStart, RunStatus
from workbench.core.tokens import TokenTable
from workbench.core.types import Finish, GenerateResult, SampleResult, Timings

if TYPE_CHECKING:
    from workbench.history.store import HistoryStore

_CHECKPOINT_S = 2.0


class RunSink(Protocol):
    """Receives a run's events."""

    def run_prefill(self, run_id: str, done: int, total: int) -> None:
        """`done` of `total` prompt tokens are read."""

    def run_tokens(
        self,
        run_id: str,
        sample: int,
        table: TokenTable,
        text: str,
        pieces: Mapping[int, bytes],
    ) -> None:
        """A reply grew by the rows of `table` and by `text`."""

    def run_finished(self, outcome: RunOutcome) -> None:
        """The last event of a run, whatever became of it."""


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """A finished run.

    Attributes:
        saved: whether it stands in the history file.
        save_error: why not, when it was meant to; empty otherwise.
        engine_died: whether the engine's process ended under it.
    """

    start: RunStart
    end: RunEnd
    saved: bool
    save_error: str = ""
    engine_died: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class KeptTokens:
    """Tokens of an earlier reply that a fork begins with.

    Attributes:
        table: their records.
        pieces: bytes of every token the table mentions.
    """

    table: TokenTable
    pieces: Mapping[int, bytes]

    def in_front_of(self, result: GenerateResult) -> GenerateResult:
        """The answer of an engine with these tokens in front of each of its replies."""
        samples = tuple(
            replace(s, tokens=TokenTable.concat([self.table, s.tokens])) for s in result.samples
        )
        return replace(result, samples=samples, pieces={**self.pieces, **result.pieces})


@dataclass(frozen=True, slots=True, eq=False)
class Recorded:
    """Where a run's row is being written."""

    store: HistoryStore
    saving: Future[None]


class LiveRun:
    """Passes a generation's events on as a run's, and keeps what arrived in case it fails.

    Attributes:
        recorded: set once the run's row is on its way; None when the run is not to be saved.
        was_stopped: the person asked it to stop; an engine that is closed before it could answer
            makes no failure of that.
    """

    def __init__(self, start: RunStart, sink: RunSink, kept: KeptTokens | None = None) -> None:
        """`kept`: what every reply begins with; told at once, and part of the recorded replies."""
        self._start = start
        self._sink = sink
        self._kept = kept
        self.recorded: Future[Recorded | None] = Future()
        self.was_stopped = False
        self._tables: list[list[TokenTable]] = [[] for _ in range(start.n_samples)]
        self._texts: list[list[str]] = [[] for _ in range(start.n_samples)]
        self._pieces: Mapping[int, bytes] = {}
        self._due = time.monotonic() + _CHECKPOINT_S
        if kept is not None and len(kept.table):
            for sample in range(start.n_samples):
                sink.run_tokens(start.run_id, sample, kept.table, "", kept.pieces)

    def prefill(self, done: int, total: int) -> None:
        """So many prompt tokens stand in the cache; told on."""
        self._sink.run_prefill(self._start.run_id, done, total)

    def tokens(
        self, sample: int, table: TokenTable, text: str, pieces: Mapping[int, bytes]
    ) -> None:
        """A sample grew: kept for the record, and told on."""
        self._tables[sample].append(table)
        self._texts[sample].append(text)
        self._pieces = pieces
        self._sink.run_tokens(self._start.run_id, sample, table, text, pieces)
        now = time.monotonic()
        if now >= self._due and self.recorded.done():
            self._due = now + _CHECKPOINT_S
            if (recorded := self.recorded.result()) is not None:
                texts = ["".join(parts) for parts in self._texts]
                recorded.store.checkpoint(self._start.run_id, texts)

    def finish(self, answer: Future[GenerateResult]) -> RunOutcome:
        """Save what came back and say how the run ended."""
        error = answer.exception()
        result = answer.result() if error is None else self._partial(error)
        if self._kept is not None:
            result = self._kept.in_front_of(result)
        end = RunEnd(wall_clock_us(), _status(result), result)
        saved, save_error = self._save(end)
        died = isinstance(error, EngineDiedError)
        outcome = RunOutcome(self._start, end, saved, save_error, died)
        self._sink.run_finished(outcome)
        return outcome

    def _save(self, end: RunEnd) -> tuple[bool, str]:
        recorded = self.recorded.result()
        if recorded is None:
            return False, ""
        try:
            recorded.saving.result()
            recorded.store.finish_run(self._start.run_id, end).result()
        except UserError as error:
            return False, str(error)
        in_memory = recorded.store.path is None
        return not in_memory, "The history is only in memory." if in_memory else ""

    def _partial(self, error: BaseException) -> GenerateResult:
        stopped = self.was_stopped and not isinstance(error, EngineDiedError)
        if stopped and isinstance(error, UserError):
            return GenerateResult(self._said(Finish.CANCELLED), Timings(), self._pieces)
        message = error.message if isinstance(error, UserError) else f"Internal error: {error!r}"
        hint = error.hint if isinstance(error, UserError) else "Please report this."
        return GenerateResult(self._said(Finish.ERROR), Timings(), self._pieces, message, hint)

    def _said(self, finish: Finish) -> tuple[SampleResult, ...]:
        return tuple(
            SampleResult("".join(texts), finish, TokenTable.concat(tables))
            for texts, tables in zip(self._texts, self._tables, strict=True)
        )


def _status(result: GenerateResult) -> RunStatus:
    finishes = {s.finish for s in result.samples}
    if result.error or Finish.ERROR in finishes:
        return RunStatus.FAILED
    return RunStatus.CANCELLED if Finish.CANCELLED in finishes else RunStatus.DONE
