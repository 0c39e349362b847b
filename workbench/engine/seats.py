"""Sequences with cells of their own, for replies that grow together. On the engine's thread.

Where sequences share cells, every token looks past the cells of all others: at 32 short replies
that costs as much as the rest of a tiny model. Here each looks at its own only, and each may hold
another prompt.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from workbench.core.cancel import CancelToken
from workbench.engine.base import Progress
from workbench.engine.native.context import NativeContext
from workbench.engine.prefix import chunks, common_prefix

Rows = npt.NDArray[np.float32]
Ids = tuple[int, ...]


class Places(Protocol):
    """Sequences that hold a prompt, and grow."""

    @property
    def context(self) -> NativeContext:
        """Where they are decoded."""

    def rewind(self, sequence: int, length: int, *, put_aside: bool) -> bool:
        """Take a sequence back to its first `length` tokens; False if this model cannot."""

    def note(self, sequence: int, token: int) -> None:
        """A sampled token was decoded at the end of a sequence."""


@dataclass(frozen=True, slots=True)
class ReadPrompt:
    """A prompt that stands in a sequence.

    Attributes:
        row: raw logits behind it, (n_vocab,); stays valid.
        reused, decoded: its tokens that stood already, and the others.
    """

    row: Rows
    reused: int
    decoded: int


@dataclass(frozen=True, slots=True)
class _Standing:
    """A prompt, or its beginning, in a sequence.

    Attributes:
        restored: how many of its tokens were copied there, not decoded.
    """

    ids: Ids = ()
    restored: int = 0


@dataclass(frozen=True, slots=True)
class _Saved:
    """A prompt, or what several begin with, to be copied; `row` as in `ReadPrompt`."""

    ids: Ids
    state: bytes
    row: Rows | None = None


class Seats:
    """A context whose sequences stand apart.

    Attributes:
        cells: of each sequence.
    """

    def __init__(
        self, context: NativeContext, n_sequences: int, cells: int, chunk: int, window: int
    ) -> None:
        """`chunk`: prompt tokens per decode, as in `KvCache`, so that the numbers are the same.

        `window`: tokens that a sliding-window layer sees; 0 when every layer sees all.
        """
        self.context = context
        self.n_sequences = n_sequences
        self.cells = cells
        self._chunk = chunk
        self._window = window
        self._standing = [_Standing()] * n_sequences
        self._head: Ids = ()
        self._saved_head: _Saved | None = None
        self._prompt: _Saved | None = None

    def expect(self, prompts: Iterable[Ids]) -> None:
        """Say which prompts come: what all of them begin with is read once."""
        first, *others = set(prompts)
        head = first[:-1] if others else ()
        for ids in others:
            head = head[: common_prefix(head, ids[:-1])]
        self._head = head[: len(head) - len(head) % self._chunk]
        if self._saved_head is not None and self._saved_head.ids != self._head:
            self._saved_head = None

    def read(
        self,
        sequence: int,
        ids: Ids,
        progress: Progress,
        stop: CancelToken,
        cancel: CancelToken,
        *,
        again: bool,
    ) -> ReadPrompt | None:
        """Put a prompt into a sequence, in place of what stands there.

        It is decoded in the pieces in which a request of its own decodes it, whatever grows
        beside it; `again` keeps it for the next reply to it. None if `stop` was set meanwhile.

        Raises:
            Cancelled, Aborted: `cancel` was set.
            UserError: it could not be decoded; the sequence is empty then.
        """
        saved = self._prompt
        if saved is not None and saved.row is not None and saved.ids == ids:
            if self._standing[sequence].ids == ids:
                self.context.truncate(sequence, len(ids))
            else:
                self._restore(sequence, saved)
            return ReadPrompt(saved.row, len(ids), 0)
        start = self._keep(sequence, ids)
        progress(start, len(ids))
        try:
            for begin, end in chunks(start, len(ids), self._chunk):
                cancel.check()
                if stop:
                    return None
                self.context.decode(ids[begin:end], range(begin, end), sequence)
                standing = self._standing[sequence]
                self._standing[sequence] = _Standing(ids[:end], standing.restored)
                if end == len(self._head) and self._saved_head is None:
                    self._saved_head = _Saved(self._head, self.context.save(sequence))
                progress(end, len(ids))
        except BaseException:
            self.context.truncate(sequence, 0)
            self._standing[sequence] = _Standing()
            raise
        row = self.context.logits().copy()
        if again:
            self._prompt = _Saved(ids, self.context.save(sequence), row)
        return ReadPrompt(row, start, len(ids) - start)

    def rewind(self, sequence: int, length: int, *, put_aside: bool) -> bool:
        """The next prompt that is read there cuts the sequence; nothing is put aside."""
        return True

    def note(self, sequence: int, token: int) -> None:
        """Nobody forks these replies."""

    def _keep(self, sequence: int, ids: Ids) -> int:
        """Keep what may stay of a sequence, or copy the common beginning; how many tokens stand."""
        standing = self._standing[sequence]
        shared = min(common_prefix(standing.ids, ids), len(ids) - 1)
        # Only whole pieces are what a request of its own would have decoded.
        shared -= shared % self._chunk
        if shared < standing.restored and 0 < self._window < standing.restored:
            shared = 0  # of what was copied only the window behind its end is there
        head = self._saved_head
        is_head = head is not None and ids[: len(head.ids)] == head.ids
        if head is not None and is_head and len(head.ids) > shared:
            self._restore(sequence, head)
            return len(head.ids)
        self.context.truncate(sequence, shared)
        self._standing[sequence] = _Standing(ids[:shared], min(shared, standing.restored))
        return shared

    def _restore(self, sequence: int, saved: _Saved) -> None:
        self.context.truncate(sequence, 0)
        self._standing[sequence] = _Standing()
        if not self.context.restore(sequence, saved.state):
            raise RuntimeError("a prompt does not fit its sequence")
        self._standing[sequence] = _Standing(saved.ids, len(saved.ids))
