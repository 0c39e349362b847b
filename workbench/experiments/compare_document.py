"""A comparison as a JSON document."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from workbench.core.byte_diff import WordBits
from workbench.core.divergence import TextDivergence, summary
from workbench.core.text import piece_text
from workbench.experiments.compare import ColumnEnd
from workbench.experiments.compare_diff import ModelDiff, WordsChanged
from workbench.experiments.compare_plan import Column, Plan
from workbench.experiments.compare_scores import ColumnScores
from workbench.experiments.documents import run_document


def compare_document(
    name: str,
    columns: Sequence[Column],
    plan: Plan,
    ends: Sequence[ColumnEnd],
    words: Sequence[WordsChanged],
    models: Sequence[ModelDiff],
    scores: Mapping[str, ColumnScores],
) -> dict[str, Any]:
    """The whole comparison; `token_diff` is the first of `token_diffs` that has tokens, or null.

    `scores` go by the ids of runs; a column without a known right answer has null.
    """
    diffs = [model_diff_document(m) for m in models]
    return {
        "comparison": name,
        "waves": [
            {
                "columns": list(w.columns),
                "needed_bytes": w.needed_bytes,
                "needed_gpu_bytes": None if w.need is None else w.need.gpu,
            }
            for w in plan.waves
        ],
        "available_bytes": plan.available_bytes,
        "available_gpu_bytes": plan.room.gpu,
        "columns": [_column(c, e, scores) for c, e in zip(columns, ends, strict=True)],
        "diffs": [
            {
                "a": w.a,
                "b": w.b,
                "words_changed": w.words_changed,
                "words": w.words,
                "first_divergence": w.first_divergence,
            }
            for w in words
        ],
        "token_diff": next((d["tokens"] for d in diffs if d["tokens"] is not None), None),
        "token_diffs": diffs,
    }


def _column(column: Column, end: ColumnEnd, scores: Mapping[str, ColumnScores]) -> dict[str, Any]:
    document: dict[str, Any] = {"label": column.label}
    if end.outcome is not None:
        scored = scores.get(end.outcome.start.run_id)
        document["scores"] = None if scored is None else _scores(scored)
        return {**document, **run_document(end.outcome)}
    return {
        **document,
        "run_id": None,
        "model": {"path": str(column.model)},
        "samples": [],
        "error": end.error.message if end.error else "",
        "hint": end.error.hint if end.error else "",
    }


def _scores(scored: ColumnScores) -> dict[str, Any]:
    """Values per reply; null with a reason where there is none."""
    return {
        "expected": scored.expected,
        "metrics": {
            name: [{"value": one.value, "reason": one.reason or None} for one in found]
            for name, found in scored.by_metric.items()
        },
    }


def model_diff_document(found: ModelDiff) -> dict[str, Any]:
    """One pair: `tokens` for one vocabulary, `words` for two; null with a reason otherwise."""
    return {
        "a": found.a,
        "b": found.b,
        "tokens": None if found.tokens is None else token_diff_document(found.tokens, found.pieces),
        "words": None if found.words is None else words_document(found.words),
        "reason": found.reason or None,
    }


def token_diff_document(diff: TextDivergence, pieces: Mapping[int, bytes]) -> dict[str, Any]:
    """Divergences in nats, shares from 0 to 1; null where infinite or not available."""
    numbers = summary(diff)
    return {
        "n_tokens": numbers.n_tokens,
        "mean_kl": finite(numbers.mean_kl),
        "mean_kl_reverse": finite(numbers.mean_kl_reverse),
        "mean_js": finite(numbers.mean_js),
        "mean_tv": finite(numbers.mean_tv),
        "same_top1": numbers.same_top1,
        "kl_percentiles": {str(k): v for k, v in numbers.kl_percentiles.items()},
        "perplexity_a": finite(numbers.perplexity_a),
        "perplexity_b": finite(numbers.perplexity_b),
        "bits_per_byte_a": finite(numbers.bits_per_byte_a),
        "bits_per_byte_b": finite(numbers.bits_per_byte_b),
        "flips": numbers.flips,
        "first_divergence": numbers.first_divergence,
        "preferred_a": numbers.preferred_a,
        "preferred_b": numbers.preferred_b,
        "positions": [
            {
                "id": int(diff.ids[i]),
                "text": piece_text(pieces[int(diff.ids[i])]),
                "kl": finite(float(diff.kl[i])),
                "kl_reverse": finite(float(diff.kl_reverse[i])),
                "js": float(diff.js[i]),
                "tv": float(diff.tv[i]),
                "logprob_a": finite(float(diff.logprob_a[i])),
                "logprob_b": finite(float(diff.logprob_b[i])),
                "top_a": int(diff.top_a[i]),
                "top_b": int(diff.top_b[i]),
                "top_a_text": piece_text(pieces[int(diff.top_a[i])]),
                "top_b_text": piece_text(pieces[int(diff.top_b[i])]),
            }
            for i in range(len(diff))
        ],
    }


def words_document(words: Sequence[WordBits]) -> dict[str, Any]:
    """Bits per byte of a text and of each word."""
    n_bytes = words[-1].end if words else 0
    return {
        "n_bytes": n_bytes,
        "bits_per_byte_a": sum(w.bits_a for w in words) / n_bytes if n_bytes else None,
        "bits_per_byte_b": sum(w.bits_b for w in words) / n_bytes if n_bytes else None,
        "positions": [
            {
                "text": w.text,
                "start": w.start,
                "end": w.end,
                "bits_per_byte_a": w.bits_per_byte_a,
                "bits_per_byte_b": w.bits_per_byte_b,
            }
            for w in words
        ],
    }


def finite(value: float | None) -> float | None:
    """The value; None where it is infinite or no number, which JSON does not know."""
    return value if value is not None and math.isfinite(value) else None
