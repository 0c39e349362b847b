"""What the model would most likely say next, for the grey text behind what stands."""

from __future__ import annotations

import math

from workbench.core.branching import PreviewRequest
from workbench.core.cancel import CancelToken
from workbench.core.tokens import TokenTable
from workbench.engine.base import Progress
from workbench.engine.kv import KvCache
from workbench.engine.native.model import NativeModel
from workbench.engine.records import Recorder, TableBuilder


def preview(
    kv: KvCache,
    model: NativeModel,
    request: PreviewRequest,
    n_ctx: int,
    progress: Progress,
    cancel: CancelToken,
) -> TokenTable:
    """The likeliest token after the likeliest token; ends before an end token.

    Behind a prompt that is being written everything that stands is reused, so the figures can
    differ from a run's in the last digits; behind a reply they are exactly a run's. The cache is
    left as it was, with the text brought in.

    Raises:
        Cancelled, Aborted: call `KvCache.after_abort` then.
    """
    ids = request.ids
    kv.bring(ids, request.n_sampled, 1, progress, cancel, exact=request.n_sampled > 0)
    recorder = Recorder(model.n_vocab, max(1, request.top))
    table = TableBuilder(recorder.k, capacity=max(1, request.n_tokens))
    row = kv.row
    room = min(request.n_tokens, n_ctx - len(ids))
    for position in range(len(ids), len(ids) + room):
        stats = recorder.stats(row)
        token = int(stats.top_ids[0])
        if model.is_end(token) or model.is_control(token):
            break
        table.add(token, float(stats.top_logprob[0]), 0, stats, math.nan)
        if b"\n" in model.piece(token) or position + 1 == len(ids) + room:
            break
        cancel.check()
        kv.context.decode_one(token, position)
        kv.note(0, token)
        row = kv.context.logits()
    kv.cut(len(ids))
    return table.table()
