"""Evaluations of the history as a menu shows them, and what is shown of one. No Qt; any thread."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.task import Task
from workbench.experiments.evaluate.grading import (
    Graders,
    Grading,
    Progress,
    guard,
    judge,
    keep_grades,
)
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
from workbench.gui.experiments.wish import EvalWish, plan_of
from workbench.gui.translate import day, tr, tr_n

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
        many = tr_n("1 model", "{n} models", models)
        found.append(
            Listed(
                stored.name,
                tr(
                    "{task} · {many} · {items:,} items · {when}",
                    task=task,
                    many=many,
                    items=items,
                    when=day(when, "dd MMM HH:mm"),
                ),
            )
        )
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Started:
    """An evaluation that is about to run, what its answers are scored by, and who grades them."""

    evaluation: Evaluation
    metrics: tuple[Measured, ...]
    scorer: Scorer
    graders: Graders = field(default_factory=Graders)

    @property
    def plan(self) -> EvalPlan:
        """What is measured."""
        return self.evaluation.plan

    @property
    def items(self) -> tuple[Asked, ...]:
        """The items as they are asked."""
        return self.evaluation.items


def begun(session: Session, wish: EvalWish, task: Task, sink: EvalSink) -> Started:
    """A new evaluation, not started yet.

    Raises:
        UserError: what is wished cannot be run over this task, or a metric is unknown.
    """
    plan = plan_of(wish, task)
    scorer = Scorer()
    metrics = scorer.chosen(plan, task)
    if not metrics:
        raise UserError(tr("No metric is ticked."), tr("Tick at least one in the list of metrics."))
    graders = Graders(
        None if wish.judge is None else judge(wish.judge, session.library),
        None if wish.guard is None else guard(wish.guard, session.library),
    )
    return Started(Evaluation(session, plan, task, sink), metrics, scorer, graders)


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


def graded(
    session: Session, started: Started, end: EvalEnd, progress: Progress, cancel: CancelToken
) -> EvalEnd:
    """The end with what judge and guard say of the replies, kept with the evaluation.

    Raises:
        UserError: a grader's model cannot be loaded.
    """
    if not started.graders.metrics or end.stopped:
        return end
    items = [asked.item for asked in started.items]
    grading = Grading(session, started.plan.settings)
    found = grading.grade(started.graders, items, end.outcomes, progress, cancel)
    if not session.private and not end.save_error:
        try:
            keep_grades(session.store, started.evaluation.name, found.outcomes)
        except UserError as refused:  # what was said is there all the same
            end = replace(end, save_error=str(refused))
    return replace(end, outcomes=found.outcomes)


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


def ended(
    session: Session,
    started: Started,
    end: EvalEnd,
    progress: Progress,
    grading: CancelToken,
    cancel: CancelToken,
) -> tuple[EvalEnd, ReportData]:
    """An evaluation that is over, graded and scored; its scores are written beside its runs.

    Where they cannot be written the end says why, and nothing is lost.

    Args:
        grading: stops judge and guard; what they said by then counts.

    Raises:
        UserError: a grader or an argument of a metric is wrong.
        Cancelled: `cancel` asked to stop.
    """
    end = graded(session, started, end, progress, grading)
    summarizer = Summarizer(started.plan, started.items, started.metrics, started.scorer, cancel)
    summary = summarizer.summary(end.outcomes)
    if not session.private and not end.save_error:
        try:
            keep_scores(session.store, summary)
        except UserError as refused:
            end = replace(end, save_error=str(refused))
    name, task = started.evaluation.name, started.evaluation.task
    return end, report_data(name, started.plan, task, summary)
