"""The logit lens: every block's residual through the model's own output head."""

from __future__ import annotations

from functools import partial

import numpy as np

from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.lens import LENS_IDENTITY_BOUND, Lens, LensRequest
from workbench.core.tokens import NO_RANK, Float32
from workbench.core.types import ModelInfo
from workbench.engine.analysis import Analysis
from workbench.engine.base import Progress
from workbench.engine.native.head import OutputHead
from workbench.engine.records import Recorder, RowStats

LOGIT_BYTES = 32 << 20
"""What the logits of one micro-batch may take."""

_RESIDUAL = "l_out-{}"
_LOGITS = "result_output"
_MOST_ROWS = 64


def lens(
    analysis: Analysis,
    info: ModelInfo,
    request: LensRequest,
    n_threads: int,
    progress: Progress,
    cancel: CancelToken,
) -> Lens:
    """What every layer would say at every position from `request.start` on.

    Raises:
        UserError: the graph does not name its residuals, its end cannot be run again, or the
            last layer does not give the model's own logits.
        Cancelled: somebody asked to stop.
    """
    steps = _Steps(progress, info.n_layer)
    watcher = _Watcher(analysis, info, request, n_threads, steps, cancel)
    handlers = {_RESIDUAL.format(x): partial(watcher.residual, x) for x in range(info.n_layer)}
    analysis.want({**handlers, _LOGITS: watcher.logits})
    watcher.tail = analysis.tap.nodes_after(_RESIDUAL.format(info.n_layer - 1))
    rows = max(1, min(_MOST_ROWS, LOGIT_BYTES // (4 * max(1, info.n_vocab))))
    try:
        begin = analysis.open(request.ids, request.start)
        steps.begin(begin, len(request.ids))
        analysis.read(
            request.ids,
            begin,
            steps.read,
            cancel,
            before=watcher.micro_batch,
            after=watcher.reduce,
            all_outputs=True,
            chunk=rows,
        )
    finally:
        analysis.want({})
        watcher.close()
    return watcher.answer()


class _Steps:
    """Progress in layers of micro-batches: the output head is most of the work."""

    def __init__(self, progress: Progress, n_layer: int) -> None:
        self._progress = progress
        self._n_layer = n_layer
        self._done = self._total = 0

    def begin(self, begin: int, end: int) -> None:
        """Positions begin..end are to be read."""
        self._total = (end - begin) * self._n_layer

    def read(self, _done: int, _total: int) -> None:
        """The layers report."""

    def layer(self, n_positions: int) -> None:
        """One layer of a micro-batch is done."""
        self._done += n_positions
        self._progress(self._done, self._total)


class _Watcher:
    """Keeps the residuals of one micro-batch and turns them into figures once it is read."""

    def __init__(
        self,
        analysis: Analysis,
        info: ModelInfo,
        request: LensRequest,
        n_threads: int,
        steps: _Steps,
        cancel: CancelToken,
    ) -> None:
        self._analysis = analysis
        self._info = info
        self._ids = request.ids
        self._start = request.start
        self._n_threads = n_threads
        self._cancel = cancel
        self._recorder = Recorder(info.n_vocab, max(1, request.top))
        self._residuals: dict[int, Float32] = {}
        self._head: OutputHead | None = None
        self._real: Float32 | None = None
        self._identity = 0.0
        self.tail: list[int] = []
        self._steps = steps
        shape = (info.n_layer, len(request.ids) - request.start)
        k = self._recorder.k
        self._top_ids = np.zeros((*shape, k), np.int32)
        self._top_logprob = np.zeros((*shape, k), np.float32)
        self._entropy, self._kl, self._final_logprob = (
            np.zeros(shape, np.float32) for _ in range(3)
        )
        self._next_logprob = np.full(shape, np.nan, np.float32)
        self._final_rank = np.zeros(shape, np.int32)
        self._next_rank = np.full(shape, NO_RANK, np.int32)

    def close(self) -> None:
        """Free the copy of the output head."""
        if self._head is not None:
            self._head.close()
            self._head = None

    def micro_batch(self, begin: int, end: int) -> None:
        """The next residuals are of these positions."""
        self._begin, self._end = begin, end
        self._residuals.clear()
        self._real = None
        self.tail.clear()

    def residual(self, layer: int, address: int) -> None:
        """The residual behind one block."""
        values = self._analysis.reader.read(address)[0, 0]
        self._residuals[layer] = np.array(values, np.float32)

    def logits(self, address: int) -> None:
        """The model's own logits; the end of its graph is cloned while it stands there."""
        if not self.tail:
            return  # reduce() says what is missing
        self._real = np.array(self._analysis.reader.read(address)[0, 0])
        if self._head is not None and self._head.n_rows != len(self._real):
            self.close()
        if self._head is None:
            nodes = self.tail[: self.tail.index(address) + 1]
            self._head = OutputHead(nodes, self._n_threads, self._info.architecture)

    def reduce(self, begin: int, end: int) -> None:
        """Figures of one micro-batch, the last layer first: the others are compared with it."""
        n_layer = self._info.n_layer
        unnamed = [x for x in range(n_layer) if x not in self._residuals]
        if unnamed or self._real is None or self._head is None:
            what = f"the residual behind layer {unnamed[0]}" if unnamed else "the way to the logits"
            raise UserError(
                f"The logit lens cannot be put on {self._info.architecture} models: llama.cpp "
                f"does not name {what}.",
                "Attention and token probabilities work without it.",
            )
        if any(len(rows) != end - begin for rows in self._residuals.values()):
            raise UserError(
                f"The logit lens cannot be put on {self._info.architecture} models: their "
                "residuals have another shape than one row per token."
            )
        final = self._head.logits(self._residuals[n_layer - 1]).copy()
        self._check_identity(final)
        stats = [self._recorder.stats(row) for row in final]
        shifted = final - final.max(axis=1, keepdims=True)
        totals = [s.log_total - float(row.max()) for s, row in zip(stats, final, strict=True)]
        for layer in range(n_layer):
            self._cancel.check()
            last = layer == n_layer - 1
            rows = final if last else self._head.logits(self._residuals[layer])
            for row in range(max(0, self._start - begin), end - begin):
                own = stats[row] if last else self._recorder.stats(rows[row])
                at = layer, begin + row - self._start
                self._note(at, rows[row], own, int(stats[row].top_ids[0]))
                if not last:
                    cross = self._recorder.mean_of(shifted[row]) - totals[row]
                    self._kl[at] = max(0.0, -own.entropy - cross)
            self._steps.layer(end - begin)

    def _note(self, at: tuple[int, int], row: Float32, stats: RowStats, final: int) -> None:
        self._top_ids[at] = stats.top_ids
        self._top_logprob[at] = stats.top_logprob
        self._entropy[at] = stats.entropy
        self._final_rank[at] = self._recorder.rank(row, final, stats)
        self._final_logprob[at] = row[final] - stats.log_total
        after = self._start + at[1] + 1
        if after < len(self._ids):
            following = self._ids[after]
            self._next_rank[at] = self._recorder.rank(row, following, stats)
            self._next_logprob[at] = row[following] - stats.log_total

    def _check_identity(self, final: Float32) -> None:
        if self._real is None or self._real.shape != final.shape:
            raise self._differs("another shape")
        with np.errstate(invalid="ignore"):  # a logit may be -inf in both
            apart = np.abs(self._real - final)
        apart = np.where(self._real == final, 0.0, apart)
        worst = float(apart.max())
        if not worst <= LENS_IDENTITY_BOUND:
            raise self._differs(f"values up to {worst:.3g} apart")
        self._identity = max(self._identity, worst)

    def _differs(self, how: str) -> UserError:
        return UserError(
            f"The logit lens refuses this {self._info.architecture} model: what it computes from "
            f"the last layer has {how} from the model's own logits (allowed: "
            f"{LENS_IDENTITY_BOUND:g}).",
            "The other layers would be wrong in the same way, so nothing is shown.",
        )

    def answer(self) -> Lens:
        """What was gathered."""
        return Lens(
            ids=self._ids,
            start=self._start,
            top_ids=self._top_ids,
            top_logprob=self._top_logprob,
            entropy=self._entropy,
            kl_to_final=self._kl,
            final_rank=self._final_rank,
            final_logprob=self._final_logprob,
            next_rank=self._next_rank,
            next_logprob=self._next_logprob,
            identity_error=self._identity,
        )
