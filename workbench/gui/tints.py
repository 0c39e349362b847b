"""How a token is tinted: one number per token, its scale, and what the legend says about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

import numpy as np
import numpy.typing as npt

from workbench.core.registry import Registry
from workbench.core.tokens import NO_RANK, Float32, TokenTable
from workbench.gui.translate import mark

FULL_SURPRISE_NATS = 4.0
FULL_ENTROPY_NATS = 4.0
RANK_BUCKETS = (1, 10, 100, 1000)
"""Ranks (0-based) below these fall into the first bucket, the second, and so on."""
FULL_CHANGE = 0.25
"""A quarter of all probability given or taken by the samplers has full colour."""


class Scale(Enum):
    """What kind of colours a tint has."""

    GRADUAL = auto()
    """From plain to amber."""
    STEPS = auto()
    """A few shades of amber."""
    SIGNED = auto()
    """Blue with a plus for more, orange with a minus for less."""


@dataclass(frozen=True, slots=True)
class Tint:
    """One quantity to colour by.

    Attributes:
        strength: table of n tokens to float32 (n,), 0 to 1 (-1 to 1 if signed); NaN where not
            available.
        low, high: what the legend's ends mean, with the unit.
        help: one sentence with the unit.
        steps: names of the shades, for a tint in steps.
    """

    name: str
    strength: Callable[[TokenTable], Float32]
    low: str
    high: str
    help: str
    scale: Scale = Scale.GRADUAL
    steps: tuple[str, ...] = field(default=())


def rank_bucket(ranks: npt.NDArray[np.integer[Any]]) -> npt.NDArray[np.intp]:
    """0 for the likeliest token, 1 for the first ten, 2 the first hundred, 3 the first thousand,
    4 beyond; for 0-based ranks."""
    return np.searchsorted(RANK_BUCKETS, ranks, side="right")


def _clipped(values: npt.NDArray[np.floating[Any]]) -> Float32:
    return np.asarray(np.clip(values, 0.0, 1.0), np.float32)


def _surprise(table: TokenTable) -> Float32:
    return _clipped(-table.logprob / np.float32(FULL_SURPRISE_NATS))


def _improbability(table: TokenTable) -> Float32:
    return _clipped(1.0 - np.exp(table.logprob))


def _entropy(table: TokenTable) -> Float32:
    return _clipped(table.entropy / np.float32(FULL_ENTROPY_NATS))


def _rank(table: TokenTable) -> Float32:
    share = rank_bucket(table.rank) / np.float32(len(RANK_BUCKETS))
    return np.where(table.rank == NO_RANK, np.float32(np.nan), _clipped(share))


def _sampling(table: TokenTable) -> Float32:
    change = table.p_sampled - np.exp(table.logprob)
    return np.asarray(np.clip(change / np.float32(FULL_CHANGE), -1.0, 1.0), np.float32)


def _nothing(table: TokenTable) -> Float32:
    return np.zeros(len(table), np.float32)


TINTS: Registry[Tint] = Registry("tint")
for _tint in (
    Tint(
        mark("surprise"), _surprise, mark("certain · 0"), mark("≥ 4 nats"),
        mark("Minus the logarithm of the token's probability; full colour from 4 nats (under "
"2 %)."),
    ),
    Tint(
        mark("probability"), _improbability, "100 %", "0 %",
        mark("The model's probability of the token, before any sampler."),
    ),
    Tint(
        mark("rank"), _rank, "1st", mark("beyond 1,000th"),
        mark("The token's place among all tokens by probability: first, in the first 10, 100, "
"1,000, or beyond."),
        Scale.STEPS, ("1st", "10", "100", "1,000", "beyond"),
    ),
    Tint(
        mark("entropy"), _entropy, mark("one choice · 0"), mark("≥ 4 nats"),
        mark("How undecided the model was before the token; full colour from 4 nats."),
    ),
    Tint(
        mark("sampling"), _sampling, mark("−25 points"), mark("+25 points"),
        mark("The token's probability after the samplers minus the model's own, in percentage "
"points; full colour from 25."),
        Scale.SIGNED,
    ),
    Tint(mark("none"), _nothing, "", "", mark("No colour.")),
):  # fmt: skip
    TINTS.add(_tint.name, _tint)
