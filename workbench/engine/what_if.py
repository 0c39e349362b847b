"""What-if: llama.cpp's own chain, under other settings, over the logits of a past reply."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from workbench.core.cancel import CancelToken
from workbench.core.what_if import Fate, WhatIf, WhatIfRequest
from workbench.engine.native.candidates import Candidates
from workbench.engine.native.model import NativeModel
from workbench.engine.records import best_of
from workbench.engine.replay import Replay
from workbench.engine.row_source import RowSource
from workbench.engine.stages import RawDistribution

Part = Callable[[int, WhatIf], None]
"""Called with the number of the first row and the rows that are new."""

_CONSTRAINTS = ("logit_bias", "grammar")
_FLUSH_S = 0.016
_WORTH_NAMING = 1e-4
"""A token that lost less probability than this was not wanted."""


def what_if(
    source: RowSource,
    model: NativeModel,
    candidates: Candidates,
    request: WhatIfRequest,
    part: Part,
    cancel: CancelToken,
) -> WhatIf:
    """Every token of the reply under `request.sampling`; finished rows go to `part` meanwhile.

    Raises:
        Cancelled, Aborted: call `KvCache.after_abort` then.
    """
    replay = Replay(model, request, request.reply_ids, candidates)
    try:
        n = len(request.reply_ids)
        table = WhatIf.undecided(tuple(replay.chain.names), n, request.wanted)
        sent, due = 0, time.monotonic() + _FLUSH_S
        for index, token in enumerate(request.reply_ids):
            cancel.check()
            if not replay.undecided:
                _one(table, index, token, source.row(index), replay, candidates)
            replay.said()
            if (now := time.monotonic()) >= due:
                part(sent, table.part(sent, index + 1))
                sent, due = index + 1, now + _FLUSH_S
        part(sent, table.part(sent, n))
        return table
    finally:
        replay.close()


def _one(
    table: WhatIf,
    index: int,
    token: int,
    row: npt.NDArray[np.float32],
    replay: Replay,
    candidates: Candidates,
) -> None:
    """Fill in row `index`: the chain walked over `row`, watching `token`."""
    raw = RawDistribution(row)
    candidates.fill(row)
    table.banned[index] = table.grammar[index] = table.biased[index] = 0.0
    lost: npt.NDArray[np.float64] | None = None
    cut_by = -1
    for stage, name in enumerate(replay.chain.names):
        if replay.chain.idle[stage]:
            continue
        before = candidates.logits() if name in _CONSTRAINTS else None
        replay.chain.apply(stage)
        if before is not None:
            lost = _removed(table, index, name, raw, before, candidates.logits(), lost)
        if candidates.find(token) is not None:
            cut_by = -1  # infill may bring an end token back
        elif cut_by < 0:
            cut_by = stage
    found = candidates.find(token)
    p = 0.0 if found is None else found[1]
    if p > 0:
        table.fate[index] = Fate.POSSIBLE
    else:
        cut_by = cut_by if cut_by >= 0 else len(replay.chain.names) - 1
        by_chance = replay.tosses and replay.chain.names[cut_by] == "xtc"
        table.fate[index] = Fate.CHANCE if by_chance else Fate.IMPOSSIBLE
    table.p[index] = p
    table.cut_by[index] = cut_by
    _what_is_left(table, index, raw, candidates)
    if lost is not None:
        _name_wanted(table, index, raw, lost)


def _what_is_left(table: WhatIf, index: int, raw: RawDistribution, candidates: Candidates) -> None:
    logits = candidates.logits()
    left = np.isfinite(logits)
    n = int(np.count_nonzero(left))
    table.n_left[index] = n
    if n == len(raw.weights):
        table.mass[index] = 1.0
    else:
        table.mass[index] = raw.mass(candidates.ids()[left])
    best = candidates.best() if n else None
    if best is not None:
        table.best_id[index], table.best_p[index] = best


def _removed(
    table: WhatIf,
    index: int,
    name: str,
    raw: RawDistribution,
    before: npt.NDArray[np.float32],
    after: npt.NDArray[np.float32],
    lost: npt.NDArray[np.float64] | None,
) -> npt.NDArray[np.float64]:
    """Note what one constraint took; the raw probability (n_vocab,) that each token lost so far.

    Constraints stand first in the chain, so candidate i is token i.
    """
    if lost is None:
        lost = np.zeros(len(before))
    gone = np.isfinite(before) & ~np.isfinite(after)
    share = raw.weights.astype(np.float64) / raw.total
    lost[gone] = share[gone]
    taken = min(1.0, float(share[gone].sum()))
    if name == "grammar":
        table.grammar[index] = taken
        return lost
    table.banned[index] = taken
    stays = np.isfinite(after)
    if stays.any() and not np.array_equal(before[stays], after[stays]):
        loss = np.maximum(0.0, _softmax(before[stays]) - _softmax(after[stays]))
        table.biased[index] = float(loss.sum())
        lost[stays] = loss * float(share[stays].sum())
    return lost


def _softmax(logits: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    weights = np.exp(logits.astype(np.float64) - float(logits.max()))
    scaled: npt.NDArray[np.float64] = weights / weights.sum()
    return scaled


def _name_wanted(
    table: WhatIf, index: int, raw: RawDistribution, lost: npt.NDArray[np.float64]
) -> None:
    most = best_of(lost.astype(np.float32), table.wanted_ids.shape[1])
    for slot, token in enumerate(most[lost[most] >= _WORTH_NAMING].tolist()):
        table.wanted_ids[index, slot] = token
        table.wanted_p[index, slot] = raw.p(token)
