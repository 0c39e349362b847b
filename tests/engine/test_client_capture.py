"""Captures through the engine's child: the same values, by shared memory, whoever dies."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from support.captures import attended, looked_through, summed_up
from support.engines import opened

from workbench.core.attention import AttentionRequest
from workbench.core.errors import EngineDiedError, StoppedError, UserError
from workbench.core.lens import LensRequest
from workbench.core.types import EngineSettings
from workbench.engine.client import EngineClient
from workbench.engine.native.lib import NativeLog

SETTINGS = EngineSettings(n_ctx=1024, n_threads=1)
WAIT_S = 60.0
DESCRIPTORS = Path("/proc/self/fd")
TEXT = tuple(range(40, 90)) + tuple(range(40, 60))


@pytest.fixture
def client(demo_model: Path) -> Iterator[EngineClient]:
    """The demo model in a child."""
    made = EngineClient(demo_model, SETTINGS)
    yield made
    made.close()


def test_answers_are_those_of_the_engine_itself(
    client: EngineClient, demo_model: Path, native_log: NativeLog
) -> None:
    with opened(demo_model, native_log, SETTINGS) as engine:
        weights = attended(engine, TEXT)
        summaries = summed_up(engine, TEXT)
        lens = looked_through(engine, TEXT)
    found = client.attention(AttentionRequest(TEXT)).future.result(WAIT_S)
    assert np.abs(found.values - weights.values).max() <= 1e-5
    assert (found.layers, found.heads, found.missing) == (weights.layers, weights.heads, {})
    assert np.array_equal(found.first, weights.first)
    heads = client.head_summaries(TEXT).future.result(WAIT_S)
    for name in ("entropy", "first", "previous", "induction", "distance", "received", "peak"):
        ours, theirs = getattr(heads, name), getattr(summaries, name)
        assert np.array_equal(np.isnan(ours), np.isnan(theirs))
        assert np.nanmax(np.abs(ours - theirs)) <= 1e-3
    assert np.mean(heads.peak_key == summaries.peak_key) >= 0.99
    through = client.lens(LensRequest(TEXT, top=5)).future.result(WAIT_S)
    assert np.abs(through.top_logprob - lens.top_logprob).max() <= 1e-3
    assert all(int(token) in client.pieces for token in through.top_ids.ravel())


def test_answers_outlive_the_client(demo_model: Path) -> None:
    client = EngineClient(demo_model, SETTINGS)
    found = client.attention(AttentionRequest(TEXT, average=True)).future.result(WAIT_S)
    client.close()
    del client
    gc.collect()
    assert np.abs(found.values.sum(axis=-1) - 1).max() <= 1e-5


@pytest.mark.skipif(not DESCRIPTORS.exists(), reason="counts descriptors in /proc")
def test_no_descriptor_is_left_behind(client: EngineClient) -> None:
    def ask_and_count() -> int:
        client.attention(AttentionRequest(TEXT)).future.result(WAIT_S)
        # The reader hands out answers in order: with this one it has let go of the one before.
        client.tokenize("a", add_bos=False).result(WAIT_S)
        gc.collect()
        return len(list(DESCRIPTORS.iterdir()))

    before = ask_and_count()
    assert [ask_and_count() for _ in range(5)] == [before] * 5


@pytest.mark.parametrize("what", ["attention", "head_summaries", "lens"])
def test_a_cancel_ends_it_and_the_next_is_answered(slow_model: Path, what: str) -> None:
    client = EngineClient(slow_model, EngineSettings(n_ctx=4096, n_threads=1))
    try:
        ids = tuple(300 + i % 1000 for i in range(4000))
        moved = threading.Event()

        def progress(_done: int, _total: int) -> None:
            moved.set()

        job = {
            "attention": lambda: client.attention(
                AttentionRequest(ids, layers=(0,), average=True), progress
            ),
            "head_summaries": lambda: client.head_summaries(ids, progress),
            "lens": lambda: client.lens(LensRequest(ids), progress),
        }[what]()
        assert moved.wait(WAIT_S)
        job.cancel()
        with pytest.raises(StoppedError):
            job.future.result(WAIT_S)
        short = client.attention(AttentionRequest(ids[:30])).future.result(WAIT_S)
        assert np.abs(short.values.sum(axis=-1) - 1).max() <= 1e-5
    finally:
        client.close()


def test_a_death_ends_the_capture_and_the_next_starts_again(slow_model: Path) -> None:
    client = EngineClient(slow_model, EngineSettings(n_ctx=4096, n_threads=1))
    try:
        ids = tuple(300 + i % 1000 for i in range(4000))
        moved = threading.Event()
        job = client.head_summaries(ids, lambda _done, _total: moved.set())
        assert moved.wait(WAIT_S)
        pid = client.pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(EngineDiedError, match="while capturing attention"):
            job.future.result(WAIT_S)
        found = client.head_summaries(ids[:30]).future.result(WAIT_S)
        assert found.peak.shape[2] == 30
    finally:
        client.close()


def test_a_bad_request_is_refused_before_it_is_sent(client: EngineClient) -> None:
    with pytest.raises(UserError, match="no layer 99"):
        client.attention(AttentionRequest(TEXT, layers=(99,)))
    with pytest.raises(UserError, match="MB are allowed"):
        client.attention(AttentionRequest(TEXT * 100))
    with pytest.raises(UserError, match="is empty"):
        client.attention(AttentionRequest(())).future.result(WAIT_S)
