"""A look at the next token while somebody types: fast, close, and without a trace in the runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from support.sinks import KeepingSink

from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.errors import UserError
from workbench.core.sampling import Sampling
from workbench.core.types import EngineSettings, GenerateRequest, ScoreRequest
from workbench.engine.llama import LlamaEngine
from workbench.engine.native.lib import NativeLog


@pytest.fixture
def engine(demo_model: Path, native_log: NativeLog) -> Iterator[LlamaEngine]:
    made = LlamaEngine(demo_model, EngineSettings(n_ctx=1024), native_log)
    yield made
    made.close()


def _silent(_done: int, _total: int) -> None:
    pass


def _text(n: int, seed: int = 3) -> tuple[int, ...]:
    return tuple(np.random.default_rng(seed).integers(300, 1000, n).tolist())


def _reply(engine: LlamaEngine, ids: tuple[int, ...]) -> list[bytes]:
    request = GenerateRequest(ids, Sampling(max_tokens=12, ignore_eos=True), seed=1)
    table = engine.generate(request, KeepingSink(), CancelToken()).samples[0].tokens
    return [table.ids.tobytes(), table.logprob.tobytes(), table.entropy.tobytes()]


def test_it_is_the_distribution_that_scoring_sees(engine: LlamaEngine) -> None:
    ids = _text(150)
    found = engine.peek(ids, 20, _silent, CancelToken())
    request = ScoreRequest((*ids, int(found.ids[0])), start=150, top=20)
    table = engine.score(request, _silent, CancelToken())
    assert found.ids[0] == table.top_ids[0][0]
    np.testing.assert_allclose(found.logprob, table.top_logprob[0], atol=0.05)
    assert found.entropy == pytest.approx(float(table.entropy[0]), abs=0.05)


def test_typing_at_the_end_decodes_only_what_is_new(engine: LlamaEngine) -> None:
    ids = _text(200)
    engine.peek(ids, 5, _silent, CancelToken())
    assert engine.peek((*ids, 400, 401), 5, _silent, CancelToken()).cached_tokens == 200
    assert engine.peek((*ids, 400, 401), 5, _silent, CancelToken()).cached_tokens == 202
    changed = (*ids[:190], 999, *ids[191:])
    assert engine.peek(changed, 5, _silent, CancelToken()).cached_tokens == 190


def test_runs_after_looks_are_bit_for_bit_those_of_a_fresh_engine(
    engine: LlamaEngine, demo_model: Path, native_log: NativeLog
) -> None:
    ids = _text(170)
    for end in (20, 21, 90, 91, 130, 169, 170):
        engine.peek(ids[:end], 5, _silent, CancelToken())
    after_looks = _reply(engine, ids)
    engine.peek((*ids, 5, 6), 5, _silent, CancelToken())
    again = _reply(engine, ids)
    other = LlamaEngine(demo_model, EngineSettings(n_ctx=1024), native_log)
    try:
        assert after_looks == again == _reply(other, ids)
    finally:
        other.close()


def test_a_cancelled_look_ends_as_cancelled(engine: LlamaEngine) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        engine.peek(_text(100), 5, _silent, cancel)
    assert len(engine.peek(_text(100), 5, _silent, CancelToken()).ids) == 5


def test_a_look_behind_a_full_context_is_refused(engine: LlamaEngine) -> None:
    with pytest.raises(UserError, match=r"1,024 tokens long.*1,024"):
        engine.peek(_text(1024), 5, _silent, CancelToken())
