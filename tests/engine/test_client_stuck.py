"""Stop always works: an engine that does not hear a cancel is ended, and the next job runs."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest
from support.sinks import KeepingSink

from workbench.core.errors import EngineDiedError
from workbench.core.sampling import Sampling
from workbench.core.types import EngineSettings, Finish, GenerateRequest
from workbench.engine import child
from workbench.engine.client import EngineClient


def test_a_deaf_engine_is_ended_and_started_again(
    demo_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "STUCK_S", 1.0)
    client = EngineClient(demo_model, EngineSettings(n_ctx=256))
    try:
        ids = client.tokenize("Once", add_bos=True).result(60).ids
        long = Sampling(max_tokens=200, ignore_eos=True)

        def freeze() -> None:
            assert client.pid is not None
            os.kill(client.pid, signal.SIGSTOP)
            frozen.set()

        frozen = threading.Event()
        sink = KeepingSink(on_tokens=freeze)
        job = client.generate(GenerateRequest(ids, long, seed=1), sink)
        assert frozen.wait(60)
        job.cancel()
        job.cancel()
        started = time.monotonic()
        with pytest.raises(EngineDiedError, match="did not stop within 1 s"):
            job.future.result(60)
        assert time.monotonic() - started < 30
        request = GenerateRequest(ids, Sampling(max_tokens=3, ignore_eos=True), seed=1)
        (sample,) = client.generate(request, KeepingSink()).future.result(60).samples
        assert sample.finish is Finish.LENGTH
    finally:
        client.close()


def test_a_cancel_that_is_heard_ends_nothing(
    demo_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = EngineClient(demo_model, EngineSettings(n_ctx=1024))
    try:
        ids = client.tokenize("Once", add_bos=True).result(60).ids
        pid = client.pid
        long = Sampling(max_tokens=900, ignore_eos=True)
        for _ in range(3):
            job = client.generate(GenerateRequest(ids, long, seed=1), KeepingSink())
            job.cancel()
            assert job.future.result(60).samples[0].finish is Finish.CANCELLED
        assert client.pid == pid
    finally:
        client.close()
