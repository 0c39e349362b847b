"""What an evaluation says: every metric over the items with its interval, and who is better."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from workbench.core.cancel import CancelToken
from workbench.core.metric import Aggregate, Direction, Evidence, Score
from workbench.core.remote import model_label
from workbench.core.task import Item
from workbench.experiments.evaluate.items import CONTROL, Asked
from workbench.experiments.evaluate.outcome import ItemOutcome
from workbench.experiments.evaluate.plan import EvalPlan, label_of
from workbench.experiments.evaluate.scoring import Measured, Scorer
from workbench.experiments.statistics.aggregate import aggregate
from workbench.experiments.statistics.bootstrap import statistic_interval
from workbench.experiments.statistics.many import comparisons_note
from workbench.experiments.statistics.paired import Paired, paired
from workbench.experiments.statistics.words import is_it_noise
from workbench.metrics.base import Part
from workbench.metrics.scoring import Parts, combine_parts, measure_parts

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ScoredItem:
    """One item of one subject with its scores by the metrics' names."""

    item: Item
    outcome: ItemOutcome | None
    scores: Mapping[str, Score]


@dataclass(frozen=True, slots=True)
class SubjectSummary:
    """One model (with one prompt and one setting) over the items.

    Attributes:
        label: what tables call it.
        items: in the task's order; without an outcome where it was not asked yet.
        aggregates: by metric, over the items that are no variants of another.
        by_group, by_variant: the same for parts of the items; empty when there is one part.
        worst_case: the mean over items of the worst score among an item and its variants, controls
            left out; empty when there are none.
    """

    label: str
    model: str
    items: tuple[ScoredItem, ...]
    aggregates: Mapping[str, Aggregate]
    by_group: Mapping[str, Mapping[str, Aggregate]] = field(default_factory=dict)
    by_variant: Mapping[str, Mapping[str, Aggregate]] = field(default_factory=dict)
    worst_case: Mapping[str, Aggregate] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two subjects on the same items; `result.difference` is b's score minus a's."""

    a: str
    b: str
    metric: str
    result: Paired
    words: str


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything an evaluation says.

    Attributes:
        note: about so many comparisons at once; empty for one or none.
    """

    metrics: tuple[Measured, ...]
    subjects: tuple[SubjectSummary, ...]
    paired: tuple[Comparison, ...]
    note: str = ""


class Summarizer:
    """Scores outcomes once and sums them up. One thread."""

    def __init__(
        self,
        plan: EvalPlan,
        items: Sequence[Asked],
        metrics: Sequence[Measured],
        scorer: Scorer,
        cancel: CancelToken | None = None,
    ) -> None:
        self._plan = plan
        self._items = [asked.item for asked in items]
        self._metrics = tuple(metrics)
        self._scorer = scorer
        self._cancel = cancel or CancelToken()

    def summary(self, outcomes: Sequence[ItemOutcome]) -> Summary:
        """What these outcomes say.

        Raises:
            UserError: an argument of a metric is wrong.
            Cancelled: somebody asked to stop.
        """
        by_place = {outcome.place: outcome for outcome in outcomes}
        subjects = []
        for subject in self._plan.subjects:
            first = subject.number * len(self._items)
            rows = [by_place.get(first + index) for index in range(len(self._items))]
            label = label_of(self._plan, subject)
            subjects.append(self._subject(label, model_label(subject.model), rows))
        comparisons = self._compared(subjects)
        note = comparisons_note([c.result.p for c in comparisons])
        return Summary(self._metrics, tuple(subjects), tuple(comparisons), note)

    def _subject(
        self, label: str, model: str, rows: Sequence[ItemOutcome | None]
    ) -> SubjectSummary:
        items = tuple(self._scored(i, o) for i, o in zip(self._items, rows, strict=True))
        originals = [s for s in items if not s.item.variant]
        groups = _parts(originals, lambda s: s.item.group)
        variants = _parts(items, lambda s: s.item.variant)
        return SubjectSummary(
            label,
            model,
            items,
            self._aggregates(originals),
            {name: self._aggregates(some) for name, some in groups.items()},
            {name: self._aggregates(some) for name, some in variants.items()},
            self._worst([s for s in items if s.item.variant != CONTROL]),
        )

    def _scored(self, item: Item, outcome: ItemOutcome | None) -> ScoredItem:
        self._cancel.check()
        if outcome is None:
            missing = Score(None, "It was not asked yet.")
            return ScoredItem(item, None, {m.name: missing for m in self._metrics})
        if outcome.error:
            failed = Score(None, outcome.error)
            return ScoredItem(item, outcome, {m.name: failed for m in self._metrics})
        # What is the item's is not kept with every outcome.
        told = tuple(
            replace(reply, variables=item.variables, prompt=item.prompt or "")
            for reply in outcome.evidence
        )
        outcome = replace(outcome, evidence=told)
        scores = {m.name: self._scorer.score(m, item, told) for m in self._metrics}
        return ScoredItem(item, outcome, scores)

    def _aggregates(self, items: Sequence[ScoredItem]) -> dict[str, Aggregate]:
        return {m.name: self._aggregate(m, items) for m in self._metrics}

    def _aggregate(self, measured: Measured, items: Sequence[ScoredItem]) -> Aggregate:
        if measured.info.whole:
            return self._whole(measured, items)
        return aggregate(
            measured.info,
            [s.scores[measured.name] for s in items],
            [s.item.cluster for s in items],
            [s.item.weight for s in items],
        )

    def _whole(self, measured: Measured, items: Sequence[ScoredItem]) -> Aggregate:
        """A metric that is no mean, its interval from drawing the items again."""
        parts, owners, clusters = self._parts_of(measured, items)
        if measured.metric is None or parts is None:
            return Aggregate(None, None, None, 0, len(items), reason="No item was scored.")
        found = [p for p in parts.parts if p is not None]
        scored = len({o for o, p in zip(owners, parts.parts, strict=True) if p is not None})
        kept = [c for c, p in zip(clusters, parts.parts, strict=True) if p is not None]
        total = combine_parts(measured.metric, found, parts.values)
        lost = len(items) - scored
        if total.value is None:
            reason = next((r for r in parts.reasons if r), total.reason)
            return Aggregate(None, None, None, scored, lost, reason=reason)
        span = statistic_interval(
            len(found), self._statistic(measured, found, parts), clusters=kept, cancel=self._cancel
        )
        low, high = span if span is not None else (None, None)
        how = "" if span is None else "bootstrap"
        why = "" if span is not None else "No interval: there is nothing to draw from."
        return Aggregate(total.value, low, high, scored, lost, how, why)

    def _statistic(
        self, measured: Measured, parts: Sequence[Part], given: Parts
    ) -> Callable[[Ints], float | None]:
        metric = measured.metric

        def statistic(chosen: Ints) -> float | None:
            if metric is None:
                return None
            return combine_parts(metric, [parts[i] for i in chosen], given.values).value

        return statistic

    def _parts_of(
        self, measured: Measured, items: Sequence[ScoredItem]
    ) -> tuple[Parts | None, list[int], list[str]]:
        """Parts of every reply, the item each belongs to, and the clusters to draw."""
        evidences: list[Evidence] = []
        owners: list[int] = []
        clusters: list[str] = []
        for number, scored in enumerate(items):
            replies = scored.outcome.evidence if scored.outcome is not None else ()
            for reply in replies:
                evidences.append(reply)
                owners.append(number)
                clusters.append(scored.item.cluster or (scored.item.id if len(replies) > 1 else ""))
        if measured.metric is None or not evidences:
            return None, [], []
        return measure_parts(measured.metric, evidences, measured.arguments), owners, clusters

    def _worst(self, items: Sequence[ScoredItem]) -> dict[str, Aggregate]:
        if not any(scored.item.variant for scored in items):
            return {}
        families: dict[str, list[ScoredItem]] = {}
        for scored in items:
            families.setdefault(scored.item.variant_of or scored.item.id, []).append(scored)
        found = {}
        for measured in self._metrics:
            if measured.info.whole:
                continue
            pick = max if measured.info.direction is Direction.LOWER else min
            worst: list[float | None] = []
            for family in families.values():
                values = [s.scores[measured.name].value for s in family]
                known = [v for v in values if v is not None]
                worst.append(pick(known) if len(known) == len(values) else None)
            clusters = [family[0].item.cluster for family in families.values()]
            # Variants give their family a cluster of one; only shared passages bind families.
            shared = clusters if len(set(clusters)) < len(clusters) else []
            found[measured.name] = aggregate(measured.info, worst, shared)
        return found

    def _compared(self, subjects: Sequence[SubjectSummary]) -> list[Comparison]:
        found = []
        for measured in self._metrics:
            for number, a in enumerate(subjects):
                for b in subjects[number + 1 :]:
                    self._cancel.check()
                    result = self._paired(measured, a, b)
                    words = is_it_noise(result, a.label, b.label, measured.info.direction)
                    found.append(Comparison(a.label, b.label, measured.name, result, words))
        return found

    def _paired(self, measured: Measured, a: SubjectSummary, b: SubjectSummary) -> Paired:
        one = [s for s in a.items if not s.item.variant]
        two = [s for s in b.items if not s.item.variant]
        if measured.info.whole:
            return self._paired_whole(measured, one, two)
        return paired(
            [s.scores[measured.name] for s in one],
            [s.scores[measured.name] for s in two],
            [s.item.cluster for s in one],
            [s.item.weight for s in one],
        )

    def _paired_whole(
        self, measured: Measured, one: Sequence[ScoredItem], two: Sequence[ScoredItem]
    ) -> Paired:
        """The difference of a metric that is no mean, over items that both have."""
        both = [
            place
            for place, (a, b) in enumerate(zip(one, two, strict=True))
            if a.outcome is not None and b.outcome is not None
            and a.outcome.evidence and b.outcome.evidence
        ]  # fmt: skip
        left = len(one) - len(both)
        nothing = Paired(None, None, None, None, None, len(both), left)
        if measured.metric is None or not both:
            return nothing
        metric = measured.metric
        sides = [
            measure_parts(
                metric,
                [s.outcome.evidence[0] for p in both if (s := side[p]).outcome is not None],
                measured.arguments,
            )
            for side in (one, two)
        ]
        there = [i for i in range(len(both)) if all(s.parts[i] is not None for s in sides)]

        def difference(chosen: Ints) -> float | None:
            values = []
            for side in sides:
                parts = [p for i in chosen if (p := side.parts[there[i]]) is not None]
                values.append(combine_parts(metric, parts, side.values).value)
            a, b = values
            return None if a is None or b is None else b - a

        value = difference(np.arange(len(there))) if there else None
        if value is None:
            return nothing
        clusters = [one[both[i]].item.cluster for i in there]
        span = statistic_interval(len(there), difference, clusters=clusters, cancel=self._cancel)
        low, high = span if span is not None else (None, None)
        return Paired(
            value, low, high, None, None, len(there), left, units=len(there),
            interval="bootstrap" if span is not None else "",
            reason="No test: the metric is no mean of the items' own scores.",
        )  # fmt: skip


def _parts(
    items: Sequence[ScoredItem], name: Callable[[ScoredItem], str]
) -> dict[str, list[ScoredItem]]:
    """Items by a name, in order of first use; empty when all have the same one."""
    found: dict[str, list[ScoredItem]] = {}
    for scored in items:
        found.setdefault(name(scored), []).append(scored)
    return found if len(found) > 1 else {}
