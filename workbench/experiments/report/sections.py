"""The parts of a report about scores: who is better, by how much, and whether that is noise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.core.metric import Aggregate, Direction
from workbench.experiments.plot_data.groups import GroupScore, group_scores
from workbench.experiments.plot_data.size_trend import size_trend
from workbench.experiments.report import svg
from workbench.experiments.report.charts import (
    Row,
    bar_chart,
    interval_chart,
    size_chart,
    version_chart,
)
from workbench.experiments.report.page import Cell, Section, figure, folded, paragraph, table
from workbench.experiments.report.stability import repeat_section, stability_section
from workbench.experiments.report.tables import mean_metric, score_cell
from workbench.experiments.report.values import ReportData, ReportMetric, ReportSubject
from workbench.experiments.statistics.many import holm
from workbench.experiments.statistics.pooling import Subtask, pool
from workbench.experiments.statistics.repeats import rank_flips
from workbench.experiments.statistics.words import method_text, number, p_text

_MOST_GROUPS = 40


def score_section(data: ReportData) -> Section:
    """Every metric of every subject, with intervals."""
    body = [key(data)]
    for metric in data.metrics:
        rows = _rows(data, metric)
        body.append(
            figure(interval_chart(metric.info, rows), f"{metric.name}: {metric.info.means}")
        )
    heads: list[Cell | str] = ["", *(Cell(m.name, "n", m.info.means) for m in data.metrics)]
    lines: list[list[Cell | str]] = [
        [s.label, *(score_cell(s.aggregates[m.name]) for m in data.metrics)] for s in data.subjects
    ]
    note = "Below each the 95 % interval. Hold the mouse over a number for how it was made."
    return Section("scores", "Scores", "".join([*body, table(heads, lines, note)]))


def key(data: ReportData) -> str:
    """Which colour and mark is whose; nothing for one subject."""
    if len(data.subjects) < 2:
        return ""
    parts = []
    for place, subject in enumerate(data.subjects):
        sample = svg.picture(14, 14, "", [svg.mark(7, 7, place)])
        parts.append(f"<span>{sample} {svg.clean(subject.label)}</span>")
    return f'<div class="key">{"".join(parts)}</div>'


def pair_section(data: ReportData) -> Section | None:
    """Every two subjects on every metric: the difference, and whether it is noise."""
    if not data.pairs:
        return None
    body = []
    main = data.metrics[0].name
    body += [paragraph(pair.words) for pair in data.pairs if pair.metric == main]
    body.append(paragraph(data.pairs_note, "muted"))
    corrected = holm([pair.result.p for pair in data.pairs])
    heads: list[Cell | str] = ["metric", "against", "this one"]
    heads += [Cell(name, "n") for name in ("difference", "95 % interval", "p", "p (Holm)", "items")]
    lines: list[list[Cell | str]] = []
    for pair, p in zip(data.pairs, corrected, strict=True):
        found = pair.result
        span = "n/a"
        if found.low is not None and found.high is not None:
            span = f"{number(found.low)} to {number(found.high)}"
        lines.append(
            [
                *(pair.metric, pair.a, pair.b),
                Cell("n/a" if found.difference is None else number(found.difference), "n"),
                Cell(span, "n", method_text(found.interval) or found.reason),
                Cell(_p(found.p), "n", found.test),
                Cell(_p(p), "n"),
                Cell(f"{found.n:,}", "n"),
            ]
        )
    note = "This one's score minus the other's, over the items that both have a score for."
    lines_shown = table(heads, lines, note)
    shown = lines_shown if len(lines) <= 12 else folded(f"{len(lines)} comparisons", lines_shown)
    return Section("differences", "Is the difference noise?", "".join([*body, shown]))


def _p(value: float | None) -> str:
    """As a table has it: 0.03, < 0.001, n/a."""
    return "n/a" if value is None else p_text(value).removeprefix("p ").removeprefix("= ")


def group_section(data: ReportData) -> Section | None:
    """The first metric that is a mean, by group."""
    places = [place for place, item in enumerate(data.items) if not item.variant_of]
    groups = [data.items[place].group for place in places]
    metric = mean_metric(data)
    if metric is None or len(set(groups)) < 2:
        return None
    tables = [
        group_scores(
            metric.info,
            groups,
            [subject.scores[metric.name][place] for place in places],
            [data.items[place].cluster for place in places],
        )
        for subject in data.subjects
    ]
    names = [found.name for found in tables[0]]
    shown = names[:_MOST_GROUPS]
    charted = [
        (
            name,
            [
                Row(s.label, t[k].score, n)
                for n, (s, t) in enumerate(zip(data.subjects, tables, strict=True))
            ],
        )
        for k, name in enumerate(shown)
    ]
    words = f"{metric.name} by group; in brackets the number of items."
    if len(names) > len(shown):
        words += f" The first {len(shown)} of {len(names)} groups are drawn; the table has all."
    heads: list[Cell | str] = ["group", *(Cell(s.label, "n") for s in data.subjects)]
    lines: list[list[Cell | str]] = [
        [name or "(no group)", *(score_cell(t[k].score) for t in tables)]
        for k, name in enumerate(names)
    ]
    lines.append(["every group alike", *(score_cell(_over_groups(t)) for t in tables)])
    return Section(
        "groups",
        "By group",
        key(data)
        + figure(bar_chart(metric.info, charted), words)
        + folded("Table", table(heads, lines)),
    )


def _over_groups(found: Sequence[GroupScore]) -> Aggregate:
    """The mean over groups, however many items each has (MMLU's macro average)."""
    parts = []
    for group in found:
        score = group.score
        if score.value is None:
            return Aggregate(None, None, None, 0, score.unscored, reason="A group has no score.")
        parts.append(Subtask(score.value, score.n, low=score.low, high=score.high))
    return pool(parts, by_size=False)


def version_section(data: ReportData) -> Section | None:
    """Scores over prompts, where more than one was tried."""
    prompts = list(dict.fromkeys(subject.prompt for subject in data.subjects))
    if len(prompts) < 2:
        return None
    models = list(dict.fromkeys(subject.model for subject in data.subjects))
    figures = []
    for metric in data.metrics:
        lines = []
        for number_, model in enumerate(models):
            first = {
                s.prompt: s.aggregates[metric.name]
                for s in reversed(data.subjects)
                if s.model == model
            }
            empty = Aggregate(None, None, None, 0, 0)
            lines.append([Row(f"{model}, {p}", first.get(p, empty), number_) for p in prompts])
        figures.append(figure(version_chart(metric.info, prompts, lines), metric.name))
    names = "".join(
        f"<span>{svg.picture(14, 14, '', [svg.mark(7, 7, n)])} {svg.clean(model)}</span>"
        for n, model in enumerate(models)
    )
    words = paragraph(_order_words(data, prompts, models), "muted")
    key_ = f'<div class="key">{names}</div>'
    return Section("prompts", "Over prompts", f"{key_}{''.join(figures)}{words}")


def _order_words(data: ReportData, prompts: Sequence[str], models: Sequence[str]) -> str:
    """Whether the order of the models depends on the prompt; "" where it cannot be said."""
    metric = data.metrics[0]
    if len(models) < 2 or metric.info.direction is Direction.NEITHER:
        return ""
    sign = -1.0 if metric.info.direction is Direction.LOWER else 1.0
    table_ = []
    for prompt in prompts:
        row = [
            next(
                (
                    s.aggregates[metric.name].value
                    for s in data.subjects
                    if (s.model, s.prompt) == (model, prompt)
                ),
                None,
            )
            for model in models
        ]
        known = [sign * value for value in row if value is not None]
        if len(known) < len(models):
            return ""
        table_.append(known)
    found = rank_flips(table_)
    if found.flipped is None:
        return ""
    if not found.flipped:
        return f"The order of the models by {metric.name} is the same with every prompt."
    return (
        f"In {found.flipped:.0%} of comparisons the model that leads with {prompts[0]} by "
        f"{metric.name} does not lead with another one. Whether that is more than noise, the "
        "differences above say."
    )


def size_section(data: ReportData) -> Section | None:
    """Size against score, where models of different sizes were asked the same way."""
    metric = mean_metric(data)
    prompt = data.subjects[0].prompt if data.subjects else ""
    by_model: dict[str, tuple[int, ReportSubject, float]] = {}
    for place, subject in enumerate(data.subjects):
        if subject.prompt == prompt and subject.size and subject.model not in by_model:
            by_model[subject.model] = (place, subject, subject.size)
    found = sorted(by_model.values(), key=lambda one: one[2])
    if metric is None or len({size for _, _, size in found}) < 2:
        return None
    places = [place for place, item in enumerate(data.items) if not item.variant_of]
    trend = size_trend(
        [size for _, _, size in found],
        [[s.scores[metric.name][place] for place in places] for _, s, _ in found],
        metric.info.direction,
        [data.items[place].cluster for place in places],
    )
    if not trend.points:
        return None
    rows = [Row(s.label, s.aggregates[metric.name], place) for place, s, _ in found]
    words = trend.verdict
    if trend.slope is not None and trend.slope.difference is not None:
        words += (
            f" Ten times the parameters change {metric.name} by {number(trend.slope.difference)}"
        )
        if trend.slope.low is not None and trend.slope.high is not None:
            words += f" ({number(trend.slope.low)} to {number(trend.slope.high)}, over items)"
        words += "."
    return Section(
        "size", "Size against score", figure(size_chart(metric.info, trend, rows), words)
    )


def _rows(data: ReportData, metric: ReportMetric) -> list[Row]:
    return [Row(s.label, s.aggregates[metric.name], n) for n, s in enumerate(data.subjects)]


def sections_of(data: ReportData) -> Iterator[Section]:
    """Those that this evaluation has something to say in."""
    found: Sequence[Section | None] = (
        score_section(data),
        pair_section(data),
        group_section(data),
        stability_section(data),
        repeat_section(data),
        version_section(data),
        size_section(data),
    )
    yield from (section for section in found if section is not None)
