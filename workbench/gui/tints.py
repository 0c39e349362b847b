"""How strongly a token is tinted: one number from 0 (plain) to 1 (full colour) per token."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from workbench.core.registry import Registry
from workbench.core.tokens import NO_RANK, Float32, TokenTable

FULL_SURPRISE_NATS = 4.0
FULL_ENTROPY_NATS = 4.0
FULL_RANK = 100.0


@dataclass(frozen=True, slots=True)
class Tint:
    """One quantity to colour by.

    Attributes:
        strength: table of n tokens to float32 (n,), 0 to 1; NaN where not available.
        low, high: the words at the legend's ends.
        help: one sentence with the unit.
    """

    name: str
    strength: Callable[[TokenTable], Float32]
    low: str
    high: str
    help: str


def _clipped(values: npt.NDArray[np.floating[Any]]) -> Float32:
    return np.asarray(np.clip(values, 0.0, 1.0), np.float32)


def _surprise(table: TokenTable) -> Float32:
    return _clipped(-table.logprob / np.float32(FULL_SURPRISE_NATS))


def _improbability(table: TokenTable) -> Float32:
    return _clipped(1.0 - np.exp(table.logprob))


def _entropy(table: TokenTable) -> Float32:
    return _clipped(table.entropy / np.float32(FULL_ENTROPY_NATS))


def _rank(table: TokenTable) -> Float32:
    ranks = table.rank.astype(np.float32)
    share = np.log1p(np.maximum(ranks, 0.0)) / np.float32(np.log1p(FULL_RANK))
    return np.where(table.rank == NO_RANK, np.float32(np.nan), _clipped(share))


def _nothing(table: TokenTable) -> Float32:
    return np.zeros(len(table), np.float32)


TINTS: Registry[Tint] = Registry("tint")
for _tint in (
    Tint(
        "surprise", _surprise, "certain", "surprised",
        "Minus the logarithm of the token's probability; full colour from 4 nats (under 2 %).",
    ),
    Tint(
        "probability", _improbability, "100 %", "0 %",
        "The model's probability of the token, before any sampler.",
    ),
    Tint(
        "entropy", _entropy, "one choice", "many choices",
        "How undecided the model was before the token; full colour from 4 nats.",
    ),
    Tint(
        "rank", _rank, "first", "beyond 100th",
        "The token's place among all tokens by probability, on a logarithmic scale.",
    ),
    Tint("none", _nothing, "", "", "No colour."),
):  # fmt: skip
    TINTS.add(_tint.name, _tint)
