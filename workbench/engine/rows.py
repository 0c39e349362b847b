"""Raw logits of a given text, for comparisons over the full vocabulary.

Whoever asks brings the memory and asks for as many rows as it holds, one stretch after another:
what was read before stands in the KV cache, and memory does not grow with the text.
"""

from __future__ import annotations

from workbench.core.cancel import CancelToken
from workbench.core.logit_rows import RowsRequest
from workbench.core.tokens import Float32
from workbench.engine.base import Progress
from workbench.engine.kv import KvCache


def read_rows(
    kv: KvCache, request: RowsRequest, rows: Float32, progress: Progress, cancel: CancelToken
) -> None:
    """Write the logits behind ids[start:] into `rows`, (n_rows, n_vocab).

    Raises:
        Cancelled, Aborted: call `KvCache.after_abort` then.
    """
    ids, start = request.ids, request.start
    begin = start - start % kv.chunk
    if begin:
        kv.bring(ids[:begin], 0, 1, progress, cancel, row=False)
    else:
        kv.restart()
    for at in range(begin, len(ids), kv.chunk):
        cancel.check()
        end = min(at + kv.chunk, len(ids))
        made = kv.decode_all(ids[:end], at)
        first = max(start, at)
        rows[first - start : end - start] = made[first - at :]
        progress(end, len(ids))
