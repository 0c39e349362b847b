"""What a column of a comparison says of itself, and where its text differs from another."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.core.word_diff import ChangeKind, word_diff
from workbench.experiments.compare import ColumnEnd
from workbench.experiments.probability import text_score

GAP = " … "
"""Between stretches when only what differs is shown."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line under a column."""

    name: str
    value: str


def column_facts(end: ColumnEnd) -> tuple[Fact, ...]:
    """Length, scores and timings of a column's first reply; "n/a" where a figure means nothing."""
    if end.outcome is None or not end.outcome.end.result.samples:
        return ()
    result = end.outcome.end.result
    first, timings = result.samples[0], result.timings
    score = text_score(first.tokens, len(first.text.encode(errors="replace")))
    return (
        Fact("length", f"{len(first.tokens):,} tokens · {len(first.text):,} characters"),
        Fact("perplexity", _number(score.perplexity, "{:,.2f}")),
        Fact("prefill", _number(timings.prefill_tps, "{:,.0f} token/s")),
        Fact("decode", _number(timings.decode_tps, "{:,.0f} token/s")),
        Fact("first token", _number(timings.first_token_ms, "{:,.0f} ms")),
    )


def _number(value: float | None, pattern: str) -> str:
    return "n/a" if value is None else pattern.format(value)


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with stretches to mark, as (start, end) in characters."""

    text: str
    ranges: tuple[tuple[int, int], ...]


def marked(base: str, text: str, *, different_only: bool) -> Marked:
    """Where `text` differs from `base`; with `different_only` what is equal is left out."""
    changes = [c for c in word_diff(base, text) if c.kind is not ChangeKind.EQUAL]
    ranges = [(c.b_start, c.b_end) for c in changes if c.b_end > c.b_start]
    if not different_only:
        return Marked(text, tuple(ranges))
    shown, places = "", []
    for start, end in ranges:
        shown += GAP if shown else ""
        places.append((len(shown), len(shown) + end - start))
        shown += text[start:end]
    return Marked(shown, tuple(places))
