"""The plots of a report, from the values in `plot_data` to SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.core.metric import Aggregate, MetricInfo
from workbench.experiments.plot_data.calibration import Calibration
from workbench.experiments.plot_data.confusion import Confusion
from workbench.experiments.plot_data.scatter import Scatter
from workbench.experiments.plot_data.size_trend import SizeTrend
from workbench.experiments.report import svg
from workbench.experiments.report.axis import Axis, span_of, tick_text
from workbench.experiments.statistics.words import interval_text

_WIDTH = 720.0
_ROW = 24.0
_NAMES = 220.0
_SQUARE = 320.0
_MOST_LABEL = 34


@dataclass(frozen=True, slots=True)
class Row:
    """A named score of a subject, which has a colour by its number."""

    name: str
    score: Aggregate
    series: int = 0


def interval_chart(info: MetricInfo, rows: Sequence[Row]) -> str:
    """One dot with its interval for each row."""
    values = [v for row in rows for v in _values(row.score)]
    low, high = span_of(values, info.low, info.high)
    axis = Axis(low, high, _NAMES, _WIDTH - 70, f"{info.label} ({info.unit})")
    bottom = 10 + _ROW * len(rows)
    shapes = svg.x_axis(axis, 4, bottom)
    for place, row in enumerate(rows):
        y = 10 + _ROW * (place + 0.5)
        name = svg.shortened(row.name, _MOST_LABEL)
        shapes.append(svg.text(_NAMES - 12, y + 4, name, "name", "end"))
        if row.score.value is None:
            shapes.append(svg.text(_NAMES + 4, y + 4, "not scored", "tick"))
            continue
        hint = f"{row.name}: {interval_text(row.score)}"
        shapes += svg.whisker(axis, row.score.low, row.score.high, y, row.series)
        shapes.append(svg.mark(axis.at(row.score.value), y, row.series, hint))
        shapes.append(svg.text(_WIDTH - 4, y + 4, f"{row.score.value:.3g}", "tick", "end"))
    return svg.picture(_WIDTH, bottom + 40, f"{info.label} with 95 % intervals", shapes)


def bar_chart(info: MetricInfo, groups: Sequence[tuple[str, Sequence[Row]]]) -> str:
    """Bars with intervals: for each group one bar per subject."""
    values = [v for _, rows in groups for row in rows for v in _values(row.score)]
    low, high = span_of(values, info.low, info.high, whole=True)
    axis = Axis(low, high, _NAMES, _WIDTH - 70, f"{info.label} ({info.unit})")
    bar = 13.0
    y, shapes = 10.0, []
    for name, rows in groups:
        count = max((row.score.n for row in rows), default=0)
        label = f"{svg.shortened(name or '(no group)', _MOST_LABEL - 6)} ({count:,})"
        middle = y + bar * len(rows) / 2
        shapes.append(svg.text(_NAMES - 12, middle + 4, label, "name", "end"))
        for row in rows:
            shapes += _bar(axis, row, y, bar)
            y += bar
        y += 8
    grid = svg.x_axis(axis, 4, y)
    return svg.picture(_WIDTH, y + 40, f"{info.label} by group", [*grid, *shapes])


def _bar(axis: Axis, row: Row, y: float, height: float) -> list[str]:
    if row.score.value is None:
        return [svg.text(_NAMES + 4, y + height - 3, "not scored", "tick")]
    zero = axis.at(max(axis.low, min(0.0, axis.high)))
    x = axis.at(row.score.value)
    hint = f"{row.name}: {interval_text(row.score)}"
    shapes = [svg.box(min(zero, x), y + 1, abs(x - zero), height - 2, f"b s{row.series % 8}", hint)]
    if row.score.low is not None and row.score.high is not None:
        low, high, middle = axis.at(row.score.low), axis.at(row.score.high), y + height / 2
        shapes.append(svg.line(low, middle, high, middle, "error"))
    return shapes


def calibration_chart(data: Calibration, title: str) -> str:
    """How sure against how often right; the area of a dot is its number of items."""
    x = Axis(0, 1, 50, 50 + _SQUARE, "confidence")
    y = Axis(0, 1, 20 + _SQUARE, 20, "share that was right")
    bottom = 20 + _SQUARE
    shapes = [*svg.x_axis(x, 20, bottom), *svg.y_axis(y, 50, 50 + _SQUARE)]
    shapes.append(svg.line(x.at(0), y.at(0), x.at(1), y.at(1), "ideal"))
    largest = max((part.n for part in data.bins), default=1)
    for part in data.bins:
        px, py = x.at(part.confidence), y.at(part.right)
        if part.low is not None and part.high is not None:
            shapes.append(svg.line(px, y.at(part.low), px, y.at(part.high), "w s0"))
        hint = f"{part.n:,} items, {part.confidence:.1%} sure, {part.right:.1%} right"
        shapes.append(svg.dot(px, py, 2.5 + 6.5 * math.sqrt(part.n / largest), "s0", hint))
    return svg.picture(_SQUARE + 70, _SQUARE + 60, title, shapes)


def scatter_chart(data: Scatter, info: MetricInfo, x_name: str, y_name: str) -> str:
    """Two subjects item by item; above the diagonal the second one scores higher."""
    values = [value for dot in data.dots for value in (dot.x, dot.y)]
    low, high = span_of(values, info.low, info.high)
    room = 0.05 * (high - low)
    x = Axis(low - room, high + room, 56, 56 + _SQUARE, svg.shortened(x_name, 40))
    y = Axis(low - room, high + room, 24 + _SQUARE, 24, svg.shortened(y_name, 40))
    shapes = [*svg.x_axis(x, 24, 24 + _SQUARE), *svg.y_axis(y, 56, 56 + _SQUARE)]
    shapes.append(svg.line(x.at(low), y.at(low), x.at(high), y.at(high), "ideal"))
    largest = max((dot.count for dot in data.dots), default=1)
    for dot in data.dots:
        hint = f"{dot.count:,} item{'' if dot.count == 1 else 's'}: {dot.x:.3g} and {dot.y:.3g}"
        side = "up" if dot.y > dot.x else "down" if dot.y < dot.x else "even"
        radius = 2.5 + 15 * math.sqrt(dot.count / largest) if largest > 1 else 3.5
        shapes.append(svg.dot(x.at(dot.x), y.at(dot.y), radius, f"d {side}", hint))
        if dot.count > 1 and radius > 9:
            shapes.append(svg.text(x.at(dot.x), y.at(dot.y) + 4, f"{dot.count:,}", "in", "middle"))
    return svg.picture(_SQUARE + 76, _SQUARE + 64, f"{y_name} against {x_name}, by item", shapes)


def confusion_chart(data: Confusion, title: str) -> str:
    """Right answers in rows, given answers in columns, darker for more."""
    cell = max(22.0, min(56.0, 480.0 / max(1, len(data.columns))))
    left, top = 120.0, 40.0
    shapes = [
        svg.text(left, 14, "given answer →", "axis"),
        svg.text(left - 8, top - 6, "right answer ↓", "axis", "end"),
    ]
    most = max(1, data.largest)
    for j, label in enumerate(data.columns):
        name = svg.shortened(label, max(3, int(cell / 7)))
        shapes.append(svg.text(left + cell * (j + 0.5), top - 6, name, "tick", "middle"))
    for i, label in enumerate(data.rows):
        y = top + cell * i
        shapes.append(svg.text(left - 8, y + cell / 2 + 4, svg.shortened(label, 16), "name", "end"))
        for j, other in enumerate(data.columns):
            count = data.counts[i][j]
            hint = f"right: {label}, given: {other}: {count:,} items"
            kind = "cell hit" if label == other else "cell"
            opacity = f"fill-opacity:{0.06 + 0.84 * count / most:.3f}" if count else ""
            x = left + cell * j
            shapes.append(
                svg.box(x, y, cell - 1, cell - 1, kind if count else "cell none", hint, opacity)
            )
            if count:
                shade = "strong" if count > 0.55 * most else "weak"
                words = tick_text(count)
                shapes.append(svg.text(x + cell / 2, y + cell / 2 + 4, words, shade, "middle"))
    width = left + cell * len(data.columns) + 10
    return svg.picture(max(260.0, width), top + cell * len(data.rows) + 10, title, shapes)


def version_chart(info: MetricInfo, names: Sequence[str], series: Sequence[Sequence[Row]]) -> str:
    """A score over versions of a prompt, one line per model.

    Args:
        names: of the versions, in order. series: for each model a row per version.
    """
    values = [v for rows in series for row in rows for v in _values(row.score)]
    low, high = span_of(values, info.low, info.high)
    bottom, right = 260.0, _WIDTH - 30
    y = Axis(low, high, bottom, 26, f"{info.label} ({info.unit})")
    step = (right - 80) / max(1, len(names) - 1) if len(names) > 1 else 0.0
    shapes = svg.y_axis(y, 56, right + 10)
    for place, name in enumerate(names):
        label = svg.shortened(name, max(8, int(step / 7) if step else 30))
        shapes.append(svg.text(80 + step * place, bottom + 16, label, "tick", "middle"))
    for rows in series:
        ahead: tuple[float, float] | None = None
        for place, row in enumerate(rows):
            if row.score.value is None:
                ahead = None
                continue
            here = (80 + step * place + 5 * (row.series % 8 - 1), y.at(row.score.value))
            kind = f"w s{row.series % 8}"
            if ahead is not None:
                shapes.append(svg.line(*ahead, *here, kind))
            if row.score.low is not None and row.score.high is not None:
                ends = y.at(row.score.low), y.at(row.score.high)
                shapes.append(svg.line(here[0], ends[0], here[0], ends[1], f"{kind} thin"))
            shapes.append(svg.mark(*here, row.series, f"{row.name}: {interval_text(row.score)}"))
            ahead = here
    return svg.picture(_WIDTH, bottom + 30, f"{info.label} over prompt versions", shapes)


def size_chart(info: MetricInfo, data: SizeTrend, rows: Sequence[Row]) -> str:
    """Size against score, with the line through the models.

    Args:
        rows: as many as `data.points`, in the same order (smaller models first).
    """
    values = [v for row in rows for v in _values(row.score)]
    low, high = span_of(values, info.low, info.high)
    sizes = [size for size, _ in data.points] or [1.0]
    bottom = 290.0
    x = Axis(min(sizes) / 1.6, max(sizes) * 1.6, 60, _WIDTH - 30, "parameters", log=True)
    y = Axis(low, high, bottom, 26, f"{info.label} ({info.unit})")
    shapes = [*svg.x_axis(x, 26, bottom), *svg.y_axis(y, 60, _WIDTH - 30)]
    if data.slope is not None and data.slope.difference is not None and data.at_one is not None:
        ends = [data.at_one + data.slope.difference * math.log10(s) for s in (x.low, x.high)]
        shapes.append(svg.line(x.at(x.low), y.at(ends[0]), x.at(x.high), y.at(ends[1]), "ideal"))
    for (size, _), row in zip(data.points, rows, strict=True):
        if row.score.value is None:
            continue
        px = x.at(size)
        if row.score.low is not None and row.score.high is not None:
            kind = f"w s{row.series % 8}"
            shapes.append(svg.line(px, y.at(row.score.low), px, y.at(row.score.high), kind))
        shapes.append(
            svg.mark(
                px, y.at(row.score.value), row.series, f"{row.name}: {interval_text(row.score)}"
            )
        )
    return svg.picture(_WIDTH, bottom + 40, f"{info.label} against size", shapes)


def _values(score: Aggregate) -> list[float]:
    return [v for v in (score.value, score.low, score.high) if v is not None]
