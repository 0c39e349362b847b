"""Scores of items by metrics: one number per item and metric, or a reason why there is none."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.core.errors import UserError
from workbench.core.metric import Evidence, MetricInfo, Need, Score
from workbench.core.registry import Registry, did_you_mean
from workbench.core.task import Item, Kind, Task
from workbench.experiments.evaluate.assertions import INFO as ASSERTIONS_INFO
from workbench.experiments.evaluate.assertions import assertion_score
from workbench.experiments.evaluate.plan import EvalPlan
from workbench.metrics.arguments import read_arguments
from workbench.metrics.base import Metric
from workbench.metrics.registry import built_in_metrics
from workbench.metrics.scoring import score
from workbench.metrics.user import entry_point_metric, entry_point_metrics, file_metric

Arguments = Mapping[str, object]

_BY_KIND: Mapping[Kind, tuple[str, ...]] = {
    Kind.CHOICE: ("accuracy", "brier", "ece", "total_choice_probability"),
    Kind.GENERATE: ("exact_match", "contains", "squad_f1"),
    Kind.SEQUENCE: ("perplexity", "bits_per_byte"),
    Kind.CODE: ("pass_at_k",),
    Kind.CALL: ("call_match",),
    Kind.PAIR: ("accuracy",),
    Kind.EMBED: ("embedding_similarity",),
}
_EXACT = ("accuracy", "acc_norm", "acc_norm_bytes", "brier")
_TRUTHS = ("mc1", "mc2")


@dataclass(frozen=True, slots=True)
class Measured:
    """One metric of an evaluation.

    Attributes:
        metric: None for the assertions that travel with items.
    """

    info: MetricInfo
    arguments: Arguments
    metric: Metric | None

    @property
    def name(self) -> str:
        """What tables call it: the metric and the arguments that were given."""
        given = ", ".join(f"{k}={v}" for k, v in self.arguments.items())
        return f"{self.info.name}({given})" if given else self.info.name


class Scorer:
    """Looks metrics up and scores items. One thread."""

    def __init__(self) -> None:
        self._known: Registry[Metric] = built_in_metrics()

    def names(self) -> list[str]:
        """Every metric that can be asked for."""
        return [*self._known.names(), ASSERTIONS_INFO.name]

    def measured(self, name: str, arguments: Arguments, *, forced: bool = False) -> Measured:
        """A metric by its name; a .py file is a person's own metric.

        Behind the built-in names come those that installed packages offer.

        Args:
            forced: run such a file also where the sandbox lacks walls.

        Raises:
            UserError: there is none of that name, an argument is wrong, or the file is no metric
                or may not run.
        """
        if name.endswith(".py"):
            own = file_metric(Path(name), forced=forced)
            if own.info.name in self._known.names():
                raise UserError(f"{own.info.name} is a built-in metric.", "Rename the file.")
            read_arguments(own.info, arguments)
            return Measured(own.info, arguments, own)
        if name == ASSERTIONS_INFO.name:
            return Measured(ASSERTIONS_INFO, {}, None)
        if name not in self._known.names() and name in entry_point_metrics():
            offered = entry_point_metric(name, forced=forced)
            read_arguments(offered.info, arguments)
            return Measured(offered.info, arguments, offered)
        if name not in self._known.names():
            raise UserError(f"There is no metric {name}.", did_you_mean(name, self.names()))
        metric = self._known.get(name)
        read_arguments(metric.info, arguments)
        return Measured(metric.info, arguments, metric)

    def chosen(self, plan: EvalPlan, task: Task) -> tuple[Measured, ...]:
        """The metrics of a plan: those asked for, else the task's own, else the kind's.

        Raises:
            UserError: one that was asked for is unknown.
        """
        if plan.metrics:
            force = plan.force_code
            return tuple(self.measured(n, given, forced=force) for n, given in plan.metrics)
        names = [*(task.metrics or _usual(task))]
        if plan.embedder is not None:
            names.append("embedding_similarity")
        return tuple(self.measured(n, {}) for n in names if n in self.names())

    def score(self, measured: Measured, item: Item, replies: Sequence[Evidence]) -> Score:
        """The metric of one item: the mean over its replies that were scored."""
        if not replies:
            return Score(None, "The item failed.")
        scores = [self._one(measured, item, reply) for reply in replies]
        values = [s.value for s in scores if s.value is not None]
        if not values:
            return scores[0]
        if len(scores) == 1:
            return scores[0]
        lost = len(scores) - len(values)
        reason = f"{lost} of {len(scores)} replies were not scored." if lost else ""
        return Score(math.fsum(values) / len(values), reason)

    def _one(self, measured: Measured, item: Item, evidence: Evidence) -> Score:
        if measured.metric is None:
            return assertion_score(item, evidence, self._by_name)
        return score(measured.metric, evidence, measured.arguments)

    def _by_name(self, name: str, evidence: Evidence) -> Score:
        return score(self._known.get(name), evidence)


def _usual(task: Task) -> tuple[str, ...]:
    """Metrics that suit a task which names none."""
    items = task.items
    if task.kind is Kind.CHOICE and items:
        if all(item.wrong for item in items):
            return _TRUTHS
        if all(item.choices for item in items):
            return _EXACT
    if task.kind is Kind.EMBED and items:
        if all(item.wrong for item in items):
            return ("ndcg", "average_precision")
        if all(item.rating is not None for item in items):
            return ("similarity_spearman",)
    if task.kind is Kind.GENERATE and any("\\" in r for i in items for r in i.references):
        return ("math_match", "exact_match")
    if task.kind is Kind.GENERATE and items and all(_is_number(i.references) for i in items):
        return ("numeric_match", "exact_match")
    return _BY_KIND[task.kind]


def _is_number(references: Sequence[str]) -> bool:
    plain = [
        text.replace(",", "").strip().removeprefix("-").removeprefix("$") for text in references
    ]
    return bool(plain) and all(text.replace(".", "", 1).isdigit() for text in plain)


def needs_own_time(plan: EvalPlan, task: Task) -> bool:
    """Whether a built-in metric asks how long replies take: then none may share its time."""
    known = built_in_metrics()
    names = [name for name, _ in plan.metrics] or task.metrics
    return any(n in known.names() and Need.TIMINGS in known.get(n).info.needs for n in names)


def needs_unconditional(metrics: Sequence[tuple[str, Arguments]]) -> bool:
    """Whether some metric asks for the answers' probabilities behind nothing."""
    return any(name == "acc_mutual_info" for name, _ in metrics)
