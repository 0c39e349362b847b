"""Mean residuals of a text: what stands behind every block, averaged over tokens."""

from __future__ import annotations

from functools import partial

import numpy as np

from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.steering import ResidualRequest
from workbench.core.tokens import Float32
from workbench.core.types import ModelInfo
from workbench.engine.analysis import Analysis
from workbench.engine.base import Progress

_RESIDUAL = "l_out-{}"


def residual_means(
    analysis: Analysis,
    info: ModelInfo,
    request: ResidualRequest,
    progress: Progress,
    cancel: CancelToken,
) -> Float32:
    """Mean over the tokens from `request.start` on, float32 (n_layer, n_embd).

    Raises:
        UserError: the model's graph does not name its residuals.
        Cancelled: somebody asked to stop.
    """
    sums = np.zeros((info.n_layer, info.n_embd), np.float64)
    counts = np.zeros(info.n_layer, np.int64)
    span = [0, 0]

    def add(layer: int, address: int) -> None:
        rows = analysis.reader.read(address)[0, 0]
        if rows.shape != (span[1] - span[0], info.n_embd):
            raise UserError(
                f"Layer {layer} gives residuals of shape {rows.shape}, not one of {info.n_embd} "
                "per token; this model cannot be steered here."
            )
        wanted = rows[max(0, request.start - span[0]) :]
        sums[layer] += wanted.sum(axis=0, dtype=np.float64)
        counts[layer] += len(wanted)

    def before(begin: int, end: int) -> None:
        span[:] = begin, end

    analysis.want({_RESIDUAL.format(x): partial(add, x) for x in range(info.n_layer)})
    try:
        begin = analysis.open(request.ids, request.start)
        analysis.read(
            request.ids, begin, progress, cancel, before=before, all_outputs=True, chunk=64
        )
    finally:
        analysis.want({})
    if not (counts == len(request.ids) - request.start).all():
        raise UserError(
            f"The {info.architecture} model does not name the residual of every layer, so it "
            "cannot be steered here."
        )
    return np.asarray(sums / counts[:, None], np.float32)
