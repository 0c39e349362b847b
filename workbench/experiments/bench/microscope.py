"""What the microscope and what-if cost, against decoding the same tokens."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import replace

from workbench.core.sampling import Sampling
from workbench.core.tokens import TokenTable
from workbench.core.types import GenerateRequest, GenerateResult, Trace, TraceRequest
from workbench.core.what_if import WhatIfRequest
from workbench.engine.client import EngineClient
from workbench.experiments.bench.rows import BenchRow, pairs, row

_FOLLOWED = 14
_WALKS = 20


class _Drop:
    """A sink that keeps nothing."""

    def prefill(self, done: int, total: int) -> None:
        """Nothing to do."""

    def tokens(
        self, sample: int, table: TokenTable, text: str, pieces: Mapping[int, bytes]
    ) -> None:
        """Nothing to do."""


def microscope_rows(
    client: EngineClient, prompt: tuple[int, ...], n: int, runs: int
) -> Iterator[BenchRow]:
    """A walk along the chain and a what-if over kept logits, both through the child process.

    The settings change from one question to the next, as they do under a slider.
    """
    sampling = Sampling(max_tokens=n, ignore_eos=True)
    temperatures = iter(range(1, 1_000_000))
    said: tuple[int, ...] = ()

    def decoded_s() -> float:
        nonlocal said
        start = time.perf_counter()
        request = GenerateRequest(prompt, sampling, 1)
        result: GenerateResult = client.generate(request, _Drop()).future.result()
        elapsed = time.perf_counter() - start
        said = tuple(result.samples[0].tokens.ids.tolist())
        return elapsed

    def other() -> Sampling:
        return replace(sampling, temperature=0.5 + next(temperatures) % 100 / 100)

    def walk_s() -> float:
        at = len(said) - 1
        start = time.perf_counter()
        for _ in range(_WALKS):
            request = TraceRequest(prompt, other(), 1, 1, said[:at], said[at], _FOLLOWED)
            found: Trace = client.trace(request).future.result()
        elapsed = time.perf_counter() - start
        return elapsed / _WALKS if found.kept else float("nan")

    def what_if_s() -> float:
        start = time.perf_counter()
        client.what_if(WhatIfRequest(prompt, said, other(), 1)).future.result()
        return time.perf_counter() - start

    decoded_s()
    mine, theirs = pairs(walk_s, lambda: decoded_s() / len(said), runs)
    yield row("microscope", mine, theirs, "s", "decoding one token", "<= 0.25")
    mine, theirs = pairs(what_if_s, decoded_s, runs)
    yield row(f"what_if_{n}", mine, theirs, "s", "decoding the same tokens", "<= 0.2")
