"""Reports of evaluations that are in the history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.task import Task
from workbench.experiments.evaluate.items import Asked, asked_items
from workbench.experiments.evaluate.plan import KIND, EvalPlan
from workbench.experiments.evaluate.scoring import Scorer
from workbench.experiments.evaluate.store import outcomes, stored_plan, task_of
from workbench.experiments.evaluate.summary import Summarizer, Summary
from workbench.experiments.plot_data.board import Board, Entry, board
from workbench.experiments.report.from_evaluation import board_entries, report_data
from workbench.experiments.report.values import ReportData
from workbench.history.experiments import get_experiment, list_experiments
from workbench.history.store import HistoryStore


@dataclass(frozen=True, slots=True)
class StoredReport:
    """One evaluation, and its lines of a leaderboard. `sha256` is of its task's file."""

    data: ReportData
    entries: tuple[Entry, ...]
    sha256: str


def evaluation_names(store: HistoryStore) -> list[str]:
    """Every evaluation, the oldest first.

    Raises:
        UserError: the history cannot be read.
    """
    return [found.name for found in reversed(list_experiments(store, KIND))]


def stored_report(
    store: HistoryStore, name: str, cancel: CancelToken | None = None
) -> StoredReport:
    """Score a stored evaluation again and gather what a report says; "last" is the newest.

    Raises:
        UserError: there is none of that name, its task's file is gone or changed, or nothing of
            it was done.
        Cancelled: somebody asked to stop.
    """
    found = scored_evaluation(store, name, cancel)
    data = report_data(found.name, found.plan, found.task, found.summary)
    when = get_experiment(store, found.name).created_us
    entries = tuple(board_entries(data, when, found.plan.few_shot))
    return StoredReport(data, entries, found.task.sha256)


@dataclass(frozen=True, slots=True)
class ScoredEvaluation:
    """An evaluation of the history with every item scored again; `name` is the whole one."""

    name: str
    plan: EvalPlan
    task: Task
    items: tuple[Asked, ...]
    summary: Summary


def scored_evaluation(
    store: HistoryStore, name: str, cancel: CancelToken | None = None
) -> ScoredEvaluation:
    """Score a stored evaluation again; "last" is the newest.

    Raises:
        UserError: there is none of that name, its task's file is gone or changed, or nothing of
            it was done.
        Cancelled: somebody asked to stop.
    """
    found, plan = stored_plan(store, name)
    task = task_of(plan)
    items = asked_items(task, plan)
    scorer = Scorer()
    metrics = scorer.chosen(plan, task)
    done = outcomes(store, found, len(items))
    if not done or not metrics:
        raise UserError(
            f"Nothing of {found} is done.",
            f"Go on with: workbench eval --resume {found.split()[-1]}",
        )
    summary = Summarizer(plan, items, metrics, scorer, cancel).summary(done)
    return ScoredEvaluation(found, plan, task, items, summary)


def board_of(reports: Sequence[StoredReport]) -> Board:
    """The leaderboard of several evaluations; files of one name that differ are told apart."""
    files: dict[str, set[str]] = {}
    for report in reports:
        files.setdefault(report.data.task, set()).add(report.sha256)
    entries = []
    for report in reports:
        sign = f" [{report.sha256[:8]}]" if len(files[report.data.task]) > 1 else ""
        entries += [replace(entry, suite=entry.suite + sign) for entry in report.entries]
    return board(entries)


def board_document(found: Board) -> dict[str, Any]:
    """A leaderboard as JSON values."""
    return {
        "suites": list(found.suites),
        "models": [
            {
                "model": subject,
                "mean": found.means[subject],
                "suites": {
                    suite: {
                        "metric": cell.entry.metric,
                        "value": cell.entry.score.value,
                        "low": cell.entry.score.low,
                        "high": cell.entry.score.high,
                        "n": cell.entry.score.n,
                        "unscored": cell.entry.score.unscored,
                        "reason": cell.entry.score.reason,
                        "best": cell.best,
                        "may_be_best": cell.level,
                        "evaluation": cell.entry.source,
                        "runs": list(cell.entry.runs),
                    }
                    for suite in found.suites
                    if (cell := found.cells.get((subject, suite))) is not None
                },
            }
            for subject in found.subjects
        ],
        "note": found.why_no_means,
    }
