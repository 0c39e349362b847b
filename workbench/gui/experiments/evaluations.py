"""Evaluations of the history as a menu shows them, and what is shown of one. No Qt; any thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.task import Task
from workbench.experiments.evaluate.items import Asked
from workbench.experiments.evaluate.keep_scores import keep_scores
from workbench.experiments.evaluate.outcome import ItemOutcome
from workbench.experiments.evaluate.plan import KIND, EvalPlan
from workbench.experiments.evaluate.runner import EvalEnd, EvalSink, Evaluation
from workbench.experiments.evaluate.scoring import Measured, Scorer
from workbench.experiments.evaluate.store import stored_plan, task_of
from workbench.experiments.evaluate.summary import Summarizer
from workbench.experiments.report.from_evaluation import report_data
from workbench.experiments.report.values import ReportData
from workbench.experiments.session import Session

if TYPE_CHECKING:
    from workbench.history.store import HistoryStore

MOST_LISTED = 30


@dataclass(frozen=True, slots=True)
class Listed:
    """An evaluation in a menu."""

    name: str
    text: str


def listed(store: HistoryStore) -> list[Listed]:
    """The newest evaluations.

    Raises:
        UserError: the history cannot be read.
    """
    from workbench.history.experiments import list_experiments

    found = []
    for stored in list_experiments(store, KIND)[:MOST_LISTED]:
        plan: Any = stored.plan
        try:
            task, models = str(plan["task"]["name"]), len(plan["models"])
            items = int(plan["n_items"])
        except (KeyError, TypeError, ValueError):
            continue
        when = datetime.fromtimestamp(stored.created_us / 1e6).astimezone()
        many = f"{models} models" if models != 1 else "1 model"
        found.append(Listed(stored.name, f"{task} · {many} · {items:,} items · {when:%d %b %H:%M}"))
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Started:
    """An evaluation that is about to run, and what its answers are scored by."""

    evaluation: Evaluation
    metrics: tuple[Measured, ...]
    scorer: Scorer

    @property
    def plan(self) -> EvalPlan:
        """What is measured."""
        return self.evaluation.plan

    @property
    def items(self) -> tuple[Asked, ...]:
        """The items as they are asked."""
        return self.evaluation.items


def begun(session: Session, plan: EvalPlan, task: Task, sink: EvalSink) -> Started:
    """A new evaluation, not started yet.

    Raises:
        UserError: the plan cannot be run over this task, or a metric is unknown.
    """
    scorer = Scorer()
    metrics = scorer.chosen(plan, task)
    if not metrics:
        raise UserError("No metric is ticked.", "Tick at least one in the list of metrics.")
    return Started(Evaluation(session, plan, task, sink), metrics, scorer)


def continued(session: Session, name: str, sink: EvalSink) -> Started:
    """An evaluation of the history that goes on where it was, not started yet.

    Raises:
        UserError: there is none of that name, or its task's file is gone or changed.
    """
    found, plan = stored_plan(session.store, name)
    task = task_of(plan)
    scorer = Scorer()
    evaluation = Evaluation(session, plan, task, sink, name=found)
    return Started(evaluation, scorer.chosen(plan, task), scorer)


def scored(started: Started, outcomes: tuple[ItemOutcome, ...], cancel: CancelToken) -> ReportData:
    """What these outcomes say.

    Raises:
        UserError: an argument of a metric is wrong.
        Cancelled: somebody asked to stop.
    """
    summarizer = Summarizer(started.plan, started.items, started.metrics, started.scorer, cancel)
    summary = summarizer.summary(outcomes)
    name, task = started.evaluation.name, started.evaluation.task
    return report_data(name, started.plan, task, summary)


def ended(session: Session, started: Started, end: EvalEnd, cancel: CancelToken) -> ReportData:
    """What an evaluation that is over says; its scores are written beside its runs.

    Raises:
        UserError: an argument of a metric is wrong, or the history cannot be written.
        Cancelled: somebody asked to stop.
    """
    summarizer = Summarizer(started.plan, started.items, started.metrics, started.scorer, cancel)
    summary = summarizer.summary(end.outcomes)
    if not session.private and not end.save_error:
        keep_scores(session.store, summary)
    name, task = started.evaluation.name, started.evaluation.task
    return report_data(name, started.plan, task, summary)
