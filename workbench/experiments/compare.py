"""Columns side by side: models, prompts, settings and seeds, run at once where they fit.

Every column is a run of its own in the history; the comparison is their experiment. Sinks are
called on the engines' reader threads and on the comparison's thread, in order for each column,
and must return quickly.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass
from typing import Protocol

from workbench.core.engine_settings import EngineSettings
from workbench.core.errors import StoppedError, UserError
from workbench.core.ids import wall_clock_us
from workbench.core.run import RunStatus
from workbench.core.tokens import TokenTable
from workbench.core.types import Loaded
from workbench.experiments.compare_plan import Column, Key, Plan, Wave, column_plan, plan
from workbench.experiments.live_run import RunOutcome
from workbench.experiments.session import Prepared, RunHandle, Session

_POLL_S = 0.05


@dataclass(frozen=True, slots=True)
class ColumnEnd:
    """What became of a column: a run, or the reason why there is none.

    Attributes:
        settings: how its model was loaded.
    """

    outcome: RunOutcome | None
    error: UserError | None
    settings: EngineSettings

    @property
    def done(self) -> bool:
        """Whether its run ended by itself."""
        return self.outcome is not None and self.outcome.end.status is RunStatus.DONE


class CompareSink(Protocol):
    """Receives the events of all columns."""

    def column_started(self, column: int, prepared: Prepared) -> None:
        """The column's model is loaded, its prompt is rendered, and its run begins."""

    def column_prefill(self, column: int, done: int, total: int) -> None:
        """`done` of `total` prompt tokens are read."""

    def column_tokens(
        self, column: int, sample: int, table: TokenTable, text: str, pieces: Mapping[int, bytes]
    ) -> None:
        """A reply grew by the rows of `table` and by `text`."""

    def column_finished(self, column: int, end: ColumnEnd) -> None:
        """The last event of a column, whatever became of it."""


class _ColumnSink:
    """A run's events as those of its column."""

    def __init__(self, column: int, sink: CompareSink, settings: EngineSettings) -> None:
        self._column, self._sink, self._settings = column, sink, settings
        self.end: Future[ColumnEnd] = Future()

    def run_prefill(self, run_id: str, done: int, total: int) -> None:
        """`done` of `total` prompt tokens are read."""
        self._sink.column_prefill(self._column, done, total)

    def run_tokens(
        self, run_id: str, sample: int, table: TokenTable, text: str, pieces: Mapping[int, bytes]
    ) -> None:
        """A reply grew."""
        self._sink.column_tokens(self._column, sample, table, text, pieces)

    def run_finished(self, outcome: RunOutcome) -> None:
        """The run is over."""
        self.finish(ColumnEnd(outcome, None, self._settings))

    def finish(self, end: ColumnEnd) -> None:
        """Tell the end, once."""
        self._sink.column_finished(self._column, end)
        self.end.set_result(end)


class Comparison:
    """A comparison under way. Any thread may cancel it.

    Attributes:
        name: what the history calls it.
        columns, plan: what runs, and when.
    """

    def __init__(
        self,
        session: Session,
        columns: Sequence[Column],
        sink: CompareSink,
        *,
        save: bool = True,
        at_once: int | None = None,
    ) -> None:
        """Nothing runs before `start`.

        Raises:
            UserError: there are no columns.
        """
        self.columns = tuple(columns)
        room, gpu = session.memory()
        self.plan: Plan = plan(self.columns, at_once, room, gpu=gpu, held=session.is_held)
        self.name = f"comparison {session.new_run_id()}"
        self._session = session
        self._sink = sink
        self._save = save
        self._lock = threading.Lock()  # protects _stopped and _handles
        self._stopped: set[int] = set()
        self._handles: dict[int, RunHandle] = {}
        self._ends: Future[tuple[ColumnEnd, ...]] = Future()
        self._thread = threading.Thread(target=self._run, name="comparison", daemon=True)

    def start(self) -> None:
        """Run all columns on a thread of their own and return at once."""
        self._thread.start()

    def join(self, timeout_s: float) -> None:
        """Wait for the thread's end, if it was started."""
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def cancel(self, column: int | None = None) -> None:
        """Stop one column, or all; what runs ends with its partial text, what waits not at all."""
        wanted = range(len(self.columns)) if column is None else (column,)
        with self._lock:
            self._stopped.update(wanted)
            running = [self._handles[n] for n in wanted if n in self._handles]
        for handle in running:
            handle.cancel()

    def wait(self, timeout_s: float | None = None) -> tuple[ColumnEnd, ...]:
        """The end of every column, in order, once all are there."""
        return self._ends.result(timeout_s)

    @property
    def _n_models(self) -> int:
        return len(
            {
                (self.columns[n].model.absolute(), settings)
                for wave in self.plan.waves
                for n, settings in zip(wave.columns, wave.settings, strict=True)
            }
        )

    def _run(self) -> None:
        ends: dict[int, ColumnEnd] = {}
        try:
            self._record()
            for number, wave in enumerate(self.plan.waves):
                ends.update(self._run_wave(wave))
                if number + 1 < len(self.plan.waves) and not self.plan.all_fit:
                    for column, settings in zip(wave.columns, wave.settings, strict=True):
                        self._session.release(self.columns[column].model, settings)
            self._ends.set_result(tuple(ends[n] for n in range(len(self.columns))))
        except BaseException as error:  # noqa: BLE001  # whoever waits must hear of it
            self._ends.set_exception(error)

    def _run_wave(self, wave: Wave) -> dict[int, ColumnEnd]:
        pairs = list(zip(wave.columns, wave.settings, strict=True))
        models = {(self.columns[n].model.absolute(), s) for n, s in pairs}
        # One more than run here: whoever holds the session may have a model of its own at work.
        self._session.room_for((self._n_models if self.plan.all_fit else len(models)) + 1)
        failed = self._load(models)
        sinks = {n: _ColumnSink(n, self._sink, s) for n, s in pairs}
        for number, settings in pairs:
            try:
                if (
                    error := failed.get((self.columns[number].model.absolute(), settings))
                ) is not None:
                    raise error
                self._begin(number, settings, sinks[number])
            except UserError as error:
                sinks[number].finish(ColumnEnd(None, error, settings))
        return {n: sink.end.result() for n, sink in sinks.items()}

    def _load(self, models: set[Key]) -> dict[Key, UserError]:
        """Load all of them and wait: a model that is being loaded takes the cores of those that
        speak, and speeds beside each other would mean nothing. Answers with what failed."""
        failed: dict[Key, UserError] = {}
        loading: dict[Key, Future[Loaded]] = {}
        for path, settings in models:
            try:
                loading[path, settings] = self._session.warm(path, settings)
            except UserError as error:
                failed[path, settings] = error
        for key, future in loading.items():
            while not future.done() and not self._all_stopped():
                wait([future], _POLL_S)
            problem = future.exception() if future.done() else None
            if isinstance(problem, UserError):
                failed[key] = problem
        return failed

    def _all_stopped(self) -> bool:
        with self._lock:
            return len(self._stopped) == len(self.columns)

    def _begin(self, number: int, settings: EngineSettings, sink: _ColumnSink) -> None:
        column = self.columns[number]
        self._check(number)
        prepared = self._session.prepare(
            column.model, settings, column.prompt, column.values, chat_template=column.chat_template
        )
        self._check(number)
        self._sink.column_started(number, prepared)
        handle = self._session.start(
            prepared,
            column.sampling,
            column.seed,
            column.n_samples,
            sink,
            save=self._save,
            experiment=self.name if self._save else "",
        )
        if self._save:
            self._place(number, handle.run_id)
        with self._lock:
            self._handles[number] = handle
            stop = number in self._stopped
        if stop:
            handle.cancel()

    def _check(self, number: int) -> None:
        with self._lock:
            if number in self._stopped:
                raise StoppedError("It was stopped before it began.")

    def _record(self) -> None:
        """The plan of the comparison; a disk that refuses is told by the columns' own runs."""
        if not self._save:
            return
        from workbench.history.experiments import StoredExperiment, add_experiment

        described = {"columns": [column_plan(c) for c in self.columns]}
        stored = StoredExperiment(self.name, "comparison", wall_clock_us(), described)
        add_experiment(self._session.store, stored)

    def _place(self, number: int, run_id: str) -> None:
        from workbench.history.experiments import place_run

        place_run(self._session.store, self.name, number, run_id)
