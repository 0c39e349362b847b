"""Texts as vectors: whole texts read at once, pooled as the model says. No sampling, no cache.

The context is made at the first text and kept for others that fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

import numpy as np

from workbench.core.cancel import CancelToken
from workbench.core.embedding import Embeddings, Pooling
from workbench.core.errors import UserError
from workbench.core.types import EngineSettings
from workbench.engine.base import Progress
from workbench.engine.native.context import AbortFlag, NativeContext
from workbench.engine.native.model import NativeModel

T = TypeVar("T")

MAX_TEXTS = 32
"""Texts that are read beside each other."""

_LEAST_TOKENS = 256


class Ask(Protocol):
    """Runs an answer so that a cancel reaches into it; the engine's own way."""

    def __call__(self, cancel: CancelToken, answer: Callable[[], T]) -> T: ...


class Embedder:
    """Makes vectors with one model. Belongs to the engine's thread."""

    def __init__(
        self,
        model: NativeModel,
        settings: EngineSettings,
        n_ctx: int,
        n_threads: int,
        abort: AbortFlag,
        prepare: Callable[[NativeContext], None],
        ask: Ask,
    ) -> None:
        self._model = model
        self._settings = settings
        self._n_ctx = n_ctx
        self._n_threads = n_threads
        self._abort = abort
        self._prepare = prepare
        self._ask = ask
        self._context: NativeContext | None = None

    def close(self) -> None:
        """Free the context. Doing it twice is harmless."""
        context, self._context = self._context, None
        if context is not None:
            context.close()

    def embed(self, texts: Sequence[str], progress: Progress, cancel: CancelToken) -> Embeddings:
        """A vector for each text; `progress` counts texts.

        A model that names no pooling gets the mean over its tokens, and the answer says so.

        Raises:
            UserError: a text is empty or longer than the context, or the model ranks pairs
                instead of making vectors.
            Cancelled: somebody asked to stop.
        """
        ids = [self._model.tokenize_whole(text) for text in texts]
        for number, tokens in enumerate(ids, 1):
            if not tokens:
                raise UserError(f"Text {number} is empty.", "Write something.")
            if len(tokens) > self._n_ctx:
                raise UserError(
                    f"Text {number} is {len(tokens):,} tokens long and the context holds "
                    f"{self._n_ctx:,}.",
                    "Shorten it or load the model with a larger n_ctx.",
                )
        return self._ask(cancel, lambda: self._embed(ids, progress, cancel))

    def _embed(
        self, ids: Sequence[tuple[int, ...]], progress: Progress, cancel: CancelToken
    ) -> Embeddings:
        context = self._context_for(max(map(len, ids), default=1))
        vectors: list[np.ndarray[tuple[int], np.dtype[np.float32]]] = []
        for some in _together(ids, context.n_batch):
            cancel.check()
            # All of a text must be in one micro-batch: models that are no decoders look ahead.
            context.clear()
            context.decode(
                [token for tokens in some for token in tokens],
                [place for tokens in some for place in range(len(tokens))],
                [sequence for sequence, tokens in enumerate(some) for _ in tokens],
                np.ones(sum(map(len, some)), np.int8),
            )
            vectors += [context.embedding(sequence) for sequence in range(len(some))]
            progress(len(vectors), len(ids))
        rows = np.stack(vectors) if vectors else np.empty((0, 0), np.float32)
        return Embeddings(
            rows,
            Pooling(context.pooling),
            tuple(map(len, ids)),
            self._model.pooling == Pooling.NONE.value,
        )

    def _context_for(self, longest: int) -> NativeContext:
        if self._context is not None and self._context.n_batch >= longest:
            return self._context
        self.close()
        named = Pooling(self._model.pooling)
        if named is Pooling.RANK:
            raise UserError(
                "This model ranks pairs of texts; it makes no vectors.",
                "Choose an embedding model.",
            )
        cells = max(_LEAST_TOKENS, longest)
        self._context = NativeContext(
            self._model,
            self._settings,
            n_cells=cells,
            n_batch=cells,
            n_seq=MAX_TEXTS,
            n_threads=self._n_threads,
            abort=self._abort,
            pooling=(Pooling.MEAN if named is Pooling.NONE else named).value,
        )
        self._prepare(self._context)
        return self._context


def _together(ids: Sequence[tuple[int, ...]], n_batch: int) -> Iterator[list[tuple[int, ...]]]:
    """As many texts at once as the batch holds."""
    some: list[tuple[int, ...]] = []
    tokens = 0
    for one in ids:
        if some and (len(some) == MAX_TEXTS or tokens + len(one) > n_batch):
            yield some
            some, tokens = [], 0
        some.append(one)
        tokens += len(one)
    if some:
        yield some
