"""What each plot of the workspace draws, from the values of a report. No Qt; any thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from workbench.core.metric import Aggregate, Direction, MetricInfo
from workbench.experiments.plot_data.calibration import Calibration, calibration
from workbench.experiments.plot_data.confusion import Confusion, confusion
from workbench.experiments.plot_data.groups import group_scores
from workbench.experiments.plot_data.scatter import Scatter, scatter
from workbench.experiments.plot_data.size_trend import SizeTrend, size_trend
from workbench.experiments.report.values import (
    ReportData,
    ReportItem,
    ReportMetric,
    ReportSubject,
)
from workbench.experiments.statistics.robustness import robustness
from workbench.experiments.statistics.words import method_text
from workbench.gui.said import tr_said
from workbench.gui.translate import mark, tr

MOST_GROUPS = 40
NOTHING_YET = mark("Run a task, or open an earlier evaluation, to see its plots.")


class Kind(StrEnum):
    """The plots there are, in the order of the menu."""

    SCORES = mark("Scores with intervals")
    GROUPS = mark("By group")
    VARIANTS = mark("By variant")
    GRID = mark("Groups by tags")
    CALIBRATION = mark("Calibration")
    CONFUSION = mark("Confusion")
    SCATTER = mark("Two subjects, item by item")
    PROMPTS = mark("Over prompts")
    SIZE = mark("Size against score")


@dataclass(frozen=True, slots=True)
class Nothing:
    """There is nothing to draw, and why."""

    why: str


@dataclass(frozen=True, slots=True)
class Dots:
    """Values with intervals on one scale.

    Attributes:
        names: of the places, one under the other (or from the left).
        series: name and, for each place, its value; None where there is none.
        low, high: bounds of the scale; None where the values say.
        upright: whether the places stand beside each other and are joined.
    """

    names: tuple[str, ...]
    series: tuple[tuple[str, tuple[Aggregate | None, ...]], ...]
    label: str
    low: float | None
    high: float | None
    note: str = ""
    upright: bool = False


@dataclass(frozen=True, slots=True)
class Diagram:
    """Calibration of one or more subjects."""

    subjects: tuple[tuple[str, Calibration], ...]
    note: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Right against given answers of one subject."""

    subject: str
    counts: Confusion
    note: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Mean scores of one subject by two properties of the items.

    Attributes:
        values: (rows, columns), NaN where there is no scored item. `counts`: scored items.
        low, high: the ends of the colours.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: npt.NDArray[np.float64]
    counts: npt.NDArray[np.int64]
    low: float
    high: float
    note: str


@dataclass(frozen=True, slots=True)
class Cloud:
    """Items of two subjects against each other."""

    x: str
    y: str
    metric: str
    points: Scatter
    note: str


@dataclass(frozen=True, slots=True)
class Trend:
    """Score over the number of parameters."""

    names: tuple[str, ...]
    trend: SizeTrend
    metric: str
    note: str


Drawing = Nothing | Dots | Diagram | Matrix | Grid | Cloud | Trend


def drawing(data: ReportData, kind: Kind, metric: str, a: int, b: int) -> Drawing:
    """What a plot shows.

    Args:
        a, b: numbers of the subjects, where a plot is about one or two of them.
    """
    found = next((m for m in data.metrics if m.name == metric), None)
    if found is None or not data.subjects:
        return Nothing(tr(NOTHING_YET))
    a, b = min(a, len(data.subjects) - 1), min(b, len(data.subjects) - 1)
    match kind:
        case Kind.SCORES:
            return _scores(data, found)
        case Kind.GROUPS:
            return _parts(data, found, [item.group for item in data.items], "group")
        case Kind.VARIANTS:
            return _variants(data, found)
        case Kind.GRID:
            return _grid(data.items, data.subjects[a], found)
        case Kind.CALIBRATION:
            return _calibration(data)
        case Kind.CONFUSION:
            return _confusion(data.subjects[a])
        case Kind.SCATTER:
            return _scatter(data, found, a, b)
        case Kind.PROMPTS:
            return _prompts(data, found)
        case Kind.SIZE:
            return _size(data, found)


def _originals(data: ReportData) -> list[int]:
    return [place for place, item in enumerate(data.items) if not item.variant_of]


def _scale(info: MetricInfo) -> tuple[float | None, float | None]:
    both = info.low is not None and info.high is not None
    return (info.low, info.high) if both else (None, None)


def _axis(info: MetricInfo) -> str:
    better = {
        Direction.HIGHER: tr(" (higher is better)"),
        Direction.LOWER: tr(" (lower is better)"),
    }
    return f"{info.label}{better.get(info.direction, '')}"


def _scores(data: ReportData, metric: ReportMetric) -> Dots:
    values = tuple(s.aggregates[metric.name] for s in data.subjects)
    low, high = _scale(metric.info)
    ways = sorted({method_text(v.interval) for v in values if v.interval})
    note = (
        tr("95 % intervals: {ways}.", ways=", ".join(ways))
        if ways
        else tr("There are no intervals.")
    )
    names = tuple(s.label for s in data.subjects)
    return Dots(names, (("", values),), _axis(metric.info), low, high, note)


def _parts(data: ReportData, metric: ReportMetric, parts: Sequence[str], word: str) -> Drawing:
    """Scores by group over originals, or by variant over everything."""
    if metric.info.whole:
        return Nothing(
            tr(
                "{label} is no mean of the items' scores, so not by {word}.",
                label=metric.info.label,
                word=tr(word),
            )
        )
    places = _originals(data) if word == "group" else list(range(len(data.items)))
    names = list(dict.fromkeys(parts[p] for p in places))
    if len(names) < 2:
        return Nothing(tr("All items of this task have the same {word}.", word=tr(word)))
    shown = names[:MOST_GROUPS]
    series = []
    for subject in data.subjects:
        scores = subject.scores[metric.name]
        found = {
            g.name: g.score
            for g in group_scores(
                metric.info,
                [parts[p] for p in places],
                [scores[p] for p in places],
                [data.items[p].cluster for p in places],
            )
        }
        series.append((subject.label, tuple(found.get(name) for name in shown)))
    low, high = _scale(metric.info)
    more = len(names) - len(shown)
    note = tr("{more:,} more stand in the report.", more=more) if more else tr("95 % intervals.")
    labels = tuple(name or tr("(none)") for name in shown)
    return Dots(labels, tuple(series), _axis(metric.info), low, high, note)


def _variants(data: ReportData, metric: ReportMetric) -> Drawing:
    """Scores by variant, and below them the mean of every question's worst."""
    found = _parts(data, metric, [i.variant or "original" for i in data.items], mark("variant"))
    if not isinstance(found, Dots):
        return found
    series, changed = [], []
    for (name, values), subject in zip(found.series, data.subjects, strict=True):
        items = data.items
        one = robustness(
            metric.info,
            [i.id for i in items],
            [i.variant_of for i in items],
            [i.variant for i in items],
            subject.scores[metric.name],
        )
        series.append((name, (*values, one.worst)))
        if one.changed is not None:
            changed.append(f"{name} {one.changed:.0%}")
    note = tr("Worst case: the mean over questions of the worst score among their versions.")
    if changed:
        note += tr(
            " Questions whose score changes with the wording: {changed}.",
            changed=", ".join(changed),
        )
    names = (*found.names, tr("worst case"))
    return Dots(names, tuple(series), found.label, found.low, found.high, note)


def _grid(items: Sequence[ReportItem], subject: ReportSubject, metric: ReportMetric) -> Drawing:
    """The mean by group and tag: by length and depth, for a needle in a haystack."""
    if metric.info.whole:
        return Nothing(tr("{label} is no mean of the items' scores.", label=metric.info.label))
    rows = list(dict.fromkeys(i.group or tr("(none)") for i in items))
    columns = list(dict.fromkeys(tag for i in items for tag in i.tags))
    if len(columns) < 2 or len(columns) > MOST_GROUPS or len(rows) > MOST_GROUPS:
        return Nothing(tr("The items have no tags to sort them by, or too many."))
    sums = np.zeros((len(rows), len(columns)))
    counts = np.zeros((len(rows), len(columns)), np.int64)
    for item, score in zip(items, subject.scores[metric.name], strict=True):
        if score.value is None or item.variant_of:
            continue
        for tag in dict.fromkeys(item.tags):
            place = rows.index(item.group or "(none)"), columns.index(tag)
            sums[place] += score.value
            counts[place] += 1
    values = np.full_like(sums, np.nan)
    np.divide(sums, counts, out=values, where=counts > 0)
    low, high = _scale(metric.info)
    known = values[counts > 0]
    if not known.size:
        return Nothing(tr("No item was scored."))
    least, most = int(counts[counts > 0].min()), int(counts.max())
    items_of = (
        tr("{least:,} to {most:,} items", least=least, most=most)
        if most > least
        else tr("{most:,} item{value}", most=most, value="s"[: most - 1])
    )
    note = tr(
        "{label}: mean {label_2}, {items_of} in a cell.",
        label=subject.label,
        label_2=metric.info.label,
        items_of=items_of,
    )
    return Grid(
        tuple(rows),
        tuple(columns),
        values,
        counts,
        float(known.min()) if low is None else low,
        float(known.max()) if high is None else high,
        note,
    )


def _calibration(data: ReportData) -> Drawing:
    found = [
        (subject.label, calibration(subject.confidences))
        for subject in data.subjects
        if any(point is not None for point in subject.confidences)
    ]
    if not found:
        return Nothing(tr("Only choice items tell how sure a model was."))
    errors = ", ".join(
        tr("{label} {error:.3f} over {number:,} items", label=label, error=c.error, number=c.n)
        for label, c in found
        if c.error is not None
    )
    note = tr("Expected calibration error: {errors}.", errors=errors)
    note = f"{note} {tr_said(found[0][1].note)}".strip()
    return Diagram(tuple(found), note)


def _confusion(subject: ReportSubject) -> Drawing:
    labels = [pair for pair in subject.labels if pair is not None]
    if not labels or len({gold for gold, _ in labels}) < 2:
        return Nothing(tr("A confusion matrix needs answers that are labels, and more than one."))
    if len({gold for gold, _ in labels}) > max(2, len(labels) // 3):
        return Nothing(tr("Almost every item has a right answer of its own; labels repeat."))
    counts = confusion([g for g, _ in labels], [s for _, s in labels], most_labels=12)
    share = (
        ""
        if counts.accuracy is None
        else tr(" {accuracy:.1%} on the diagonal.", accuracy=counts.accuracy)
    )
    return Matrix(
        subject.label,
        counts,
        tr("{label}: {number:,} items.{share}", label=subject.label, number=counts.n, share=share),
    )


def _scatter(data: ReportData, metric: ReportMetric, a: int, b: int) -> Drawing:
    if metric.info.whole:
        return Nothing(tr("{label} has no value for one item.", label=metric.info.label))
    if a == b:
        return Nothing(tr("Choose two different subjects."))
    x, y = data.subjects[a], data.subjects[b]
    points = scatter(x.scores[metric.name], y.scores[metric.name])
    lost = tr(" · {left_out:,} left out", left_out=points.left_out) if points.left_out else ""
    note = tr(
        "{label} is higher on {above:,} items, {label_2} on {below:,}, equal on "
        "{same:,}{lost}. A click finds the item.",
        label=y.label,
        above=points.above,
        label_2=x.label,
        below=points.below,
        same=points.same,
        lost=lost,
    )
    return Cloud(x.label, y.label, metric.info.label, points, note)


def _prompts(data: ReportData, metric: ReportMetric) -> Drawing:
    prompts = list(dict.fromkeys(s.prompt for s in data.subjects))
    if len(prompts) < 2:
        return Nothing(tr("Tick two or more prompts, versions of one for instance, and run again."))
    lines: dict[str, dict[str, Aggregate]] = {}
    for subject in data.subjects:
        rest = subject.label.replace(f", {subject.prompt}", "")
        lines.setdefault(rest, {})[subject.prompt] = subject.aggregates[metric.name]
    low, high = _scale(metric.info)
    series = tuple((name, tuple(found.get(p) for p in prompts)) for name, found in lines.items())
    return Dots(tuple(prompts), series, _axis(metric.info), low, high, tr("95 % intervals."), True)


def _size(data: ReportData, metric: ReportMetric) -> Drawing:
    if metric.info.whole:
        return Nothing(tr("{label} has no value for one item.", label=metric.info.label))
    known = [s for s in data.subjects if s.size is not None]
    first: dict[str, ReportSubject] = {}
    for subject in known:
        first.setdefault(subject.model, subject)
    subjects = list(first.values())
    if len({s.size for s in subjects}) < 2:
        return Nothing(
            tr("Tick models of different sizes; the header of their files says the size.")
        )
    places = _originals(data)
    trend = size_trend(
        [s.size or 0.0 for s in subjects],
        [[s.scores[metric.name][p] for p in places] for s in subjects],
        metric.info.direction,
        [data.items[p].cluster for p in places],
    )
    if not trend.points:
        return Nothing(tr_said(trend.verdict))
    ordered = sorted(subjects, key=lambda s: s.size or 0.0)
    return Trend(tuple(s.model for s in ordered), trend, _axis(metric.info), trend.verdict)
