"""Cells and choices that several parts of a report share."""

from __future__ import annotations

from workbench.core.metric import Aggregate
from workbench.experiments.report.page import Cell
from workbench.experiments.report.values import ReportData, ReportMetric
from workbench.experiments.statistics.words import method_text, number


def score_cell(score: Aggregate, kind: str = "n") -> Cell:
    """A score with its interval, and behind it how many items and how the interval was made."""
    if score.value is None:
        return Cell("n/a", kind, score.reason)
    words = number(score.value)
    below = []
    if score.low is not None and score.high is not None:
        below.append(f"{number(score.low)} to {number(score.high)}")
    if score.unscored:
        below.append(f"{score.unscored:,} not scored")
    how = [f"{score.n:,} items", method_text(score.interval), score.reason]
    return Cell(words, kind, "; ".join(part for part in how if part), ", ".join(below))


def mean_metric(data: ReportData) -> ReportMetric | None:
    """The first metric that over many items is the mean of the items' scores."""
    return next((metric for metric in data.metrics if not metric.info.whole), None)
