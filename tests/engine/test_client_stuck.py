"""Stop always works: an engine that does not hear a cancel is ended, and the next job runs."""

from __future__ import annotations

import os
import signal
import threading
import time
from dataclasses import replace
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


def test_a_cancel_of_what_waits_leaves_what_runs_alone(
    slow_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the line behind a long run, and in a batch of which somebody wants the rest."""
    monkeypatch.setattr(child, "STUCK_S", 0.5)
    client = EngineClient(slow_model, EngineSettings(n_ctx=1024, n_threads=1))
    try:
        ids = tuple(range(10, 30))
        client.load().result(60)
        pid = client.pid
        long = GenerateRequest(ids, Sampling(max_tokens=500, ignore_eos=True), seed=1)
        begun = threading.Event()
        first = client.generate(long, KeepingSink(on_tokens=begun.set))
        assert begun.wait(60)
        waiting = client.generate(long, KeepingSink())
        short = replace(long, sampling=Sampling(max_tokens=50, ignore_eos=True))
        some = client.generate_many([short] * 3, [KeepingSink() for _ in range(3)])
        waiting.cancel()
        some[1].cancel()
        ends = [job.future.result(60).samples[0].finish for job in (first, waiting, *some)]
        assert ends == [
            Finish.LENGTH,
            Finish.CANCELLED,
            Finish.LENGTH,
            Finish.CANCELLED,
            Finish.LENGTH,
        ]
        assert client.pid == pid
    finally:
        client.close()


def test_a_deaf_engine_is_ended_though_more_waits(
    demo_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of a batch were stopped; what waits behind it is nobody's reason to hang."""
    monkeypatch.setattr(child, "STUCK_S", 0.2)
    client = EngineClient(demo_model, EngineSettings(n_ctx=1024, n_threads=1))
    try:
        ids = client.tokenize("Once", add_bos=True).result(60).ids
        long = GenerateRequest(ids, Sampling(max_tokens=900, ignore_eos=True), seed=1)
        begun = threading.Event()
        jobs = client.generate_many([long] * 3, [KeepingSink(on_tokens=begun.set) for _ in "abc"])
        assert begun.wait(60)
        behind = client.generate(long, KeepingSink())
        assert client.pid is not None
        os.kill(client.pid, signal.SIGSTOP)
        for job in jobs:
            job.cancel()
        for job in (*jobs, behind):
            with pytest.raises(EngineDiedError, match="did not stop"):
                job.future.result(60)
    finally:
        client.close()
