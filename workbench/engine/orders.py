"""Requests that are made together: their replies, their share of the time, their ends."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.types import Finish, GenerateRequest, GenerateResult, Timings
from workbench.engine.base import GenerateSink
from workbench.engine.seats import ReadPrompt
from workbench.engine.stream import Stream


@dataclass(frozen=True, slots=True)
class Order:
    """One of several requests that are made together.

    Attributes:
        cancel: stops this one alone.
        done: is called once with the answer, on the engine's thread, as soon as it is there.
        failed: is called in its place when this one cannot be made and the others can; None lets
            it end all of them.
    """

    request: GenerateRequest
    sink: GenerateSink
    cancel: CancelToken
    done: Callable[[GenerateResult], None]
    failed: Callable[[UserError], None] | None = None


class Clock:
    """Time spent on the prompt and on the replies apart.

    Attributes:
        start: when the requests were taken up.
        prefill_s, prefill_tokens: what reading the prompt took.
        share: seconds that a reply took that has grown since the beginning: every step's time is
            shared out among the replies that grew in it.
    """

    def __init__(self) -> None:
        self.start = self._mark = time.perf_counter()
        self.prefill_s = 0.0
        self.prefill_tokens = 0
        self.share = 0.0

    def group(self) -> None:
        """Some replies begin with their prompt."""
        self._mark = time.perf_counter()

    def prefilled(self, tokens: int) -> None:
        """The prompt stands, `tokens` of it decoded now."""
        now = time.perf_counter()
        self.prefill_s += now - self._mark
        self.prefill_tokens += tokens
        self._mark = now

    def aside(self, seconds: float) -> None:
        """So long something was done since the last call that is no part of a step."""
        self._mark += seconds

    def step(self, n_live: int) -> None:
        """So many replies grew since the last call."""
        now = time.perf_counter()
        if n_live:
            self.share += (now - self._mark) / n_live
        self._mark = now


class Work:
    """An order while it is worked on.

    Attributes:
        streams: its replies.
    """

    def __init__(
        self, order: Order, streams: Sequence[Stream], pieces: Mapping[int, bytes], clock: Clock
    ) -> None:
        self.order = order
        self.streams = streams
        self._pieces = pieces
        self._clock = clock
        self._is_told = False
        self._left = len(streams)
        self._begun_at: float | None = None
        self._first: float | None = None
        self._reused = 0
        self._prefill_s = 0.0
        self._prefill_tokens = 0
        self._decode_s = 0.0
        self._growing: dict[int, float] = {}  # the clock's share when a reply began, by index
        self._beside = 0

    def read_prompt(self, reused: int) -> None:
        """The prompt was read for this order; `reused` of its tokens stood already."""
        if self._begun_at is None:
            self._begun_at, self._reused = self._clock.start, reused
        self._prefill_s, self._prefill_tokens = self._clock.prefill_s, self._clock.prefill_tokens

    def read_own(self, read: ReadPrompt, seconds: float) -> None:
        """A prompt was read for this order alone, and took so long up to now."""
        if self._begun_at is None:
            self._begun_at, self._reused = time.perf_counter() - seconds, read.reused
        if read.decoded:
            self._prefill_s += seconds
            self._prefill_tokens += read.decoded

    def among(self, n_live: int, n_own: int) -> None:
        """So many replies grow now, and so many of them are this order's."""
        self._beside = max(self._beside, n_live - n_own)

    def begin(self, stream: Stream, n_prompt: int) -> None:
        """A reply begins; its prompt stands."""
        if self._begun_at is None:
            self._begun_at, self._reused = time.perf_counter(), n_prompt
        self._growing[stream.index] = self._clock.share

    def first_token(self) -> None:
        """A first token is there; later calls change nothing."""
        if self._first is None:
            self._first = time.perf_counter()

    def end(self, stream: Stream) -> None:
        """A reply is over; the last one's end hands out the answer."""
        self._decode_s += self._clock.share - self._growing.pop(stream.index, self._clock.share)
        stream.close()
        self.flush(stream)
        self._left -= 1
        if not self._left:
            self.tell()

    def stop(self) -> None:
        """End what grows still: a person stopped it."""
        for stream in self.streams:
            stream.end(Finish.CANCELLED)

    def fail(self, error: UserError) -> None:
        """End what grows still, and tell why; the other orders go on.

        Raises:
            UserError: nobody wants to be told, so that all of them end.
        """
        if self.order.failed is None:
            raise error
        for stream in self.streams:
            stream.end(Finish.ERROR)
        if not self._is_told:
            self._is_told = True
            self.order.failed(error)

    def flush(self, stream: Stream) -> None:
        """Hand out what is new of a reply; nothing more once the answer is out."""
        if not self._is_told:
            stream.flush(self.order.sink, self._pieces)

    def tell(self) -> None:
        """Hand out the answer; a second call does nothing."""
        if self._is_told:
            return
        self._decode_s += sum(self._clock.share - began for began in self._growing.values())
        for stream in self.streams:
            self.flush(stream)
        self._is_told = True
        replies = tuple(stream.result() for stream in self.streams)
        self.order.done(GenerateResult(replies, self._timings(), self._pieces))

    def _timings(self) -> Timings:
        made = sum(stream.sampled for stream in self.streams)
        # The first token of each needs no step: the prompt's last one predicts it.
        grown = sum(max(0, stream.sampled - 1) for stream in self.streams)
        n_prefill, prefill_s, decode_s = self._prefill_tokens, self._prefill_s, self._decode_s
        began = self._clock.start if self._begun_at is None else self._begun_at
        return Timings(
            prefill_tokens=n_prefill,
            cached_tokens=self._reused,
            prefill_tps=n_prefill / prefill_s if n_prefill and prefill_s else None,
            decode_tokens=made,
            decode_tps=grown / decode_s if grown and decode_s > 0 else None,
            first_token_ms=None if self._first is None else round((self._first - began) * 1000, 3),
            beside=self._beside,
        )
