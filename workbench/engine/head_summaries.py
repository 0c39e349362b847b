"""A few numbers for every head of every layer, reduced while the graph runs: O(tokens), not O(n²).

The columns and their meaning are those of `core.attention.HeadSummaries`.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from workbench.core.attention import HeadSummaries
from workbench.core.attention_heads import twins
from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.tokens import Float32, Int32
from workbench.core.types import ModelInfo
from workbench.engine.analysis import Analysis
from workbench.engine.base import Progress
from workbench.engine.capture import Sight, missing_layers, tensor_name
from workbench.engine.capture_shapes import COLUMNS, from_table, table_shape
from workbench.engine.native.tensors import mask_of

_TINY = np.float32(1e-30)
_ROUNDING = 1e-4
"""A row's missing mass below this is rounding, not a learned sink."""


def head_summaries(
    analysis: Analysis,
    info: ModelInfo,
    ids: tuple[int, ...],
    progress: Progress,
    cancel: CancelToken,
    room: Float32 | None = None,
) -> HeadSummaries:
    """Summaries of all heads of all layers over a whole text.

    Args:
        room: zeros of `table_shape` to be filled; made here when None.

    Raises:
        UserError: no layer has a matrix, or the cells of the cache cannot be told apart.
        Cancelled: somebody asked to stop.
    """
    reducer = _Reducer(analysis, info, ids, room)
    analysis.want({tensor_name(x): partial(reducer.take, x) for x in range(info.n_layer)})
    try:
        begin = analysis.open(ids, 0)
        analysis.read(ids, begin, progress, cancel, before=reducer.micro_batch)
    finally:
        analysis.want({})
    return reducer.answer()


class _Reducer:
    """Receives the matrices of each micro-batch and reduces them to columns."""

    def __init__(
        self, analysis: Analysis, info: ModelInfo, ids: tuple[int, ...], room: Float32 | None
    ) -> None:
        self._analysis = analysis
        self._info = info
        self._ids = ids
        self._table: Float32 = (
            np.zeros(table_shape(info, len(ids)), np.float32) if room is None else room
        )
        self._outside = np.zeros((info.n_layer, info.n_head))
        self._window = np.zeros(info.n_layer, np.int32)
        self._seen_by = np.zeros((info.n_layer, len(ids)), np.int32)
        self._slots: dict[int, int] = {}
        self._odd: dict[int, str] = {}
        self._sight = Sight(analysis)
        self._twins, self._before = twins(ids)
        self._log = np.empty(0, np.float32)

    def micro_batch(self, begin: int, end: int) -> None:
        """The next matrices hold the queries from `begin` to `end` (exclusive)."""
        self._begin, self._end = begin, end
        self._sight.micro_batch(begin, end)
        self._per_sight: dict[int, _Targets] = {}

    def take(self, layer: int, address: int) -> None:
        """One layer's matrix of this micro-batch."""
        weights = self._analysis.reader.read(address)
        if weights.shape[:2] != (1, self._info.n_head):
            self._odd[layer] = (
                f"Layer {layer} has {weights.shape[1]} heads in {weights.shape[0]} streams, not "
                f"the model's {self._info.n_head} in one."
            )
            return
        mask = mask_of(address)
        first, _ = self._sight.of(mask)
        if mask not in self._per_sight:
            self._per_sight[mask] = _Targets(self._begin, first, self._twins, self._before)
        slot = self._slots.setdefault(layer, len(self._slots))
        targets = self._per_sight[mask]
        self._window[slot] = max(int(self._window[slot]), targets.window)
        self._seen_by[slot, : self._end] += targets.seen_by
        self._reduce(slot, weights[0, :, :, : self._end], targets)

    def _reduce(self, slot: int, rows: Float32, targets: _Targets) -> None:
        """`rows` is (heads, queries, keys up to the last query)."""
        columns = {
            name: self._table[i, slot, :, self._begin : self._end] for i, name in enumerate(COLUMNS)
        }
        local = np.arange(rows.shape[1])
        query = targets.query
        # One small product per query: (heads, keys) @ (keys, kinds of targets).
        sums = np.matmul(rows.transpose(1, 0, 2), targets.matrix).transpose(2, 1, 0)
        total = np.maximum(sums[_Targets.ALL], _TINY)
        columns["first"][:] = np.where(targets.first == 0, rows[:, :, 0], np.nan)
        columns["current"][:] = rows[:, local, query]
        columns["previous"][:] = np.where(
            targets.first < query, rows[:, local, np.maximum(query - 1, 0)], np.nan
        )
        for kind, name in ((_Targets.DUPLICATE, "duplicate"), (_Targets.INDUCTION, "induction")):
            columns[name][:] = np.where(targets.count[kind] > 0, sums[kind], np.nan)
        columns["distance"][:] = query - sums[_Targets.POSITION] / total
        outside = 1.0 - sums[_Targets.ALL]
        self._outside[slot] += outside.sum(axis=1)
        peak_key = columns["peak_key"].view(np.int32)
        received = self._table[COLUMNS.index("received"), slot, :, : self._end]
        lonely = query < 1
        for head in range(len(rows)):
            plane = rows[head]
            columns["entropy"][head] = self._entropy(plane)
            received[head] += plane.sum(axis=0)
            if plane.shape[1] > 1:
                best = plane[:, 1:].argmax(axis=1) + 1
                peak_key[head] = np.where(lonely, -1, best)
                columns["peak"][head] = np.where(lonely, 0.0, plane[local, best])
            else:
                peak_key[head] = -1
        share = np.where(outside > _ROUNDING, outside, 1.0)  # 1 · log 1 = 0
        columns["entropy"] -= share * np.log(share)

    def _entropy(self, plane: Float32) -> Float32:
        """Of each row, in nats."""
        if self._log.size < plane.size:
            self._log = np.empty(plane.size, np.float32)
        logs = self._log[: plane.size].reshape(plane.shape)
        np.maximum(plane, _TINY, out=logs)
        np.log(logs, out=logs)
        entropy: Float32 = -np.einsum("qk,qk->q", plane, logs)
        return entropy

    def answer(self) -> HeadSummaries:
        """What was gathered.

        Raises:
            UserError: there is nothing.
        """
        n = len(self._slots)
        missing = missing_layers(
            self._analysis,
            self._info,
            range(self._info.n_layer),
            tuple(self._slots),
            self._odd,
        )
        if not n:
            raise UserError(
                f"{self._info.name} shows no attention matrix in any layer.",
                next(iter(missing.values()), ""),
            )
        received = self._table[COLUMNS.index("received"), :n]
        received /= np.maximum(self._seen_by[:n, None], 1)
        outside = np.maximum(self._outside[:n] / len(self._ids), 0.0).astype(np.float32)
        outside[outside < _ROUNDING] = 0.0
        nothing = np.empty(0, np.float32)
        return from_table(
            self._table,
            HeadSummaries(
                ids=self._ids,
                layers=tuple(self._slots),
                n_head=self._info.n_head,
                n_head_kv=self._info.n_head_kv,
                entropy=nothing,
                first=nothing,
                previous=nothing,
                current=nothing,
                duplicate=nothing,
                induction=nothing,
                distance=nothing,
                peak_key=nothing.view(np.int32),
                peak=nothing,
                received=nothing,
                outside=outside,
                window=self._window[:n].copy(),
                missing=missing,
                kv_type=self._analysis.kv_type,
            ),
        )


class _Targets:
    """What the queries of one micro-batch may look at under one mask, as matrices of weights.

    Attributes:
        query: int, (queries,): their positions.
        first: the first position each can see.
        matrix: float32 (queries, keys, 4): per kind, how much a key counts for a query.
        count: int (2, queries): how many keys count as duplicate and induction.
        window: how many tokens back a query sees, itself counted; 0 when all see all.
        seen_by: int (keys,): how many of the queries see each key.
    """

    DUPLICATE, INDUCTION, POSITION, ALL = range(4)

    def __init__(self, begin: int, first: Int32, same: list[list[int]], before: list[int]) -> None:
        n_queries = len(first)
        end = begin + n_queries
        self.first = first
        self.query = np.arange(begin, end)
        self.matrix = np.zeros((n_queries, end, 4), np.float32)
        self.matrix[:, :, self.POSITION] = np.arange(end)
        self.matrix[:, :, self.ALL] = 1.0
        self.count = np.zeros((2, n_queries), np.int64)
        for row in range(n_queries):
            at = begin + row
            if not before[at]:
                continue
            earlier = np.array(same[at][: before[at]])
            twins_seen = earlier[earlier >= first[row]]
            # A follower that is the query itself would be self-attention by another name.
            followers = earlier[(earlier + 1 >= first[row]) & (earlier + 1 < at)] + 1
            self.matrix[row, twins_seen, self.DUPLICATE] = 1.0
            self.matrix[row, followers, self.INDUCTION] = 1.0
            self.count[:, row] = len(twins_seen), len(followers)
        reach = self.query - first + 1
        self.window = int(reach.max()) if (first > 0).any() else 0
        starts = np.bincount(first, minlength=end)[:end].cumsum()
        ends = np.bincount(self.query + 1, minlength=end + 1)[:end].cumsum()
        self.seen_by = starts - ends
