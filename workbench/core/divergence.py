"""How two models, or two prompts, see one text: token by token, over the full vocabulary.

Everything is in nats unless a name says bits. `a` and `b` are the two sides; a row is what one
side predicts for a token from what stands before it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from workbench.core.tokens import NO_TOKEN, Float32, Int32

Float64 = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
T = TypeVar("T", np.int32, np.float32)

PERCENTILES = (50, 90, 95, 99, 100)
"""Of the per-token KL divergence; 100 is the largest."""

TOP = 5
"""How many of each side's likeliest tokens are kept; together at most twice as many."""


@dataclass(frozen=True, slots=True)
class RowDiff:
    """Two distributions of one next token.

    Attributes:
        kl: KL(a || b) in nats; infinite where b excludes what a allows.
        kl_reverse: KL(b || a).
        js: Jensen-Shannon divergence in nats, 0 to ln 2.
        tv: total variation, 0 to 1.
        logprob_a, logprob_b: natural log-probability of the token that follows.
        top_a, top_b: the likeliest token of each side (smallest id among equals).
        other_ids: int32 (2 * TOP,), the likeliest tokens of both sides, the likeliest on average
            first; NO_TOKEN where both sides name the same ones.
        other_a, other_b: float32 (2 * TOP,), their natural log-probabilities on each side.
    """

    kl: float
    kl_reverse: float
    js: float
    tv: float
    logprob_a: float
    logprob_b: float
    top_a: int
    top_b: int
    other_ids: Int32
    other_a: Float32
    other_b: Float32


def row_diff(a: Float32, b: Float32, token: int) -> RowDiff:
    """Compare two rows of raw logits, each of shape (n_vocab,), before `token`.

    Sums run in float64.
    """
    (p, log_p), (q, log_q) = _softmax(a), _softmax(b)
    m = (p + q) / 2
    own_p, own_q = _expected(p, log_p), _expected(q, log_q)
    with np.errstate(divide="ignore"):
        own_m = _expected(m, np.log(m))
    others = _likeliest(p, q)
    return RowDiff(
        # Rounding can leave a tiny negative sum where both sides are equal.
        kl=max(0.0, own_p - _expected(p, log_q)),
        kl_reverse=max(0.0, own_q - _expected(q, log_p)),
        js=min(math.log(2), max(0.0, (own_p + own_q) / 2 - own_m)),
        tv=min(1.0, float(np.abs(p - q).sum()) / 2),
        logprob_a=float(log_p[token]),
        logprob_b=float(log_q[token]),
        top_a=int(a.argmax()),
        top_b=int(b.argmax()),
        other_ids=_padded(others, NO_TOKEN, np.int32),
        other_a=_padded(log_p[others], np.nan, np.float32),
        other_b=_padded(log_q[others], np.nan, np.float32),
    )


def _likeliest(p: Float64, q: Float64) -> npt.NDArray[np.intp]:
    """The likeliest tokens of both sides, the likeliest on average first."""
    count = min(TOP, len(p))
    found = np.union1d(np.argpartition(p, -count)[-count:], np.argpartition(q, -count)[-count:])
    order: npt.NDArray[np.intp] = found[np.argsort(-(p[found] + q[found]), kind="stable")]
    return order


def _padded(values: npt.NDArray[Any], filler: float, kind: type[T]) -> npt.NDArray[T]:
    made = np.full(2 * TOP, filler, kind)
    made[: len(values)] = values
    return made


def _softmax(row: Float32) -> tuple[Float64, Float64]:
    """Probabilities and their natural logarithms."""
    logs = row.astype(np.float64)
    logs -= logs.max()
    p = np.exp(logs)
    total = float(p.sum())
    p /= total
    logs -= math.log(total)
    return p, logs


def _expected(p: Float64, logs: Float64) -> float:
    """Sum of p times a logarithm; what has no probability adds nothing."""
    with np.errstate(invalid="ignore"):
        total = float(p.dot(logs))
    if math.isnan(total):  # 0 times -inf
        alive = p > 0
        total = float(p[alive].dot(logs[alive]))
    return total


@dataclass(frozen=True, slots=True, eq=False)
class TextDivergence:
    """A text as two sides see it; one row per token.

    Attributes:
        ids: int32 (n,), the text's tokens.
        kl, kl_reverse, js, tv, logprob_a, logprob_b: float64 (n,), see `RowDiff`.
        top_a, top_b: int32 (n,).
        n_bytes: int32 (n,), bytes of text each token stands for; 0 for control tokens.
        other_ids, other_a, other_b: (n, 2 * TOP), see `RowDiff`.
    """

    ids: Int32
    kl: Float64
    kl_reverse: Float64
    js: Float64
    tv: Float64
    logprob_a: Float64
    logprob_b: Float64
    top_a: Int32
    top_b: Int32
    n_bytes: Int32
    other_ids: Int32
    other_a: Float32
    other_b: Float32

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def same_top(self) -> Bools:
        """Where both sides find the same token likeliest."""
        same: Bools = self.top_a == self.top_b
        return same

    @property
    def mentioned(self) -> tuple[int, ...]:
        """Every token that is named somewhere, in order of its id."""
        named = np.unique(
            np.concatenate([self.ids, self.other_ids.ravel(), self.top_a, self.top_b])
        )
        return tuple(named[named != NO_TOKEN].tolist())


def text_divergence(
    ids: Sequence[int], rows: Sequence[RowDiff], n_bytes: Sequence[int]
) -> TextDivergence:
    """Rows, one per token, as columns."""

    def reals(name: str) -> Float64:
        return np.array([getattr(row, name) for row in rows], np.float64)

    def whole(name: str) -> Int32:
        return np.array([getattr(row, name) for row in rows], np.int32)

    return TextDivergence(
        ids=np.array(ids, np.int32),
        kl=reals("kl"),
        kl_reverse=reals("kl_reverse"),
        js=reals("js"),
        tv=reals("tv"),
        logprob_a=reals("logprob_a"),
        logprob_b=reals("logprob_b"),
        top_a=whole("top_a"),
        top_b=whole("top_b"),
        n_bytes=np.array(n_bytes, np.int32),
        other_ids=np.array([r.other_ids for r in rows], np.int32).reshape(-1, 2 * TOP),
        other_a=np.array([r.other_a for r in rows], np.float32).reshape(-1, 2 * TOP),
        other_b=np.array([r.other_b for r in rows], np.float32).reshape(-1, 2 * TOP),
    )


@dataclass(frozen=True, slots=True)
class DiffSummary:
    """A token diff in a few numbers; None where nothing was compared.

    Attributes:
        n_tokens: how many tokens were compared.
        mean_kl, mean_kl_reverse, mean_js, mean_tv: means over the tokens.
        same_top1: share of tokens with the same likeliest token, 0 to 1.
        kl_percentiles: of the KL divergence, by percent; empty where one is infinite.
        perplexity_a, perplexity_b: exp of the mean negative log-probability; None also where it
            is too large for a number.
        bits_per_byte_a, bits_per_byte_b: over the tokens that stand for text.
        flips: how many likeliest tokens differ.
        first_divergence: the first token whose likeliest candidates differ, from 0; None when
            there is none.
        preferred_a, preferred_b: how many of the text's tokens that side finds more likely.
    """

    n_tokens: int
    mean_kl: float | None
    mean_kl_reverse: float | None
    mean_js: float | None
    mean_tv: float | None
    same_top1: float | None
    kl_percentiles: dict[int, float]
    perplexity_a: float | None
    perplexity_b: float | None
    bits_per_byte_a: float | None
    bits_per_byte_b: float | None
    flips: int
    first_divergence: int | None
    preferred_a: int
    preferred_b: int


def summary(diff: TextDivergence) -> DiffSummary:
    """The numbers of a token diff."""
    n = len(diff)
    flips = np.flatnonzero(~diff.same_top)
    return DiffSummary(
        n_tokens=n,
        mean_kl=_mean(diff.kl),
        mean_kl_reverse=_mean(diff.kl_reverse),
        mean_js=_mean(diff.js),
        mean_tv=_mean(diff.tv),
        same_top1=1.0 - len(flips) / n if n else None,
        kl_percentiles=_percentiles(diff.kl),
        perplexity_a=_perplexity(diff.logprob_a),
        perplexity_b=_perplexity(diff.logprob_b),
        bits_per_byte_a=_bits_per_byte(diff.logprob_a, diff.n_bytes),
        bits_per_byte_b=_bits_per_byte(diff.logprob_b, diff.n_bytes),
        flips=len(flips),
        first_divergence=int(flips[0]) if len(flips) else None,
        preferred_a=int(np.count_nonzero(diff.logprob_a > diff.logprob_b)),
        preferred_b=int(np.count_nonzero(diff.logprob_b > diff.logprob_a)),
    )


def _percentiles(values: Float64) -> dict[int, float]:
    if not len(values) or not np.isfinite(values).all():
        return {}
    found = np.percentile(values, PERCENTILES)
    return {percent: float(value) for percent, value in zip(PERCENTILES, found, strict=True)}


def _mean(values: Float64) -> float | None:
    return float(values.mean()) if len(values) else None


def _perplexity(logprob: Float64) -> float | None:
    if not len(logprob):
        return None
    try:
        return math.exp(-float(logprob.mean()))
    except OverflowError:
        return None


def _bits_per_byte(logprob: Float64, n_bytes: Int32) -> float | None:
    total = int(n_bytes.sum())
    if not total:
        return None
    return -float(logprob[n_bytes > 0].sum()) / math.log(2) / total
