"""From an evaluation and its summary to what a report shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from string import ascii_uppercase

from workbench.core.errors import UserError
from workbench.core.metric import Evidence, Score
from workbench.core.task import Item, Task
from workbench.engine.gguf import read_header
from workbench.experiments.evaluate.plan import EvalPlan
from workbench.experiments.evaluate.scoring import Measured
from workbench.experiments.evaluate.summary import ScoredItem, SubjectSummary, Summary
from workbench.experiments.plot_data.board import Entry
from workbench.experiments.report.values import (
    ReportData,
    ReportItem,
    ReportMetric,
    ReportPair,
    ReportSubject,
)
from workbench.experiments.statistics.many import holm
from workbench.experiments.statistics.words import is_it_noise
from workbench.metrics.base import NotScored
from workbench.metrics.choices import checked_logprobs, credit, gold_of, softmax
from workbench.metrics.scoring import score

_MOST_TEXT = 2000
_FEW_LABELS = 20


def report_data(name: str, plan: EvalPlan, task: Task, summary: Summary) -> ReportData:
    """Everything a report says about one evaluation."""
    items = [scored.item for scored in summary.subjects[0].items] if summary.subjects else []
    by_letter = len({answer for item in items for answer in _answers(item)}) > _FEW_LABELS
    mean = next((m for m in summary.metrics if not m.info.whole), None)
    subjects = tuple(
        replace(
            _subject(found, planned.model, _prompt_name(plan, planned.prompt), by_letter=by_letter),
            repeats=_repeats(found, mean, plan.n_samples),
        )
        for found, planned in zip(summary.subjects, plan.subjects, strict=True)
    )
    return ReportData(
        name=name,
        task=task.name,
        kind=plan.task.kind.value,
        items=tuple(map(_item, items)),
        metrics=tuple(ReportMetric(m.name, m.info) for m in summary.metrics),
        subjects=subjects,
        pairs=tuple(_pairs(summary)),
        pairs_note=summary.note,
        facts=_facts(name, plan, task, len(items)),
        notes=tuple(_notes(task, summary)),
    )


def board_entries(data: ReportData, when: int, shots: int) -> list[Entry]:
    """The lines of a leaderboard that an evaluation gives: its first metric on its task.

    Args:
        when: microseconds of its start. shots: examples in front of each item.
    """
    metric = data.metrics[0]
    suite = f"{data.task}, {shots}-shot" if shots else data.task
    places = [place for place, item in enumerate(data.items) if not item.variant_of]
    return [
        Entry(
            suite=suite,
            subject=subject.label,
            metric=metric.name,
            info=metric.info,
            score=subject.aggregates[metric.name],
            when=when,
            source=data.name,
            scores={}
            if metric.info.whole
            else {data.items[p].id: subject.scores[metric.name][p] for p in places},
            clusters={data.items[p].id: data.items[p].cluster for p in places},
            runs=tuple(run for run in subject.runs if run is not None),
        )
        for subject in data.subjects
    ]


def _subject(found: SubjectSummary, model: Path, prompt: str, *, by_letter: bool) -> ReportSubject:
    names = list(found.aggregates)
    evidence = [_evidence(scored) for scored in found.items]
    return ReportSubject(
        label=found.label,
        model=found.model,
        prompt=prompt,
        size=_parameters(model),
        aggregates=found.aggregates,
        scores={name: tuple(scored.scores[name] for scored in found.items) for name in names},
        answers=tuple(None if e is None else _said(e) for e in evidence),
        confidences=tuple(
            _confidence(scored.item, e) for scored, e in zip(found.items, evidence, strict=True)
        ),
        labels=tuple(None if e is None else _labels(e, by_letter=by_letter) for e in evidence),
        runs=tuple(None if s.outcome is None else s.outcome.run_id for s in found.items),
    )


def _pairs(summary: Summary) -> Iterator[ReportPair]:
    """Every comparison; where a metric has several the words follow the corrected p."""
    for measured in summary.metrics:
        mine = [c for c in summary.paired if c.metric == measured.name]
        corrected = holm([c.result.p for c in mine])
        for c, p in zip(mine, corrected, strict=True):
            words = c.words
            if len(mine) > 1:
                words = is_it_noise(c.result, c.a, c.b, measured.info.direction, p)
            yield ReportPair(c.a, c.b, c.metric, c.result, words)


def _repeats(
    found: SubjectSummary, measured: Measured | None, times: int
) -> tuple[tuple[Score, ...], ...]:
    """Scores of every reply, reply by reply; of code items one evidence holds all attempts."""
    if measured is None or measured.metric is None or times < 2:
        return ()
    rows = []
    for scored in found.items:
        replies = scored.outcome.evidence if scored.outcome is not None else ()
        if replies and replies[0].attempts:
            replies = tuple(replace(replies[0], attempts=(one,)) for one in replies[0].attempts)
        scores = [score(measured.metric, reply, measured.arguments) for reply in replies]
        missing = Score(None, "There is no such reply.")
        rows.append((*scores, *(missing for _ in range(times - len(scores)))))
    return tuple(zip(*rows, strict=True)) if rows else ()


def _evidence(scored: ScoredItem) -> Evidence | None:
    outcome = scored.outcome
    return outcome.evidence[0] if outcome is not None and outcome.evidence else None


def _said(evidence: Evidence) -> str | None:
    if evidence.attempts:
        passed = sum(evidence.attempts)
        return f"{passed} of {len(evidence.attempts)} passed\n{evidence.prediction or ''}".strip()
    return evidence.prediction


def _confidence(item: Item, evidence: Evidence | None) -> tuple[float, float] | None:
    """How sure of its choice and how right; variants of other items are not counted twice."""
    if evidence is None or item.variant_of or len(evidence.choices) < 2 or not evidence.gold:
        return None
    try:
        logprobs = checked_logprobs(evidence.choices)
        return min(1.0, max(softmax(logprobs))), credit(logprobs, gold_of(evidence))
    except NotScored:
        return None


def _labels(evidence: Evidence, *, by_letter: bool) -> tuple[str, str | None] | None:
    """Right and given answer for a confusion matrix: texts where few differ, else letters."""
    if len(evidence.choices) > 1 and evidence.gold:
        logprobs = [choice.logprob for choice in evidence.choices]
        best = max(range(len(logprobs)), key=logprobs.__getitem__)
        if max(best, *evidence.gold) >= len(ascii_uppercase):
            return None
        if by_letter:
            return ascii_uppercase[evidence.gold[0]], ascii_uppercase[best]
        right = evidence.references[0] if evidence.references else None
        return None if right is None else (right, evidence.prediction)
    if len(evidence.references) == 1 and not evidence.attempts:
        said = evidence.prediction
        return evidence.references[0].strip(), None if said is None else said.strip() or None
    return None


def _item(item: Item) -> ReportItem:
    question = item.variables.get("question") or item.prompt or ""
    if not question and item.messages:
        question = item.messages[-1][1]
    gold = [answer for place, answer in enumerate(_answers(item)) if place in item.gold]
    return ReportItem(
        id=item.id,
        question=(question or item.completion)[-_MOST_TEXT:],
        gold=" / ".join(gold or item.references)[:_MOST_TEXT],
        group=item.group,
        cluster=item.cluster,
        variant_of=item.variant_of,
        variant=item.variant,
        tags=item.tags,
    )


def _answers(item: Item) -> tuple[str, ...]:
    return item.options or tuple(choice.strip() for choice in item.choices)


def _parameters(model: Path) -> float | None:
    """Parameters of a model; None when its file is gone or is no model."""
    try:
        count = read_header(model).info.n_params
    except UserError:
        return None
    return float(count) if count > 0 else None


def _prompt_name(plan: EvalPlan, prompt: object) -> str:
    for place, known in enumerate(plan.prompts):
        if known is prompt:
            same = [p for p in plan.prompts if p is not None and known is not None]
            names = [p.name for p in same]
            if known is None:
                return "default prompt"
            return known.name if names.count(known.name) == 1 else f"{known.name} {place + 1}"
    return "default prompt"


def _facts(name: str, plan: EvalPlan, task: Task, items: int) -> Mapping[str, str]:
    return {
        "Evaluation": name,
        "File": Path(task.path or str(plan.task.path)).name,
        "SHA-256 of the file": task.sha256 or plan.task.sha256,
        "Read as": task.format,
        "Items": f"{items:,} ({plan.task.kind.value})",
        "Examples in front": str(plan.few_shot),
        "Replies per item": str(plan.n_samples),
        "Seed": str(plan.seed),
        "Licence": task.licence,
        "About": task.description,
    }


def _notes(task: Task, summary: Summary) -> list[str]:
    notes = []
    if task.bad_rows:
        first = task.bad_rows[0]
        notes.append(
            f"{len(task.bad_rows):,} rows of the file could not be used and were left out; the "
            f"first is line {first.line}: {first.message}"
        )
    for subject in summary.subjects:
        failed = [s for s in subject.items if s.outcome is not None and s.outcome.error]
        missing = sum(s.outcome is None for s in subject.items)
        if failed and failed[0].outcome is not None:
            why = failed[0].outcome.error
            notes.append(f"{subject.label}: {len(failed):,} items failed. The first: {why}")
        if missing:
            notes.append(f"{subject.label}: {missing:,} items were not asked yet.")
    return notes
