"""The difference of two replies in tokens. Pure; any thread."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from workbench.core.sequence_diff import matches
from workbench.core.text import piece_text
from workbench.core.tokens import TokenTable


@dataclass(frozen=True, slots=True)
class Divergence:
    """The first token in which two replies differ.

    Attributes:
        index: its place in both, from 0.
        a, b: token ids; None where that reply has ended.
        p_a, p_b: their probabilities in their own reply, under the full softmax of the raw
            logits; None when not known.
    """

    index: int
    a: int | None
    b: int | None
    a_text: str
    b_text: str
    p_a: float | None
    p_b: float | None


@dataclass(frozen=True, slots=True)
class TokenDiff:
    """Two replies, token by token.

    Attributes:
        n_a, n_b: how many tokens each has.
        n_equal: how many stand in both, in order.
        first: where they part; None when they are the same.
    """

    n_a: int
    n_b: int
    n_equal: int
    first: Divergence | None


def token_diff(
    a: TokenTable, a_pieces: Mapping[int, bytes], b: TokenTable, b_pieces: Mapping[int, bytes]
) -> TokenDiff:
    """Compare by id; both replies must be of one vocabulary for that to mean anything."""
    n = min(len(a), len(b))
    different = np.flatnonzero(a.ids[:n] != b.ids[:n])
    at = int(different[0]) if len(different) else n
    equal = sum(length for _, _, length in matches(a.ids.tolist(), b.ids.tolist()))
    first = None
    if at < max(len(a), len(b)):
        left, right = _said(a, at, a_pieces), _said(b, at, b_pieces)
        first = Divergence(at, left[0], right[0], left[1], right[1], left[2], right[2])
    return TokenDiff(len(a), len(b), equal, first)


def _said(
    table: TokenTable, at: int, pieces: Mapping[int, bytes]
) -> tuple[int | None, str, float | None]:
    if at >= len(table):
        return None, "", None
    token, logprob = int(table.ids[at]), float(table.logprob[at])
    text = piece_text(pieces[token]) if token in pieces else f"token {token}"
    return token, text, math.exp(logprob) if math.isfinite(logprob) else None
