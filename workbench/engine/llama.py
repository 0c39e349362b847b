"""The engine: one model, its KV cache, and everything asked of them. No process around it.

All methods run on the thread that made it; `CancelToken.cancel` may come from any thread.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.errors import UserError
from workbench.core.sampling import MAX_SEED
from workbench.core.sampling_input import check, check_seed
from workbench.core.types import (
    EngineInfo,
    EngineSettings,
    Finish,
    GenerateRequest,
    GenerateResult,
    Loaded,
    SampleResult,
    Timings,
    Tokenized,
)
from workbench.engine.base import GenerateSink
from workbench.engine.gguf import check_fits, read_header
from workbench.engine.hardware import default_threads
from workbench.engine.native.chain import Candidates, check_grammar
from workbench.engine.native.context import Aborted, AbortFlag, NativeContext
from workbench.engine.native.lib import NativeLog, versions
from workbench.engine.native.model import NativeModel
from workbench.engine.prefix import CHUNK, CachedSequence, chunks, reusable
from workbench.engine.records import Recorder
from workbench.engine.stream import Stream

MAX_DEFAULT_CTX = 8192
"""Context length taken when none is asked for and the model allows more."""

MAX_SEQUENCES = 64
_FLUSH_S = 0.008
_FLUSH_TOKENS = 64
_BATCH_CELLS = 16_384
"""KV cells a request for several samples may claim beyond the context length."""


class Pieces(Mapping[int, bytes]):
    """Token id to bytes, read from the vocabulary on demand."""

    def __init__(self, model: NativeModel) -> None:
        self._model = model

    def __getitem__(self, token: int) -> bytes:
        if not 0 <= token < self._model.n_vocab:
            raise KeyError(token)
        return self._model.piece(token)

    def __iter__(self) -> Iterator[int]:
        return iter(range(self._model.n_vocab))

    def __len__(self) -> int:
        return self._model.n_vocab


class LlamaEngine:
    """One GGUF model, ready to be asked.

    Raises:
        UserError: the file is missing, no GGUF, truncated, unknown to llama.cpp, or larger than
            the memory that is there.
    """

    def __init__(self, path: Path, settings: EngineSettings, log: NativeLog | None = None) -> None:
        header = read_header(path)
        check_fits(header, settings)
        self._log = log or NativeLog()
        self._settings = settings
        self._model = NativeModel(path, settings, self._log)
        self.pieces = Pieces(self._model)
        self.n_ctx = settings.n_ctx or min(header.info.n_ctx_train or 2048, MAX_DEFAULT_CTX)
        self._n_threads = settings.n_threads or default_threads(header.info.n_params)
        self._abort = AbortFlag()
        self._context = self._new_context(self.n_ctx)
        self._cached = CachedSequence()
        # The logits behind the first `_row_at` cached tokens: a retry needs no decode at all.
        self._row: npt.NDArray[np.float32] | None = None
        self._row_at = 0
        self._sequences_used = 1
        self._chunk = CHUNK if settings.n_gpu_layers == 0 else settings.n_batch
        self._candidates = Candidates(self._model.n_vocab)
        package, build = versions()
        self._loaded = Loaded(
            model=header.info,
            engine=EngineInfo(
                llama_cpp_python=package,
                llama_cpp=build,
                backend="gpu" if settings.n_gpu_layers else "cpu",
                n_threads=self._n_threads,
                n_ctx=self.n_ctx,
                flash_attention=settings.flash_attention,
                kv_type=settings.kv_type,
            ),
            vocab=self._model.vocab_info(),
        )

    @property
    def loaded(self) -> Loaded:
        """The model, the engine and the vocabulary."""
        return self._loaded

    def close(self) -> None:
        """Free the context, then the weights. Doing it twice is harmless."""
        self._row = None
        self._context.close()
        self._model.close()

    def tokenize(self, text: str, *, add_bos: bool, parse_special: bool = True) -> Tokenized:
        """Token ids of `text`; `add_bos` puts the model's BOS in front if it has one."""
        return self._model.tokenize(text, add_bos=add_bos, parse_special=parse_special)

    def generate(
        self, request: GenerateRequest, sink: GenerateSink, cancel: CancelToken
    ) -> GenerateResult:
        """Continue a prompt. A cancelled request is a result with its partial text.

        Raises:
            UserError: the request cannot run: prompt empty or longer than the context, a bad
                value, a grammar that does not parse.
        """
        self._check(request)
        clock = _Clock()
        streams = [
            Stream(index, request, self._model, self._candidates)
            for index in range(request.n_samples)
        ]
        recorder = Recorder(self._model.n_vocab, request.top)
        reused = 0
        cancel.when_cancelled(self._abort.raise_)
        try:
            for group in self._groups(streams, request):
                reused = max(reused, self._prefill(request, len(group), sink, cancel))
                clock.prefilled(len(request.prompt_ids) - reused)
                self._decode(group, request, recorder, sink, cancel, clock)
        except (Cancelled, Aborted):
            self._cached_after_abort()
            for stream in streams:
                stream.end(Finish.CANCELLED)
        finally:
            cancel.when_cancelled(None)
            self._abort.lower()
            for stream in streams:
                stream.close()
        for stream in streams:
            stream.flush(sink, self.pieces)
        results = tuple(stream.result() for stream in streams)
        return GenerateResult(results, clock.timings(reused, results), self.pieces)

    def _check(self, request: GenerateRequest) -> None:
        check(request.sampling)
        check_seed(request.seed)
        if not 1 <= request.n_samples <= 1024:
            raise UserError(f"n_samples must be between 1 and 1,024, not {request.n_samples}.")
        if request.seed + request.n_samples - 1 > MAX_SEED:
            raise UserError(
                f"seed must leave room for {request.n_samples} samples below {MAX_SEED}."
            )
        n_prompt = len(request.prompt_ids)
        if n_prompt == 0:
            raise UserError("The prompt is empty.", "Write something for the model to continue.")
        if n_prompt >= self.n_ctx:
            raise UserError(
                f"The prompt is {n_prompt:,} tokens long and the context holds {self.n_ctx:,}; "
                "no room is left for a reply.",
                "Shorten the prompt or load the model with a larger n_ctx.",
            )
        bad = next((t for t in request.prompt_ids if not 0 <= t < self._model.n_vocab), None)
        if bad is not None:
            raise UserError(f"The prompt holds token {bad}, which this model does not have.")
        check_grammar(self._model, request.sampling, self._log)

    def _groups(self, streams: list[Stream], request: GenerateRequest) -> Iterator[list[Stream]]:
        """As many samples at once as the KV cache may hold, then the next ones."""
        n_prompt = len(request.prompt_ids)
        reply = min(request.sampling.max_tokens, self.n_ctx - n_prompt)
        room = max(self.n_ctx, _BATCH_CELLS) - n_prompt
        size = max(1, min(MAX_SEQUENCES, room // reply, len(streams)))
        self._ensure_cells(n_prompt + size * reply)
        for start in range(0, len(streams), size):
            group = streams[start : start + size]
            for sequence, stream in enumerate(group):
                stream.sequence = sequence
            yield group

    def _ensure_cells(self, needed: int) -> None:
        if needed > self._context.n_cells:
            self._context.close()
            self._cached.forget()
            self._row = None
            self._context = self._new_context(needed)

    def _new_context(self, n_cells: int) -> NativeContext:
        return NativeContext(
            self._model,
            self._settings,
            n_cells=n_cells,
            n_seq=MAX_SEQUENCES,
            n_threads=self._n_threads,
            abort=self._abort,
        )

    def _prefill(
        self, request: GenerateRequest, n_streams: int, sink: GenerateSink, cancel: CancelToken
    ) -> int:
        """Bring the prompt into sequence 0 and copy it to the others; how much was reused."""
        ids = request.prompt_ids
        cancel.check()
        for sequence in range(1, self._sequences_used):
            self._context.truncate(sequence, 0)
        self._sequences_used = n_streams
        start = reusable(self._cached, ids, request.n_sampled, exact=True, chunk=self._chunk)
        if start == len(ids) and (self._row is None or self._row_at != start):
            # The prompt stands there, but its last row of logits does not: decode its last part.
            start = self._restart_of(start, request.n_sampled)
        start = self._keep(start)
        sink.prefill(start, len(ids))
        for begin, end in self._pieces_of(start, request):
            cancel.check()
            self._context.decode(ids[begin:end], range(begin, end), 0)
            self._cached.ids.extend(ids[begin:end])
            sink.prefill(end, len(ids))
        self._cached.n_prompt = len(ids) - request.n_sampled
        if start < len(ids):
            self._row, self._row_at = self._context.logits().copy(), len(ids)
        for sequence in range(1, n_streams):
            self._context.copy(0, sequence)
        return start

    def _restart_of(self, n_ids: int, n_sampled: int) -> int:
        """The latest position from which decoding again gives the last row, exactly as before."""
        if n_sampled:
            return n_ids - 1
        return (n_ids - 1) - (n_ids - 1) % self._chunk

    def _pieces_of(self, start: int, request: GenerateRequest) -> list[tuple[int, int]]:
        n_ids = len(request.prompt_ids)
        n_prompt = n_ids - request.n_sampled
        singles = range(max(start, n_prompt), n_ids)
        return chunks(start, n_prompt, self._chunk) + [(i, i + 1) for i in singles]

    def _keep(self, length: int) -> int:
        """Drop what stands in sequence 0 behind `length` tokens; how many are really left."""
        if length < len(self._cached.ids) and not self._context.truncate(0, length):
            length = 0  # a recurrent model cannot go back
        if length == 0:
            self._context.clear()
            self._cached.forget()
        del self._cached.ids[length:]
        if self._row_at > length:
            self._row = None
        return length

    def _cached_after_abort(self) -> None:
        """After an abort the cache may hold part of a batch: cut it back to what is known."""
        self._abort.lower()
        if not self._context.truncate(0, len(self._cached.ids)):
            self._context.clear()
            self._cached.forget()
            self._row = None
        self._cached.n_prompt = min(self._cached.n_prompt, len(self._cached.ids))

    def _decode(
        self,
        streams: list[Stream],
        request: GenerateRequest,
        recorder: Recorder,
        sink: GenerateSink,
        cancel: CancelToken,
        clock: _Clock,
    ) -> None:
        """Sample and decode until every stream of the group has ended."""
        context = self._context
        row = self._row
        if row is None:
            raise RuntimeError("the prompt left no logits")
        position = len(request.prompt_ids)
        live = streams
        for stream in live:
            stream.step(row, recorder, position, self.n_ctx)
        clock.first_token()
        due = 0.0
        steps = 0
        while True:
            now = time.perf_counter()
            if now >= due or steps >= _FLUSH_TOKENS:
                for stream in live:
                    stream.flush(sink, self.pieces)
                due, steps = now + _FLUSH_S, 0
            live = [s for s in live if s.finish is None]
            if not live:
                return
            cancel.check()
            if len(streams) == 1:
                context.decode_one(live[0].last, position)
                self._note(live[0].last)
                position += 1
                live[0].step(context.logits(), recorder, position, self.n_ctx)
            else:
                self._decode_many(live, position, recorder)
                position += 1
            steps += 1

    def _decode_many(self, live: list[Stream], position: int, recorder: Recorder) -> None:
        """One token of every live stream in one batch."""
        size = self._context.n_batch
        for begin in range(0, len(live), size):
            part = live[begin : begin + size]
            n = len(part)
            self._context.decode(
                [s.last for s in part],
                [position] * n,
                [s.sequence for s in part],
                np.ones(n, np.int8),
            )
            for row, stream in enumerate(part):
                if stream.sequence == 0:
                    self._note(stream.last)
                stream.step(self._context.logits(row), recorder, position + 1, self.n_ctx)

    def _note(self, token: int) -> None:
        self._cached.ids.append(token)


class _Clock:
    """Timings of one request."""

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self._prefill_s = 0.0
        self._prefill_tokens = 0
        self._mark = self._start
        self._first: float | None = None

    def prefilled(self, tokens: int) -> None:
        now = time.perf_counter()
        if self._first is None:
            self._prefill_s += now - self._mark
            self._prefill_tokens += tokens
        self._mark = now

    def first_token(self) -> None:
        if self._first is None:
            self._first = time.perf_counter()

    def timings(self, reused: int, samples: tuple[SampleResult, ...]) -> Timings:
        made = sum(len(s.tokens) for s in samples)
        decode_s = time.perf_counter() - self._start - self._prefill_s
        n_prefill = self._prefill_tokens
        return Timings(
            prefill_tokens=n_prefill,
            cached_tokens=reused,
            prefill_tps=n_prefill / self._prefill_s if n_prefill and self._prefill_s else None,
            decode_tokens=made,
            decode_tps=made / decode_s if made and decode_s > 0 else None,
            first_token_ms=None
            if self._first is None
            else round((self._first - self._start) * 1000, 3),
        )
