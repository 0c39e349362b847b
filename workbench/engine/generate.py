"""Generation: one prompt, one or many replies, a batch per step."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.types import Finish, GenerateRequest, GenerateResult, Timings
from workbench.engine.base import GenerateSink
from workbench.engine.hardware import usable_cores
from workbench.engine.kept_rows import KeptRows
from workbench.engine.kv import MAX_SEQUENCES, KvCache
from workbench.engine.native.candidates import Candidates
from workbench.engine.native.context import Aborted
from workbench.engine.native.model import NativeModel
from workbench.engine.records import Recorder
from workbench.engine.stream import Given, Stream

_FLUSH_S = 0.008
_FLUSH_TOKENS = 64
_LANES_FROM = 4
_LARGE_VOCABULARY = 32_768
"""From so many samples and tokens on, two threads share the sampling between two decodes."""

_BATCH_CELLS = 16_384
"""KV cells a request for several samples may claim beyond the context length."""


class Generator:
    """Runs generation requests over one model and its cache."""

    def __init__(
        self,
        model: NativeModel,
        kv: KvCache,
        kept: KeptRows,
        n_ctx: int,
        pieces: Mapping[int, bytes],
    ) -> None:
        self._model = model
        self._kv = kv
        self._kept = kept
        self._n_ctx = n_ctx
        self._pieces = pieces
        self._lanes = [Candidates(model.n_vocab)]
        self._helper: ThreadPoolExecutor | None = None

    def close(self) -> None:
        """End the helper thread. Doing it twice is harmless."""
        if self._helper is not None:
            self._helper.shutdown()
            self._helper = None

    def run(
        self, request: GenerateRequest, sink: GenerateSink, cancel: CancelToken
    ) -> GenerateResult:
        """A checked request; a cancelled one is a result with its partial text."""
        clock = _Clock()
        n_lanes = self._open_lanes(request.n_samples)
        recorders = [Recorder(self._model.n_vocab, request.top) for _ in range(n_lanes)]
        streams: list[Stream] = []
        reused: int | None = None
        try:
            streams += self._streams(request, n_lanes)
            for group in self._groups(streams, request):
                clock.group()
                if request.n_given and group[0] is streams[0]:
                    given = self._given(request, recorders[0], sink, cancel)
                    kept, decoded = given.reused, given.decoded
                    for stream in streams:
                        stream.give(given.tokens)
                    self._kv.share(len(group))
                else:
                    kept = self._kv.bring(
                        request.prompt_ids, request.n_sampled, len(group), sink.prefill, cancel
                    )
                    decoded = len(request.prompt_ids) - kept
                reused = kept if reused is None else reused
                clock.prefilled(decoded)
                if any(stream.finish is None for stream in group):
                    self._decode(group, len(request.prompt_ids), recorders, sink, cancel, clock)
        except (Cancelled, Aborted):
            self._kv.after_abort()
            for stream in streams:
                stream.end(Finish.CANCELLED)
        finally:
            for stream in streams:
                stream.close()
        for stream in streams:
            stream.flush(sink, self._pieces)
        results = tuple(stream.result() for stream in streams)
        made = sum(stream.sampled for stream in streams)
        return GenerateResult(results, clock.timings(reused or 0, made), self._pieces)

    def _given(
        self, request: GenerateRequest, recorder: Recorder, sink: GenerateSink, cancel: CancelToken
    ) -> _GivenTokens:
        """Bring the prompt in with what a person put behind it, and judge those tokens."""
        kv, ids, n_given = self._kv, request.prompt_ids, request.n_given
        head = len(ids) - n_given
        reused = kv.bring(
            ids[:head],
            request.n_sampled - n_given,
            1,
            lambda done, _total: sink.prefill(done, len(ids)),
            cancel,
        )
        tokens = []
        decoded = head - reused
        (kept,) = self._kept.begin(ids[:head], beside=True)
        for number, token in enumerate(ids[head:], 1):
            stats = recorder.stats(kv.row)
            kept.add(kv.row, token)
            logprob = float(kv.row[token]) - stats.log_total
            tokens.append(Given(token, logprob, recorder.rank(kv.row, token, stats), stats))
            if number == n_given and self._model.is_end(token):
                break  # nothing follows
            cancel.check()
            kv.follow(token)
            decoded += 1
            sink.prefill(head + number, len(ids))
        return _GivenTokens(tokens, reused, decoded)

    def _open_lanes(self, n_samples: int) -> int:
        """How many threads sample: two where the vocabulary makes it worth the hand-over."""
        if n_samples < _LANES_FROM or self._model.n_vocab < _LARGE_VOCABULARY:
            return 1
        if usable_cores() < 2:
            return 1
        if self._helper is None:
            self._helper = ThreadPoolExecutor(1, thread_name_prefix="sampling")
            self._lanes.append(Candidates(self._model.n_vocab))
        return len(self._lanes)

    def _streams(self, request: GenerateRequest, n_lanes: int) -> Iterator[Stream]:
        ids = request.prompt_ids
        stood = ids[len(ids) - request.n_sampled : len(ids) - request.n_given]
        places = self._kept.begin(ids, request.n_samples)
        for index, kept in enumerate(places):
            stream = Stream(index, request, self._model, self._lanes[index % n_lanes], kept)
            yield stream
            stream.stand(stood)

    def _groups(self, streams: list[Stream], request: GenerateRequest) -> Iterator[list[Stream]]:
        """As many samples at once as the KV cache may hold, then the next ones."""
        n_prompt = len(request.prompt_ids)
        reply = min(request.sampling.max_tokens, self._n_ctx - n_prompt)
        room = max(self._n_ctx, _BATCH_CELLS) - n_prompt
        size = max(1, min(MAX_SEQUENCES, room // reply, len(streams)))
        self._kv.ensure_cells(n_prompt + size * reply)
        for start in range(0, len(streams), size):
            group = streams[start : start + size]
            for sequence, stream in enumerate(group):
                stream.sequence = sequence
            yield group

    def _decode(
        self,
        streams: list[Stream],
        position: int,
        recorders: list[Recorder],
        sink: GenerateSink,
        cancel: CancelToken,
        clock: _Clock,
    ) -> None:
        """Sample and decode until every stream of the group has ended."""
        kv, n_ctx = self._kv, self._n_ctx
        context = kv.context
        live = streams
        for stream in live:
            stream.step(kv.row, recorders[0], position, n_ctx)
        clock.first_token()
        due = 0.0
        steps = 0
        while True:
            now = time.perf_counter()
            if now >= due or steps >= _FLUSH_TOKENS:
                for stream in streams:
                    stream.flush(sink, self._pieces)
                due, steps = now + _FLUSH_S, 0
            live = [s for s in live if s.finish is None]
            if not live:
                return
            cancel.check()
            if len(streams) == 1:
                token = live[0].last
                context.decode_one(token, position)
                kv.note(0, token)
                live[0].step(context.logits(), recorders[0], position + 1, n_ctx)
            else:
                self._decode_many(live, position, recorders)
            position += 1
            steps += 1

    def _decode_many(self, live: list[Stream], position: int, recorders: list[Recorder]) -> None:
        """One token of every live stream in one batch."""
        n = len(live)
        self._kv.context.decode(
            [s.last for s in live], [position] * n, [s.sequence for s in live], np.ones(n, np.int8)
        )
        rows = [self._kv.context.logits(index) for index in range(n)]
        for stream in live:
            self._kv.note(stream.sequence, stream.last)
        n_lanes = len(recorders)

        def sample(lane: int) -> None:
            for row, stream in zip(rows, live, strict=True):
                if stream.index % n_lanes == lane:
                    stream.step(row, recorders[lane], position + 1, self._n_ctx)

        if n_lanes == 1 or self._helper is None:
            sample(0)
            return
        other = self._helper.submit(sample, 1)
        sample(0)
        other.result()


@dataclass(frozen=True, slots=True)
class _GivenTokens:
    """What a person put into a reply, and how much was reused and decoded for it."""

    tokens: list[Given]
    reused: int
    decoded: int


class _Clock:
    """Timings of one request; time spent on the prompt and on the replies apart."""

    def __init__(self) -> None:
        self._start = self._mark = time.perf_counter()
        self._prefill_s = 0.0
        self._prefill_tokens = 0
        self._first: float | None = None

    def group(self) -> None:
        """The next group of samples begins with its prompt."""
        self._mark = time.perf_counter()

    def prefilled(self, tokens: int) -> None:
        """The prompt stands, `tokens` of it decoded now."""
        self._prefill_s += time.perf_counter() - self._mark
        self._prefill_tokens += tokens

    def first_token(self) -> None:
        """A first token is there; later calls change nothing."""
        if self._first is None:
            self._first = time.perf_counter()

    def timings(self, reused: int, made: int) -> Timings:
        """The figures after `made` tokens; None where nothing was done."""
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
