"""Replies that grow together: one batch per step, a sampler chain of its own for each.

Whoever ends makes room for the next in line. Belongs to the engine's thread; a helper draws tokens
beside it: of a large vocabulary half of each batch, of a small one those of the batch before while
the next one is decoded.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.engine.native.candidates import Candidates
from workbench.engine.orders import Clock, Work
from workbench.engine.records import Recorder, RowStats
from workbench.engine.seats import Places, Seats
from workbench.engine.stream import Given, Stream

_FLUSH_TOKENS = 64
_TURNS_FROM = 12
"""Fewer replies are decoded slower in two halves than their tokens are drawn."""

Waiting = deque[tuple[Work, Stream]]
Rows = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Lane:
    """What one thread needs to draw tokens."""

    candidates: Candidates
    recorder: Recorder


@dataclass(frozen=True, slots=True)
class Begin:
    """Where replies begin.

    Attributes:
        places: hold the prompt in the first `size` sequences; seats read each reply's own instead.
        row: raw logits behind the prompt, (n_vocab,); None where each reply has its own.
        given: what a person put behind the prompt.
        keep: save ended replies for forks.
    """

    places: Places
    size: int
    row: Rows | None = None
    given: Sequence[Given] = ()
    keep: bool = False


class Crowd:
    """Replies that grow together."""

    def __init__(
        self,
        lanes: Sequence[Lane],
        helper: ThreadPoolExecutor | None,
        clock: Clock,
        flush_s: float,
        begin: Begin,
    ) -> None:
        """`lanes`: one, or with a `helper` two."""
        self._lanes = lanes
        self._helper = helper
        self._clock = clock
        self._flush_s = flush_s
        self._begin = begin
        self._places = begin.places
        self._live: list[tuple[Work, Stream]] = []
        self._row: Rows | None = None
        self._row_stats: RowStats | None = None
        self._takes_many = lanes[0].recorder.takes_many
        self._turn = 0
        self._drawing: Future[None] | None = None

    def grow(self, waiting: Waiting, cancel: CancelToken) -> None:
        """Grow replies from `waiting` until all have ended that can begin now.

        A model that cannot wind its sequences back leaves some waiting.

        Raises:
            Cancelled, Aborted: call `KvCache.after_abort` then.
        """
        for sequence in range(self._begin.size):
            self._seat(waiting, sequence, cancel)
        self._count()
        due, steps = 0.0, 0
        try:
            while self._live:
                now = time.perf_counter()
                if now >= due or steps >= _FLUSH_TOKENS:
                    self._settle()
                    for work, stream in self._live:
                        work.flush(stream)
                    drop_cancelled(waiting)
                    due, steps = now + self._flush_s, 0
                cancel.check()
                self._stop_cancelled()
                if self._helper is not None and self._takes_many:
                    self._take_turns(waiting, self._helper, cancel)
                else:
                    self._step()
                    self._clock.step(len(self._live))
                    self._let_go(waiting, None, cancel)
                steps += 1
        finally:
            if self._drawing is not None:
                wait([self._drawing])

    def _stop_cancelled(self) -> None:
        for work, stream in self._live:
            if work.order.cancel and stream.finish is None:
                self._settle()
                work.stop()

    def _count(self) -> None:
        """Tell every order among how many replies its own grow."""
        own = Counter(id(work) for work, _ in self._live)
        for work, _ in self._live:
            work.among(len(self._live), own[id(work)])

    def _let_go(self, waiting: Waiting, lane: int | None, cancel: CancelToken) -> None:
        """Replies of a lane that have ended leave; the next ones begin in their sequences."""
        ended = [
            one
            for one in self._live
            if (lane is None or one[1].lane == lane) and one[1].finish is not None
        ]
        if not ended:
            return
        gone = set(map(id, ended))
        self._live = [one for one in self._live if id(one) not in gone]
        for work, stream in ended:
            work.end(stream)
            if waiting and self._places.rewind(
                stream.sequence, stream.n_prompt, put_aside=self._begin.keep
            ):
                self._seat(waiting, stream.sequence, cancel)
        # Where sequences stand apart, only neighbours are decoded together.
        self._live.sort(key=_sequence)
        self._count()

    def _seat(self, waiting: Waiting, sequence: int, cancel: CancelToken) -> None:
        """Begin the next reply in a sequence; one that ends at once, or cannot begin, is over.

        Nothing of such a reply is decoded, so the sequence is as good for the next one.
        """
        begin = self._begin
        number = 0 if 2 * sequence < begin.size else len(self._lanes) - 1
        lane = self._lanes[number]
        while waiting:
            work, stream = waiting.popleft()
            if work.order.cancel:
                self._settle()
                work.stop()
            if stream.finish is None:
                stream.sequence, stream.lane = sequence, number
                again = bool(waiting) and waiting[0][1].prompt_ids == stream.prompt_ids
                try:
                    row = begin.row
                    if row is None:
                        row = self._read_own(work, stream, cancel, again=again)
                    work.begin(stream, stream.n_prompt)
                    if row is not None:
                        stream.begin(begin.given, lane.candidates)
                    if row is not None and stream.finish is None:
                        self._take_first(stream, row, lane)
                        work.first_token()
                except UserError as error:
                    self._settle()
                    work.fail(error)
            if stream.finish is None:
                self._live.append((work, stream))
                return
            work.end(stream)

    def _read_own(
        self, work: Work, stream: Stream, cancel: CancelToken, *, again: bool
    ) -> Rows | None:
        """Read a reply's own prompt; None when it was stopped meanwhile, and is over."""
        order, seats = work.order, self._places
        if not isinstance(seats, Seats):
            raise TypeError("only seats hold prompts of their own")
        began = time.perf_counter()
        read = seats.read(
            stream.sequence,
            stream.prompt_ids,
            order.sink.prefill,
            order.cancel,
            cancel,
            again=again,
        )
        seconds = time.perf_counter() - began
        self._clock.aside(seconds)
        if read is None:
            self._settle()
            work.stop()
            return None
        work.read_own(read, seconds)
        return read.row

    def _take_first(self, stream: Stream, row: Rows, lane: Lane) -> None:
        """The first token of a reply."""
        drawn = stream.draw(row)
        if drawn is None:
            return
        if row is not self._row or self._row_stats is None:
            self._row, self._row_stats = row, lane.recorder.stats(row)
        stream.take(row, drawn, lane.recorder.record(row, drawn[0], self._row_stats))

    def _step(self) -> None:
        """One token of every reply in one batch."""
        streams = [stream for _, stream in self._live]
        if len(streams) == 1:
            alone, context = streams[0], self._places.context
            context.decode_one(alone.last, alone.position - 1, alone.sequence)
            self._places.note(alone.sequence, alone.last)
            alone.step(context.logits(), self._lanes[alone.lane].recorder)
            return
        rows = self._decode(streams)
        if self._takes_many:
            self._draw_together(streams, rows, 0)
        elif self._helper is None:
            self._draw_apart(streams, rows, 0)
        else:
            other = self._helper.submit(self._draw_apart, streams, rows, 1)
            self._draw_apart(streams, rows, 0)
            other.result()

    def _take_turns(
        self, waiting: Waiting, helper: ThreadPoolExecutor, cancel: CancelToken
    ) -> None:
        """Decode one half of the replies while the tokens of the other half are drawn."""
        lane = self._turn
        self._turn = 1 - lane
        streams = [stream for _, stream in self._live if stream.lane == lane]
        # The next decode writes over the logits.
        rows = self._decode(streams).copy() if streams else None
        self._settle()
        if rows is not None:
            self._drawing = helper.submit(self._draw_together, streams, rows, lane)
        self._clock.step(len(self._live))
        self._let_go(waiting, 1 - lane, cancel)

    def _settle(self) -> None:
        """Wait until every token that was decoded for is drawn."""
        drawing, self._drawing = self._drawing, None
        if drawing is not None:
            drawing.result()

    def _decode(self, streams: Sequence[Stream]) -> Rows:
        """The logits behind each reply; a view that the next decode writes over."""
        n = len(streams)
        self._places.context.decode(
            [s.last for s in streams],
            [s.position - 1 for s in streams],
            [s.sequence for s in streams],
            np.ones(n, np.int8),
        )
        for stream in streams:
            self._places.note(stream.sequence, stream.last)
        return self._places.context.logits_block(n)

    def _draw_together(self, streams: Sequence[Stream], rows: Rows, lane: int) -> None:
        drawn = [stream.draw(row) for stream, row in zip(streams, rows, strict=True)]
        tokens = [0 if one is None else one[0] for one in drawn]
        records = self._lanes[lane].recorder.records(rows, tokens)
        for stream, row, one, record in zip(streams, rows, drawn, records, strict=True):
            if one is not None:
                stream.take(row, one, record)

    def _draw_apart(self, streams: Sequence[Stream], rows: Rows, lane: int) -> None:
        """The rows of one lane, each while it is hot."""
        recorder = self._lanes[lane].recorder
        for stream, row in zip(streams, rows, strict=True):
            if stream.lane == lane:
                stream.step(row, recorder)


def drop_cancelled(waiting: Waiting) -> None:
    """Whoever is stopped while it waits need not wait for its place; all tokens are drawn."""
    if not any(work.order.cancel for work, _ in waiting):
        return
    left = list(waiting)
    waiting.clear()
    for work, stream in left:
        if work.order.cancel:
            work.stop()
            work.end(stream)
        else:
            waiting.append((work, stream))


def takes_turns(n_replies: int) -> bool:
    """Whether so many replies are worth two halves."""
    return n_replies >= _TURNS_FROM


def _sequence(one: tuple[Work, Stream]) -> int:
    return one[1].sequence
