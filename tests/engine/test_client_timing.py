"""How soon a cancel shows and frees the engine."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from support.sinks import KeepingSink

from workbench.core.sampling import Sampling
from workbench.core.types import EngineSettings, Finish, GenerateRequest
from workbench.engine.client import EngineClient

ACKNOWLEDGED_S = 0.05
FREE_S = 0.5
"""One prompt chunk or token of the slow model takes about 30 ms; this leaves room for a busy
machine and is still far below the seconds the whole job would take."""


@pytest.mark.timing
@pytest.mark.parametrize("during", ["prefill", "decode"])
def test_cancel_is_quick(slow_model: Path, during: str) -> None:
    client = EngineClient(slow_model, EngineSettings(n_ctx=4096, n_threads=1))
    jobs: list[Any] = []
    acknowledged: list[float] = []
    asked: list[float] = []

    def cancel() -> None:
        asked.append(time.perf_counter())
        jobs[0].cancel()
        acknowledged.append(time.perf_counter() - asked[0])

    try:
        client.load().result(60)
        prompt = tuple(300 + i % 1500 for i in range(3500 if during == "prefill" else 3))
        request = GenerateRequest(prompt, Sampling(max_tokens=4000, ignore_eos=True), seed=1)
        sink = (
            KeepingSink(cancel, prefill_at=1)
            if during == "prefill"
            else KeepingSink(on_tokens=cancel)
        )
        with client._lock:  # the sink must not run before the job stands in the list
            jobs.append(client.generate(request, sink))
        result = jobs[0].future.result(60)
        free = time.perf_counter() - asked[0]
    finally:
        client.close()
    assert result.samples[0].finish is Finish.CANCELLED
    assert acknowledged[0] < ACKNOWLEDGED_S
    assert free < FREE_S
