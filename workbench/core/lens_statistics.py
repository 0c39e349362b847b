"""What the cells of a logit lens can be coloured by, as numbers from 0 to 1."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from workbench.core.lens import Lens
from workbench.core.tokens import NO_RANK, Float32


@dataclass(frozen=True, slots=True)
class LensStatistic:
    """One quantity per layer and position.

    Attributes:
        help: one sentence with the unit.
        low, high: what the ends of the colours mean.
        strength: float32 (layers, positions), 0 to 1; NaN where not available.
    """

    help: str
    low: str
    high: str
    strength: Callable[[Lens, int], Float32]


def _probability(lens: Lens, _n_vocab: int) -> Float32:
    return np.exp(lens.top_logprob[:, :, 0])


def _of_final(lens: Lens, _n_vocab: int) -> Float32:
    return np.exp(lens.final_logprob)


def _of_next(lens: Lens, _n_vocab: int) -> Float32:
    return np.exp(lens.next_logprob)


def _rank(lens: Lens, n_vocab: int) -> Float32:
    """1 at rank 0, falling with the logarithm to 0 at the last rank."""
    known = lens.final_rank != NO_RANK
    scaled = 1.0 - np.log1p(np.maximum(lens.final_rank, 0)) / math.log(max(2, n_vocab))
    return np.where(known, np.clip(scaled, 0.0, 1.0), np.nan).astype(np.float32)


def _entropy(lens: Lens, n_vocab: int) -> Float32:
    return _of_largest(lens.entropy, n_vocab)


def _divergence(lens: Lens, n_vocab: int) -> Float32:
    return _of_largest(lens.kl_to_final, n_vocab)


def _of_largest(nats: Float32, n_vocab: int) -> Float32:
    shares: Float32 = np.clip(nats / np.float32(math.log(max(2, n_vocab))), 0.0, 1.0)
    return shares


LENS_STATISTICS: Mapping[str, LensStatistic] = {
    "probability": LensStatistic(
        "Probability of the layer's own likeliest token", "0", "1", _probability
    ),
    "of the final token": LensStatistic(
        "Probability the layer gives the token the last layer finds likeliest", "0", "1", _of_final
    ),
    "rank of the final token": LensStatistic(
        "Rank of the last layer's likeliest token, from 0; logarithmic", "last", "0", _rank
    ),
    "of the next token": LensStatistic(
        "Probability the layer gives the token that really follows", "0", "1", _of_next
    ),
    "entropy": LensStatistic(
        "Entropy in nats; 1 is the logarithm of the vocabulary", "0", "ln V", _entropy
    ),
    "divergence": LensStatistic(
        "KL divergence from the last layer in nats: KL(layer || last)", "0", "ln V", _divergence
    ),
}
"""By name."""
