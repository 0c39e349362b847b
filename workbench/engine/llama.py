"""The engine: one model, its KV cache, and everything asked of them. No process around it.

All methods run on the thread that made it; `CancelToken.cancel` may come from any thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np

from workbench.core.branching import Lookahead, LookaheadRequest, PreviewRequest, check_lookahead
from workbench.core.cancel import AllCancelled, Cancelled, CancelToken
from workbench.core.errors import UserError
from workbench.core.logit_rows import RowsRequest
from workbench.core.sampling_input import check_seed
from workbench.core.steering import Steered, SteerRequest
from workbench.core.tokens import Float32, TokenTable
from workbench.core.types import (
    ChoiceScore,
    ChooseManyRequest,
    ChooseRequest,
    EngineInfo,
    EngineSettings,
    GenerateRequest,
    GenerateResult,
    Loaded,
    NextTokens,
    ScoreRequest,
    Tokenized,
    Trace,
    TraceRequest,
)
from workbench.core.what_if import WhatIf, WhatIfRequest
from workbench.engine import score as scoring
from workbench.engine.analysis import Analysis
from workbench.engine.base import GenerateSink, Progress
from workbench.engine.checks import Checks
from workbench.engine.choose_many import choose_many
from workbench.engine.embed import Embedder
from workbench.engine.fits import check_fits, spare_cells
from workbench.engine.generate import Generator
from workbench.engine.gguf import default_ctx, read_header
from workbench.engine.hardware import default_threads
from workbench.engine.inside import Inside
from workbench.engine.kept_rows import KeptRows, budget_bytes
from workbench.engine.kv import KvCache
from workbench.engine.lookahead import look_ahead
from workbench.engine.native.adapters import Adapters
from workbench.engine.native.candidates import Candidates
from workbench.engine.native.context import Aborted, AbortFlag
from workbench.engine.native.devices import devices
from workbench.engine.native.lib import NativeLog, versions
from workbench.engine.native.model import NativeModel, for_this_build
from workbench.engine.orders import Order
from workbench.engine.pieces import Pieces
from workbench.engine.preview import preview
from workbench.engine.records import Recorder
from workbench.engine.row_source import RowSource
from workbench.engine.rows import read_rows
from workbench.engine.steering import Steering
from workbench.engine.trace import trace
from workbench.engine.what_if import Part, what_if

T = TypeVar("T")


class LlamaEngine:
    """One GGUF model, ready to be asked.

    Attributes:
        n_ctx: how many tokens a prompt and its reply may have together.
        pieces: bytes of every token.
        inside: what can be watched while the model reads a text. `embedder`: texts as vectors.
        kept: logits of the last replies.
        generator: makes replies.

    Raises:
        UserError: the file is missing, no GGUF, truncated, unknown to llama.cpp, or larger than
            the memory that is there.
    """

    def __init__(self, path: Path, settings: EngineSettings, log: NativeLog | None = None) -> None:
        header = read_header(path)
        settings = for_this_build(settings)
        check_fits(header, settings, devices() if settings.n_gpu_layers else ())
        self._log = log or NativeLog()
        self._model = NativeModel(path, settings, self._log)
        self._adapters = Adapters(self._model, settings, self._log)
        self.pieces = Pieces(self._model)
        self.n_ctx = settings.n_ctx or default_ctx(header.info)
        n_threads = settings.n_threads or default_threads(header.info.n_params)
        self._abort = AbortFlag()
        self._kv = KvCache(
            self._model, settings, self.n_ctx, n_threads, self._abort, self._adapters.put_on
        )
        self._checks = Checks(self._model, self.n_ctx, self._log)
        self.kept = KeptRows(budget_bytes())
        self._candidates = Candidates(self._model.n_vocab)
        spare = partial(spare_cells, header, settings)
        self.generator = Generator(self._model, self._kv, self.kept, self.n_ctx, self.pieces, spare)
        self._loaded = Loaded(
            model=header.info,
            engine=EngineInfo(
                *versions(),
                backend="gpu" if settings.n_gpu_layers else "cpu",
                n_threads=n_threads,
                n_ctx=self.n_ctx,
                flash_attention=settings.flash_attention,
                kv_type=settings.kv_type,
            ),
            vocab=self._model.vocab_info(),
            recurrent=self._model.recurrent,
        )
        analysis = Analysis(
            self._model, header.info, settings, n_threads, self._abort, self._adapters.put_on
        )
        self.inside = Inside(analysis, self._loaded, self._checks.prompt, self._asked)
        self.embedder = Embedder(
            self._model,
            settings,
            self.n_ctx,
            n_threads,
            self._abort,
            self._adapters.put_on,
            self._asked,
        )
        self._steering = Steering(
            self._model, settings, n_threads, self._abort, self._adapters, self.pieces
        )

    @property
    def loaded(self) -> Loaded:
        """The model, the engine and the vocabulary."""
        return self._loaded

    def close(self) -> None:
        """Free the context, the adapters, then the weights. Doing it twice is harmless."""
        self.generator.close()
        self.inside.close()
        self.embedder.close()
        self.kept.clear()
        self._kv.close()
        self._adapters.close()
        self._model.close()

    def tokenize(self, text: str, *, add_bos: bool, parse_special: bool = True) -> Tokenized:
        """Token ids of `text`; `add_bos` puts the model's BOS in front if it has one."""
        return self._model.tokenize(text, add_bos=add_bos, parse_special=parse_special)

    def infill(self, prefix: str, suffix: str) -> Tokenized:
        """The prompt that asks a code model for what stands between two texts.

        Raises:
            UserError: the model has no fill-in-the-middle tokens.
        """
        return self._model.infill(prefix, suffix)

    def generate(
        self, request: GenerateRequest, sink: GenerateSink, cancel: CancelToken
    ) -> GenerateResult:
        """Continue a prompt. A cancelled request is a result with its partial text.

        Raises:
            UserError: the request cannot run: prompt empty or longer than the context, a bad
                value, a grammar that does not parse.
        """
        self._checks.request(request)
        with self._abortable(cancel):
            return self.generator.run(request, sink, cancel)

    def check(self, request: GenerateRequest) -> None:
        """Refuse a request that cannot run, before others are made together with it.

        Raises:
            UserError: as for `generate`; or it forks a reply, which is made alone.
        """
        self._checks.request(request)
        if request.n_sampled:
            raise UserError("A fork cannot be made together with other requests.")

    def generate_many(self, orders: Sequence[Order]) -> None:
        """Answer checked requests in one batch, whatever their prompts, each when it is done.

        Each may be cancelled by itself, and sees the same numbers as alone, up to rounding.

        Raises:
            UserError: the numbers of alternatives differ; or one fails that tells it to nobody.
        """
        if len({order.request.top for order in orders}) > 1:
            raise UserError("Requests that are made together list as many alternatives each.")
        cancel = AllCancelled([order.cancel for order in orders])
        try:
            with self._abortable(cancel):
                self.generator.run_many(orders, cancel)
        finally:
            cancel.forget()

    def score(self, request: ScoreRequest, progress: Progress, cancel: CancelToken) -> TokenTable:
        """Records of every token of a given text from `request.start` on.

        Raises:
            UserError: the text is empty or longer than the context.
            Cancelled: somebody asked to stop.
        """
        self._checks.prompt(request.ids, 0)
        if not 0 <= request.start <= len(request.ids):
            raise UserError(f"start must lie in the text of {len(request.ids)} tokens.")
        return self._asked(
            cancel,
            lambda: scoring.score(self._kv, self._model.n_vocab, request, progress, cancel),
        )

    def rows(
        self, request: RowsRequest, rows: Float32, progress: Progress, cancel: CancelToken
    ) -> None:
        """Write the raw logits behind ids[start:] into `rows`, (n_rows, n_vocab).

        Raises:
            UserError, Cancelled: as for `score`.
        """
        self._checks.prompt(request.ids, 0)
        self._asked(cancel, lambda: read_rows(self._kv, request, rows, progress, cancel))

    def choose(
        self, request: ChooseRequest, progress: Progress, cancel: CancelToken
    ) -> tuple[ChoiceScore, ...]:
        """Whole-string log-probabilities of several continuations of one prompt.

        Raises:
            UserError: no choices, an empty one, or one that does not fit the context.
            Cancelled: somebody asked to stop.
        """
        self._checks.choices(request)
        return self._asked(
            cancel,
            lambda: scoring.choose(self._kv, self._model.n_vocab, request, progress, cancel),
        )

    def choose_many(
        self, many: ChooseManyRequest, progress: Progress, cancel: CancelToken
    ) -> tuple[tuple[ChoiceScore, ...], ...]:
        """The same for several prompts at once; `progress` counts prompts.

        Raises:
            UserError, Cancelled: as for `choose`.
        """
        for request in many.requests:
            self._checks.choices(request)
        if self._model.recurrent:  # its sequences cannot be wound back to what they share
            return tuple(self.choose(request, progress, cancel) for request in many.requests)
        return self._asked(
            cancel,
            lambda: choose_many(self._kv, self._model.n_vocab, many.requests, progress, cancel),
        )

    def trace(self, request: TraceRequest, progress: Progress, cancel: CancelToken) -> Trace:
        """What each sampler of the chain leaves of the next token's distribution.

        Raises:
            UserError: as for `generate`.
            Cancelled: somebody asked to stop.
        """
        self._checks.sampling(request.sampling)
        check_seed(request.seed)
        self._checks.prompt(request.prompt_ids + request.said, 1)
        if request.token is not None:
            self._checks.ids((request.token,))

        def walk() -> Trace:
            reply = (*request.said, request.prompt_ids[0])  # the last one only makes room
            source = self._rows_of(request, reply, progress, cancel)
            return trace(source, self._model, self._candidates, request)

        return self._asked(cancel, walk)

    def what_if(
        self, request: WhatIfRequest, part: Part, progress: Progress, cancel: CancelToken
    ) -> WhatIf:
        """A past reply under other settings; rows that are done go to `part` meanwhile.

        `progress` counts prompt tokens, if the prompt has to be decoded again.

        Raises:
            UserError: an empty reply, one longer than the context, or bad settings.
            Cancelled: somebody asked to stop.
        """
        self._checks.sampling(request.sampling)
        check_seed(request.seed)
        if not request.reply_ids:
            raise UserError("The reply is empty.", "Generate one first.")
        self._checks.prompt(request.prompt_ids + request.reply_ids[:-1], 1)
        self._checks.ids(request.reply_ids[-1:])

        def walk() -> WhatIf:
            source = self._rows_of(request, request.reply_ids, progress, cancel)
            return what_if(source, self._model, self._candidates, request, part, cancel)

        return self._asked(cancel, walk)

    def _rows_of(
        self,
        request: TraceRequest | WhatIfRequest,
        reply: tuple[int, ...],
        progress: Progress,
        cancel: CancelToken,
    ) -> RowSource:
        return RowSource(self._kv, self.kept, request.prompt_ids, reply, progress, cancel)

    def steer(self, request: SteerRequest, progress: Progress, cancel: CancelToken) -> Steered:
        """A reply with a control vector added, in a context of its own.

        Raises:
            UserError: as for `generate`, or the vector does not fit this model.
            Cancelled: somebody asked to stop.
        """
        self._checks.sampling(request.sampling)
        check_seed(request.seed)
        self._checks.prompt(request.prompt_ids + request.said, 0 if request.said else 1)
        with self._abortable(cancel):
            return self._steering.run(request, self.n_ctx, progress, cancel)

    def peek(
        self, ids: tuple[int, ...], top: int, progress: Progress, cancel: CancelToken
    ) -> NextTokens:
        """The next token's distribution while a prompt is being written, as fast as possible.

        Everything that stands in the cache is reused, so the figures can differ in the last
        digits from a run's; a run afterwards decodes that tail again.

        Raises:
            UserError: the prompt is empty or longer than the context.
            Cancelled: somebody asked to stop.
        """
        self._checks.prompt(ids, 1)

        def look() -> NextTokens:
            reused = self._kv.bring(ids, 0, 1, progress, cancel, exact=False)
            stats = Recorder(self._model.n_vocab, top).stats(self._kv.row)
            return NextTokens(
                stats.top_ids.astype(np.int32), stats.top_logprob, stats.entropy, reused
            )

        return self._asked(cancel, look)

    def look_ahead(
        self, request: LookaheadRequest, progress: Progress, cancel: CancelToken
    ) -> Lookahead:
        """The most likely continuations of a text as a tree; `progress` counts levels.

        Raises:
            UserError: the text is empty, it and the depth do not fit the context, or a size is
                out of range.
            Cancelled: somebody asked to stop.
        """
        check_lookahead(request)
        self._checks.prompt(request.ids, request.depth)
        return self._asked(
            cancel, lambda: look_ahead(self._kv, self._model, request, progress, cancel)
        )

    def preview(
        self, request: PreviewRequest, progress: Progress, cancel: CancelToken
    ) -> TokenTable:
        """The likeliest next tokens, one after the other; none where the reply would end.

        Raises:
            UserError: the text is empty or fills the context.
            Cancelled: somebody asked to stop.
        """
        self._checks.prompt(request.ids, 1)
        return self._asked(
            cancel, lambda: preview(self._kv, self._model, request, self.n_ctx, progress, cancel)
        )

    def _asked(self, cancel: CancelToken, answer: Callable[[], T]) -> T:
        with self._abortable(cancel):
            try:
                return answer()
            except (Cancelled, Aborted):
                self._kv.after_abort()
                raise Cancelled from None

    @contextmanager
    def _abortable(self, cancel: CancelToken) -> Iterator[None]:
        """A cancel reaches into the decode that runs."""
        cancel.when_cancelled(self._abort.raise_)
        try:
            yield
        finally:
            cancel.when_cancelled(None)
            self._abort.lower()
