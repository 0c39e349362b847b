"""Generation: one or many prompts, one or many replies, a batch per step.

Replies grow together whatever their prompts and settings, and the next one takes the place of one
that has ended. Prompts are read one at a time, each as it is read alone, so that a reply's first
token sees the very same logits.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.errors import UserError
from workbench.core.types import GenerateRequest, GenerateResult
from workbench.engine.base import GenerateSink
from workbench.engine.crowd import Begin, Crowd, Lane, drop_cancelled, takes_turns
from workbench.engine.hardware import has_idle_core, usable_cores
from workbench.engine.kept_rows import KeptRows
from workbench.engine.kv import MAX_SEQUENCES, KvCache
from workbench.engine.native.candidates import Candidates
from workbench.engine.native.context import Aborted
from workbench.engine.native.model import NativeModel
from workbench.engine.orders import Clock, Order, Work
from workbench.engine.records import Recorder
from workbench.engine.seats import Seats
from workbench.engine.stream import Given, Stream

_FLUSH_S = 0.008
_FLUSH_MANY_S = 0.5
"""How often the replies to several requests are handed out: nobody reads them as they grow."""

_LANES_FROM = 4
_LARGE_VOCABULARY = 32_768
"""From so many samples and tokens on, two threads share the sampling between two decodes."""

_BATCH_CELLS = 16_384
"""KV cells a request for several samples may claim beyond the context length."""

_CPU_STREAMS = 48
_FEW_STREAMS = 16
_CPU_CELLS = 4096
_CELL_STEP = 256
_FEWEST_APART = 4
"""On a processor every reply looks past the cells of all others, and from 64 tokens at once on
llama.cpp's attention adds in another order: more replies at once would cost more than they gain.
Those with many settings or prompts stand apart while memory for it is small; a sequence gets cells
by `_CELL_STEP`, and prompts that leave no room for `_FEWEST_APART` wait for each other.
"""


class Generator:
    """Runs generation requests over one model and its cache.

    Attributes:
        turns: whether many replies are decoded in two halves, so that the tokens of one half are
            drawn while the other is decoded; None leaves it to what the machine has to do.
    """

    def __init__(
        self,
        model: NativeModel,
        kv: KvCache,
        kept: KeptRows,
        n_ctx: int,
        pieces: Mapping[int, bytes],
        spare_cells: Callable[[], int] = lambda: 0,
    ) -> None:
        """`spare_cells`: KV cells for which there is memory now, beside those of the cache."""
        self._model = model
        self._kv = kv
        self._kept = kept
        self._n_ctx = n_ctx
        self._pieces = pieces
        self._spare_cells = spare_cells
        self._lanes = [Candidates(model.n_vocab)]
        self._helper: ThreadPoolExecutor | None = None
        self.turns: bool | None = None

    def close(self) -> None:
        """End the helper thread. Doing it twice is harmless."""
        if self._helper is not None:
            self._helper.shutdown()
            self._helper = None

    def run(
        self, request: GenerateRequest, sink: GenerateSink, cancel: CancelToken
    ) -> GenerateResult:
        """A checked request; a cancelled one is a result with its partial text."""
        answers: list[GenerateResult] = []
        self.run_many([Order(request, sink, cancel, answers.append)], cancel)
        return answers[0]

    def run_many(self, orders: Sequence[Order], cancel: CancelToken) -> None:
        """Checked requests with as many alternatives each; `cancel` stops all of them.

        Those that a person gave tokens to, or that fork a reply, are made alone. What several
        requests say is not kept for forks and looks at the samplers. Where different prompts
        cannot stand beside each other, they are continued one after the other.
        """
        for some, room in self._lots(orders):
            self._run_lot(some, room, cancel)

    def _run_lot(self, orders: Sequence[Order], room: _Room | None, cancel: CancelToken) -> None:
        """Orders that grow together; without a `room` they continue one prompt."""
        request = orders[0].request
        n_samples = sum(order.request.n_samples for order in orders)
        clock = Clock()
        works = self._works(orders, clock)
        waiting = deque((work, stream) for work in works for stream in work.streams)
        is_one = len(orders) == 1
        flush_s = _FLUSH_S if is_one else _FLUSH_MANY_S
        n_prompt = len(request.prompt_ids)
        given: Sequence[Given] = ()
        try:
            room = room or self._room(orders, n_samples)
            candidates = self._open_lanes(room.width)
            lanes = [Lane(c, Recorder(self._model.n_vocab, request.top)) for c in candidates]
            helper = self._helper if len(lanes) > 1 else None
            drop_cancelled(waiting)
            while waiting:
                clock.group()
                size = min(room.width, len(waiting))
                if room.seats is not None:
                    room.seats.expect(order.request.prompt_ids for order in orders)
                    begin = Begin(room.seats, size)
                    Crowd(lanes, helper, clock, flush_s, begin).grow(waiting, cancel)
                    continue
                work = waiting[0][0]
                if request.n_given and waiting[0][1] is works[0].streams[0]:
                    found = self._given(request, lanes[0].recorder, work.order.sink, cancel)
                    given, reused, decoded = found.tokens, found.reused, found.decoded
                    self._kv.share(size)
                else:
                    reused = self._kv.bring(
                        request.prompt_ids,
                        request.n_sampled,
                        size,
                        work.order.sink.prefill,
                        cancel,
                    )
                    decoded = n_prompt - reused
                clock.prefilled(decoded)
                work.read_prompt(reused)
                begin = Begin(self._kv, size, self._kv.row, given, keep=is_one)
                Crowd(lanes, helper, clock, flush_s, begin).grow(waiting, cancel)
        except (Cancelled, Aborted):
            self._kv.after_abort()
            for work in works:
                work.stop()
        except UserError as error:
            for work in works:
                work.fail(error)
        finally:
            for work in works:
                for stream in work.streams:
                    stream.close()
        if not is_one and room is not None and room.seats is None:
            self._kv.drop_others()
            self._kv.cut(n_prompt)
        for work in works:
            work.tell()

    def _lots(self, orders: Sequence[Order]) -> Iterator[tuple[list[Order], _Room | None]]:
        """Orders that can grow together, with their room; without one they share a prompt."""
        prompts = {order.request.prompt_ids for order in orders}
        left = list(orders)
        if len(prompts) > 1 and not self._model.recurrent:
            beside, room = self._apart(orders)
            if room is not None:
                yield beside, room
                taken = set(map(id, beside))
                left = [order for order in orders if id(order) not in taken]
        by_prompt: dict[tuple[int, ...], list[Order]] = {}
        for order in left:
            by_prompt.setdefault(order.request.prompt_ids, []).append(order)
        for some in by_prompt.values():
            yield some, None

    def _apart(self, orders: Sequence[Order]) -> tuple[list[Order], _Room | None]:
        """Orders with different prompts that find room beside each other, and where."""
        room = self._cells_apart()
        beside = [o for o in orders if self._cells(o) * _FEWEST_APART <= room]
        if len({order.request.prompt_ids for order in beside}) < 2:
            return [], None
        cells = max(self._cells(order) for order in beside)
        most = _CPU_STREAMS if self._kv.on_cpu else MAX_SEQUENCES
        width = min(most, sum(o.request.n_samples for o in beside), room // cells)
        with suppress(UserError):
            return beside, _Room(width, self._kv.seats(width, cells))
        return [], None

    def _cells_apart(self) -> int:
        """That sequences which stand apart may have together: no more than there is memory for."""
        return min(_BATCH_CELLS, max(self._spare_cells(), self._kv.seat_cells))

    def _cells(self, order: Order) -> int:
        """Of a sequence that holds a prompt of this order and a reply of any length."""
        n_prompt = len(order.request.prompt_ids)
        reply = min(order.request.sampling.max_tokens, self._n_ctx - n_prompt)
        return -(-(n_prompt + reply) // _CELL_STEP) * _CELL_STEP

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

    def _open_lanes(self, n_replies: int) -> list[Candidates]:
        """What each thread that samples works on: two where that is worth the hand-over."""
        if self._model.n_vocab >= _LARGE_VOCABULARY:
            is_worth_it = n_replies >= _LANES_FROM and usable_cores() > 1
        elif not takes_turns(n_replies):
            is_worth_it = False
        elif self.turns is not None:
            is_worth_it = self.turns
        else:
            is_worth_it = self._kv.n_threads == 1 and has_idle_core()
        if not is_worth_it:
            return self._lanes[:1]
        if self._helper is None:
            self._helper = ThreadPoolExecutor(1, thread_name_prefix="sampling")
            self._lanes.append(Candidates(self._model.n_vocab))
        return self._lanes

    def _works(self, orders: Sequence[Order], clock: Clock) -> list[Work]:
        made = []
        for order in orders:
            request = order.request
            places = (
                self._kept.begin(request.prompt_ids, request.n_samples)
                if len(orders) == 1
                else [None] * request.n_samples
            )
            streams = [
                Stream(index, request, self._model, kept, self._n_ctx)
                for index, kept in enumerate(places)
            ]
            made.append(Work(order, streams, self._pieces, clock))
        return made

    def _room(self, orders: Sequence[Order], n_samples: int) -> _Room:
        """How many replies grow at once, and where; the KV cache has room for them then."""
        n_prompt = len(orders[0].request.prompt_ids)
        longest = max(order.request.sampling.max_tokens for order in orders)
        reply = min(longest, self._n_ctx - n_prompt)
        most = min(MAX_SEQUENCES, n_samples)
        if len(orders) > 1 and not self._model.recurrent:
            cells = max(self._cells(order) for order in orders)
            wanted = min(most, _CPU_STREAMS) if self._kv.on_cpu else most
            width = min(wanted, self._cells_apart() // cells)
            if width >= min(wanted, _FEW_STREAMS):
                # Where memory is short after all, they share the cache's cells.
                with suppress(UserError):
                    return _Room(width, self._kv.seats(width, cells))
        room = max(self._n_ctx, _BATCH_CELLS) - n_prompt
        size = min(most, room // reply)
        if self._kv.on_cpu:
            size = min(size, max(_FEW_STREAMS, min(_CPU_STREAMS, _CPU_CELLS // reply)))
        size = max(1, size)
        self._kv.ensure_cells(n_prompt + size * reply)
        return _Room(size, None)


@dataclass(frozen=True, slots=True)
class _Room:
    """How many replies grow at once.

    Attributes:
        seats: where they stand apart; None when they share the cache's cells.
    """

    width: int
    seats: Seats | None


@dataclass(frozen=True, slots=True)
class _GivenTokens:
    """What a person put into a reply, and how much was reused and decoded for it."""

    tokens: list[Given]
    reused: int
    decoded: int
