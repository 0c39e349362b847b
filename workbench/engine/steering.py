"""A reply with a control vector added, in a context of its own: nothing of it is ever reused.

What a vector was added to must not stand in the cache of requests without it, so each request
makes a small context on the same weights and frees it at its end.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.errors import UserError
from workbench.core.steering import Steered, SteerRequest
from workbench.core.tokens import TokenTable
from workbench.core.types import EngineSettings, GenerateRequest, ScoreRequest
from workbench.engine.base import Progress
from workbench.engine.generate import Generator
from workbench.engine.kept_rows import KeptRows
from workbench.engine.kv import KvCache
from workbench.engine.native.adapters import Adapters
from workbench.engine.native.context import Aborted, AbortFlag
from workbench.engine.native.model import NativeModel
from workbench.engine.score import score


class Steering:
    """Answers steering requests. Belongs to the engine's thread."""

    def __init__(
        self,
        model: NativeModel,
        settings: EngineSettings,
        n_threads: int,
        abort: AbortFlag,
        adapters: Adapters,
        pieces: Mapping[int, bytes],
    ) -> None:
        self._model, self._settings = model, settings
        self._n_threads, self._abort = n_threads, abort
        self._adapters, self._pieces = adapters, pieces

    def run(
        self, request: SteerRequest, room: int, progress: Progress, cancel: CancelToken
    ) -> Steered:
        """The steered reply, and the other reply judged.

        Args:
            room: tokens the context may hold.

        Raises:
            UserError: the vector is missing, or was made for another model, or the strength is
                no number.
            Cancelled: somebody asked to stop.
        """
        if not math.isfinite(request.strength):
            raise UserError(f"The strength must be a number, not {request.strength:g}.")
        prepare = self._adapters.with_vector(Path(request.vector), request.strength)
        wanted = max(request.sampling.max_tokens, len(request.said)) + 1
        n_ctx = min(room, len(request.prompt_ids) + wanted)
        kv = KvCache(self._model, self._settings, n_ctx, self._n_threads, self._abort, prepare)
        try:
            return self._answer(kv, request, n_ctx, progress, cancel)
        except Aborted:
            raise Cancelled from None
        finally:
            kv.close()

    def _answer(
        self,
        kv: KvCache,
        request: SteerRequest,
        n_ctx: int,
        progress: Progress,
        cancel: CancelToken,
    ) -> Steered:
        generator = Generator(self._model, kv, KeptRows(0), n_ctx, self._pieces)
        try:
            made = generator.run(
                GenerateRequest(request.prompt_ids, request.sampling, request.seed, top=0),
                _Quiet(progress),
                cancel,
            ).samples[0]
        finally:
            generator.close()
        cancel.check()
        ids = request.prompt_ids + request.said
        logprob = TokenTable.empty().logprob
        if request.said:
            asked = ScoreRequest(ids, len(request.prompt_ids), top=0)
            logprob = score(kv, self._model.n_vocab, asked, progress, cancel).logprob
        return Steered(made.text, made.finish, made.tokens, logprob)


class _Quiet:
    """Follows how far a prompt is read; the reply comes whole at the end."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def prefill(self, done: int, total: int) -> None:
        """`done` of `total` prompt tokens are read."""
        self._progress(done, total)

    def tokens(
        self, sample: int, table: TokenTable, text: str, pieces: Mapping[int, bytes]
    ) -> None:
        """Nothing to do."""
