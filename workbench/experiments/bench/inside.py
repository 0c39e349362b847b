"""What watching a model costs, against the same prompt read with flash attention."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any

from workbench.core.attention import AttentionRequest
from workbench.engine.client import EngineClient
from workbench.engine.native.bare import BareLlama
from workbench.experiments.bench.rows import BenchRow, pairs, row

_AGAINST = "a flash-attention prefill"


def inside_rows(
    client: EngineClient, bare: BareLlama, ids: tuple[int, ...], runs: int
) -> Iterator[BenchRow]:
    """The mean over heads of all layers, and summaries of all heads, through the child."""

    def mean_s() -> float:
        return _seconds(lambda: client.attention(AttentionRequest(ids, average=True)).future)

    def summaries_s() -> float:
        return _seconds(lambda: client.head_summaries(ids).future)

    for name, ours, target in (
        ("attention_mean", mean_s, "<= 1.15"),
        ("head_summaries", summaries_s, "<= 1.5"),
    ):
        ours()
        mine, theirs = pairs(ours, lambda: bare.prefill_s(ids), runs)
        yield row(f"{name}_{len(ids)}", mine, theirs, "s", _AGAINST, target)


def _seconds(ask: Callable[[], Future[Any]]) -> float:
    start = time.perf_counter()
    ask().result()
    return time.perf_counter() - start
