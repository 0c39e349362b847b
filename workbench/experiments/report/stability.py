"""The parts of a report about stability: perturbed questions, repeated replies."""

from __future__ import annotations

from workbench.experiments.report.page import Cell, Section, paragraph, table
from workbench.experiments.report.tables import mean_metric, score_cell
from workbench.experiments.report.values import ReportData
from workbench.experiments.statistics.repeats import repeat_spread
from workbench.experiments.statistics.robustness import robustness
from workbench.experiments.statistics.words import number, p_text


def stability_section(data: ReportData) -> Section | None:
    """Perturbed questions against their originals."""
    metric = mean_metric(data)
    if metric is None or not any(item.variant_of for item in data.items):
        return None
    found = [
        robustness(
            metric.info,
            [item.id for item in data.items],
            [item.variant_of for item in data.items],
            [item.variant for item in data.items],
            subject.scores[metric.name],
        )
        for subject in data.subjects
    ]
    kinds = list(dict.fromkeys(kind for one in found for kind in one.kinds))
    heads: list[Cell | str] = ["", Cell("original", "n"), Cell("worst version", "n")]
    heads += [Cell("changed", "n", "questions whose score is not the same in all versions")]
    heads += [Cell(kind, "n", "mean difference from the original questions") for kind in kinds]
    lines: list[list[Cell | str]] = []
    for subject, one in zip(data.subjects, found, strict=True):
        worst = Cell("n/a", "n") if one.worst is None else score_cell(one.worst)
        changed = "n/a" if one.changed is None else f"{one.changed:.0%}"
        line: list[Cell | str] = [subject.label, score_cell(one.before), worst, Cell(changed, "n")]
        for kind in kinds:
            pair = one.kinds.get(kind)
            if pair is None or pair.difference is None:
                line.append(Cell("n/a", "n"))
            else:
                hint = f"{pair.n} questions" + ("" if pair.p is None else f", {p_text(pair.p)}")
                line.append(Cell(f"{pair.difference:+.3g}", "n", hint))
        lines.append(line)
    note = "Worst version: mean over questions of the worst score, the original included (HELM)."
    body = paragraph(f"{metric.name} when the same question is put another way.")
    return Section("stability", "Stability", body + table(heads, lines, note))


def repeat_section(data: ReportData) -> Section | None:
    """How much the score moves when the same questions are asked again."""
    metric = mean_metric(data)
    if metric is None or not any(subject.repeats for subject in data.subjects):
        return None
    heads: list[Cell | str] = ["", Cell("repeats", "n"), Cell("lowest", "n"), Cell("highest", "n")]
    heads += [
        Cell("spread", "n", "standard deviation of the score from repeat to repeat"),
        Cell("changed", "n", "items whose score is not the same in every repeat"),
        Cell("share of chance", "n", "how much of the variance of single scores is the drawing"),
    ]
    lines: list[list[Cell | str]] = []
    for subject in data.subjects:
        if not subject.repeats:
            continue
        found = repeat_spread(subject.repeats)
        cells = [found.low, found.high, found.spread]
        shares = [found.changed, found.share]
        lines.append(
            [
                subject.label,
                Cell(str(len(subject.repeats)), "n"),
                *(Cell("n/a" if v is None else number(v), "n") for v in cells),
                *(Cell("n/a" if v is None else f"{v:.0%}", "n") for v in shares),
            ]
        )
    body = paragraph(f"{metric.name} when the same question is asked again with another seed.")
    return Section("repeats", "Repeats", body + table(heads, lines))
