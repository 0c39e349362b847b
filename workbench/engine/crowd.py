"""Replies that grow together: one batch per step, a sampler chain of its own for each.

Whoever ends makes room for the next in line. Belongs to the engine's thread.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from workbench.core.cancel import CancelToken
from workbench.engine.orders import Clock, Work
from workbench.engine.records import Recorder, RowStats
from workbench.engine.seats import Places
from workbench.engine.stream import Given, Stream

_FLUSH_TOKENS = 64

Waiting = deque[tuple[Work, Stream]]


class Crowd:
    """The replies behind one prompt."""

    def __init__(
        self,
        recorders: Sequence[Recorder],
        helper: ThreadPoolExecutor | None,
        clock: Clock,
        flush_s: float,
    ) -> None:
        """`recorders`: one per thread that samples."""
        self._recorders = recorders
        self._helper = helper
        self._clock = clock
        self._flush_s = flush_s
        self._places: Places
        self._puts_aside = False
        self._live: list[tuple[Work, Stream]] = []
        self._given: Sequence[Given] = ()
        self._n_prompt = 0
        self._row_stats: RowStats | None = None

    def grow(
        self,
        waiting: Waiting,
        places: Places,
        size: int,
        n_prompt: int,
        given: Sequence[Given],
        cancel: CancelToken,
        *,
        keep: bool,
    ) -> None:
        """Grow replies from `waiting`, `size` at once, until all have ended that can begin now.

        The prompt of `n_prompt` tokens stands in that many of the `places`, with what a person
        has `given` behind it. `keep` saves ended replies for forks. A model that cannot wind
        its sequences back leaves some waiting.

        Raises:
            Cancelled, Aborted: call `KvCache.after_abort` then.
        """
        self._places, self._puts_aside = places, keep
        self._given, self._n_prompt, self._row_stats = given, n_prompt, None
        for sequence in range(size):
            self._seat(waiting, sequence)
        due, steps = 0.0, 0
        while self._live:
            now = time.perf_counter()
            if now >= due or steps >= _FLUSH_TOKENS:
                for work, stream in self._live:
                    work.flush(stream)
                due, steps = now + self._flush_s, 0
            cancel.check()
            self._step()
            self._clock.step(len(self._live))
            for work, _ in self._live:
                if work.order.cancel:
                    work.stop()
            self._let_go(waiting)
            steps += 1

    def _let_go(self, waiting: Waiting) -> None:
        """Replies that have ended leave, and the next ones begin in their sequences."""
        ended = [one for one in self._live if one[1].finish is not None]
        if not ended:
            return
        self._live = [one for one in self._live if one[1].finish is None]
        for work, stream in ended:
            work.end(stream)
            if waiting and self._places.rewind(
                stream.sequence, self._n_prompt, put_aside=self._puts_aside
            ):
                self._seat(waiting, stream.sequence)
        # Where sequences stand apart, only neighbours are decoded together.
        self._live.sort(key=_sequence)

    def _seat(self, waiting: Waiting, sequence: int) -> None:
        """Begin the next reply in a sequence that holds the prompt; one that ends at once is over.

        Nothing of such a reply is decoded, so the sequence is as good for the next one.
        """
        row, recorder = self._places.row, self._recorders[0]
        while waiting:
            work, stream = waiting.popleft()
            if work.order.cancel:
                work.stop()
            if stream.finish is None:
                stream.sequence = sequence
                work.begin(stream, self._n_prompt)
                stream.begin(self._given)
            if stream.finish is None:
                if self._row_stats is None:
                    self._row_stats = recorder.stats(row)
                drawn = stream.draw(row)
                if drawn is not None:
                    stream.take(row, drawn, recorder.record(row, drawn[0], self._row_stats))
                work.first_token()
            if stream.finish is None:
                self._live.append((work, stream))
                return
            work.end(stream)

    def _step(self) -> None:
        """One token of every reply in one batch."""
        streams = [stream for _, stream in self._live]
        context, n = self._places.context, len(streams)
        if n == 1:
            alone = streams[0]
            context.decode_one(alone.last, alone.position - 1, alone.sequence)
            self._places.note(alone.sequence, alone.last)
            alone.step(context.logits(), self._recorders[0])
            return
        context.decode(
            [s.last for s in streams],
            [s.position - 1 for s in streams],
            [s.sequence for s in streams],
            np.ones(n, np.int8),
        )
        for stream in streams:
            self._places.note(stream.sequence, stream.last)
        rows = context.logits_block(n)
        if self._recorders[0].takes_many:
            self._sample_together(streams, rows)
        elif len(self._recorders) == 1 or self._helper is None:
            self._sample_apart(streams, rows, None)
        else:
            other = self._helper.submit(self._sample_apart, streams, rows, 1)
            self._sample_apart(streams, rows, 0)
            other.result()

    def _sample_together(self, streams: Sequence[Stream], rows: npt.NDArray[np.float32]) -> None:
        drawn = [stream.draw(row) for stream, row in zip(streams, rows, strict=True)]
        tokens = [0 if one is None else one[0] for one in drawn]
        records = self._recorders[0].records(rows, tokens)
        for stream, row, one, record in zip(streams, rows, drawn, records, strict=True):
            if one is not None:
                stream.take(row, one, record)

    def _sample_apart(
        self, streams: Sequence[Stream], rows: npt.NDArray[np.float32], lane: int | None
    ) -> None:
        """Each row while it is hot; of one lane, or all."""
        recorder = self._recorders[lane or 0]
        for stream, row in zip(streams, rows, strict=True):
            if lane is None or stream.lane == lane:
                stream.step(row, recorder)


def _sequence(one: tuple[Work, Stream]) -> int:
    return one[1].sequence
