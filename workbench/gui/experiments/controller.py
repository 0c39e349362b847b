"""Chooses tasks, runs evaluations and shows what they say. GUI thread."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFileDialog

from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.errors import UserError
from workbench.core.metric import MetricInfo
from workbench.core.sampling import Sampling
from workbench.core.task import Task
from workbench.experiments.eval_cost import EvalCost, cost_words, eval_cost
from workbench.experiments.evaluate.runner import EvalEnd, EvalProgress
from workbench.experiments.evaluate.scoring import Scorer
from workbench.experiments.report.stored import StoredReport, stored_report
from workbench.experiments.report.values import ReportData, ReportItem
from workbench.experiments.tasks.load import load_task
from workbench.gui.experiments.bridge import EvalBridge
from workbench.gui.experiments.evaluations import (
    Started,
    begun,
    continued,
    ended,
    scored,
)
from workbench.gui.experiments.metric_choice import first_metrics, fitting_metrics
from workbench.gui.experiments.results import Results
from workbench.gui.experiments.rows import preview_items, progress_words, unfinished
from workbench.gui.experiments.sentences import bad_rows_message, unfinished_message
from workbench.gui.experiments.space import ExperimentSpace
from workbench.gui.experiments.wish import EvalWish, TaskChoice, plan_of, size_words
from workbench.gui.lane import Lane
from workbench.gui.messages import Level, Message, from_error
from workbench.gui.page import PageTools
from workbench.gui.translate import tr

_KEY = "experiments"
_BAD_ROWS = "bad-rows"
_PROVISIONAL_S = 2.0
"""Scores are brought up to date this often while items come in; less often when it takes long."""


class _Read(NamedTuple):
    task: Task
    items: tuple[ReportItem, ...]
    fitting: list[MetricInfo]
    first: list[str]


class EvaluateController(QObject):
    """Owns the task that is chosen and the evaluation that is under way."""

    def __init__(self, tools: PageTools, space: ExperimentSpace, results: Results) -> None:
        super().__init__(space)
        self._tools, self._space, self._results = tools, space, results
        self._session = tools.session
        self._scorer = Scorer()
        self._choice: TaskChoice | None = None
        self._task: Task | None = None
        self._started: Started | None = None
        self._is_running = self._stopping = False
        self._cancel = CancelToken()
        self._reading, self._costing = CancelToken(), CancelToken()
        self._grading = CancelToken()
        self._bridge = EvalBridge(self)
        self._tasks, self._runs = Lane("eval-task", self), Lane("eval-run", self)
        self._sums, self._costs = Lane("eval-scores", self), Lane("eval-cost", self)
        self._summing = False
        self._last_sum = (0.0, 0.0)
        self._bridge.moved.connect(self._moved)
        self._bridge.graded.connect(space.progress.setText)
        space.tasks.chosen.connect(self.choose)
        space.tasks.open_wanted.connect(self._ask_file)
        space.setup.changed.connect(self._show_size)
        space.button.clicked.connect(self.press)
        space.pause.clicked.connect(self.pause)
        space.estimate.clicked.connect(self.estimate)
        space.show_running(False)
        space.show_scores(False)
        tools.window.installEventFilter(self)

    @property
    def is_running(self) -> bool:
        """Whether an evaluation is under way."""
        return self._is_running

    @property
    def choice(self) -> TaskChoice | None:
        """What the person chose last."""
        return self._choice

    @property
    def task(self) -> Task | None:
        """The chosen task; None while it is being read or when it cannot be."""
        return self._task

    def choose(self, choice: TaskChoice) -> None:
        """Read a task and show its items."""
        self._choice, self._task = choice, None
        self._reading.cancel()
        self._reading = reading = CancelToken()
        self._space.messages.dismiss(_KEY)
        self._space.messages.dismiss(_BAD_ROWS)
        self._space.setup.about.setText(tr("Reading {name} …", name=choice.path.name))
        scorer = self._scorer

        def read() -> _Read:
            task = load_task(choice.path, choice.kind, cancel=reading)
            fitting = fitting_metrics(task, scorer)
            return _Read(
                task, preview_items(task), fitting, first_metrics(task, choice.suite, scorer)
            )

        self._tasks.submit(read, partial(self._read, choice), self._not_read)

    def press(self) -> None:
        """The primary button."""
        if self._is_running:
            self.stop()
        else:
            self.run()

    def run(self) -> None:
        """Run the chosen task as the form says."""
        wish, choice = self._wish(), self._choice
        if wish is None or choice is None or self._task is None or self._is_running:
            return
        session, bridge = self._session, self._bridge

        def begin() -> Started:
            task = load_task(choice.path, choice.kind, limit=wish.read_limit)
            return begun(session, wish, task, bridge)

        self._begin(begin)

    def go_on(self, name: str) -> None:
        """Go on with an evaluation of the history."""
        if not self._is_running:
            session, bridge = self._session, self._bridge
            self._begin(lambda: continued(session, name, bridge))

    def pause(self) -> None:
        """Pause, or go on."""
        if self._started is None or not self._is_running:
            return
        evaluation = self._started.evaluation
        if evaluation.paused:
            evaluation.go_on()
        else:
            evaluation.pause()
        self._space.show_running(True, paused=evaluation.paused)
        if evaluation.paused:
            self._space.progress.setText(tr("paused · {words}", words=self._space.progress.text()))

    def stop(self) -> None:
        """Stop; what is done stays and can go on later."""
        if self._is_running:
            self._stopping = True
            self._space.progress.setText(tr("stopping …"))
            self._grading.cancel()
            if self._started is not None:
                self._started.evaluation.cancel()

    def estimate(self) -> None:
        """Say what a run would cost, by asking a few items."""
        wish, task = self._wish(), self._task
        if wish is None or task is None or self._is_running:
            return
        self._costing = cancel = CancelToken()
        session = self._session
        self._space.estimate.setEnabled(False)
        self._space.cost.setText(tr("asking a few items …"))

        def cost() -> EvalCost:
            return eval_cost(session, plan_of(wish, task), task, cancel)

        self._costs.submit(cost, self._show_cost, self._no_cost)

    def open_stored(self, name: str) -> None:
        """Show an evaluation of the history."""
        if self._is_running:
            return
        store, cancel = self._session.store, self._cancel
        self._space.progress.setText(tr("reading …"))
        self._sums.submit(
            lambda: stored_report(store, name, cancel), self._show_stored, self._not_shown
        )

    def close(self) -> None:
        """Stop and end the threads."""
        self._cancel.cancel()
        self._reading.cancel()
        self._costing.cancel()
        self.stop()
        self._bridge.close()
        for lane in (self._tasks, self._runs, self._sums, self._costs):
            lane.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """The window closes: stop before its engines end, so that nothing fails for that."""
        if event.type() is QEvent.Type.Close and self._is_running:
            self.stop()
            if self._started is not None:
                try:
                    self._started.evaluation.wait(3.0)
                except (TimeoutError, UserError):
                    return False
        return False

    # Choosing

    def _read(self, choice: TaskChoice, found: _Read) -> None:
        task, items, fitting, first = found
        self._task = task
        self._space.setup.show_task(task, choice.suite, fitting, first)
        if not self._is_running:
            self._results.show_task(items, task.bad_rows, choice.name)
        if task.bad_rows:
            message = bad_rows_message(task, self._results.show_bad_rows)
            self._space.messages.show_message(_BAD_ROWS, message)
        self._show_size()

    def _not_read(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            return
        self._space.setup.about.setText("")
        self._failed(error)

    def _ask_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self._tools.window,
            tr("Open a data file"),
            "",
            tr("Data (*.jsonl *.json *.csv *.tsv *.parquet *.arrow *.yml *.yaml);;All files (*)"),
        )
        if chosen:
            self._space.tasks.add_file(Path(chosen))

    def _wish(self) -> EvalWish | None:
        try:
            window, _ = self._tools.runs.wanted()
        except UserError:
            window = Sampling()
        if self._task is None:
            message = Message(
                tr("No task is chosen."), tr("Choose one at the left."), level=Level.INFO
            )
            self._space.messages.show_message(_KEY, message)
            return None
        return self._space.setup.wish(window)

    def _show_size(self) -> None:
        if self._task is None:
            self._space.cost.clear()
            return
        wish = self._space.setup.wish(Sampling())
        shots = 0 if self._task.few_shot else wish.few_shot
        count = max(0, len(self._task.items) - shots)
        count = count if wish.limit is None else min(count, wish.limit)
        self._space.cost.setText(size_words(count, wish))

    def _show_cost(self, cost: EvalCost) -> None:
        self._space.estimate.setEnabled(not self._is_running)
        self._space.cost.setText(cost_words(cost))

    def _no_cost(self, error: Exception) -> None:
        self._space.estimate.setEnabled(not self._is_running)
        self._show_size()
        self._failed(error)

    # Running

    def _begin(self, begin: Callable[[], Started]) -> None:
        self._is_running, self._stopping, self._started = True, False, None
        self._space.messages.dismiss(_KEY)
        self._costing.cancel()
        self._costs.forget()
        self._sums.forget()
        self._summing, self._last_sum = False, (time.monotonic(), 0.0)
        self._bridge.begin()
        self._space.show_running(True)
        self._space.bar.setRange(0, 0)
        self._space.progress.setText(tr("loading …"))
        self._runs.submit(begin, self._go, self._not_ended)

    def _go(self, started: Started) -> None:
        self._started = started
        evaluation = started.evaluation
        if self._stopping:
            evaluation.cancel()
        evaluation.start()
        self._runs.submit(evaluation.wait, self._over, self._not_ended)

    def _moved(self, progress: EvalProgress) -> None:
        self._space.bar.setRange(0, progress.total)
        self._space.bar.setValue(progress.done)
        if not self._stopping:
            self._space.progress.setText(progress_words(progress))
        self._provisional()

    def _provisional(self) -> None:
        """Scores of what is there by now, not more often than they can be worked out."""
        began, took = self._last_sum
        now = time.monotonic()
        due = now - began >= max(_PROVISIONAL_S, 5 * took)
        if self._started is None or self._summing or not due or not self._is_running:
            return
        started, outcomes, cancel = self._started, tuple(self._bridge.outcomes), self._cancel
        self._summing = True
        self._last_sum = (now, took)
        self._sums.submit(
            lambda: scored(started, outcomes, cancel),
            self._show_provisional,
            self._no_provisional,
        )

    def _show_provisional(self, data: ReportData) -> None:
        self._summing = False
        self._last_sum = (time.monotonic(), time.monotonic() - self._last_sum[0])
        if self._is_running:
            self._results.show(data)

    def _no_provisional(self, _error: Exception) -> None:
        """The end tells what is wrong."""
        self._summing = False

    def _over(self, end: EvalEnd) -> None:
        self._bridge.drain()
        started, session, cancel = self._started, self._session, self._cancel
        if started is None:
            return
        self._space.progress.setText(tr("scoring …"))
        tell = self._bridge.grading
        self._grading = grading = CancelToken()
        self._sums.submit(
            lambda: ended(session, started, end, tell, grading, cancel),
            self._show_end,
            self._not_ended,
        )

    def _show_end(self, found: tuple[EvalEnd, ReportData]) -> None:
        end, data = found
        self._finish()
        self._results.show(data)
        failed = [outcome for outcome in end.outcomes if outcome.error]
        left = unfinished(data)
        words = tr("{n_outcomes:,} done", n_outcomes=len(end.outcomes) - len(failed))
        if failed:
            words += tr(" · {n_failed:,} failed", n_failed=len(failed))
        self._space.progress.setText(tr("{words} · stopped", words=words) if end.stopped else words)
        name = self._started.evaluation.name if self._started is not None else ""
        self._tell_end(end, failed[0].error if failed else "", left, name)
        self._tools.history_changed()

    def _tell_end(self, end: EvalEnd, why: str, left: int, name: str) -> None:
        if end.save_error:
            text = tr("Not everything was saved: {save_error}", save_error=end.save_error)
            self._space.messages.show_message("eval-save", Message(text))
        saved = not end.save_error and not self._session.private
        if left:
            again = partial(self.go_on, name) if saved else None
            self._space.messages.show_message(_KEY, unfinished_message(left, why, again))

    def _not_ended(self, error: Exception) -> None:
        self._finish()
        self._space.progress.clear()
        if not isinstance(error, Cancelled):
            self._failed(error)

    def _finish(self) -> None:
        self._is_running = False
        self._bridge.end()
        self._space.show_running(False)

    # Earlier ones

    def _show_stored(self, found: StoredReport) -> None:
        self._space.messages.dismiss(_BAD_ROWS)
        self._space.messages.dismiss(_KEY)
        self._results.show(found.data)
        left = unfinished(found.data)
        self._space.progress.setText(tr("from the history"))
        if left:
            again = partial(self.go_on, found.data.name)
            self._space.messages.show_message(_KEY, unfinished_message(left, "", again))

    def _not_shown(self, error: Exception) -> None:
        self._space.progress.clear()
        if not isinstance(error, Cancelled):
            self._failed(error)

    def _failed(self, error: Exception) -> None:
        self._space.messages.show_message(_KEY, from_error(error))
