"""Where the logits behind a past reply come from: kept ones first, decoded anew where not."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.core.cancel import CancelToken
from workbench.engine.base import Progress
from workbench.engine.kept_rows import KeptReply, KeptRows, Row
from workbench.engine.kv import KvCache


class RowSource:
    """The rows of one reply, asked for from the first to the last.

    Rows decoded anew are decoded as the run did, one token at a time, and kept. For a reply that
    was made alone they are the same to the last bit; one made beside other samples agrees up to
    rounding.
    """

    def __init__(
        self,
        kv: KvCache,
        kept: KeptRows,
        prompt_ids: Sequence[int],
        reply: Sequence[int],
        progress: Progress,
        cancel: CancelToken,
    ) -> None:
        """`reply` has one token more than rows are wanted; its last one may be anything."""
        self._kv, self._kept = kv, kept
        self._prompt, self._reply = list(prompt_ids), list(reply)
        self._progress = progress
        self._cancel = cancel
        self._rows = kept.rows(prompt_ids, reply)
        self._stands = -1  # tokens of the reply that stand in the cache now; -1: not known
        self._again: KeptReply | None = None

    def is_kept(self, index: int) -> bool:
        """Whether row `index` needs no decoding."""
        return self._rows[index] is not None

    def row(self, index: int) -> Row:
        """The raw logits from which token `index` was drawn, (n_vocab,); valid until the next.

        Raises:
            Cancelled, Aborted: call `KvCache.after_abort` then.
        """
        kept = self._rows[index]
        if kept is not None:
            return kept
        row = self._decode(index)
        if index == 0:
            self._again = self._kept.begin(self._prompt)[0]
        if self._again is not None and len(self._again.tokens) == index:
            self._again.add(row, self._reply[index])
        return row

    def _decode(self, index: int) -> Row:
        self._cancel.check()
        kv, n_prompt = self._kv, len(self._prompt)
        if self._stands == index - 1 and index > 0:
            token = self._reply[index - 1]
            kv.context.decode_one(token, n_prompt + index - 1)
            kv.note(0, token)
            row = kv.context.logits()
        else:
            ids = self._prompt + self._reply[:index]
            kv.bring(ids, index, 1, self._progress, self._cancel)
            row = kv.row
        self._stands = index
        return row
