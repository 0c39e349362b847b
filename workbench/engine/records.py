"""What the model thought of each token, from one row of logits while it is hot.

All statistics are over the full softmax of the raw logits: natural logarithms, entropy in nats,
0-based ranks. Sums run in float32 over values scaled by the largest, which keeps the error of a
log-probability near 1e-6 at 150,000 tokens.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbench.core.tokens import NO_RANK, NO_TOKEN, Float32, Int32, TokenTable


@dataclass(slots=True)
class RowStats:
    """The distribution behind one row of logits, `k` best tokens first.

    Attributes:
        log_total: log of the softmax denominator, so that logprob = logit - log_total.
        entropy: nats.
    """

    log_total: float
    entropy: float
    top_ids: npt.NDArray[np.intp]
    top_logprob: Float32


@dataclass(frozen=True, slots=True)
class Record:
    """What the model thought of one token, and the distribution it stood in.

    Attributes:
        logprob: natural logarithm, raw.
        rank: 0-based.
    """

    logprob: float
    rank: int
    stats: RowStats


class Recorder:
    """Computes records without allocating more than the answers; one per thread.

    Attributes:
        k: how many alternatives are recorded.
        takes_many: whether `records` is faster than one row after another: the vocabulary is
            small. Rows of a large one are better looked at alone, while they are in the cache.
    """

    def __init__(self, n_vocab: int, top: int) -> None:
        self.k = min(top, n_vocab)
        self._n_vocab = n_vocab
        self._weights = np.empty(n_vocab, np.float32)
        self._shifted = np.empty(n_vocab, np.float32)
        self._step = _TOGETHER // n_vocab
        self.takes_many = self._step > 1 and self.k <= n_vocab // _NARROW

    def stats(self, row: npt.NDArray[np.float32]) -> RowStats:
        """The distribution of one row, shape (n_vocab,)."""
        shifted, weights = self._shifted, self._weights
        largest = row.max()
        np.subtract(row, largest, out=shifted)
        np.exp(shifted, out=weights)
        total = float(weights.sum())
        log_total = math.log(total)
        if row.min() > -math.inf:
            spread = float(weights.dot(shifted))
        else:
            # -inf logits weigh nothing, but 0 * -inf is not 0.
            alive = weights > 0
            spread = float(weights[alive].dot(shifted[alive]))
        top = best_of(row, self.k)
        return RowStats(
            log_total=float(largest) + log_total,
            entropy=max(0.0, log_total - spread / total),
            top_ids=top,
            top_logprob=shifted[top] - np.float32(log_total),
        )

    def record(self, row: npt.NDArray[np.float32], token: int, stats: RowStats) -> Record:
        """What the distribution `stats` of `row` says of `token`."""
        logprob = float(row[token]) - stats.log_total
        return Record(logprob, self.rank(row, token, stats), stats)

    def records(self, rows: npt.NDArray[np.float32], tokens: Sequence[int]) -> list[Record]:
        """A token of every row, rows (n, n_vocab): to the last bit what `stats` and `rank` say."""
        if not self.takes_many:
            alone = zip(rows, tokens, strict=True)
            return [self.record(row, token, self.stats(row)) for row, token in alone]
        made: list[Record] = []
        for start in range(0, len(rows), self._step):
            end = start + self._step
            made += self._together(rows[start:end], tokens[start:end])
        return made

    def _together(self, rows: npt.NDArray[np.float32], tokens: Sequence[int]) -> list[Record]:
        largest = rows.max(axis=1)
        if not (np.isfinite(largest).all() and rows.min() > -math.inf):
            alone = zip(rows, tokens, strict=True)
            return [self.record(row, token, self.stats(row)) for row, token in alone]
        shifted = rows - largest[:, None]
        weights = np.exp(shifted)
        totals = weights.sum(axis=1)
        top_ids = _best_of_rows(rows, self.k)
        log_totals = [math.log(total) for total in totals.tolist()]
        picked = np.take_along_axis(rows, top_ids, axis=1)
        tops = picked - largest[:, None] - np.array(log_totals, np.float32)[:, None]
        made = []
        for i, token in enumerate(tokens):
            log_total = log_totals[i]
            # A matrix product would add in another order.
            spread = float(weights[i].dot(shifted[i]))
            entropy = max(0.0, log_total - spread / float(totals[i]))
            stats = RowStats(float(largest[i]) + log_total, entropy, top_ids[i], tops[i])
            made.append(self.record(rows[i], token, stats))
        return made

    def mean_of(self, values: npt.NDArray[np.float32]) -> float:
        """Mean of `values`, one per token, under the distribution `stats` was last asked for."""
        weights = self._weights
        total = float(weights.sum())
        mean = float(weights.dot(values)) / total
        if math.isfinite(mean):
            return mean
        alive = weights > 0
        return float(weights[alive].dot(values[alive])) / total

    def rank(self, row: npt.NDArray[np.float32], token: int, stats: RowStats) -> int:
        """0-based rank of `token`: how many tokens have a larger logit (ties: smaller id)."""
        near = stats.top_ids.tolist()
        if token in near:
            return int(near.index(token))
        value = row[token]
        larger = int(np.count_nonzero(row > value))
        return larger + int(np.count_nonzero(row[:token] == value))


_TOGETHER = 65_536
"""Logits looked at in one go: with what is made of them they stay in a core's cache."""

_NARROW = 32
"""Logits per block of `_best_of_rows`."""

_BLOCK = 256
_OFFSETS = np.arange(_BLOCK)


def best_of(values: npt.NDArray[np.float32], k: int) -> npt.NDArray[np.intp]:
    """Indices of the k largest values, best first, smaller indices first among equals."""
    n = len(values)
    if k <= 0:
        return np.empty(0, np.intp)
    if k >= n:
        return (-values).argsort(kind="stable")
    # Partitioning a large vocabulary takes milliseconds. The k best tokens lie in the k
    # blocks with the largest maxima, and those are a few thousand values.
    n_blocks = n // _BLOCK
    if n_blocks <= 4 * max(k, 4):
        return _largest(values, k)
    end = n_blocks * _BLOCK
    maxima = values[:end].reshape(n_blocks, _BLOCK).max(axis=1)
    blocks = np.sort((-maxima).argsort(kind="stable")[:k])
    ids = (blocks[:, None] * _BLOCK + _OFFSETS).ravel()
    if end < n:
        ids = np.concatenate([ids, np.arange(end, n)])
    found: npt.NDArray[np.intp] = ids[_largest(values[ids], k)]
    return found


def _largest(values: npt.NDArray[np.float32], k: int) -> npt.NDArray[np.intp]:
    """Indices of the k largest, best first, smaller indices first among equals."""
    part = values.argpartition(len(values) - k)[len(values) - k :]
    least = values[part].min()
    # argpartition keeps an arbitrary one of several equal to the least: look at them all.
    within = np.flatnonzero(values >= least)
    order: npt.NDArray[np.intp] = within[(-values[within]).argsort(kind="stable")][:k]
    return order


def _best_of_rows(rows: npt.NDArray[np.float32], k: int) -> npt.NDArray[np.intp]:
    """Of each row the indices that `best_of` gives, (n, k); at least k blocks, nothing NaN."""
    n, width = rows.shape
    if k == 0:
        return np.empty((n, 0), np.intp)
    n_blocks = width // _NARROW
    maxima = rows[:, : n_blocks * _NARROW].reshape(n, n_blocks, _NARROW).max(axis=2)
    maxima.sort(axis=1)
    # At least k values of a row are as large as the k-th largest of its blocks' maxima.
    at, ids = np.nonzero(rows >= maxima[:, n_blocks - k, None])
    order = np.lexsort((-rows[at, ids], at))
    first = np.searchsorted(at, np.arange(n))
    found: npt.NDArray[np.intp] = ids[order[first[:, None] + np.arange(k)]]
    return found


class TableBuilder:
    """Collects records of one reply as columns, and hands out what is new since the last time."""

    def __init__(self, k: int, capacity: int = 256) -> None:
        self._k = k
        self._n = 0
        self._taken = 0
        self._allocate(capacity)

    def __len__(self) -> int:
        return self._n

    def add(self, token: int, logprob: float, rank: int, stats: RowStats, p_sampled: float) -> None:
        """Append one sampled token."""
        at = self._n
        if at == len(self.ids):
            self._grow()
        self.ids[at] = token
        self.logprob[at] = logprob
        self.rank[at] = rank
        self.entropy[at] = stats.entropy
        self.p_sampled[at] = p_sampled
        self.top_ids[at] = stats.top_ids
        self.top_logprob[at] = stats.top_logprob
        self._n = at + 1

    def add_unknown(self, token: int) -> None:
        """Append a token that nothing precedes, so that nothing predicted it."""
        at = self._n
        if at == len(self.ids):
            self._grow()
        self.ids[at] = token
        self.rank[at] = NO_RANK
        self.top_ids[at] = NO_TOKEN
        for column in (self.logprob, self.entropy, self.p_sampled, self.top_logprob):
            column[at] = np.nan
        self._n = at + 1

    @property
    def has_new(self) -> bool:
        """Whether `take` would hand out any."""
        return self._n > self._taken

    def take(self) -> TokenTable:
        """Copies of the rows added since the last call."""
        start, self._taken = self._taken, self._n
        return self._rows(start, self._n)

    def table(self) -> TokenTable:
        """Copies of all rows."""
        return self._rows(0, self._n)

    def _rows(self, start: int, stop: int) -> TokenTable:
        return TokenTable(
            self.ids[start:stop].copy(),
            self.logprob[start:stop].copy(),
            self.rank[start:stop].copy(),
            self.entropy[start:stop].copy(),
            self.p_sampled[start:stop].copy(),
            self.top_ids[start:stop].copy(),
            self.top_logprob[start:stop].copy(),
        )

    def _allocate(self, capacity: int) -> None:
        self.ids: Int32 = np.empty(capacity, np.int32)
        self.logprob: Float32 = np.empty(capacity, np.float32)
        self.rank: Int32 = np.full(capacity, NO_RANK, np.int32)
        self.entropy: Float32 = np.empty(capacity, np.float32)
        self.p_sampled: Float32 = np.empty(capacity, np.float32)
        self.top_ids: Int32 = np.empty((capacity, self._k), np.int32)
        self.top_logprob: Float32 = np.empty((capacity, self._k), np.float32)

    def _grow(self) -> None:
        old = {name: getattr(self, name) for name in TokenTable.__slots__}
        self._allocate(2 * len(self.ids))
        for name, column in old.items():
            getattr(self, name)[: len(column)] = column
