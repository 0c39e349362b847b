"""A sweep under way: cells of one model are made together, each recorded as it ends.

A sweep that was stopped, or whose program was killed, goes on where it was: a cell whose run is
done is not run again, and no other is left out. A cell whose engine died is tried again.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Protocol

from workbench.core.cancel import CancelToken
from workbench.core.engine_settings import EngineSettings
from workbench.core.errors import EngineDiedError, UserError
from workbench.core.ids import wall_clock_us
from workbench.core.run import RunStatus
from workbench.core.tokens import TokenTable
from workbench.core.types import GenerateResult
from workbench.experiments.live_run import RunOutcome
from workbench.experiments.many_runs import Wanted, start_many
from workbench.experiments.session import RunHandle, Session
from workbench.experiments.sweep_numbers import numbers_of
from workbench.experiments.sweep_plan import MODEL, SweepPlan, checked, in_order
from workbench.experiments.sweep_store import KIND, done_cells, plan_record

ATTEMPTS = 3
"""How often a cell is tried whose engine dies."""

_AHEAD = 2  # lots handed to the engine, so that it never waits for the next one
_LOT_REPLIES = 384  # that many replies are handed over at once; the engine takes some at a time


@dataclass(frozen=True, slots=True)
class Cell:
    """What became of a cell.

    Attributes:
        at: its value on each axis.
        run_id: None when no run could be started.
        numbers: see `sweep_numbers`; empty when it failed.
        texts: its replies.
        error: why it failed; empty when it is done.
        kept: whether it was done before this start of the sweep.
    """

    index: int
    at: Mapping[str, str]
    run_id: str | None
    numbers: Mapping[str, float | None]
    texts: tuple[str, ...]
    error: str = ""
    kept: bool = False


def cell_of(
    plan: SweepPlan,
    cell: int,
    run_id: str | None,
    result: GenerateResult | None,
    error: str = "",
) -> Cell:
    """A cell with the numbers of its replies."""
    numbers = numbers_of(result) if result is not None and not error else {}
    texts = tuple(s.text for s in result.samples) if result is not None else ()
    return Cell(cell, plan.at(cell), run_id, numbers, texts, error)


def kept_cell(session: Session, plan: SweepPlan, cell: int, run_id: str) -> Cell:
    """A cell that is done, from the history.

    Raises:
        UserError: the run cannot be read.
    """
    end = session.store.get(run_id).end
    return replace(cell_of(plan, cell, run_id, end.result if end else None), kept=True)


@dataclass(frozen=True, slots=True)
class SweepProgress:
    """How far a sweep is.

    Attributes:
        done: cells that are done or have failed for good.
        seconds_left: None until the first cell is done.
    """

    done: int
    total: int
    tokens: int
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class SweepEnd:
    """A sweep that is over.

    Attributes:
        cells: by index; a stopped sweep lacks some.
        stopped: whether somebody stopped it.
        save_error: why a run is not in the history; empty when all are.
    """

    cells: Mapping[int, Cell]
    stopped: bool
    save_error: str = ""


class SweepSink(Protocol):
    """Receives a sweep's events on its thread."""

    def cell_finished(self, cell: Cell, progress: SweepProgress) -> None:
        """A cell is done, has failed, or was done before."""


class NoSink:
    """A cell's tokens are in its outcome."""

    def run_prefill(self, run_id: str, done: int, total: int) -> None:
        """Not passed on."""

    def run_tokens(
        self, run_id: str, sample: int, table: TokenTable, text: str, pieces: Mapping[int, bytes]
    ) -> None:
        """Not passed on."""

    def run_finished(self, outcome: RunOutcome) -> None:
        """The handle tells."""


@dataclass(slots=True)
class _Running:
    cell: int
    lot: int
    handle: RunHandle


class Sweep:
    """Any thread may start, stop and wait.

    Attributes:
        name: what the history calls it.
        plan: as it is run.
    """

    def __init__(
        self,
        session: Session,
        plan: SweepPlan,
        sink: SweepSink,
        *,
        name: str = "",
        save: bool = True,
    ) -> None:
        """A `name` goes on with the sweep of that name in the history.

        Raises:
            UserError: the plan cannot be run; see `sweep_plan.checked`.
        """
        self.plan = checked(plan, session.library)
        self.name = name or f"{KIND} {session.new_run_id()}"
        self._is_new = not name
        self._session = session
        self._sink = sink
        self._save = save
        self._cancel = CancelToken()
        self._lock = threading.Lock()  # protects _running against a cancel in between
        self._running: deque[_Running] = deque()
        self._end: Future[SweepEnd] = Future()
        self._cells: dict[int, Cell] = {}
        self._attempts: dict[int, int] = {}
        self._model: tuple[Path, EngineSettings] | None = None
        self._width = 1  # lots the engine works on at once
        self._n_lots = 0
        self._tokens = 0
        self._n_kept = 0
        self._began = 0.0
        self._save_error = ""

    def start(self) -> None:
        """Run on a thread of its own and return at once."""
        threading.Thread(target=self._run, name="sweep", daemon=True).start()

    def cancel(self) -> None:
        """Stop; what is done stays done."""
        self._cancel.cancel()
        with self._lock:
            running = list(self._running)
        for one in running:
            one.handle.cancel()

    def when_over(self, call: Callable[[], object]) -> None:
        """Call when the end is there, on the sweep's thread; at once if it is there already."""
        self._end.add_done_callback(lambda _end: call())

    def wait(self, timeout_s: float | None = None) -> SweepEnd:
        """The end, once it is there.

        Raises:
            UserError: the history could not be read or written at the beginning.
        """
        return self._end.result(timeout_s)

    def _run(self) -> None:
        try:
            self._session.room_for(2)
            self._go()
            self._end.set_result(
                SweepEnd(dict(sorted(self._cells.items())), bool(self._cancel), self._save_error)
            )
        except BaseException as error:  # noqa: BLE001  # whoever waits must hear of it
            self._end.set_exception(error)

    def _go(self) -> None:
        waiting = deque(in_order(self.plan))
        if self._save:
            self._record()
            for cell, run_id in done_cells(self._session.store, self.name).items():
                waiting.remove(cell)
                self._keep(cell, run_id)
        self._began = time.monotonic()
        while waiting or self._running:
            while waiting and self._may_begin(waiting[0]) and self._begin(waiting):
                pass
            if self._running:
                self._finish(waiting)
            elif self._cancel:
                return

    def _may_begin(self, cell: int) -> bool:
        """Whether another lot is to be handed to the engine now.

        A cell under which the engine died before runs alone: it may have been to blame.
        """
        if self._cancel:
            return False
        if self._attempts.get(cell, 0) or self._attempts_under_way():
            return not self._running
        return len({one.lot for one in self._running}) < _AHEAD * self._width

    def _attempts_under_way(self) -> bool:
        return any(self._attempts.get(one.cell, 0) for one in self._running)

    def _next_lot(self, waiting: deque[int]) -> list[int]:
        """Take the next cells of one model, whatever their prompts."""
        first = waiting.popleft()
        lot, model = [first], self.plan.index_of(MODEL, first)
        if self._attempts.get(first, 0):
            return lot
        most = max(1, _LOT_REPLIES // self.plan.n_samples)
        if self._width > 1:
            # A lot is worked on by one replica: there must be one for each.
            most = min(most, -(-(len(waiting) + 1) // self._width))
        while waiting and len(lot) < most:
            cell = waiting[0]
            if self._attempts.get(cell, 0) or self.plan.index_of(MODEL, cell) != model:
                break
            lot.append(waiting.popleft())
        return lot

    def _record(self) -> None:
        from workbench.history.experiments import StoredExperiment, add_experiment

        if self._is_new:
            stored = StoredExperiment(self.name, KIND, wall_clock_us(), plan_record(self.plan))
            add_experiment(self._session.store, stored).result()

    def _keep(self, cell: int, run_id: str) -> None:
        """A cell of an earlier start."""
        self._n_kept += 1
        self._tell(kept_cell(self._session, self.plan, cell, run_id))

    def _begin(self, waiting: deque[int]) -> bool:
        """Start a lot; False when its model must wait until the cells that run are over."""
        column = self.plan.column(waiting[0], self._session.library)
        if self._model is not None and self._model != (column.model, column.settings):
            if self._running:
                return False
            self._session.release(*self._model)
        self._model = (column.model, column.settings)
        with suppress(UserError):  # what is wrong is told when the lot starts
            self._width = self._session.width(column.model, column.settings)
        lot = self._next_lot(waiting)
        wanted: dict[int, Wanted] = {}
        try:
            wanted = self._prepared(lot)
            handles = self._start(wanted)
        except UserError as error:
            again = isinstance(error, EngineDiedError)
            lost = [cell for cell in lot if cell not in self._cells]
            retried = [cell for cell in lost if again and self._may_try_again(cell)]
            waiting.extendleft(reversed(retried))
            for cell in lost:
                if cell not in retried:
                    self._tell(self._cell(cell, None, None, error=str(error)))
            return not retried
        started = list(zip(wanted, handles, strict=True))
        if self._save and started:
            from workbench.history.experiments import place_runs

            placed = [(cell, handle.run_id) for cell, handle in started]
            place_runs(self._session.store, self.name, placed)
        self._n_lots += 1
        with self._lock:
            self._running += [_Running(cell, self._n_lots, handle) for cell, handle in started]
        if self._cancel:
            for handle in handles:
                handle.cancel()
        return True

    def _prepared(self, lot: Sequence[int]) -> dict[int, Wanted]:
        """The cells of a lot with their prompts; one whose prompt cannot be made has failed."""
        session, library = self._session, self._session.library
        wanted: dict[int, Wanted] = {}
        for _, same in groupby(lot, self.plan.text_of):
            cells = list(same)
            first = self.plan.column(cells[0], library)
            try:
                prepared = session.prepare(
                    first.model,
                    first.settings,
                    first.prompt,
                    first.values,
                    chat_template=first.chat_template,
                )
            except EngineDiedError:
                raise
            except UserError as error:
                for cell in cells:
                    self._tell(self._cell(cell, None, None, error=str(error)))
                continue
            for cell in cells:
                own = self.plan.column(cell, library)
                wanted[cell] = Wanted(prepared, own.sampling, own.seed, own.n_samples)
        return wanted

    def _start(self, wanted: Mapping[int, Wanted]) -> list[RunHandle]:
        """Hand the cells of a lot to the engine.

        Raises:
            UserError: the engine was closed, or died.
        """
        if not wanted:
            return []
        return start_many(
            self._session,
            list(wanted.values()),
            NoSink(),
            save=self._save,
            experiment=self.name if self._save else "",
        )

    def _finish(self, waiting: deque[int]) -> None:
        one = self._running[0]
        outcome = one.handle.wait()
        with self._lock:
            self._running.popleft()
        self._save_error = self._save_error or outcome.save_error
        result = outcome.end.result
        self._tokens += result.timings.decode_tokens
        status = outcome.end.status
        if status is RunStatus.CANCELLED:
            return
        if outcome.engine_died and self._may_try_again(one.cell):
            waiting.appendleft(one.cell)
            return
        failed = f"{result.error} {result.hint}".strip() if status is RunStatus.FAILED else ""
        self._tell(self._cell(one.cell, one.handle.run_id, result, error=failed))

    def _may_try_again(self, cell: int) -> bool:
        self._attempts[cell] = self._attempts.get(cell, 0) + 1
        return self._attempts[cell] < ATTEMPTS

    def _cell(
        self,
        cell: int,
        run_id: str | None,
        result: GenerateResult | None,
        *,
        error: str = "",
    ) -> Cell:
        return cell_of(self.plan, cell, run_id, result, error)

    def _tell(self, cell: Cell) -> None:
        self._cells[cell.index] = cell
        left = self.plan.n_cells - len(self._cells)
        made = len(self._cells) - self._n_kept
        seconds = (time.monotonic() - self._began) / made * left if made else None
        progress = SweepProgress(len(self._cells), self.plan.n_cells, self._tokens, seconds)
        self._sink.cell_finished(cell, progress)
