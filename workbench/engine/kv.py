"""The KV cache as the engine uses it: prompts brought in, reused exactly, forked, put aside.

Sequence 0 holds the last prompt and its first reply; the others hold further samples of it. What
a new prompt pushes out is put aside as a snapshot while the budget lasts, so that going back to
an earlier reply, or forking it at any token, decodes nothing that stood there before.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.types import EngineSettings
from workbench.engine.base import Progress
from workbench.engine.native.context import AbortFlag, NativeContext
from workbench.engine.native.model import NativeModel
from workbench.engine.prefix import CHUNK, CachedSequence, chunks, reusable
from workbench.engine.seats import Seats

MAX_SEQUENCES = 64
SNAPSHOT_BUDGET_BYTES = 256 << 20
_WORTH_RESTORING = 16
"""A snapshot must save at least this many tokens over what stands in the cache."""


@dataclass(slots=True)
class _Snapshot:
    cached: CachedSequence
    state: bytes


class KvCache:
    """One context and what stands in its sequences. Belongs to the engine's thread.

    Attributes:
        context: the native context; replaced when more cells are needed.
        chunk: prompt tokens per decode.
        on_cpu: whether no layer is on a GPU.
        n_threads: that llama.cpp computes with.
    """

    def __init__(
        self,
        model: NativeModel,
        settings: EngineSettings,
        n_ctx: int,
        n_threads: int,
        abort: AbortFlag,
        prepare: Callable[[NativeContext], None],
    ) -> None:
        self._model = model
        self._settings = settings
        self.n_threads = n_threads
        self._abort = abort
        self._prepare = prepare
        # A GPU wants large batches; on the CPU small ones are as fast and keep the buffers small.
        self.on_cpu = settings.n_gpu_layers == 0
        self.chunk = CHUNK if self.on_cpu else settings.n_batch
        self.context = self._new_context(n_ctx)
        self._seats: Seats | None = None
        self._main = CachedSequence()
        self._others: list[CachedSequence] = []
        self._snapshots: OrderedDict[tuple[int, ...], _Snapshot] = OrderedDict()
        # The logits behind the first `_row_at` cached tokens: a retry needs no decode at all.
        self._row: npt.NDArray[np.float32] | None = None
        self._row_at = 0
        self._row_exact = True

    def close(self) -> None:
        """Free the context and the snapshots."""
        self._row = None
        self._snapshots.clear()
        self._close_seats()
        self.context.close()

    @property
    def row(self) -> npt.NDArray[np.float32]:
        """Raw logits behind the prompt that `bring` brought in, (n_vocab,); stays valid."""
        if self._row is None:
            raise RuntimeError("no prompt was brought in")
        return self._row

    def ensure_cells(self, needed: int) -> None:
        """Make room for `needed` tokens over all sequences; a new context starts empty."""
        if needed > self.context.n_cells:
            self._put_aside()
            before = self.context.n_cells
            self.context.close()
            self._forget()
            try:
                self.context = self._new_context(needed)
            except UserError:
                self.context = self._new_context(before)
                raise

    def bring(
        self,
        ids: Sequence[int],
        n_sampled: int,
        n_sequences: int,
        progress: Progress,
        cancel: CancelToken,
        *,
        exact: bool = True,
        row: bool = True,
    ) -> int:
        """Decode a prompt into sequence 0 and share it with the others.

        Args:
            ids: the prompt, at least one token.
            n_sampled: how many of its last tokens an earlier run sampled.
            n_sequences: how many sequences are to continue it.
            exact: reuse only what was decoded as this request would decode it.
            row: whether `row` will be asked for; without it a prompt that stands there whole
                needs no decode at all.

        Returns:
            How many tokens were reused.

        Raises:
            Cancelled, Aborted: call `after_abort` then.
        """
        cancel.check()
        start = self._find(ids, n_sampled, exact=exact)
        row_fits = self._row is not None and self._row_at == start
        if row and start == len(ids) and not (row_fits and (self._row_exact or not exact)):
            # The prompt stands there, but its last row of logits does not: decode its last part.
            start = self._restart_of(start, n_sampled, exact=exact)
        start = self._keep(start)
        progress(start, len(ids))
        for begin, end in self._pieces_of(start, len(ids), n_sampled):
            cancel.check()
            self.context.decode(ids[begin:end], range(begin, end), 0)
            self._main.ids.extend(ids[begin:end])
            progress(end, len(ids))
        self._main.n_prompt = len(ids) - n_sampled
        fresh = exact or (start % self.chunk == 0 and start <= self._main.n_exact)
        if fresh:
            self._main.n_exact = len(ids)
        else:
            self._main.n_exact -= self._main.n_exact % self.chunk
        if start < len(ids):
            self._row, self._row_at = self.context.logits().copy(), len(ids)
            self._row_exact = fresh
        self.share(n_sequences)
        return start

    def share(self, n_sequences: int) -> None:
        """Give sequences 1 to n-1 the content of sequence 0."""
        for sequence in range(1, n_sequences):
            self.context.copy(0, sequence)
        self._others = [self._main.copy() for _ in range(1, n_sequences)]

    def rewind(self, sequence: int, length: int, *, put_aside: bool) -> bool:
        """Take a sequence back to its first `length` tokens; False if this model cannot.

        `put_aside` saves what it held for a fork of it.
        """
        cached = self._main if sequence == 0 else self._others[sequence - 1]
        if put_aside and len(cached.ids) > cached.n_prompt:
            self._save(sequence, cached)
        if not self.context.truncate(sequence, length):
            return False
        cached.truncate(length)
        return True

    def follow(self, token: int) -> None:
        """Decode one more token at the end of sequence 0, as if it had been sampled there."""
        self.context.decode_one(token, len(self._main.ids))
        self._main.append(token)
        self._row, self._row_at = self.context.logits().copy(), len(self._main.ids)

    def cut(self, length: int) -> None:
        """Drop what stands in sequence 0 behind `length` tokens without putting it aside."""
        self._keep(length)

    def note(self, sequence: int, token: int) -> None:
        """A sampled token was decoded at the end of a sequence."""
        cached = self._main if sequence == 0 else self._others[sequence - 1]
        cached.append(token)

    def decode_all(self, ids: Sequence[int], start: int) -> npt.NDArray[np.float32]:
        """Decode ids[start:] as one chunk of sequence 0 and return all its rows of logits.

        At most `chunk` tokens. A view, valid until the next decode: (n, n_vocab).
        """
        part = ids[start:]
        n = len(part)
        self.context.decode(part, range(start, start + n), 0, np.ones(n, np.int8))
        self._main.ids.extend(part)
        self._main.n_prompt = len(self._main.ids)
        if self._main.n_exact == start and start % self.chunk == 0:
            self._main.n_exact = len(self._main.ids)
        self._row = None
        return self.context.logits_block(n)

    def restart(self, length: int = 0) -> None:
        """Drop everything behind the first `length` tokens, to decode from there with logits."""
        self._put_aside()
        self._keep(length)

    def drop_others(self) -> None:
        """Free sequences 1 and up without putting them aside."""
        for sequence in range(1, len(self._others) + 1):
            self.context.truncate(sequence, 0)
        self._others = []

    def after_abort(self) -> None:
        """After an abort the cache may hold part of a batch: cut it back to what is known."""
        self._abort.lower()
        for sequence in range(1, MAX_SEQUENCES):
            self.context.truncate(sequence, 0)
        self._others = []
        if not self.context.truncate(0, len(self._main.ids)):
            self.context.clear()
            self._forget()
        self._main.truncate(len(self._main.ids))

    @property
    def seat_cells(self) -> int:
        """Cells that are held for `seats` already."""
        return self._seats.n_sequences * self._seats.cells if self._seats is not None else 0

    def seats(self, n_sequences: int, cells: int) -> Seats:
        """Sequences beside this cache's, with `cells` of their own each; kept for the next call.

        Raises:
            UserError: llama.cpp cannot make a context for them.
        """
        seats = self._seats
        if seats is None or seats.n_sequences < n_sequences or seats.cells < cells:
            self._close_seats()
            context = self._new_context(n_sequences * cells, n_sequences, shares_cells=False)
            seats = self._seats = Seats(context, n_sequences, cells, self.chunk, self._model.window)
        return seats

    def _close_seats(self) -> None:
        if self._seats is not None:
            self._seats.context.close()
            self._seats = None

    def _new_context(
        self, n_cells: int, n_sequences: int = MAX_SEQUENCES, *, shares_cells: bool = True
    ) -> NativeContext:
        context = NativeContext(
            self._model,
            self._settings,
            # A context with fewer cells than sequences aborts the process.
            n_cells=max(n_cells, n_sequences),
            n_batch=max(self.chunk, n_sequences),
            n_seq=n_sequences,
            n_threads=self.n_threads,
            abort=self._abort,
            shares_cells=shares_cells,
        )
        self._prepare(context)
        return context

    def _find(self, ids: Sequence[int], n_sampled: int, *, exact: bool) -> int:
        """How much of the prompt stands in the cache, a better snapshot brought back first."""
        live = reusable(self._main, ids, n_sampled, exact=exact, chunk=self.chunk)
        best, found = live, None
        for key, snapshot in self._snapshots.items():
            length = reusable(snapshot.cached, ids, n_sampled, exact=exact, chunk=self.chunk)
            if length >= best + _WORTH_RESTORING:
                best, found = length, key
        self._put_aside()
        if found is None:
            return live
        snapshot = self._snapshots[found]
        self._snapshots.move_to_end(found)
        self._keep(0)
        if not self.context.restore(0, snapshot.state):
            del self._snapshots[found]
            self.context.clear()
            self._forget()
            return 0
        self._main = snapshot.cached.copy()
        return best

    def _put_aside(self) -> None:
        """Save sequences that hold sampled tokens, and free the further ones."""
        for sequence, cached in enumerate([self._main, *self._others]):
            if len(cached.ids) > cached.n_prompt:
                self._save(sequence, cached)
            if sequence:
                self.context.truncate(sequence, 0)
        self._others = []

    def _save(self, sequence: int, cached: CachedSequence) -> None:
        key = tuple(cached.ids)
        if key in self._snapshots:
            self._snapshots.move_to_end(key)
            return
        if 0 < self._model.window < len(cached.ids):
            # llama.cpp saves only what the last token's window still sees: a fork further back
            # would quietly attend to nothing there.
            return
        if self.context.state_size(sequence) > SNAPSHOT_BUDGET_BYTES // 2:
            return
        self._snapshots[key] = _Snapshot(cached.copy(), self.context.save(sequence))
        while sum(len(s.state) for s in self._snapshots.values()) > SNAPSHOT_BUDGET_BYTES:
            self._snapshots.popitem(last=False)

    def _restart_of(self, n_ids: int, n_sampled: int, *, exact: bool) -> int:
        """The latest position from which decoding again gives the last row, exactly as before."""
        if n_sampled or not exact:
            return n_ids - 1
        return (n_ids - 1) - (n_ids - 1) % self.chunk

    def _pieces_of(self, start: int, n_ids: int, n_sampled: int) -> list[tuple[int, int]]:
        n_prompt = n_ids - n_sampled
        singles = range(max(start, n_prompt), n_ids)
        return chunks(start, n_prompt, self.chunk) + [(i, i + 1) for i in singles]

    def _keep(self, length: int) -> int:
        """Drop what stands in sequence 0 behind `length` tokens; how many are really left."""
        if length < len(self._main.ids) and not self.context.truncate(0, length):
            length = 0  # a recurrent model cannot go back
        if length == 0:
            self.context.clear()
            self._forget()
        self._main.truncate(length)
        if self._row_at > length:
            self._row = None
        return length

    def _forget(self) -> None:
        self._main = CachedSequence()
        self._others = []
        self._row = None
