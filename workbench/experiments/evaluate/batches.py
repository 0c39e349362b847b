"""Items handed to the engine: choice items several at a time, those in words in lots.

Which choice items go together follows from their places alone, so that an evaluation that goes on
after a stop asks the same batches, and finds the same numbers to the last bit. Items that are
answered in words grow beside each other, in lots of those that are left: none is asked twice, and
numbers may differ by rounding from those of an evaluation that was not stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from workbench.core.errors import EngineDiedError, StoppedError, UserError
from workbench.core.task import Kind
from workbench.engine.jobs import Job
from workbench.experiments.evaluate.asker import Asker, Filled
from workbench.experiments.evaluate.choice import ChoiceItem, ChoiceWork, Unconditional
from workbench.experiments.evaluate.code import CodeRunner
from workbench.experiments.evaluate.embed import EmbedWork
from workbench.experiments.evaluate.generate import GenerateWork, Heard, ask
from workbench.experiments.evaluate.items import Asked
from workbench.experiments.evaluate.outcome import Answered
from workbench.experiments.evaluate.pair import PairWork
from workbench.experiments.evaluate.sequence import SequenceWork

ON_CPU = 1
ON_GPU = 16
"""Choice items of one batch. A GPU wants many. A CPU is as busy with one, whose scores are then
nearly those of each answer scored alone; beside others, in a half-precision cache under flash
attention, they can move by a tenth of a nat for a small quantized model."""

Batch = tuple[int, ...]
"""Indices of items that are asked together."""


class Work(Protocol):
    """Items in the hands of the engine."""

    @property
    def job(self) -> Job:
        """The call to stop when somebody stops."""
        ...

    def answers(self) -> list[Answered]:
        """What came back, in the order of the items."""
        ...


@dataclass(frozen=True, slots=True)
class Begun:
    """A batch under way.

    Attributes:
        work: None when none of its items could be asked.
        indices: the items in it.
        failed: items that cannot be asked, and why.
        alone: items that must be asked by themselves, since the engine may refuse them.
        heard: what the engine says of an item in words that grows beside others; else None.
    """

    work: Work | None
    indices: Batch
    failed: tuple[tuple[int, UserError], ...] = ()
    alone: tuple[int, ...] = ()
    heard: Heard | None = None


def batches_of(items: Sequence[Asked], *, on_cpu: bool) -> list[Batch]:
    """All items in their order."""
    found: list[Batch] = []
    size = ON_CPU if on_cpu else ON_GPU
    for index, asked in enumerate(items):
        last = found[-1] if found else ()
        joins = asked.item.kind is Kind.CHOICE and last and index % size
        if joins and items[last[-1]].item.kind is Kind.CHOICE:
            found[-1] = (*last, index)
        else:
            found.append((index,))
    return found


class Maker:
    """Hands batches of one subject to its engine. One thread."""

    def __init__(self, asker: Asker, items: Sequence[Asked], codes: CodeRunner) -> None:
        self._asker = asker
        self._items = items
        self._codes = codes
        self._unconditional = Unconditional()

    def begin(self, batch: Batch) -> Begun:
        """A batch under way.

        Raises:
            EngineDiedError: nothing of it was asked.
        """
        if self._items[batch[0]].item.kind is Kind.CHOICE:
            return self._choices(batch)
        (index,) = batch
        try:
            return Begun(self._single(index), batch)
        except EngineDiedError:
            raise
        except UserError as error:
            return Begun(None, (), ((index, error),))

    def begin_lot(self, lot: Sequence[Batch], stop: Callable[[], bool]) -> list[Begun]:
        """Items under way that are answered in words, in one batch; one answer for each.

        Raises:
            EngineDiedError, StoppedError: nothing of it was asked; `stop` is looked at before
                every prompt.
        """
        fillings: dict[int, Callable[[], Filled]] = {}
        works: dict[int, GenerateWork] = {}
        failed: dict[int, UserError] = {}
        for (index,) in lot:
            if stop():
                raise StoppedError("It was stopped before it was asked.")
            with _noted(failed, index):
                fillings[index] = self._asker.begin_fill(self._items[index])
        for index, filling in fillings.items():
            with _noted(failed, index):
                works[index] = GenerateWork(self._asker, filling(), index, self._codes)
        if works:
            ask(self._asker, list(works.values()))
        return [
            Begun(None, (), ((index, failed[index]),))
            if index in failed
            else Begun(works[index], (index,), heard=works[index].heard)
            for (index,) in lot
        ]

    def _choices(self, batch: Batch) -> Begun:
        ready: list[tuple[int, ChoiceItem]] = []
        failed: dict[int, UserError] = {}
        alone: list[int] = []
        for index in batch:
            with _noted(failed, index):
                item = ChoiceItem(self._asker, self._items[index], index, self._unconditional)
            if index in failed:
                continue
            if item.fits or len(batch) == 1:
                ready.append((index, item))
            else:
                alone.append(index)
        work = ChoiceWork(self._asker, [item for _, item in ready]) if ready else None
        return Begun(work, tuple(i for i, _ in ready), tuple(failed.items()), tuple(alone))

    def _single(self, index: int) -> Work:
        asked = self._items[index]
        match asked.item.kind:
            case Kind.SEQUENCE:
                return SequenceWork(self._asker, asked, index)
            case Kind.EMBED:
                return EmbedWork(self._asker, asked, index)
            case Kind.PAIR:
                return PairWork(self._asker, asked, index)
            case _:
                filled = self._asker.fill(asked)
                work = GenerateWork(self._asker, filled, index, self._codes)
                ask(self._asker, [work])
                return work


@contextmanager
def _noted(failed: dict[int, UserError], index: int) -> Iterator[None]:
    """An item that cannot be asked; a death of the engine is nobody's fault, and goes on."""
    try:
        yield
    except EngineDiedError:
        raise
    except UserError as error:
        failed[index] = error
