"""What a sampler left, read from the candidate array: counts, mass, the best, the followed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from workbench.core.types import Stage
from workbench.engine.native.candidates import Candidates
from workbench.engine.records import best_of


class RawDistribution:
    """The softmax of one row of raw logits, unscaled: what masses are shares of.

    Attributes:
        weights: float32 (n_vocab,), exp(logit - largest logit).
        total: their sum.
    """

    def __init__(self, row: npt.NDArray[np.float32]) -> None:
        self.weights: npt.NDArray[np.float32] = np.exp(row - row.max())
        self.total = float(self.weights.sum(dtype=np.float64))

    def mass(self, ids: npt.NDArray[np.int32] | npt.NDArray[np.bool_]) -> float:
        """The share of some tokens (ids, or a mask over the vocabulary), 0 to 1."""
        part = float(self.weights[ids].sum(dtype=np.float64))
        return min(1.0, part / self.total)

    def p(self, token: int) -> float:
        """The probability of one token."""
        return float(self.weights[token]) / self.total


class StageReader:
    """Reads one stage after another of one walk; a stage that changed nothing costs nothing."""

    def __init__(
        self,
        raw: RawDistribution,
        followed_ids: npt.NDArray[np.int32],
        limit: int,
    ) -> None:
        self._raw = raw
        self._followed = followed_ids
        self._limit = limit
        self._last: tuple[npt.NDArray[np.int32], npt.NDArray[np.float32], Stage] | None = None

    def read(self, name: str, candidates: Candidates) -> Stage:
        """The stage called `name`: the candidates as they are now."""
        ids, logits = candidates.ids(), candidates.logits()
        if self._last is not None:
            last_ids, last_logits, last = self._last
            if np.array_equal(logits, last_logits) and np.array_equal(ids, last_ids):
                return replace(last, name=name)
        stage = self._read(name, ids, logits)
        self._last = ids, logits, stage
        return stage

    def _read(
        self, name: str, ids: npt.NDArray[np.int32], logits: npt.NDArray[np.float32]
    ) -> Stage:
        # Those that are out but still listed stay in the arrays: exp(-inf) weighs nothing, and
        # taking them out of a large vocabulary costs more than everything else.
        left = logits > -np.inf
        n = int(np.count_nonzero(left))
        best = best_of(logits, min(self._limit, n))
        top = float(logits.max()) if n else 0.0
        total = float(np.exp(logits - np.float32(top)).sum(dtype=np.float64))
        at = self._places(ids)
        return Stage(
            name,
            n,
            self._mass(ids, left, n),
            ids[best],
            logits[best],
            _softmax(logits[best], top, total),
            self._follow(logits, at, top, total),
        )

    def _mass(self, ids: npt.NDArray[np.int32], left: npt.NDArray[np.bool_], n: int) -> float:
        n_vocab = len(self._raw.weights)
        if n in (0, n_vocab):
            return float(n > 0)
        if 2 * n > n_vocab and len(ids) == n_vocab:
            return 1.0 - self._raw.mass(ids[~left])
        return self._raw.mass(ids if n == len(ids) else ids[left])

    def _places(self, ids: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
        """Where the followed tokens lie among `ids`; -1 for those that are not there."""
        followed = self._followed
        n_vocab = len(self._raw.weights)
        if len(ids) == n_vocab and np.array_equal(ids[followed], followed):
            return followed
        place = np.full(n_vocab, -1, np.int32)
        place[ids] = np.arange(len(ids), dtype=np.int32)
        return place[followed]

    def _follow(
        self,
        logits: npt.NDArray[np.float32],
        at: npt.NDArray[np.int32],
        top: float,
        total: float,
    ) -> npt.NDArray[np.float32]:
        found = np.full(len(at), np.nan, np.float32)
        there = at >= 0
        there[there] = logits[at[there]] > -np.inf
        found[there] = _softmax(logits[at[there]], top, total)
        return found


def _softmax(logits: npt.NDArray[np.float32], top: float, total: float) -> npt.NDArray[np.float32]:
    if not len(logits):
        return np.empty(0, np.float32)
    return (np.exp(logits.astype(np.float64) - top) / total).astype(np.float32)
