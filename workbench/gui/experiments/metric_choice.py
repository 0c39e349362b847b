"""Which metrics can say anything about a task, and which are ticked at first. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from workbench.core.metric import MetricInfo, Need
from workbench.core.task import Kind, Task
from workbench.experiments.evaluate.plan import EvalPlan, TaskSource
from workbench.experiments.evaluate.scoring import Scorer
from workbench.experiments.suites import Suite
from workbench.experiments.tasks.checks import ASSERTIONS, CHECKS

_TEXT = frozenset({Need.PREDICTION, Need.REFERENCES, Need.TIMINGS, Need.LOGPROBS})
_CHOICE = frozenset({Need.CHOICES, Need.GOLD, Need.WRONG, Need.PREDICTION, Need.REFERENCES})
_KNOWN: Mapping[Kind, frozenset[Need]] = {
    Kind.CHOICE: _CHOICE,
    Kind.PAIR: _CHOICE,
    Kind.GENERATE: _TEXT,
    Kind.SEQUENCE: frozenset({Need.LOGPROBS}),
    Kind.CODE: frozenset({Need.ATTEMPTS, Need.PREDICTION, Need.TIMINGS, Need.LOGPROBS}),
    Kind.EMBED: frozenset({Need.EMBEDDINGS, Need.REFERENCES, Need.WRONG, Need.RATING}),
    Kind.CALL: frozenset({Need.CALLS, Need.PREDICTION, Need.TIMINGS, Need.LOGPROBS}),
}
"""What the answers of each kind bring along."""


def fitting_metrics(task: Task, scorer: Scorer) -> list[MetricInfo]:
    """Metrics whose needs the task's answers meet, in the order of the registry."""
    known = _KNOWN[task.kind]
    found = []
    for name in scorer.names():
        info = scorer.measured(name, {}).info
        if name == ASSERTIONS:
            fits = any(CHECKS in item.extra for item in task.items)
        else:
            fits = any(needs <= known for needs in (info.needs, *info.or_needs))
            fits = fits and not _asks_for_more(info)
        if fits:
            found.append(info)
    return found


def first_metrics(task: Task, suite: Suite | None, scorer: Scorer) -> list[str]:
    """What is ticked at first: the suite's, else the task's own, else what suits its kind."""
    names = suite.metrics if suite is not None else ()
    bare = EvalPlan(TaskSource(Path(task.path), task.kind, task.sha256), ())
    usual = [measured.name for measured in scorer.chosen(bare, task)]
    fitting = {info.name for info in fitting_metrics(task, scorer)}
    return [name for name in (names or usual) if name in fitting] or usual


def _asks_for_more(info: MetricInfo) -> bool:
    """Whether somebody must give an argument first."""
    return any(argument.required for argument in info.arguments)
