"""Numbers that a run's replies have without a reference: what a sweep's table can show."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from workbench.core.types import Finish, GenerateResult


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a cell.

    Attributes:
        label: what people call it.
        help: one sentence.
        unit: empty for a pure number.
        value: the number; None where it means nothing.
    """

    label: str
    help: str
    unit: str
    value: Callable[[GenerateResult], float | None]


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _tokens(result: GenerateResult) -> float | None:
    return _mean([float(len(s.tokens)) for s in result.samples])


def _characters(result: GenerateResult) -> float | None:
    return _mean([float(len(s.text)) for s in result.samples])


def _words(result: GenerateResult) -> float | None:
    return _mean([float(len(s.text.split())) for s in result.samples])


def _of_tokens(result: GenerateResult, column: str) -> float | None:
    parts = [np.asarray(getattr(s.tokens, column), np.float64) for s in result.samples]
    values = np.concatenate(parts) if parts else np.empty(0)
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else None


def _logprob(result: GenerateResult) -> float | None:
    return _of_tokens(result, "logprob")


def _entropy(result: GenerateResult) -> float | None:
    return _of_tokens(result, "entropy")


def _perplexity(result: GenerateResult) -> float | None:
    mean = _logprob(result)
    try:
        return None if mean is None else math.exp(-mean)
    except OverflowError:
        return None


def _agreement(result: GenerateResult) -> float | None:
    n = len(result.samples)
    if n < 2:
        return None
    counts = Counter(s.text.strip() for s in result.samples)
    return sum(c * (c - 1) for c in counts.values()) / (n * (n - 1))


def _distinct(result: GenerateResult) -> float | None:
    return float(len({s.text.strip() for s in result.samples})) if result.samples else None


def _stopped(result: GenerateResult) -> float | None:
    return _mean([float(s.finish is Finish.STOP) for s in result.samples])


NUMBERS: Mapping[str, Number] = {
    "tokens": Number("length in tokens", "Mean length of a reply.", "tokens", _tokens),
    "characters": Number("length in characters", "Mean length of a reply.", "", _characters),
    "words": Number("length in words", "Mean length of a reply.", "", _words),
    "logprob": Number(
        "log-probability", "Mean natural log-probability of a token, raw.", "nats", _logprob
    ),
    "perplexity": Number(
        "perplexity", "exp of the mean negative log-probability.", "", _perplexity
    ),
    "entropy": Number("entropy", "Mean entropy of the next token, raw.", "nats", _entropy),
    "agreement": Number(
        "self-agreement", "Share of pairs of replies that are the same text.", "", _agreement
    ),
    "distinct": Number("different replies", "How many different replies there are.", "", _distinct),
    "stopped": Number(
        "ended by itself", "Share of replies that ended by themselves.", "", _stopped
    ),
    "decode_tps": Number(
        "decoding speed",
        "Speed of decoding, all replies together; in a batch the time is shared out.",
        "token/s",
        lambda r: r.timings.decode_tps,
    ),
    "first_token_ms": Number(
        "first token", "Time to the first token.", "ms", lambda r: r.timings.first_token_ms
    ),
}
"""By name."""


def numbers_of(result: GenerateResult) -> dict[str, float | None]:
    """Every number of a run's replies."""
    return {name: number.value(result) for name, number in NUMBERS.items()}
