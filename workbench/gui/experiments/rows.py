"""What the tables of the workspace show, as texts, from the values of a report. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workbench.core.metric import Aggregate, Direction, MetricInfo, Score
from workbench.core.task import BadRow, Item, Task
from workbench.core.text import elide
from workbench.experiments.evaluate.runner import EvalProgress
from workbench.experiments.report.values import ReportData, ReportItem
from workbench.experiments.statistics.words import interval_text, number
from workbench.gui.said import tr_said
from workbench.gui.translate import mark, tr

MOST_SHOWN = 160


class Show(StrEnum):
    """Which items the table shows."""

    ALL = mark("all items")
    WRONG = mark("not fully right")
    DIFFER = mark("subjects differ")
    FAILED = mark("failed or not asked")
    UNSCORED = mark("not scored")
    BAD_ROWS = mark("rows left out")


@dataclass(frozen=True, slots=True)
class ScoreCell:
    """One metric of one subject: the value, its interval beside it, and what both mean."""

    value: str
    span: str
    tip: str


@dataclass(frozen=True, slots=True)
class AnswerCell:
    """What a subject said to an item.

    Attributes:
        good: True for a full score, False for none, None for what lies between or has no sides.
    """

    text: str
    good: bool | None
    tip: str


def score_cell(aggregate: Aggregate, info: MetricInfo) -> ScoreCell:
    """A cell of the table of scores."""
    tip = tr(
        "{label}: {interval_text}\n{means}\nNot: {means_not}",
        label=info.label,
        interval_text=tr_said(interval_text(aggregate)),
        means=tr(info.means),
        means_not=tr(info.means_not),
    )
    if aggregate.value is None:
        return ScoreCell("–", "", f"{info.label}: {tr_said(aggregate.reason) or tr('not scored')}")
    span = ""
    if aggregate.low is not None and aggregate.high is not None:
        span = tr("{low} to {high}", low=number(aggregate.low), high=number(aggregate.high))
    if aggregate.unscored:
        span = f"{span} · {tr('{n:,} not scored', n=aggregate.unscored)}".removeprefix(" · ")
    return ScoreCell(number(aggregate.value), span, tip)


def score_rows(data: ReportData) -> list[list[ScoreCell]]:
    """Subjects by metrics."""
    return [
        [score_cell(subject.aggregates[m.name], m.info) for m in data.metrics]
        for subject in data.subjects
    ]


def answer_cell(info: MetricInfo, score: Score, answer: str | None) -> AnswerCell:
    """A cell of the table of items, for one metric."""
    said = one_line(answer) if answer is not None else ""
    tip = (answer or "")[:2000]
    if score.value is None:
        return AnswerCell(said or "–", None, f"{score.reason}\n{tip}".strip())
    bounded = info.low is not None and info.high is not None
    best, worst = (
        (info.low, info.high) if info.direction is Direction.LOWER else (info.high, info.low)
    )
    good = None
    if bounded and info.direction is not Direction.NEITHER:
        good = True if score.value == best else False if score.value == worst else None
    sign = {True: "✓", False: "✗", None: number(score.value)}[good]
    return AnswerCell(
        f"{sign}  {said}" if said else sign,
        good,
        f"{info.label} {score.value:g}\n{tip}",
    )


def one_line(text: str) -> str:
    """A text as one line of a table."""
    return elide(" ".join(text.split()), MOST_SHOWN)


def preview_items(task: Task) -> tuple[ReportItem, ...]:
    """Items of a task that was not run yet, as the table shows them."""
    return tuple(_preview(item) for item in task.items)


def _preview(item: Item) -> ReportItem:
    question = item.variables.get("question") or item.prompt or item.completion
    if not question and item.messages:
        question = item.messages[-1][1]
    answers = item.options or tuple(c.strip() for c in item.choices)
    gold = [answers[i] for i in item.gold if i < len(answers)] or list(item.references)
    if not gold and item.calls:
        gold = [call.name for call in item.calls]
    if context := item.variables.get("context"):
        question = f"{context}\n{question}"
    return ReportItem(
        item.id,
        question[-2000:],
        " / ".join(gold)[:2000],
        item.group,
        item.cluster,
        item.variant_of,
        item.variant,
    )


def shown_items(data: ReportData, metric: str, show: Show) -> list[int]:
    """Places of the items that a choice leaves, in the task's order."""
    every = range(len(data.items))
    if show is Show.ALL or not data.subjects or metric not in data.subjects[0].scores:
        return list(every)
    info = next(m.info for m in data.metrics if m.name == metric)
    rows = [[s.scores[metric][i].value for s in data.subjects] for i in every]
    keep: Callable[[int], bool]
    if show is Show.WRONG:
        best = info.low if info.direction is Direction.LOWER else info.high
        keep = lambda i: any(v is not None and v != best for v in rows[i])  # noqa: E731  # one of four ways
    elif show is Show.DIFFER:
        keep = lambda i: len(set(rows[i])) > 1  # noqa: E731  # as above
    elif show is Show.UNSCORED:
        keep = lambda i: None in rows[i]  # noqa: E731  # as above
    else:
        keep = lambda i: any(s.runs[i] is None for s in data.subjects)  # noqa: E731  # as above
    return [i for i in every if keep(i)]


def ordered(places: Sequence[int], keys: Sequence[float | str | None], *, down: bool) -> list[int]:
    """Places by their keys; those without one come last, equal ones stay in order."""
    there = [p for p in places if keys[p] is not None]
    there.sort(key=lambda p: _key(keys[p]), reverse=down)
    return [*there, *(p for p in places if keys[p] is None)]


def _key(value: float | str | None) -> tuple[int, float, str]:
    return (1, 0.0, value) if isinstance(value, str) else (0, value or 0.0, "")


def progress_words(progress: EvalProgress) -> str:
    """How far it is and how long it takes."""
    words = tr("{done:,} of {total:,}", done=progress.done, total=progress.total)
    if progress.failed:
        words += tr(" · {failed:,} failed", failed=progress.failed)
    if progress.seconds_left is not None and progress.done < progress.total:
        left = progress.seconds_left
        words += (
            tr(" · {left:.0f} s left", left=left)
            if left < 120
            else tr(" · {left:.0f} min left", left=left / 60)
        )
    return tr("paused · {words}", words=words) if progress.paused else words


def bad_row_text(bad: BadRow) -> str:
    """A row that was left out, as one line."""
    column = f", {bad.column}" if bad.column else ""
    said = tr_said(bad.message)
    return tr("line {line:,}{column}: {message}", line=bad.line, column=column, message=said)


def unfinished(data: ReportData) -> int:
    """Items that failed or were not asked, over all subjects."""
    return sum(run is None for subject in data.subjects for run in subject.runs)


def verdicts(data: ReportData, metric: str, most: int = 6) -> str:
    """Whether the differences in a metric are noise, in words."""
    pairs = [tr_said(pair.words) for pair in data.pairs if pair.metric == metric]
    if not pairs:
        return ""
    lines = pairs[:most]
    if len(pairs) > most:
        lines.append(
            tr("… and {n_pairs:,} more pairs; the report has them.", n_pairs=len(pairs) - most)
        )
    if data.pairs_note:
        lines.append(tr_said(data.pairs_note))
    return "\n\n".join(lines)
