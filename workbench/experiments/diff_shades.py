"""What colours the tokens of a diff: a quantity per token, its scale, and its help. Any thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbench.core.byte_diff import WordBits
from workbench.core.divergence import TextDivergence
from workbench.core.tokens import Float32

Float64 = npt.NDArray[np.float64]
_FEW = 100
"""Below so many tokens the largest value has full colour, from there on the 99th percentile."""


@dataclass(frozen=True, slots=True)
class Shades:
    """A quantity as colours.

    Attributes:
        strengths: float32 (n,), 0 to 1, or -1 to 1 when `signed`; NaN where there is none.
        low, high: what the ends of the scale mean, with the unit.
    """

    strengths: Float32
    low: str
    high: str
    signed: bool


@dataclass(frozen=True, slots=True)
class Quantity:
    """Something to colour by.

    Attributes:
        values: of a diff in tokens.
        full: the value of full colour; None takes it from the text itself.
    """

    name: str
    unit: str
    values: Callable[[TextDivergence], Float64]
    help: str
    signed: bool = False
    full: float | None = None


def _preferred(diff: TextDivergence) -> Float64:
    return np.sign(_log_ratio(diff))


def _log_ratio(diff: TextDivergence) -> Float64:
    with np.errstate(invalid="ignore"):  # both sides exclude the token
        found: Float64 = diff.logprob_a - diff.logprob_b
    return found


QUANTITIES: tuple[Quantity, ...] = (
    Quantity(
        "KL",
        "nats",
        lambda d: d.kl,
        "KL divergence from the first column's distribution of the next token to the second's.",
    ),
    Quantity(
        "KL back",
        "nats",
        lambda d: d.kl_reverse,
        "KL divergence the other way: from the second column's distribution to the first's.",
    ),
    Quantity(
        "JS",
        "nats",
        lambda d: d.js,
        "Jensen-Shannon divergence of both distributions; the same both ways, at most 0.693.",
    ),
    Quantity(
        "TV",
        "",
        lambda d: d.tv,
        "Total variation: how much probability lies elsewhere, from 0 to 1.",
    ),
    Quantity(
        "log ratio",
        "nats",
        _log_ratio,
        "How much likelier the token that stands there is on one side: plus is the first column.",
        signed=True,
    ),
    Quantity(
        "preferred",
        "",
        _preferred,
        "Which side finds the token that stands there likelier: plus is the first column.",
        signed=True,
        full=1.0,
    ),
)

NAMES = tuple(q.name for q in QUANTITIES)

WORD_HELP = "How many bits per byte a word cost less on one side: plus is the first column."


def quantity(name: str) -> Quantity:
    """The quantity of a name; an unknown one is the first."""
    return next((q for q in QUANTITIES if q.name == name), QUANTITIES[0])


def shades(diff: TextDivergence, wanted: Quantity) -> Shades:
    """A diff's tokens coloured by a quantity, scaled to the text itself."""
    return _scaled(wanted.values(diff), wanted.unit, wanted.signed, wanted.full)


def word_shades(words: Sequence[WordBits]) -> Shades:
    """Words of two vocabularies coloured by what they cost more on one side, in bits per byte."""
    more = np.array([w.bits_per_byte_b - w.bits_per_byte_a for w in words], np.float64)
    return _scaled(more, "bits/byte", True, None)


def _scaled(values: Float64, unit: str, signed: bool, fixed: float | None) -> Shades:
    finite = np.abs(values[np.isfinite(values)])
    full = fixed if fixed is not None else _full(finite)
    with np.errstate(invalid="ignore"):
        strengths = np.clip(values / full, -1.0, 1.0) if full else np.sign(values)
    shown = f"{full:.3g} {unit}".strip()
    return Shades(
        np.asarray(strengths, np.float32),
        f"−{shown}" if signed else "0",
        f"+{shown}" if signed else f"≥ {shown}" if len(finite) >= _FEW else shown,
        signed,
    )


def _full(values: Float64) -> float:
    """What has full colour; 0 where nothing differs."""
    if not len(values):
        return 0.0
    return float(np.percentile(values, 99) if len(values) >= _FEW else values.max()) or float(
        values.max()
    )
