"""The most likely continuations of a text as a tree, a level at a time, in one batch each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from workbench.core.branching import Lookahead, LookaheadRequest
from workbench.core.cancel import CancelToken
from workbench.core.tokens import NO_TOKEN, Float32
from workbench.engine.base import Progress
from workbench.engine.kv import KvCache
from workbench.engine.native.model import NativeModel
from workbench.engine.records import Recorder


def look_ahead(
    kv: KvCache,
    model: NativeModel,
    request: LookaheadRequest,
    progress: Progress,
    cancel: CancelToken,
) -> Lookahead:
    """Expand a checked request; `progress` counts levels.

    Continuations of one length stand beside each other in sequences 1 and up, which share the
    cells of what they have in common; each level is one batch.

    Raises:
        Cancelled, Aborted: call `KvCache.after_abort` then.
    """
    ids = request.ids
    kv.ensure_cells(len(ids) + request.followed * request.depth)
    kv.bring(ids, request.n_sampled, 1, _silent, cancel)
    tree = _Tree(model, Recorder(model.n_vocab, request.width))
    tree.expand(0, kv.row)
    progress(1, request.depth)
    sequences = _Sequences(kv, request.followed)
    try:
        level = range(1, len(tree.token))
        for depth in range(1, request.depth):
            chosen = tree.likeliest(level, request)
            if not chosen:
                break
            cancel.check()
            own = sequences.give(chosen, tree.parent)
            kv.context.decode(
                [tree.token[node] for node in chosen],
                [len(ids) + depth - 1] * len(chosen),
                own,
                np.ones(len(chosen), np.int8),
            )
            begin = len(tree.token)
            for index, node in enumerate(chosen):
                tree.expand(node, kv.context.logits(index))
            level = range(begin, len(tree.token))
            progress(depth + 1, request.depth)
    finally:
        sequences.free()
    return tree.value()


def _silent(_done: int, _total: int) -> None:
    """The caller counts levels, not prompt tokens."""


class _Tree:
    """The nodes so far, as growing columns."""

    def __init__(self, model: NativeModel, recorder: Recorder) -> None:
        self._model, self._recorder = model, recorder
        self.parent = [-1]
        self.token = [NO_TOKEN]
        self._logprob = [0.0]
        self._total = [0.0]
        self._entropy = [float("nan")]
        self._rest = [float("nan")]
        self._ends = [False]

    def expand(self, node: int, row: Float32) -> None:
        """List the likeliest tokens behind `node`, from its row of raw logits (n_vocab,)."""
        stats = self._recorder.stats(row)
        listed = np.exp(stats.top_logprob.astype(np.float64))
        self._entropy[node] = stats.entropy
        self._rest[node] = max(0.0, 1.0 - float(listed.sum()))
        for token, logprob in zip(stats.top_ids.tolist(), stats.top_logprob.tolist(), strict=True):
            self.parent.append(node)
            self.token.append(token)
            self._logprob.append(logprob)
            self._total.append(self._total[node] + logprob)
            self._entropy.append(float("nan"))
            self._rest.append(float("nan"))
            self._ends.append(self._model.is_end(token))

    def likeliest(self, level: Sequence[int], request: LookaheadRequest) -> list[int]:
        """Which nodes of a level are followed, in the order of the level."""
        least = np.log(request.least) if request.least > 0 else -np.inf
        open_ = [n for n in level if not self._ends[n] and self._total[n] >= least]
        best = sorted(open_, key=lambda node: -self._total[node])[: request.followed]
        return sorted(best)

    def value(self) -> Lookahead:
        """The finished tree."""
        return Lookahead(
            np.array(self.parent, np.int32),
            np.array(self.token, np.int32),
            np.array(self._logprob, np.float32),
            np.array(self._total, np.float64),
            np.array(self._entropy, np.float32),
            np.array(self._rest, np.float64),
            np.array(self._ends, np.bool_),
        )


class _Sequences:
    """Which sequence holds which continuation."""

    def __init__(self, kv: KvCache, count: int) -> None:
        self._context = kv.context
        self._free = list(range(count, 0, -1))
        self._of: dict[int, int] = {0: 0}

    def give(self, nodes: Sequence[int], parent: Sequence[int]) -> list[int]:
        """Sequences that hold all before each of `nodes`; those of other nodes are given up."""
        needed = {parent[node] for node in nodes}
        for node in [n for n in self._of if n not in needed and n != 0]:
            self._give_up(self._of.pop(node))
        fresh: dict[int, int] = {}
        for number, node in enumerate(nodes):
            above = parent[node]
            # The last child goes on in its parent's own sequence; the text itself keeps its own.
            is_last = above not in (parent[other] for other in nodes[number + 1 :])
            if above and is_last:
                fresh[node] = self._of.pop(above)
            else:
                fresh[node] = self._free.pop()
                self._context.copy(self._of[above], fresh[node])
        self._of = {0: 0, **fresh}
        return [fresh[node] for node in nodes]

    def free(self) -> None:
        """Give every sequence but the text's own up."""
        for node, sequence in self._of.items():
            if node:
                self._give_up(sequence)
        self._of = {0: 0}

    def _give_up(self, sequence: int) -> None:
        self._context.truncate(sequence, 0)
        self._free.append(sequence)
