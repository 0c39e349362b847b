"""Choices of many prompts at once: what the prompts share is decoded once, the rest together.

Scores do not depend on what stood in the cache before, but they do on which prompts are asked
together: sums run in another order, which moves a log-probability by rounding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from workbench.core.cancel import CancelToken
from workbench.core.tokens import Float32
from workbench.core.types import ChoiceScore, ChooseRequest
from workbench.engine.base import Progress
from workbench.engine.kv import MAX_SEQUENCES, KvCache
from workbench.engine.prefix import common_prefix
from workbench.engine.records import Recorder, RowStats, TableBuilder
from workbench.engine.score import MAX_CHOICE_CELLS

T = TypeVar("T")

MAX_TOGETHER = 16
"""Prompts whose ends are decoded beside each other."""


@dataclass(slots=True)
class _Asked:
    """One prompt under way; `sequence` holds it while its round lasts."""

    request: ChooseRequest
    tables: list[TableBuilder]
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class _Tail:
    """A choice beyond its first token, in a sequence of its own."""

    asked: _Asked
    choice: int

    @property
    def ids(self) -> tuple[int, ...]:
        """The choice's tokens."""
        return self.asked.request.choices[self.choice]


def choose_many(
    kv: KvCache,
    n_vocab: int,
    requests: Sequence[ChooseRequest],
    progress: Progress,
    cancel: CancelToken,
) -> tuple[tuple[ChoiceScore, ...], ...]:
    """Log-probabilities of every choice after its prompt, in the order of the requests.

    Raises:
        Cancelled, Aborted: call `KvCache.after_abort` then.
    """
    recorder = Recorder(n_vocab, max(request.top for request in requests))
    asked = [
        _Asked(r, [TableBuilder(recorder.k, capacity=max(1, len(c))) for c in r.choices])
        for r in requests
    ]
    shared = _shared([request.prompt_ids for request in requests])
    prefix = requests[0].prompt_ids[:shared]
    kv.ensure_cells(shared + max(sum(_cells(a, shared) for a in r) for r in _rounds(asked, shared)))
    if shared:
        kv.bring(prefix, 0, 1, _silent, cancel, row=False)
    else:
        kv.restart()
    done = 0
    for some in _rounds(asked, shared):
        cancel.check()
        kv.share(len(some) + 1)
        for sequence, one in enumerate(some, 1):
            one.sequence = sequence
        _read_prompts(kv, recorder, some, shared, cancel)
        _read_choices(kv, recorder, some, cancel)
        kv.drop_others()
        done += len(some)
        progress(done, len(asked))
    return tuple(_scores(one) for one in asked)


def _silent(_done: int, _total: int) -> None:
    """The caller reports its own progress."""


def _shared(prompts: Sequence[Sequence[int]]) -> int:
    """How many tokens all prompts begin with; each keeps at least one of its own."""
    shared = min(len(prompt) for prompt in prompts) - 1
    for prompt in prompts[1:]:
        shared = min(shared, common_prefix(prompts[0][: shared + 1], prompt))
    return shared


def _cells(asked: _Asked, shared: int) -> int:
    request = asked.request
    return len(request.prompt_ids) - shared + sum(len(c) - 1 for c in request.choices)


def _rounds(asked: Sequence[_Asked], shared: int) -> Iterator[list[_Asked]]:
    """As many prompts at once as there is room for."""
    some: list[_Asked] = []
    cells = 0
    for one in asked:
        more = _cells(one, shared)
        if some and (len(some) == MAX_TOGETHER or cells + more > MAX_CHOICE_CELLS):
            yield some
            some, cells = [], 0
        some.append(one)
        cells += more
    yield some


def _read_prompts(
    kv: KvCache, recorder: Recorder, some: Sequence[_Asked], shared: int, cancel: CancelToken
) -> None:
    """Decode what each prompt has of its own, and record the first token of every choice."""
    jobs = [(one, i) for one in some for i in range(shared, len(one.request.prompt_ids))]
    for part in _parts(jobs, kv.context.n_batch):
        cancel.check()
        last = [i + 1 == len(one.request.prompt_ids) for one, i in part]
        kv.context.decode(
            [one.request.prompt_ids[i] for one, i in part],
            [i for _, i in part],
            [one.sequence for one, _ in part],
            np.array(last, np.int8),
        )
        for index, (one, _) in enumerate(part):
            if last[index]:
                row = kv.context.logits(index)
                stats = recorder.stats(row)
                for choice, table in zip(one.request.choices, one.tables, strict=True):
                    _add(table, recorder, row, choice[0], stats)


def _read_choices(
    kv: KvCache, recorder: Recorder, some: Sequence[_Asked], cancel: CancelToken
) -> None:
    """Decode every choice of several tokens behind its prompt, as many as there are sequences."""
    tails = [
        _Tail(one, index)
        for one in some
        for index, choice in enumerate(one.request.choices)
        if len(choice) > 1
    ]
    first = len(some) + 1
    for group in _parts(tails, MAX_SEQUENCES - first):
        for sequence, tail in enumerate(group, first):
            kv.context.copy(tail.asked.sequence, sequence)
        jobs = [
            (tail, sequence, i)
            for sequence, tail in enumerate(group, first)
            for i in range(len(tail.ids) - 1)
        ]
        for part in _parts(jobs, kv.context.n_batch):
            cancel.check()
            kv.context.decode(
                [tail.ids[i] for tail, _, i in part],
                [len(tail.asked.request.prompt_ids) + i for tail, _, i in part],
                [sequence for _, sequence, _ in part],
                np.ones(len(part), np.int8),
            )
            for index, (tail, _, i) in enumerate(part):
                row = kv.context.logits(index)
                table = tail.asked.tables[tail.choice]
                _add(table, recorder, row, tail.ids[i + 1], recorder.stats(row))
        for sequence in range(first, first + len(group)):
            kv.context.truncate(sequence, 0)


def _parts(values: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """`size` at a time."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def _add(
    table: TableBuilder, recorder: Recorder, row: Float32, token: int, stats: RowStats
) -> None:
    logprob = float(row[token]) - stats.log_total
    table.add(token, logprob, recorder.rank(row, token, stats), stats, float("nan"))


def _scores(asked: _Asked) -> tuple[ChoiceScore, ...]:
    scores = []
    for choice, table in zip(asked.request.choices, asked.tables, strict=True):
        records = table.table()
        logprob = float(np.sum(records.logprob, dtype=np.float64))
        scores.append(ChoiceScore(choice, logprob, records))
    return tuple(scores)
