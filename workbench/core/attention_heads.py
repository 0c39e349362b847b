"""Which heads do what: kinds of heads named from their summaries, and heads ranked for a token."""

from __future__ import annotations

import warnings
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from workbench.core.attention import Attention, HeadSummaries
from workbench.core.tokens import Float32


class HeadKind(StrEnum):
    """What a head mostly does on this text. A pattern, not a proof of what it is for."""

    SINK = "first token"
    PREVIOUS = "previous token"
    DUPLICATE = "duplicate token"
    INDUCTION = "induction"


MIN_PLACES = 3
"""A kind is only named where the text gave it at least so many occasions."""

NAMED_FROM = 0.4
"""Mean weight from which a head is called by a kind."""

TIMES_CHANCE = 3.0
"""And it must be so many times what evenly spread attention would give there."""


@dataclass(frozen=True, slots=True)
class HeadNote:
    """One head that fits one kind on this text.

    Attributes:
        score: mean weight on the kind's tokens over the places where it could show, 0 to 1.
        chance: what attention spread evenly over the visible tokens would score there.
        places: how many tokens of the text the mean is over.
    """

    layer: int
    head: int
    kind: HeadKind
    score: float
    chance: float
    places: int


def head_notes(summaries: HeadSummaries) -> tuple[HeadNote, ...]:
    """Every head that fits a kind, the clearest first; a head can fit several."""
    notes = []
    for kind in HeadKind:
        scores = kind_scores(summaries, kind)
        places = _places(summaries, kind)
        if len(places) < MIN_PLACES:
            continue
        chances = _chances(summaries, kind, places)
        for at, layer in enumerate(summaries.layers):
            chance = float(chances[at])
            for head in range(summaries.n_head):
                score = float(scores[at, head])
                if score >= NAMED_FROM and score >= TIMES_CHANCE * chance:
                    notes.append(HeadNote(layer, head, kind, score, chance, len(places)))
    return tuple(sorted(notes, key=lambda n: -n.score))


def kind_scores(summaries: HeadSummaries, kind: HeadKind) -> Float32:
    """Mean weight on the kind's tokens, float32 (layers, heads); NaN where none could show.

    The first token always looks at itself, so it counts for no kind.
    """
    column = {
        HeadKind.SINK: summaries.first,
        HeadKind.PREVIOUS: summaries.previous,
        HeadKind.DUPLICATE: summaries.duplicate,
        HeadKind.INDUCTION: summaries.induction,
    }[kind]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a mean of nothing is NaN, as it should
        means = np.nanmean(column[:, :, 1:], axis=2, dtype=np.float64)
    return np.asarray(means, np.float32)


def spread(summaries: HeadSummaries) -> Float32:
    """How evenly each head looks, mean over the text, float32 (layers, heads).

    0 is a single token, 1 all visible tokens alike: entropy over its largest value. NaN for a
    text of one token.
    """
    n = len(summaries.ids)
    seen = np.arange(1, n + 1, dtype=np.float64)
    means = np.full(summaries.entropy.shape[:2], np.nan, np.float32)
    for at, window in enumerate(summaries.window.tolist()):
        most = np.log(np.minimum(seen, window) if window else seen)[1:]
        if len(most):
            shares = summaries.entropy[at, :, 1:] / np.maximum(most, 1e-9)
            means[at] = np.clip(shares.mean(axis=1), 0.0, 1.0)
    return means


def token_scores(attention: Attention, span: Sequence[int] = ()) -> Float32:
    """How much each head gives to a span of tokens, float32 (layers, heads).

    Without a span it is the largest weight on a single token away from the first one. Of several
    queries (or of a column) it is the mean over them.

    Args:
        span: positions of keys; those that were not captured count as 0.

    Raises:
        ValueError: the capture holds means over heads.
    """
    if attention.averaged:
        raise ValueError("heads cannot be compared by their mean")
    if span:
        best = attention.values[..., np.isin(attention.keys, span)].sum(axis=3)
    else:
        away = attention.keys > 0
        some = len(attention.keys) > 1 and away.any()
        best = (attention.values[..., away] if some else attention.values).max(axis=3)
    return np.asarray(best.mean(axis=2), np.float32)


def all_layers(scores: Float32, layers: Sequence[int], n_layer: int) -> Float32:
    """Scores of some layers as float32 (n_layer, heads), the others NaN."""
    out = np.full((n_layer, scores.shape[1]), np.nan, np.float32)
    out[list(layers)] = scores
    return out


def twins(ids: Sequence[int]) -> tuple[list[list[int]], list[int]]:
    """Where equal tokens stand.

    Returns:
        For every position the list of all positions that hold the same token, ascending and
        shared between them; and how many of those stand before it.
    """
    places: dict[int, list[int]] = {}
    lists, before = [], []
    for position, token in enumerate(ids):
        same = places.setdefault(token, [])
        lists.append(same)
        before.append(len(same))
        same.append(position)
    return lists, before


def _places(summaries: HeadSummaries, kind: HeadKind) -> list[int]:
    """Queries of the text at which a kind could show, apart from the first token."""
    if kind in (HeadKind.SINK, HeadKind.PREVIOUS):
        return list(range(1, len(summaries.ids)))
    lists, before = twins(summaries.ids)
    if kind is HeadKind.DUPLICATE:
        return [q for q, count in enumerate(before) if count]
    return [q for q, count in enumerate(before) if count and lists[q][0] < q - 1]


def _chances(summaries: HeadSummaries, kind: HeadKind, places: Sequence[int]) -> Float32:
    """What evenly spread attention would score, float32 (layers,)."""
    lists, _ = twins(summaries.ids)
    step = 1 if kind is HeadKind.INDUCTION else 0
    chances = np.zeros(len(summaries.layers), np.float32)
    for at, window in enumerate(summaries.window.tolist()):
        total = 0.0
        for query in places:
            start = max(0, query - window + 1) if window else 0
            if kind is HeadKind.SINK:
                targets = int(start == 0)
            elif kind is HeadKind.PREVIOUS:
                targets = int(query - 1 >= start)
            else:
                end = bisect_left(lists[query], query - step)
                targets = end - min(end, bisect_left(lists[query], start - step))
            total += targets / (query - start + 1)
        chances[at] = total / len(places)
    return chances
