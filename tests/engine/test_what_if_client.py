"""What-if and the microscope through the engine's process: parts, a stop, names of tokens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from support.sinks import KeepingSink

from workbench.core.errors import StoppedError, UserError
from workbench.core.sampling import Sampling
from workbench.core.tokens import TokenTable
from workbench.core.types import EngineSettings, GenerateRequest, Trace, TraceRequest
from workbench.core.what_if import WhatIf, WhatIfRequest
from workbench.engine.client import EngineClient

IDS = tuple(range(300, 340))
MANY = Sampling(max_tokens=300, ignore_eos=True)
WAIT_S = 60.0


@pytest.fixture
def asked_client(slow_model: Path) -> Iterator[EngineClient]:
    """A client of a model that takes its time."""
    client = EngineClient(slow_model, EngineSettings(n_ctx=2048, n_threads=1))
    yield client
    client.close()


@pytest.fixture
def long_reply(asked_client: EngineClient) -> TokenTable:
    """A reply of 300 tokens."""
    job = asked_client.generate(GenerateRequest(IDS, MANY, seed=1), KeepingSink())
    table: TokenTable = job.future.result(WAIT_S).samples[0].tokens
    return table


def test_parts_arrive_in_order_and_add_up(
    asked_client: EngineClient, long_reply: TokenTable
) -> None:
    parts: list[tuple[int, WhatIf]] = []
    request = WhatIfRequest(IDS, tuple(long_reply.ids.tolist()), MANY, 1)
    whole: WhatIf = asked_client.what_if(
        request, lambda start, part: parts.append((start, part))
    ).future.result(WAIT_S)
    assert whole.p.tolist() == long_reply.p_sampled.tolist()
    sizes = [len(part) for _, part in parts]
    assert [start for start, _ in parts] == [0, *np.cumsum(sizes)[:-1].tolist()]
    assert WhatIf.joined([part for _, part in parts]).p.tolist() == whole.p.tolist()


def test_every_token_that_is_mentioned_has_a_name(
    asked_client: EngineClient, long_reply: TokenTable
) -> None:
    said = tuple(long_reply.ids.tolist())
    banned = replace(MANY, banned_tokens=(said[0], said[1]))
    found: WhatIf = asked_client.what_if(WhatIfRequest(IDS, said, banned, 1)).future.result(WAIT_S)
    trace: Trace = asked_client.trace(
        TraceRequest(IDS, banned, 1, said=said[:9], token=said[9], follow=12)
    ).future.result(WAIT_S)
    ids = {*found.best_id.tolist(), *found.wanted_ids.ravel().tolist()} - {-1}
    ids |= {*trace.followed_ids.tolist()}
    assert ids <= asked_client.pieces.keys()


def test_a_what_if_that_has_to_decode_can_be_stopped(
    asked_client: EngineClient, long_reply: TokenTable
) -> None:
    other = tuple(t + 1 for t in IDS)  # nothing of it is kept
    request = WhatIfRequest(other, tuple(long_reply.ids.tolist()) * 4, MANY, 1)
    began: list[int] = []

    def stop(start: int, _part: WhatIf) -> None:
        began.append(start)
        job.cancel()

    job = asked_client.what_if(request, stop)
    with pytest.raises(StoppedError):
        job.future.result(WAIT_S)
    assert began
    short = WhatIfRequest(IDS, tuple(long_reply.ids.tolist()), MANY, 1)
    after: WhatIf = asked_client.what_if(short).future.result(WAIT_S)
    assert after.p.tolist() == long_reply.p_sampled.tolist()


def test_bad_settings_come_back_as_the_field_they_are_in(asked_client: EngineClient) -> None:
    bad = replace(MANY, grammar="root ::= (")
    with pytest.raises(UserError, match="grammar"):
        asked_client.what_if(WhatIfRequest(IDS, (300,), bad, 1)).future.result(WAIT_S)
