"""What a cell of a sweep can be coloured by: numbers of its replies, or any metric of them.

A metric that compares needs a right answer: it stands in the prompt file's `testData`, in the row
whose variables are those of the cell. Any thread.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from workbench.core.errors import UserError
from workbench.core.metric import Evidence, Need
from workbench.core.registry import did_you_mean
from workbench.experiments.sweep import Cell
from workbench.experiments.sweep_numbers import NUMBERS
from workbench.experiments.sweep_plan import PROMPT, VARIABLE, SweepPlan
from workbench.metrics.base import Metric
from workbench.metrics.registry import built_in_metrics
from workbench.metrics.scoring import score
from workbench.templates.prompt_file import PromptFile

_EXPECTED = ("expected", "ideal", "answer", "output")
_SHARES = {"agreement": (0.0, 1.0), "stopped": (0.0, 1.0)}
_KNOWN = frozenset({Need.PREDICTION, Need.REFERENCES})


@dataclass(frozen=True, slots=True)
class Figure:
    """Something a cell has a value of.

    Attributes:
        help: one sentence.
        unit: empty for a pure number.
        bounds: the smallest and the largest value there can be; None without such bounds.
    """

    name: str
    label: str
    help: str
    unit: str
    bounds: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A cell's value of a figure; None with the reason why there is none."""

    value: float | None
    reason: str = ""


class Figures:
    """All figures of one sweep."""

    def __init__(self, plan: SweepPlan) -> None:
        self._plan = plan
        self._done: dict[tuple[str, int, str | None], Value] = {}

    @cached_property
    def all(self) -> Mapping[str, Figure]:
        """By name."""
        return known_figures()

    def of(self, cell: Cell, name: str) -> Value:
        """A cell's value; over its replies the mean.

        Raises:
            UserError: there is no such figure.
        """
        if name not in self.all:
            raise UserError(f"There is no number {name}.", did_you_mean(name, list(self.all)))
        if cell.error:
            return Value(None, cell.error)
        if name in NUMBERS:
            value = cell.numbers.get(name)
            return Value(value, "" if value is not None else "It means nothing here.")
        key = (name, cell.index, cell.run_id)
        if key not in self._done:
            self._done[key] = self._scored(cell, name)
        return self._done[key]

    def _scored(self, cell: Cell, name: str) -> Value:
        prompt = self._plan.prompts[self._plan.index_of(PROMPT, cell.index)]
        at = self._plan.at(cell.index).items()
        own = {n.removeprefix(VARIABLE): v for n, v in at if n.startswith(VARIABLE)}
        standing = {v.name: v.default for v in prompt.variables}
        references = answers(prompt, {**standing, **self._plan.values, **own})
        values: list[float] = []
        reason = "There are no replies."
        for text in cell.texts:
            found = score(self._metrics[name], Evidence(prediction=text, references=references))
            if found.value is None:
                reason = found.reason
                if not references and Need.REFERENCES in self._metrics[name].info.needs:
                    reason = "No row of the prompt's testData has these variables and an answer."
            else:
                values.append(found.value)
        if not values:
            return Value(None, reason)
        return Value(math.fsum(values) / len(values))

    @cached_property
    def _metrics(self) -> Mapping[str, Metric]:
        return {metric.info.name: metric for metric in built_in_metrics()}


def known_figures() -> Mapping[str, Figure]:
    """By name: numbers first, then the metrics that need no more than reply and answer."""
    found = {
        name: Figure(name, number.label, number.help, number.unit, _SHARES.get(name))
        for name, number in NUMBERS.items()
    }
    for metric in built_in_metrics():
        info = metric.info
        required = any(argument.required for argument in info.arguments)
        if not required and any(_can_be_met(n) for n in (info.needs, *info.or_needs)):
            bounds = None
            if info.low is not None and info.high is not None:
                bounds = info.low, info.high
            means = f"{info.means[:1].upper()}{info.means[1:]}"
            figure = Figure(info.name, info.label, means, info.unit, bounds)
            found.setdefault(info.name, figure)
    return found


def _can_be_met(needs: frozenset[Need]) -> bool:
    return Need.PREDICTION in needs and needs <= _KNOWN


def answers(prompt: PromptFile, values: Mapping[str, object]) -> tuple[str, ...]:
    """The right answers for these variables; none when no row of `testData` has them.

    A row counts when every variable it gives is the same here; names it does not give may be
    anything.
    """
    found: list[str] = []
    for row in prompt.test_data:
        given = {k: v for k, v in row.items() if k not in _EXPECTED and k in values}
        expected = next((row[k] for k in _EXPECTED if row.get(k) is not None), None)
        if expected is None or any(str(values[k]) != str(v) for k, v in given.items()):
            continue
        found += [str(e) for e in expected] if isinstance(expected, list) else [str(expected)]
    return tuple(dict.fromkeys(found))
