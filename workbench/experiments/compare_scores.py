"""Scores of columns whose prompt names the right answer for the values it ran with. Any thread."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.core.errors import UserError
from workbench.core.metric import Evidence, Score
from workbench.experiments.compare import ColumnEnd
from workbench.experiments.compare_facts import Fact
from workbench.templates.prompt_file import PromptFile

if TYPE_CHECKING:
    from workbench.experiments.session import Session

METRICS = ("contains", "exact_match")
"""What every column is scored by: whether the reply holds the answer, and whether it is just it."""

EXPECTED = "expected"
"""The key of a right answer in a prompt file's testData."""


@dataclass(frozen=True, slots=True)
class ColumnScores:
    """A column's replies against the right answer.

    Attributes:
        by_metric: for each metric one score per reply, in their order.
    """

    expected: str
    by_metric: Mapping[str, tuple[Score, ...]]

    def fact(self) -> Fact:
        """Means over the replies that were scored, for reading."""
        parts, tips = [], [f"expected: {self.expected}"]
        for name, scores in self.by_metric.items():
            known = [s.value for s in scores if s.value is not None]
            parts.append(f"{name} {sum(known) / len(known):.2f}" if known else f"{name} n/a")
            values = " ".join("n/a" if s.value is None else f"{s.value:g}" for s in scores)
            reasons = {s.reason for s in scores if s.reason}
            tips.append(" · ".join([f"{name}: {values}", *sorted(reasons)]))
        return Fact("score", " · ".join(parts), "\n".join(tips))


def expected_answer(prompt: PromptFile, values: Mapping[str, object]) -> str | None:
    """The answer that the prompt's testData calls right for these values; None when none is.

    A row is meant when what it names has these values and every other variable its default.
    """
    defaults = {variable.name: variable.default for variable in prompt.variables}
    for row in prompt.test_data:
        meant = {**defaults, **{name: v for name, v in row.items() if name != EXPECTED}}
        same = all(_text(values.get(name)) == _text(value) for name, value in meant.items())
        if EXPECTED in row and same:
            return _text(row[EXPECTED])
    return None


def column_scores(end: ColumnEnd, expected: str) -> ColumnScores | None:
    """Score every reply of a column; None where it has no finished run."""
    from workbench.metrics.registry import built_in_metrics
    from workbench.metrics.scoring import score

    if end.outcome is None or not end.done:
        return None
    metrics, start = built_in_metrics(), end.outcome.start
    replies = [sample.text for sample in end.outcome.end.result.samples]
    return ColumnScores(
        expected,
        {
            name: tuple(
                score(metrics.get(name), Evidence(text, (expected,), prompt=start.text))
                for text in replies
            )
            for name in METRICS
        },
    )


def keep_scores(session: Session, run_id: str, scores: ColumnScores) -> None:
    """Write them beside the run in the history; a run that is not there is left alone."""
    from workbench.history.run_scores import StoredScore, record_scores
    from workbench.metrics.registry import built_in_metrics

    metrics = built_in_metrics()
    rows = [
        StoredScore(sample, name, metrics.get(name).info.version, "{}", one.value, one.reason)
        for name, found in scores.by_metric.items()
        for sample, one in enumerate(found)
    ]
    with suppress(UserError):
        record_scores(session.store, run_id, rows).result()


def score_columns(
    session: Session, asked: Sequence[tuple[ColumnEnd, PromptFile, Mapping[str, object]]]
) -> dict[str, ColumnScores]:
    """Score columns, by the ids of their runs; only those with a known answer.

    What a metric said is kept in the history.
    """
    found: dict[str, ColumnScores] = {}
    for end, prompt, values in asked:
        expected = expected_answer(prompt, values)
        scores = column_scores(end, expected) if expected is not None else None
        if scores is None or end.outcome is None:
            continue
        found[end.outcome.start.run_id] = scores
        if end.outcome.saved:
            keep_scores(session, end.outcome.start.run_id, scores)
    return found


def _text(value: object) -> str:
    """A value as a person would write it."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)
