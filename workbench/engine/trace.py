"""The sampler microscope: the real chain walked one sampler at a time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from workbench.core.types import Stage, Trace, TraceRequest
from workbench.engine.native.candidates import Candidates
from workbench.engine.native.model import NativeModel
from workbench.engine.records import best_of
from workbench.engine.replay import Replay
from workbench.engine.row_source import RowSource
from workbench.engine.stages import RawDistribution, StageReader


def trace(
    source: RowSource, model: NativeModel, candidates: Candidates, request: TraceRequest
) -> Trace:
    """What each sampler leaves of the distribution after the prompt and what was said behind it.

    Raises:
        Cancelled, Aborted: call `KvCache.after_abort` then.
    """
    place = len(request.said)
    kept = source.is_kept(place)
    replay = Replay(model, request, request.said, candidates)
    try:
        replay.go_through(source)
        row = source.row(place)
        candidates.fill(row)
        followed = best_of(row, request.follow).astype(np.int32)
        if request.token is not None and request.token not in followed:
            followed = np.append(followed, np.int32(request.token))
        reader = StageReader(RawDistribution(row), followed, request.limit)
        stages: list[Stage] = [reader.read("model", candidates)]
        if replay.undecided:
            return Trace(tuple(stages), None, followed, replay.undecided, kept)
        for index, name in enumerate(replay.chain.names):
            if replay.chain.idle[index]:
                stages.append(replace(stages[-1], name=name))
                continue
            replay.chain.apply(index)
            stages.append(reader.read(name, candidates))
        return Trace(tuple(stages), candidates.chosen(), followed, "", kept)
    finally:
        replay.close()
