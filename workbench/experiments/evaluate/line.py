"""What waits and what is under way of an evaluation, and what is handed over next.

Items that are answered in words are handed over in lots and grow beside each other; everything
else is a lot by itself. A batch under which the engine died beside others runs alone: one of them
may have been to blame.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, wait
from dataclasses import dataclass

from workbench.core.errors import EngineDiedError
from workbench.core.task import Kind
from workbench.experiments.evaluate.batches import Batch, Begun, Work
from workbench.experiments.evaluate.items import Asked

LOT_REPLIES = 64
"""So many replies are handed over at once to grow together; the engine takes some at a time."""

_AHEAD_LOTS = 2
_AHEAD_ITEMS = 4
_MOST_LOST = 2
_NO_WORDS = frozenset({Kind.CHOICE, Kind.SEQUENCE, Kind.EMBED, Kind.PAIR})


@dataclass(frozen=True, slots=True, eq=False)
class Running:
    """A batch under way; `batch` as it was meant, `begun` what became of it.

    Attributes:
        lot: number of the lot that it was handed over in.
        beside: whether others are in that lot.
    """

    batch: Batch
    begun: Begun
    work: Work
    lot: int
    beside: bool

    @property
    def done(self) -> bool:
        """Whether its answer is there."""
        return self.work.job.future.done()

    @property
    def is_answered(self) -> bool:
        """Whether its answer is there, and it is not that the engine died."""
        future = self.work.job.future
        return future.done() and not isinstance(future.exception(), EngineDiedError)

    @property
    def waits(self) -> bool:
        """Whether the engine has not taken it up, as far as one heard."""
        heard = self.begun.heard
        return self.beside and heard is not None and not heard.began_us


class Line:
    """One thread; only the cancels are for any.

    Attributes:
        waiting: in the order of their items.
        running: in the order in which they were handed over.
    """

    def __init__(self, items: Sequence[Asked], n_samples: int) -> None:
        self._items = items
        self._most = max(1, LOT_REPLIES // n_samples)
        self._lock = threading.Lock()  # protects running against a cancel in between
        self.waiting: deque[Batch] = deque()
        self.running: deque[Running] = deque()
        self._suspects: set[Batch] = set()
        self._lost: set[int] = set()  # lots under which the engine died
        self._n_lots = 0
        self._width = 1
        self._beside = False

    def form(self, batches: Iterable[Batch], *, width: int, beside: bool) -> None:
        """Begin with a subject's batches.

        Args:
            width: calls its engine works on at once.
            beside: whether items in words grow beside each other.
        """
        self.waiting = deque(batches)
        self._suspects, self._lost = set(), set()
        self._width = width
        self._beside = beside

    def has_room(self) -> bool:
        """Whether the engine should get more, so that it never waits for the next lot."""
        if self.waiting[0] in self._suspects:
            return not self.running
        if any(one.batch in self._suspects for one in self.running):
            return False
        items = sum(len(one.batch) for one in self.running)
        lots = len({one.lot for one in self.running})
        return lots < _AHEAD_LOTS * self._width or items < _AHEAD_ITEMS * self._width

    def next_lot(self) -> list[Batch]:
        """What is handed over next; it waits still."""
        most = self._most if self._beside else 1
        if self._width > 1:
            # A lot is worked on by one replica: there must be one for each.
            most = min(most, -(-len(self.waiting) // self._width))
        lot: list[Batch] = []
        for batch in self.waiting:
            is_alone = batch in self._suspects or self._items[batch[0]].item.kind in _NO_WORDS
            if len(lot) == most or (lot and is_alone):
                break
            lot.append(batch)
            if is_alone:
                break
        return lot

    def begun(self, lot: Sequence[Batch], begun: Sequence[Begun]) -> None:
        """The lot that stood first was handed over."""
        self._n_lots += 1
        for batch, one in zip(lot, begun, strict=True):
            self.waiting.popleft()
            if one.work is not None:
                running = Running(batch, one, one.work, self._n_lots, beside=len(lot) > 1)
                with self._lock:
                    self.running.append(running)
        self.again((index,) for one in begun for index in one.alone)

    def answered(self) -> Running:
        """Wait for an answer: the first one that is there."""
        if not any(one.done for one in self.running):
            wait([one.work.job.future for one in self.running], return_when=FIRST_COMPLETED)
        return next((one for one in self.running if one.done), self.running[0])

    def leave(self, one: Running) -> None:
        """It is under way no more."""
        with self._lock:
            self.running.remove(one)

    def died(self, one: Running) -> bool:
        """The engine died under a batch that has left; whether the death is to be counted.

        Lots that only waited behind it are asked again. So is a batch of a lot, but alone. When
        that has happened to two lots, there are no more.
        """
        if self._width == 1:
            behind = [o for o in self.running if o.lot != one.lot and not o.is_answered]
            for other in behind:
                other.work.job.cancel()
                self.leave(other)
            self.again(other.batch for other in behind)
        if not one.beside:
            return True
        self.again([one.batch])
        self._suspects.add(one.batch)
        self._lost.add(one.lot)
        self._beside = self._beside and len(self._lost) < _MOST_LOST
        return False

    def again(self, batches: Iterable[Batch]) -> None:
        """Put batches back where they stood."""
        added = set(batches)
        if added:
            self.waiting = deque(sorted(added.union(self.waiting)))

    def cancel(self, *, idle: bool = False) -> None:
        """Stop what is under way, or what the engine has not taken up; any thread."""
        with self._lock:
            chosen = [one for one in self.running if one.waits or not idle]
        for one in chosen:
            one.work.job.cancel()
