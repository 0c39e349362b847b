"""The analysis context: the same weights, read with flash attention off so that it can be watched.

Flash attention computes no attention matrix at all, and llama.cpp's AUTO chooses it silently.
The text is fed teacher-forced into sequence 0 from an empty cache, so that cell i holds position
i; whoever reads a matrix checks that against its mask all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.types import EngineSettings, KvType, ModelInfo
from workbench.engine.base import Progress
from workbench.engine.native.capture import GraphTap, Handler
from workbench.engine.native.context import Aborted, AbortFlag, NativeContext
from workbench.engine.native.model import NativeModel
from workbench.engine.native.tensors import TensorReader

WORK_BYTES = 32 << 20
"""What the attention weights of one micro-batch and one layer may take."""

_LARGEST_BATCH = 512
_SMALLEST_BATCH = 16
_SPARE_CELLS = 8
_CELL_STEP = 256


class Analysis:
    """A context for looking inside, made when it is first needed. Belongs to the engine's thread.

    Attributes:
        tap: hands out the tensors of a running graph.
        reader, masks: read tensors; two, because a read is valid until the next of its reader.
        kv_type: element type of its cache: the engine's own, or f16 in place of a quantized one,
            which would need flash attention.
    """

    def __init__(
        self,
        model: NativeModel,
        info: ModelInfo,
        settings: EngineSettings,
        n_threads: int,
        abort: AbortFlag,
        prepare: Callable[[NativeContext], None],
        largest_batch: int = _LARGEST_BATCH,
    ) -> None:
        self.tap = GraphTap()
        self.reader = TensorReader()
        self.masks = TensorReader()
        quantized = settings.kv_type in (KvType.Q8_0, KvType.Q4_0)
        self.kv_type = KvType.F16 if quantized else settings.kv_type
        self._settings = replace(settings, flash_attention=False, kv_type=self.kv_type)
        self._model = model
        self._n_head = max(1, info.n_head)
        self._n_threads = n_threads
        self._abort = abort
        self._prepare = prepare
        self._largest_batch = largest_batch
        self._context: NativeContext | None = None
        self._ids: list[int] = []

    def close(self) -> None:
        """Free the cache. Doing it twice is harmless."""
        if self._context is not None:
            self._context.close()
            self._context = None
        self._ids = []

    @property
    def context(self) -> NativeContext:
        """The context of the present text."""
        if self._context is None:
            raise RuntimeError("no text was opened")
        return self._context

    @property
    def n_layer(self) -> int:
        """Layers a token passes through."""
        return self._model.n_layer

    @property
    def can_rewind(self) -> bool:
        """Whether a text can be looked at from its middle: recurrent layers keep no past."""
        return not self._model.recurrent

    def open(self, ids: Sequence[int], keep: int) -> int:
        """Prepare for a text, of whose beginning what stands in the cache may be reused.

        Args:
            keep: how many leading tokens need not be computed again.

        Returns:
            How many of them stand there; decode the rest.
        """
        needed = len(ids) + _SPARE_CELLS
        if self._context is None or self._context.n_cells < needed:
            self.close()
            cells = -(-needed // _CELL_STEP) * _CELL_STEP
            fits = WORK_BYTES // (self._n_head * cells * 4)
            self._context = NativeContext(
                self._model,
                self._settings,
                n_cells=cells,
                n_batch=max(_SMALLEST_BATCH, min(self._largest_batch, fits)),
                n_seq=2,
                n_threads=self._n_threads,
                abort=self._abort,
                tap=self.tap,
            )
            self._prepare(self._context)
        same = 0
        for held, wanted in zip(self._ids[:keep], ids, strict=False):
            if held != wanted:
                break
            same += 1
        if not self.can_rewind or not same or not self._context.truncate(0, same):
            self._context.clear()
            same = 0
        del self._ids[same:]
        return same

    def read(
        self,
        ids: Sequence[int],
        begin: int,
        progress: Progress,
        cancel: CancelToken,
        *,
        before: Callable[[int, int], None] | None = None,
        after: Callable[[int, int], None] | None = None,
        all_outputs: bool = False,
        chunk: int = _LARGEST_BATCH,
    ) -> None:
        """Decode ids[begin:] behind what `open` left, micro-batch by micro-batch.

        Args:
            before, after: called around each with its first position and the one behind its last.
            all_outputs: ask logits of every token, without which the last layer's residual has
                one row only.

        Raises:
            Cancelled: somebody asked to stop; the next `open` starts afresh.
        """
        size = max(1, min(chunk, self.context.n_batch))
        for start in range(begin, len(ids), size):
            end = min(start + size, len(ids))
            if before is not None:
                before(start, end)
            outputs = np.ones(end - start, np.int8) if all_outputs else None
            self.decode(ids[start:end], start, 0, cancel, outputs)
            self._ids.extend(ids[start:end])
            if after is not None:
                after(start, end)
            progress(end, len(ids))

    def decode(
        self,
        tokens: Sequence[int],
        position: int,
        sequence: int,
        cancel: CancelToken,
        outputs: np.ndarray[tuple[int], np.dtype[np.int8]] | None = None,
    ) -> None:
        """One micro-batch; what its handlers raise is raised here.

        Raises:
            Cancelled: somebody asked to stop; the next `open` starts afresh.
        """
        cancel.check()
        self.tap.stop = cancel.__bool__
        places = range(position, position + len(tokens))
        try:
            self.context.decode(tokens, places, sequence, outputs)
            self.tap.raise_error()
            cancel.check()
        except BaseException as error:
            self._ids = []
            if isinstance(error, Aborted):
                self._abort.lower()
                raise Cancelled from None
            raise

    def want(self, handlers: Mapping[str, Handler], last: str = "") -> None:
        """Hand these tensors of every micro-batch from now on to their handlers.

        With a `last` one nothing behind it is computed; call `forget` once that is over, because
        later layers know nothing of what was read meanwhile.
        """
        self.tap.want(handlers, last)

    def forget(self) -> None:
        """What stands in the cache must not be reused."""
        self._ids = []
