"""Sequences with cells of their own, for many replies to one prompt. On the engine's thread.

Where sequences share cells, every token looks past the cells of all others: at 32 short replies
that costs as much as the rest of a tiny model. Here each looks at its own only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from workbench.core.cancel import CancelToken
from workbench.engine.base import Progress
from workbench.engine.native.context import NativeContext
from workbench.engine.prefix import chunks, common_prefix


class Places(Protocol):
    """Sequences that hold a prompt, and grow."""

    @property
    def context(self) -> NativeContext:
        """Where they are decoded."""

    @property
    def row(self) -> npt.NDArray[np.float32]:
        """Raw logits behind the prompt, (n_vocab,)."""

    def rewind(self, sequence: int, length: int, *, put_aside: bool) -> bool:
        """Take a sequence back to its first `length` tokens; False if this model cannot."""

    def note(self, sequence: int, token: int) -> None:
        """A sampled token was decoded at the end of a sequence."""


class Seats:
    """A context whose sequences stand apart.

    Attributes:
        cells: of each sequence.
    """

    def __init__(self, context: NativeContext, n_sequences: int, cells: int, chunk: int) -> None:
        """`chunk`: prompt tokens per decode, as in `KvCache`, so that the numbers are the same."""
        self.context = context
        self.n_sequences = n_sequences
        self.cells = cells
        self._chunk = chunk
        self._ids: list[int] = []
        self._state = b""
        self._row: npt.NDArray[np.float32] = np.empty(0, np.float32)

    @property
    def row(self) -> npt.NDArray[np.float32]:
        """Raw logits behind the prompt, (n_vocab,)."""
        return self._row

    def bring(
        self, ids: Sequence[int], n_sequences: int, progress: Progress, cancel: CancelToken
    ) -> int:
        """Put a prompt into the first `n_sequences` sequences; how many tokens stood already.

        Raises:
            Cancelled, Aborted: the sequences are empty then.
        """
        reused = self._decode(ids, progress, cancel)
        for sequence in range(1, n_sequences):
            self.context.truncate(sequence, 0)
            if not self.context.restore(sequence, self._state):
                raise RuntimeError("a prompt does not fit its sequence")
        return reused

    def rewind(self, sequence: int, length: int, *, put_aside: bool) -> bool:
        """Take a sequence back to its first `length` tokens; nothing is put aside."""
        return self.context.truncate(sequence, length)

    def note(self, sequence: int, token: int) -> None:
        """Nobody forks these replies."""

    def _decode(self, ids: Sequence[int], progress: Progress, cancel: CancelToken) -> int:
        """Read the prompt into sequence 0, as far as it does not stand there."""
        shared = common_prefix(self._ids, ids)
        if shared == len(ids) == len(self._ids):
            self.context.truncate(0, shared)
            progress(shared, shared)
            return shared
        start = min(shared, len(ids) - 1)
        start -= start % self._chunk
        self.context.truncate(0, start)
        self._ids = []
        progress(start, len(ids))
        try:
            for begin, end in chunks(start, len(ids), self._chunk):
                cancel.check()
                self.context.decode(ids[begin:end], range(begin, end), 0)
                progress(end, len(ids))
        except BaseException:
            self.context.clear()
            raise
        self._ids = list(ids)
        self._row = self.context.logits().copy()
        self._state = self.context.save(0)
        return start
