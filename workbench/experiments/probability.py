"""Sums over token records: log-probability of a text, perplexity, bits per byte, choices."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workbench.core.divergence import Bools
from workbench.core.tokens import TokenTable


@dataclass(frozen=True, slots=True)
class TextScore:
    """How likely a text was.

    Attributes:
        logprob: summed natural log-probability of the counted tokens.
        n_tokens: how many tokens were counted; those that nothing precedes are not.
        perplexity: exp(-logprob / n_tokens); None when no token was counted.
        bits_per_byte: -logprob / ln 2 / bytes; None when the text has no bytes.
    """

    logprob: float
    n_tokens: int
    perplexity: float | None
    bits_per_byte: float | None


def text_score(table: TokenTable, n_bytes: int) -> TextScore:
    """The score of the tokens in `table`, which stand for `n_bytes` bytes of text."""
    known = table.logprob[~np.isnan(table.logprob)].astype(np.float64)
    total = float(known.sum())
    n = len(known)
    return TextScore(
        logprob=total,
        n_tokens=n,
        perplexity=_exp(-total / n) if n else None,
        bits_per_byte=-total / math.log(2) / n_bytes if n and n_bytes else None,
    )


def known_entropies(table: TokenTable, rows: Bools) -> tuple[float, ...]:
    """Entropies of these rows in nats; none at all where a server tells them for no row."""
    entropies = table.entropy[rows]
    return () if np.isnan(entropies).any() else tuple(entropies.tolist())


def _exp(value: float) -> float | None:
    """exp(value); None where it is too large for a number."""
    try:
        return math.exp(value)
    except OverflowError:
        return None


def choice_probabilities(logprobs: Sequence[float]) -> list[float]:
    """Softmax over whole-string log-probabilities; the largest is subtracted first, so that
    long answers near -900 do not all become 0."""
    values = np.asarray(logprobs, np.float64)
    weights = np.exp(values - values.max())
    return [float(p) for p in weights / weights.sum()]
