"""Calls under way in an engine's process, and the replies put together again. Any thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Any

from workbench.core.tokens import TokenTable
from workbench.core.types import GenerateResult, SampleResult
from workbench.core.what_if import WhatIf
from workbench.engine.base import GenerateSink
from workbench.engine.base import Progress as ProgressCallback
from workbench.engine.messages import (
    JobMessage,
    NewTokens,
    Part,
    Progress,
    Raised,
    Replies,
    Returned,
)

PartCallback = Callable[[int, WhatIf], None]
"""Called with the number of the first row and the rows that are new, on the reader thread."""


def ignore_progress(_done: int, _total: int) -> None:
    """Nobody asked for progress."""


def ignore_part(_start: int, _part: WhatIf) -> None:
    """Nobody asked for parts."""


class Job:
    """One call under way. `future` ends with the answer, a UserError, or EngineDiedError.

    Attributes:
        yields: whether it ends with StoppedError as soon as anything else is asked.
    """

    def __init__(
        self,
        number: int,
        name: str,
        stop: Callable[[int], None],
        progress: ProgressCallback = ignore_progress,
        *,
        yields: bool = False,
    ) -> None:
        self.number = number
        self.name = name
        self.yields = yields
        self.future: Future[Any] = Future()
        self._stop = stop
        self._progress = progress

    def cancel(self) -> None:
        """Ask the engine to stop this job; it still ends with a result. Never blocks for long.

        An engine that does not hear it (llama.cpp lost in a grammar, say) is ended after
        `STUCK_S`, and the job ends with EngineDiedError.
        """
        self._stop(self.number)

    def hear(self, message: JobMessage, pieces: Mapping[int, bytes]) -> None:
        """Take in what the engine says of this job; `pieces` knows every token it mentions."""
        match message:
            case Progress(_, done, total):
                self.progress(done, total)
            case NewTokens():
                self.tokens(message, pieces)
            case Part(_, start, value, _):
                self.part(start, value)
            case Replies():
                self.future.set_result(self.result(message, pieces))
            case Returned(_, value, _):
                self.future.set_result(self.answer(value))
            case Raised(_, error):
                self.future.set_exception(error)

    def progress(self, done: int, total: int) -> None:
        """The engine did `done` of `total` units."""
        self._progress(done, total)

    def tokens(self, message: NewTokens, pieces: Mapping[int, bytes]) -> None:
        """A reply grew."""

    def answer(self, value: object) -> object:
        """What the future ends with, given what the child returned."""
        return value

    def result(self, replies: Replies, pieces: Mapping[int, bytes]) -> object:
        """What the future ends with, given how the replies ended."""
        raise ValueError(f"{self.name} is not answered by {replies!r} and {len(pieces)} tokens")

    def part(self, start: int, value: object) -> None:
        """A part of the answer is there, from row `start` on."""


class WhatIfJob(Job):
    """A what-if under way; finished rows are passed on."""

    def __init__(self, number: int, stop: Callable[[int], None], part: PartCallback) -> None:
        super().__init__(number, "what_if", stop)
        self._part = part

    def part(self, start: int, value: object) -> None:
        """Some tokens are looked at; takes what arrived."""
        if isinstance(value, WhatIf):
            self._part(start, value)


class GenerateJob(Job):
    """A generation under way; puts the streamed tokens together again."""

    def __init__(
        self, number: int, stop: Callable[[int], None], sink: GenerateSink, n_samples: int
    ) -> None:
        super().__init__(number, "generate", stop)
        self._sink = sink
        self._tables: list[list[TokenTable]] = [[] for _ in range(n_samples)]
        self._texts: list[list[str]] = [[] for _ in range(n_samples)]

    def progress(self, done: int, total: int) -> None:
        """So many prompt tokens stand in the cache; told on."""
        self._sink.prefill(done, total)

    def tokens(self, message: NewTokens, pieces: Mapping[int, bytes]) -> None:
        """A sample grew: kept for the answer, and told on."""
        self._tables[message.sample].append(message.table)
        self._texts[message.sample].append(message.text)
        self._sink.tokens(message.sample, message.table, message.text, pieces)

    def result(self, replies: Replies, pieces: Mapping[int, bytes]) -> GenerateResult:
        """The whole answer, once the engine said that it is over."""
        samples = tuple(
            SampleResult("".join(texts), finish, TokenTable.concat(tables), full)
            for texts, tables, (finish, full) in zip(
                self._texts, self._tables, replies.ends, strict=True
            )
        )
        return GenerateResult(
            samples, replies.timings, pieces, replies.error, replies.hint, replies.served
        )
