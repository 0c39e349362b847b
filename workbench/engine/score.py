"""Exact scores of given text: teacher-forced, chunk by chunk, each chunk reduced at once.

Only one chunk's logits exist at a time, so memory does not grow with the length.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from workbench.core.cancel import CancelToken
from workbench.core.tokens import Float32, TokenTable
from workbench.core.types import ChoiceScore, ChooseRequest, ScoreRequest
from workbench.engine.base import Progress
from workbench.engine.kv import MAX_SEQUENCES, KvCache
from workbench.engine.prefix import CHUNK
from workbench.engine.records import Recorder, RowStats, TableBuilder

MAX_CHOICE_CELLS = 16_384
"""KV cells that choices decoded together may take."""


def score(
    kv: KvCache, n_vocab: int, request: ScoreRequest, progress: Progress, cancel: CancelToken
) -> TokenTable:
    """Records of every token of `request.ids` from `request.start` on.

    Row i is what the model predicted for token start + i from the tokens before it. The very
    first token of a text has nothing before it: its row says "not available".

    Raises:
        Cancelled, Aborted: call `KvCache.after_abort` then.
    """
    ids = request.ids
    recorder = Recorder(n_vocab, request.top)
    table = TableBuilder(recorder.k, capacity=max(1, len(ids) - request.start))
    # The row before `start` predicts the first token wanted; chunks begin where they always do.
    first = max(0, request.start - 1)
    exact = request.exact or kv.chunk <= CHUNK
    begin = first - first % kv.chunk if exact else first
    if begin:
        kv.bring(ids[:begin], 0, 1, _silent, cancel, exact=exact, row=False)
    else:
        kv.restart()
    if request.start == 0:
        table.add_unknown(ids[0])
    for at in range(begin, len(ids), kv.chunk):
        cancel.check()
        end = min(at + kv.chunk, len(ids))
        rows = kv.decode_all(ids[:end], at)
        for offset in range(max(first - at, 0), end - at):
            target = at + offset + 1
            if target >= len(ids):
                break
            _add(table, recorder, rows[offset], ids[target], recorder.stats(rows[offset]))
        progress(end, len(ids))
    return table.table()


def _silent(_done: int, _total: int) -> None:
    """The caller reports its own progress."""


def choose(
    kv: KvCache, n_vocab: int, request: ChooseRequest, progress: Progress, cancel: CancelToken
) -> tuple[ChoiceScore, ...]:
    """Log-probabilities of every choice after the prompt, the prompt decoded once.

    Choices share the prompt's cells and are decoded together, one batch for as many tokens as
    the batch holds.

    Raises:
        Cancelled, Aborted: call `KvCache.after_abort` then.
    """
    recorder = Recorder(n_vocab, request.top)
    longest = max(len(c) for c in request.choices)
    size = max(1, min(len(request.choices), MAX_SEQUENCES - 1, MAX_CHOICE_CELLS // longest))
    kv.ensure_cells(len(request.prompt_ids) + size * longest)
    kv.bring(request.prompt_ids, 0, 1, progress, cancel)
    row = kv.row
    first = recorder.stats(row)
    scores: list[ChoiceScore] = []
    for start in range(0, len(request.choices), size):
        cancel.check()
        group = request.choices[start : start + size]
        tables = [TableBuilder(recorder.k, capacity=max(1, len(c))) for c in group]
        for choice, table in zip(group, tables, strict=True):
            if choice:
                _add(table, recorder, row, choice[0], first)
        _continue(kv, recorder, request.prompt_ids, group, tables)
        for choice, table in zip(group, tables, strict=True):
            records = table.table()
            logprob = float(np.sum(records.logprob, dtype=np.float64))
            scores.append(ChoiceScore(choice, logprob, records))
        progress(start + len(group), len(request.choices))
    return tuple(scores)


def _continue(
    kv: KvCache,
    recorder: Recorder,
    prompt: Sequence[int],
    group: Sequence[Sequence[int]],
    tables: Sequence[TableBuilder],
) -> None:
    """Decode the choices beside each other in sequences 1 to n and record each next token."""
    kv.share(len(group) + 1)
    jobs = [
        (sequence, index)
        for sequence, choice in enumerate(group)
        for index in range(len(choice) - 1)
    ]
    size = kv.context.n_batch
    for start in range(0, len(jobs), size):
        part = jobs[start : start + size]
        kv.context.decode(
            [group[s][i] for s, i in part],
            [len(prompt) + i for _, i in part],
            [s + 1 for s, _ in part],
            np.ones(len(part), np.int8),
        )
        for row_index, (sequence, index) in enumerate(part):
            row = kv.context.logits(row_index)
            token = group[sequence][index + 1]
            _add(tables[sequence], recorder, row, token, recorder.stats(row))
    kv.drop_others()


def _add(
    table: TableBuilder, recorder: Recorder, row: Float32, token: int, stats: RowStats
) -> None:
    logprob = float(row[token]) - stats.log_total
    table.add(token, logprob, recorder.rank(row, token, stats), stats, float("nan"))
