"""The parts of a report about single items: calibration, confusion, who differs where."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from workbench.experiments.plot_data.calibration import calibration
from workbench.experiments.plot_data.confusion import confusion
from workbench.experiments.plot_data.scatter import scatter
from workbench.experiments.report.charts import calibration_chart, confusion_chart, scatter_chart
from workbench.experiments.report.page import Cell, Section, figure, folded, paragraph, table
from workbench.experiments.report.svg import shortened
from workbench.experiments.report.tables import mean_metric
from workbench.experiments.report.values import ReportData
from workbench.experiments.statistics.words import number

_MOST_PAIRS = 6
_MOST_LABELS = 20
_MOST_LINES = 500
_EXCERPT = 240


def calibration_section(data: ReportData) -> Section | None:
    """How sure each subject was against how often it was right."""
    figures = []
    for subject in data.subjects:
        if not any(point is not None for point in subject.confidences):
            continue
        found = calibration(subject.confidences)
        error = "" if found.error is None else f"expected calibration error {number(found.error)}"
        words = f"{subject.label}: {error}, {found.n:,} items. {found.note}".strip()
        figures.append(figure(calibration_chart(found, f"Calibration of {subject.label}"), words))
    if not figures:
        return None
    lead = paragraph(
        "Dots on the dashed line: as often right as sure. Below it the model was too sure. Larger "
        "dots hold more items; lines are 95 % intervals.",
        "muted",
    )
    return Section("calibration", "Calibration", lead + "".join(figures))


def confusion_section(data: ReportData) -> Section | None:
    """Right against given answers, where few different answers are right."""
    figures = []
    for subject in data.subjects:
        pairs = [
            pair
            for item, pair in zip(data.items, subject.labels, strict=False)
            if pair is not None and not item.variant_of
        ]
        labels = {right for right, _ in pairs}
        if not 2 <= len(labels) <= _MOST_LABELS or len(pairs) < 2 * len(labels):
            continue
        found = confusion(
            [right for right, _ in pairs], [given for _, given in pairs], most_labels=_MOST_LABELS
        )
        drawing = confusion_chart(found, f"Confusion of {subject.label}")
        figures.append(figure(drawing, f"{subject.label}, {found.n:,} items"))
    return Section("confusion", "Confusion", "".join(figures)) if figures else None


def scatter_section(data: ReportData) -> Section | None:
    """Every two subjects item by item, and the items in which they differ."""
    metric = mean_metric(data)
    if metric is None or len(data.subjects) < 2:
        return None
    pairs = list(combinations(data.subjects, 2))
    places = [place for place, item in enumerate(data.items) if not item.variant_of]
    body = []
    for a, b in pairs[:_MOST_PAIRS]:
        found = scatter(*([s.scores[metric.name][place] for place in places] for s in (a, b)))
        words = (
            f"{metric.name}: {b.label} scores higher in {found.above:,} items, {a.label} in "
            f"{found.below:,}; the same in {found.same:,}."
        )
        if found.left_out:
            words += f" {found.left_out:,} lack a score."
        body.append(figure(scatter_chart(found, metric.info, a.label, b.label), words))
    if len(pairs) > _MOST_PAIRS:
        body.append(paragraph(f"The first {_MOST_PAIRS} of {len(pairs)} pairs are drawn.", "muted"))
    return Section("items", "Item by item", "".join(body))


def item_section(data: ReportData) -> Section:
    """A table of the items with every subject's answer and score."""
    metric = mean_metric(data) or data.metrics[0]
    heads: list[Cell | str] = ["item", "question", "right answer"]
    for subject in data.subjects:
        heads += [Cell(subject.label), Cell(metric.name, "n")]
    lines: list[list[Cell | str]] = []
    for place, item in enumerate(data.items[:_MOST_LINES]):
        name = f"{item.id} ({item.variant})" if item.variant else item.id
        line: list[Cell | str] = [
            name,
            Cell(shortened(item.question, _EXCERPT), "text"),
            Cell(shortened(item.gold, _EXCERPT), "text"),
        ]
        for subject in data.subjects:
            answer = subject.answers[place] if subject.answers else None
            run = subject.runs[place] if subject.runs else None
            score = subject.scores[metric.name][place]
            line.append(
                Cell(shortened(answer or "", _EXCERPT), "text", f"run {run}" if run else "")
            )
            value = "n/a" if score.value is None else number(score.value)
            line.append(Cell(value, "n", score.reason))
        lines.append(line)
    words = f"{len(data.items):,} items"
    if len(data.items) > _MOST_LINES:
        words = f"The first {_MOST_LINES} of {words}"
    note = "Hold the mouse over an answer for the run in the history."
    return Section("table", "Items", folded(words, table(heads, lines, note)))


def meaning_section(data: ReportData) -> Section:
    """What the numbers mean and what they do not."""
    lines: list[list[Cell | str]] = [
        [m.name, m.info.unit, m.info.means, m.info.means_not, f"{m.info.source}, v{m.info.version}"]
        for m in data.metrics
    ]
    heads = ["metric", "unit", "it says", "it does not say", "source"]
    how = paragraph(
        "Intervals hold the true value in about 95 of 100 such experiments. Shares of right "
        "answers have Wilson's; means are resampled over items, or over clusters where items share "
        "a passage. Differences are measured item by item. Items without a score are counted "
        "apart and never as 0.",
        "muted",
    )
    return Section("meaning", "What the numbers say", table(heads, lines) + how)


def item_sections_of(data: ReportData) -> Iterator[Section]:
    """Those that this evaluation has something to say in."""
    for section in (calibration_section(data), confusion_section(data), scatter_section(data)):
        if section is not None:
            yield section
    yield item_section(data)
    yield meaning_section(data)
