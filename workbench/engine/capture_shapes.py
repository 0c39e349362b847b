"""What a capture's answer looks like in memory: shapes, checked requests, tables as values.

Both sides of the engine's process need it; no llama_cpp here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from workbench.core.attention import (
    ANSWER_BYTES,
    Attention,
    AttentionRequest,
    HeadSummaries,
)
from workbench.core.errors import UserError
from workbench.core.tokens import Float32
from workbench.core.types import ModelInfo

COLUMNS = (
    "entropy", "first", "previous", "current", "duplicate", "induction", "distance", "peak_key",
    "peak", "received",
)  # fmt: skip
"""Axis 0 of a table; `peak_key` is int32 in the same memory."""


def checked(request: AttentionRequest, info: ModelInfo) -> AttentionRequest:
    """The request with every "all" written out.

    Raises:
        UserError: a layer, head or position that does not exist, or an answer beyond the budget.
    """
    n = len(request.ids)
    layers = _chosen(request.layers, info.n_layer, "layer", "the model")
    heads = _chosen(request.heads, info.n_head, "head", "the model")
    queries = _chosen(request.queries, n, "token", "the text")
    keys = _chosen(request.keys, n, "token", "the text")
    n_bytes = 4 * len(layers) * (1 if request.average else len(heads)) * len(queries) * len(keys)
    if n_bytes > ANSWER_BYTES:
        raise UserError(
            f"These attention weights would take {n_bytes / 2**20:,.0f} MB; "
            f"{ANSWER_BYTES >> 20} MB are allowed.",
            "Ask for fewer layers or heads, for chosen tokens, or for the mean over the heads.",
        )
    return AttentionRequest(request.ids, layers, heads, queries, keys, request.average)


def answer_shape(request: AttentionRequest) -> tuple[int, int, int, int]:
    """(layers, heads, queries, keys) of the answer to a checked request, at most."""
    heads = 1 if request.average else len(request.heads)
    return len(request.layers), heads, len(request.queries), len(request.keys)


def table_shape(info: ModelInfo, n_tokens: int) -> tuple[int, int, int, int]:
    """(columns, layers, heads, tokens)."""
    return len(COLUMNS), info.n_layer, info.n_head, n_tokens


def from_table(table: Float32, summaries: HeadSummaries) -> HeadSummaries:
    """The same summaries with the columns of `table`, which other memory may hold."""
    n = len(summaries.layers)
    columns = {name: table[i, :n] for i, name in enumerate(COLUMNS)}
    return HeadSummaries(
        ids=summaries.ids,
        layers=summaries.layers,
        n_head=summaries.n_head,
        n_head_kv=summaries.n_head_kv,
        entropy=columns["entropy"],
        first=columns["first"],
        previous=columns["previous"],
        current=columns["current"],
        duplicate=columns["duplicate"],
        induction=columns["induction"],
        distance=columns["distance"],
        peak_key=columns["peak_key"].view(np.int32),
        peak=columns["peak"],
        received=columns["received"],
        outside=summaries.outside,
        window=summaries.window,
        missing=summaries.missing,
        kv_type=summaries.kv_type,
    )


def _chosen(wanted: Sequence[int], count: int, what: str, where: str) -> tuple[int, ...]:
    chosen = tuple(sorted(set(wanted))) or tuple(range(count))
    bad = next((x for x in chosen if not 0 <= x < count), None)
    if bad is not None:
        raise UserError(
            f"There is no {what} {bad}: {where} has {count:,} {what}s, from 0 to {count - 1:,}."
        )
    return chosen


def without_values(found: Attention | HeadSummaries) -> Attention | HeadSummaries:
    """The same answer without its large arrays, for a message beside shared memory."""
    nothing = np.empty(0, np.float32)
    if isinstance(found, Attention):
        return replace(found, values=nothing)
    columns = dict.fromkeys(COLUMNS, nothing)
    return replace(found, **columns)  # type: ignore[arg-type]  # every column is an array
