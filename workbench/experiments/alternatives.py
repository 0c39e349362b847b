"""What else could have been said at one place, before and after the samplers. Any thread."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from workbench.core.text import piece_text
from workbench.core.tokens import TokenRecord
from workbench.core.types import Trace

MOST = 200
"""Alternatives that can be asked for at one place."""
_FAR_APART = 0.01
"""A rebuilt probability that differs by more from the recorded one was not rebuilt."""
_NOT_REBUILT = (
    "The samplers remember more than the text here: only the said token's value is known."
)


@dataclass(frozen=True, slots=True)
class Looked:
    """What the engine says about a place when it is asked again.

    Attributes:
        logprob: natural logarithm under the full softmax, by token id; the `MOST` likeliest, and
            the one that was said.
        sampled: probability after the samplers of the same tokens, 0 for those that are out;
            empty when the samplers' state there is not known.
    """

    logprob: Mapping[int, float]
    sampled: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Alternative:
    """One token that could have been said.

    Attributes:
        p: the model's probability, before any sampler.
        p_sampled: after the whole chain; None when not known (nobody sampled here, say).
        rank: 0-based place by the model's probability; None when not known.
        is_said: whether it is the token that stands there.
    """

    id: int
    text: str
    logprob: float
    p_sampled: float | None
    rank: int | None
    is_said: bool

    @property
    def p(self) -> float:
        """The model's probability, 0 to 1."""
        return math.exp(self.logprob)


@dataclass(frozen=True, slots=True)
class Alternatives:
    """The likeliest tokens at one place, the one that was said, and everything else.

    Attributes:
        rows: best first; a said token that is not among the best stands last.
        rest, rest_sampled: of all other tokens together, so that everything adds up to 1; None
            when not known.
        problem: why values after the samplers are missing; empty when none are.
    """

    rows: tuple[Alternative, ...]
    rest: float
    rest_sampled: float | None
    problem: str = ""


def read_trace(trace: Trace) -> Looked:
    """What a walk along the chain says about the tokens that it followed."""
    ids = trace.followed_ids.tolist()
    with np.errstate(divide="ignore"):
        logprob = np.log(trace.stages[0].followed.astype(np.float64))
    after = np.nan_to_num(trace.stages[-1].followed.astype(np.float64), nan=0.0)
    sampled = {} if trace.undecided else dict(zip(ids, after.tolist(), strict=True))
    return Looked(dict(zip(ids, logprob.tolist(), strict=True)), sampled)


def alternatives(
    record: TokenRecord,
    limit: int,
    looked: Looked | None = None,
    pieces: Mapping[int, bytes] | None = None,
) -> Alternatives | None:
    """At most `limit` tokens, and the one that was said; None when nothing is known of the place.

    What was recorded goes before what was asked again: the figures are those of the record as
    far as it goes.
    """
    if record.logprob is None:
        return None
    known = {c.id: c.logprob for c in record.top}
    texts = {c.id: c.text for c in record.top} | {record.id: record.text}
    if looked is not None and len(known) < limit:
        likeliest = [t for t in looked.logprob if t not in known and t != record.id]
        known.update((t, looked.logprob[t]) for t in likeliest)
    named = pieces or {}
    problem, sampled = _sampled(record, looked)
    order = list(known)[:limit]
    ranks = {token: rank for rank, token in enumerate(order)}
    if record.id not in ranks:
        order.append(record.id)
    known[record.id] = record.logprob
    rows = tuple(
        Alternative(
            token,
            texts[token] if token in texts else piece_text(named[token]),
            known[token],
            record.p_sampled if token == record.id else sampled(token),
            record.rank if token == record.id else ranks[token],
            token == record.id,
        )
        for token in order
    )
    rest = max(0.0, 1.0 - math.fsum(row.p for row in rows))
    after = [row.p_sampled for row in rows]
    rest_sampled = None
    if all(p is not None for p in after):
        rest_sampled = max(0.0, 1.0 - math.fsum(p for p in after if p is not None))
    return Alternatives(rows, rest, rest_sampled, problem)


def _sampled(
    record: TokenRecord, looked: Looked | None
) -> tuple[str, Callable[[int], float | None]]:
    if looked is None or record.p_sampled is None:
        return "", _unknown
    again = looked.sampled.get(record.id)
    if again is None or abs(again - record.p_sampled) > _FAR_APART:
        return _NOT_REBUILT, _unknown
    return "", looked.sampled.get


def _unknown(_token: int) -> None:
    return None
