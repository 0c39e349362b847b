"""What a column of a comparison says of itself, and where its text differs from another."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.core.types import Timings
from workbench.core.word_diff import ChangeKind, word_diff
from workbench.experiments.compare import ColumnEnd
from workbench.experiments.probability import text_score

GAP = " … "
"""Between stretches when only what differs is shown."""


FACTS = ("length", "perplexity", "prefill", "decode", "first token", "score")
"""What stands under a column, in order; a score only where there is one."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line under a column, or of a summary.

    Attributes:
        tip: more, while it is pointed at.
    """

    name: str
    value: str
    tip: str = ""


def column_facts(end: ColumnEnd, sample: int = 0) -> tuple[Fact, ...]:
    """Length, perplexity and timings of a column's reply; "n/a" where a figure means nothing.

    Speeds are of the whole batch when there are several replies.
    """
    if end.outcome is None or sample >= len(end.outcome.end.result.samples):
        return ()
    result = end.outcome.end.result
    first, timings = result.samples[sample], result.timings
    score = text_score(first.tokens, len(first.text.encode(errors="replace")))
    n = len(result.samples)
    batch = f"{n} replies in one batch, together" if n > 1 else ""
    tokens = "1 token" if len(first.tokens) == 1 else f"{len(first.tokens):,} tokens"
    ended = f"{len(first.text):,} characters, ended by {first.finish.value}"
    return (
        Fact("length", f"{tokens} · {len(first.text):,} chars", ended),
        Fact("perplexity", _number(score.perplexity, "{:,.2f}")),
        Fact("prefill", _number(timings.prefill_tps, "{:,.0f} token/s"), _cached(timings)),
        Fact("decode", _number(timings.decode_tps, "{:,.0f} token/s"), batch),
        Fact("first token", _number(timings.first_token_ms, "{:,.0f} ms")),
    )


def _cached(timings: Timings) -> str:
    read, kept = timings.prefill_tokens, timings.cached_tokens
    return f"{read:,} tokens were read, {kept:,} stood in the cache"


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
