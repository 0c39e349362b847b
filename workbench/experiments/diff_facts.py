"""The numbers of a token diff, for reading. Any thread."""

from __future__ import annotations

import math
from collections.abc import Sequence

from workbench.core.byte_diff import WordBits
from workbench.core.divergence import TextDivergence, summary
from workbench.core.text import piece_text
from workbench.experiments.compare_diff import ModelDiff
from workbench.experiments.compare_facts import Fact

NOT_AVAILABLE = "n/a"


def token_facts(diff: TextDivergence, a: str, b: str) -> tuple[Fact, ...]:
    """A summary; `a` and `b` are the columns' letters. Divergences in nats."""
    s = summary(diff)
    first = "none" if s.first_divergence is None else f"token {s.first_divergence + 1:,}"
    same = NOT_AVAILABLE if s.same_top1 is None else f"{s.same_top1:.1%}"
    return (
        Fact(f"mean KL {a} → {b}", nats(s.mean_kl)),
        Fact(f"mean KL {b} → {a}", nats(s.mean_kl_reverse)),
        Fact("mean JS", nats(s.mean_js)),
        Fact("same top-1", f"{same} of {s.n_tokens:,} tokens"),
        Fact("flips", f"{s.flips:,}"),
        Fact("first divergence", first),
        Fact("preferred by", f"{a} {s.preferred_a:,} · {b} {s.preferred_b:,}"),
        Fact("perplexity", f"{a} {_large(s.perplexity_a)} · {b} {_large(s.perplexity_b)}"),
        Fact("bits per byte", _pair(s.bits_per_byte_a, s.bits_per_byte_b, a, b, ".4f")),
        *(
            Fact("KL, largest" if percent == 100 else f"KL, {percent} % are below", nats(value))
            for percent, value in s.kl_percentiles.items()
        ),
        Fact("mean total variation", _plain(s.mean_tv, ".3g")),
    )


def word_facts(words: Sequence[WordBits], a: str, b: str) -> tuple[Fact, ...]:
    """What words of two vocabularies cost, in bits."""
    n_bytes = words[-1].end if words else 0
    bits_a, bits_b = sum(w.bits_a for w in words), sum(w.bits_b for w in words)
    cheaper = [sum(w.bits_a < w.bits_b for w in words), sum(w.bits_b < w.bits_a for w in words)]
    per_a = bits_a / n_bytes if n_bytes else None
    per_b = bits_b / n_bytes if n_bytes else None
    return (
        Fact("words", f"{len(words):,}"),
        Fact("bytes", f"{n_bytes:,}"),
        Fact("bits per byte", _pair(per_a, per_b, a, b, ".4f")),
        Fact("bits in all", _pair(bits_a, bits_b, a, b, ",.1f")),
        Fact("cheaper for", f"{a} {cheaper[0]:,} · {b} {cheaper[1]:,}"),
    )


def diff_rows(diff: ModelDiff, a: str, b: str) -> list[list[str]]:
    """A diff as a table with a head: one row per token, or per word where vocabularies differ.

    Divergences and log-probabilities in nats.
    """
    if diff.words is not None:
        head = ["word", "byte", f"bits {a}", f"bits {b}", f"bits/byte {a}", f"bits/byte {b}"]
        return [
            head,
            *(
                [w.text, str(w.start)]
                + [f"{v:.9g}" for v in (w.bits_a, w.bits_b, w.bits_per_byte_a, w.bits_per_byte_b)]
                for w in diff.words
            ),
        ]
    found = diff.tokens
    if found is None:
        return []
    head = ["token", "id", "text", f"KL {a}→{b}", f"KL {b}→{a}", "JS", "TV"]
    head += [f"logprob {a}", f"logprob {b}", f"likeliest {a}", f"likeliest {b}"]
    columns = (found.kl, found.kl_reverse, found.js, found.tv, found.logprob_a, found.logprob_b)
    return [
        head,
        *(
            [str(i + 1), str(found.ids[i]), piece_text(diff.pieces[int(found.ids[i])])]
            + [f"{float(column[i]):.9g}" for column in columns]
            + [piece_text(diff.pieces[int(top[i])]) for top in (found.top_a, found.top_b)]
            for i in range(len(found))
        ),
    ]


def nats(value: float | None) -> str:
    """A divergence with its unit; an infinite one says so."""
    if value is None:
        return NOT_AVAILABLE
    if math.isinf(value):
        return "infinite"
    return f"{value:.4f} nats" if value >= 0.001 or not value else f"{value:.2e} nats"


def _plain(value: float | None, form: str) -> str:
    if value is None:
        return NOT_AVAILABLE
    return "infinite" if math.isinf(value) else format(value, form)


def _large(value: float | None) -> str:
    """A perplexity: it may have any size."""
    if value is None or value < 1000:
        return _plain(value, ".3f")
    return _plain(value, ",.0f" if value < 1e7 else ".2e")


def _pair(of_a: float | None, of_b: float | None, a: str, b: str, form: str) -> str:
    return f"{a} {_plain(of_a, form)} · {b} {_plain(of_b, form)}"
