"""What a report is made of: an evaluation's items, its subjects and what they scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.core.metric import Aggregate, MetricInfo, Score
from workbench.experiments.statistics.paired import Paired


@dataclass(frozen=True, slots=True)
class ReportItem:
    """One item. `question` is an excerpt for people; `gold` the right answer, "" for none."""

    id: str
    question: str = ""
    gold: str = ""
    group: str = ""
    cluster: str = ""
    variant_of: str = ""
    variant: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportMetric:
    """A metric as the tables name it: with the arguments that were given."""

    name: str
    info: MetricInfo


@dataclass(frozen=True, slots=True)
class ReportSubject:
    """One model with one prompt and one setting.

    Attributes:
        size: parameters of the model; None when not known.
        aggregates: by metric, over the items that are no variants.
        scores: by metric, in the order of the items.
        answers: what it said, shortened; None for an item without an answer.
        confidences: for each item how sure it was of its answer and how right that was, both 0 to
            1; None for an item without, empty when none has one.
        labels: for each item the right answer and the given one as classes (None: no answer), for
            the confusion matrix; None for an item without classes.
        repeats: where each item was asked several times, for each time the items' scores by the
            first metric that is a mean; empty otherwise.
        runs: the run behind each item; None for none.
    """

    label: str
    model: str
    prompt: str
    size: float | None
    aggregates: Mapping[str, Aggregate]
    scores: Mapping[str, tuple[Score, ...]]
    answers: tuple[str | None, ...] = ()
    confidences: tuple[tuple[float, float] | None, ...] = ()
    labels: tuple[tuple[str, str | None] | None, ...] = ()
    repeats: tuple[tuple[Score, ...], ...] = ()
    runs: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportPair:
    """Two subjects on one metric, as `paired` compares them, and that in words."""

    a: str
    b: str
    metric: str
    result: Paired
    words: str


@dataclass(frozen=True, slots=True)
class ReportData:
    """One evaluation.

    Attributes:
        name: what the history calls it.
        facts: what made it, for the table at the top (file, seed, examples...).
        notes: warnings: rows that were left out, items that failed.
        pairs: every two subjects on every metric. `pairs_note` about so many comparisons.
    """

    name: str
    task: str
    kind: str
    items: tuple[ReportItem, ...]
    metrics: tuple[ReportMetric, ...]
    subjects: tuple[ReportSubject, ...]
    pairs: tuple[ReportPair, ...] = ()
    pairs_note: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
