"""Attention weights of a text: what is asked for, and what comes back. Frozen values.

Axes are always (layers, heads, queries, keys). A query is the token that looks, a key the token
looked at; both are positions in `ids`, never KV cells. Row q is computed while the model reads
token q, so it belongs to the prediction of token q + 1. Weights are after soft cap, mask and
softmax, in 0..1; the keys a query cannot see (later tokens, tokens outside a sliding window) are
0 in the array and told apart by `Attention.visible`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from workbench.core.tokens import Float32, Int32
from workbench.core.types import KvType

ATTENTION_BUDGET_BYTES = 256 << 20
"""What looking at attention may hold in memory beside the KV cache: one answer, what is worked on
while the model runs, and what a view remembers."""

ANSWER_BYTES = 192 << 20
"""What the answer to one request may take; the rest of the budget is for the work."""

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class AttentionRequest:
    """Which weights of a text are wanted; the answer must fit ANSWER_BYTES.

    Attributes:
        ids: the whole text, prompt and reply, at least one token.
        layers: 0-based; empty means every layer that has a matrix.
        heads: 0-based query heads; empty means all.
        queries, keys: positions in `ids`, ascending; empty means all.
        average: the mean over the chosen heads instead of each of them.
    """

    ids: tuple[int, ...]
    layers: tuple[int, ...] = ()
    heads: tuple[int, ...] = ()
    queries: tuple[int, ...] = ()
    keys: tuple[int, ...] = ()
    average: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Attention:
    """Captured weights.

    Attributes:
        ids: the whole text.
        layers: the layers of axis 0; those without a matrix are in `missing` instead.
        heads: the heads of axis 1; when `averaged` the axis has length 1 and these are the heads
            behind the mean.
        queries, keys: int32 (q,) and (k,), the positions of axes 2 and 3.
        values: float32 (layers, heads, q, k), 0 to 1. Rows over all keys sum to 1, or to less
            where the model has a learned sink: the rest is that sink's share.
        first: int32 (layers, q): the first key each query can see; the last is the query itself.
        n_head, n_head_kv: heads of the model; query head h shares keys and values with the heads
            of the same h // (n_head / n_head_kv).
        missing: layer to a sentence that says why it has no matrix.
        kv_type: element type of the cache the weights were computed with; with f16 single weights
            can be off by some 1e-3.
    """

    ids: tuple[int, ...]
    layers: tuple[int, ...]
    heads: tuple[int, ...]
    averaged: bool
    queries: Int32
    keys: Int32
    values: Float32
    first: Int32
    n_head: int
    n_head_kv: int
    missing: Mapping[int, str] = field(default_factory=dict)
    kv_type: KvType = KvType.F16

    def plane(self, layer: int, head: int | None = None) -> Float32:
        """Weights of one layer and head, (q, k), a view; None is the mean over the heads held.

        Raises:
            KeyError: they are not in this capture.
        """
        at = _index(self.layers, layer, "layer")
        if head is not None and self.averaged:
            raise KeyError(f"head {head}: only the mean over heads was captured")
        if head is not None:
            found: Float32 = self.values[at, _index(self.heads, head, "head")]
        elif self.averaged:
            found = self.values[at, 0]
        else:
            found = self.values[at].mean(axis=0)
        return found

    def visible(self, layer: int) -> Bools:
        """Which keys each query of a layer can see, bool (q, k).

        Raises:
            KeyError: the layer is not in this capture.
        """
        first = self.first[_index(self.layers, layer, "layer")]
        seen: Bools = (self.keys >= first[:, None]) & (self.keys <= self.queries[:, None])
        return seen

    def group(self, head: int) -> int:
        """Which KV head a query head reads from."""
        return head // max(1, self.n_head // max(1, self.n_head_kv))


@dataclass(frozen=True, slots=True, eq=False)
class HeadSummaries:
    """A few numbers per layer, head and token, for all heads at once.

    Every array is float32 (layers, heads, n) over the n tokens as queries unless it says
    otherwise; NaN where a figure does not exist (the token before the first one, say).

    Attributes:
        layers: the layers of axis 0; those without a matrix are in `missing` instead.
        entropy: of the row, in nats; a learned sink counts as one more key.
        first: weight on the first token of the text, the usual sink.
        previous: weight on the token before the query.
        current: weight on the query itself.
        duplicate: weight on all earlier tokens with the query's own id; NaN where there is none.
        induction: weight on all tokens that followed an earlier token with the query's own id,
            the query itself not counted; NaN where there is none.
        distance: mean distance looked back, in tokens.
        peak_key: int32, the key with the largest weight, the first token left out; -1 where the
            query sees no other.
        peak: its weight.
        received: over the n tokens as keys: mean weight from the queries that can see the key.
        outside: float32 (layers, heads): mean share of a learned sink, which is no key; 0 for
            almost every model.
        window: int32 (layers,): how many tokens back a layer sees, the query counted; 0 for all.
    """

    ids: tuple[int, ...]
    layers: tuple[int, ...]
    n_head: int
    n_head_kv: int
    entropy: Float32
    first: Float32
    previous: Float32
    current: Float32
    duplicate: Float32
    induction: Float32
    distance: Float32
    peak_key: Int32
    peak: Float32
    received: Float32
    outside: Float32
    window: Int32
    missing: Mapping[int, str] = field(default_factory=dict)
    kv_type: KvType = KvType.F16


def _index(held: tuple[int, ...], wanted: int, what: str) -> int:
    try:
        return held.index(wanted)
    except ValueError:
        raise KeyError(f"{what} {wanted} was not captured") from None
