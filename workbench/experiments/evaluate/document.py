"""An evaluation's results as JSON values, as the command line prints them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.core.metric import Aggregate
from workbench.core.task import BadRow
from workbench.experiments.evaluate.runner import Evaluation
from workbench.experiments.evaluate.summary import Comparison, ScoredItem, SubjectSummary, Summary

_MOST_TEXT = 4000


def document_of(evaluation: Evaluation, summary: Summary, *, stopped: bool) -> dict[str, Any]:
    """Everything there is to say; `paired.difference` is b's score minus a's."""
    plan, task = evaluation.plan, evaluation.task
    return {
        "evaluation": evaluation.name,
        "task": task.name,
        "path": task.path,
        "sha256": task.sha256,
        "format": task.format,
        "kind": plan.task.kind.value,
        "items": len(evaluation.items),
        "bad_rows": [bad_row_document(bad) for bad in task.bad_rows],
        "seed": plan.seed,
        "few_shot": plan.few_shot,
        "n_samples": plan.n_samples,
        "stopped": stopped,
        "metrics": {
            m.name: {
                "metric": m.info.name,
                "version": m.info.version,
                "unit": m.info.unit,
                "direction": m.info.direction.value,
                "args": dict(m.arguments),
            }
            for m in summary.metrics
        },
        "models": [_subject(s) for s in summary.subjects],
        "paired": [_comparison(c) for c in summary.paired],
        "note": summary.note,
    }


def bad_row_document(bad: BadRow) -> dict[str, Any]:
    """A row that could not be used."""
    return {"line": bad.line, "column": bad.column, "message": bad.message}


def _subject(subject: SubjectSummary) -> dict[str, Any]:
    found: dict[str, Any] = {
        "model": subject.label,
        "metrics": _aggregates(subject.aggregates),
        "failed": sum(1 for s in subject.items if s.outcome is not None and s.outcome.error),
        "results": [_item(s) for s in subject.items if s.outcome is not None],
    }
    for name, parts in (("by_group", subject.by_group), ("by_variant", subject.by_variant)):
        if parts:
            found[name] = {part: _aggregates(values) for part, values in parts.items()}
    if subject.worst_case:
        found["worst_case"] = _aggregates(subject.worst_case)
    return found


def _aggregates(values: Mapping[str, Aggregate]) -> dict[str, Any]:
    return {
        name: {
            "value": a.value,
            "low": a.low,
            "high": a.high,
            "n": a.n,
            "unscored": a.unscored,
            "interval": a.interval,
            "reason": a.reason,
        }
        for name, a in values.items()
    }


def _item(scored: ScoredItem) -> dict[str, Any]:
    outcome = scored.outcome
    found: dict[str, Any] = {"id": scored.item.id, "line": scored.item.line}
    if outcome is None:
        return found
    found["run_id"] = outcome.run_id
    found["error"] = outcome.error or None
    found["scores"] = {name: score.value for name, score in scored.scores.items()}
    if outcome.evidence:
        first = outcome.evidence[0]
        found["prediction"] = None if first.prediction is None else first.prediction[:_MOST_TEXT]
        if first.choices:
            found["logprobs"] = [choice.logprob for choice in first.choices]
            found["gold"] = list(first.gold)
    if outcome.details:
        found["details"] = dict(outcome.details)
    return found


def _comparison(comparison: Comparison) -> dict[str, Any]:
    result = comparison.result
    return {
        "a": comparison.a,
        "b": comparison.b,
        "metric": comparison.metric,
        "difference": result.difference,
        "low": result.low,
        "high": result.high,
        "p": result.p,
        "n": result.n,
        "a_better": result.a_better,
        "b_better": result.b_better,
        "test": result.test,
        "interval": result.interval,
        "reason": result.reason,
        "words": comparison.words,
    }
