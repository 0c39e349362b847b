"""What the remote engine is made of: figures that are checked, limits, certificates, caches."""

from __future__ import annotations

import asyncio
import json
import math
import ssl
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.certificates import own_certificate
from support.hostile_server import MODEL, HostileServer

from workbench.core.errors import UserError
from workbench.core.paths import Profile
from workbench.core.remote import Address, Capabilities
from workbench.core.sampling import Sampling
from workbench.engine.remote.answers import rows_of
from workbench.engine.remote.book import Server, ServerBook
from workbench.engine.remote.engine import RemoteEngine
from workbench.engine.remote.events import BadAnswerError, read_events
from workbench.engine.remote.kinds import Told
from workbench.engine.remote.limits import Gate, pause_before
from workbench.engine.remote.names import TokenNames, is_own_number
from workbench.engine.remote.options import ServerOptions
from workbench.engine.remote.parameters import (
    LLAMA_PYTHON,
    LLAMA_SERVER,
    OLLAMA,
    OTHER,
    VLLM,
    body_of,
)
from workbench.engine.remote.secret import Secret, without
from workbench.engine.remote.servers import FRESH_S, ProbeCache, Servers
from workbench.engine.remote.words import word_pieces


@pytest.fixture
def server() -> Iterator[HostileServer]:
    """A server whose address says how it behaves."""
    with HostileServer() as running:
        yield running


def capabilities(profile: Profile, url: str) -> Capabilities:
    """What a server is found to offer."""
    engine = RemoteEngine(Address(url, MODEL), Servers(profile))
    try:
        found = engine.loaded.engine.server
    finally:
        engine.close()
    assert found is not None
    return found.capabilities


def test_figures_for_a_given_text_are_believed_after_a_test(
    server: HostileServer, own_profile: Profile
) -> None:
    assert capabilities(own_profile, server.url("fine")).scores
    shifted = capabilities(own_profile, server.url("shifted"))
    assert not shifted.scores
    assert "not those of its own replies" in shifted.missing["scores"]


def test_a_server_is_asked_once_for_what_it_can_do(
    server: HostileServer, own_profile: Profile
) -> None:
    capabilities(own_profile, server.url("fine"))
    first = sum(bool(one.body) for one in server.asked)
    capabilities(own_profile, server.url("fine"))
    assert sum(bool(one.body) for one in server.asked) == first
    Servers(own_profile).forget(server.url("fine"))
    capabilities(own_profile, server.url("fine"))
    assert sum(bool(one.body) for one in server.asked) == 2 * first


def test_what_is_known_of_a_server_grows_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache, told = ProbeCache(tmp_path / "servers.json"), Told("m", VLLM, "http://h")
    cache.keep("http://h/v1", told, Capabilities(kind=VLLM, chat=True, settings=("top_p",)))
    assert cache.find("http://h/v1", told) == Capabilities(
        kind=VLLM, chat=True, settings=("top_p",)
    )
    later = time.time() + FRESH_S + 1
    monkeypatch.setattr(time, "time", lambda: later)
    assert cache.find("http://h/v1", told) is None
    (tmp_path / "servers.json").write_text("{")
    assert cache.find("http://h/v1", told) is None


def test_a_certificate_that_nobody_vouches_for_is_refused(
    own_profile: Profile, tmp_path: Path
) -> None:
    """TLS is verified; a file of the person's own can vouch, and nothing turns it off."""
    certificate, private = own_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, private)
    with HostileServer(tls=context) as running:
        url = running.url("fine")
        assert url.startswith("https://")
        with pytest.raises(UserError, match="certificate is not valid"):
            capabilities(own_profile, url)
        assert not running.asked
        trusting = ServerOptions(ca_file=str(certificate))
        ServerBook(own_profile.servers_file).add(Server("own", Address(url), options=trusting))
        assert capabilities(own_profile, url).completions


def test_without_the_client_library_its_name_is_told(
    server: HostileServer, own_profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "openai", None)
    with pytest.raises(UserError, match="need the package openai") as caught:
        capabilities(own_profile, server.url("fine"))
    assert "prompt-workbench[remote]" in caught.value.hint


def test_no_option_turns_verification_off() -> None:
    names = set(ServerOptions.__slots__)
    assert not {n for n in names if "verif" in n or "insecure" in n or "tls" in n}


def test_a_pause_follows_the_server_or_doubles() -> None:
    options = ServerOptions(longest_wait_s=60)
    assert pause_before(1, {"retry-after": "2.5"}, options) == 2.5
    assert pause_before(1, {"retry-after": "61"}, options) is None
    assert pause_before(1, {"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, options) == 0.0
    for attempt, most in ((1, 0.5), (2, 1.0), (3, 2.0), (9, 8.0)):
        waits = {pause_before(attempt, {"retry-after": "soon"}, options) for _ in range(50)}
        assert all(wait is not None and most / 2 <= wait <= most for wait in waits)
        assert len(waits) > 1


def test_no_more_than_so_many_at_once() -> None:
    async def ask() -> int:
        gate, inside, most = Gate(3, None), 0, 0

        async def one() -> None:
            nonlocal inside, most
            async with gate.open():
                inside += 1
                most = max(most, inside)
                await asyncio.sleep(0)
                inside -= 1

        await asyncio.gather(*(one() for _ in range(20)))
        return most

    assert asyncio.run(ask()) == 3


def test_no_more_than_so_many_per_second() -> None:
    async def ask() -> float:
        gate, began = Gate(10, 50.0), time.monotonic()

        async def one() -> None:
            async with gate.open():
                pass

        await asyncio.gather(*(one() for _ in range(6)))
        return time.monotonic() - began

    assert asyncio.run(ask()) >= 5 / 50.0 - 0.005


@given(
    st.lists(st.sampled_from(["sk-secret", "sk-", "secret", "s", "text ", "sk-sk-secret"])),
    st.lists(st.integers(1, 12)),
)
def test_a_key_that_a_server_repeats_is_blotted_out_wherever_it_is_cut(
    words: list[str], sizes: list[int]
) -> None:
    whole, key = "".join(words).encode(), Secret("sk-secret")
    parts, start = [], 0
    for size in [*sizes, len(whole)]:
        parts.append(whole[start : start + size])
        start += size

    async def read() -> bytes:
        return b"".join([chunk async for chunk in without(key, _chunks(parts))])

    assert asyncio.run(read()) == whole.replace(b"sk-secret", b"***")


async def _chunks(parts: list[bytes]) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


def _events(parts: list[bytes]) -> list[object]:
    async def read() -> list[object]:
        return [event async for event in read_events(_chunks(parts))]

    return asyncio.run(read())


@given(
    st.lists(st.dictionaries(st.text(max_size=5), st.text(max_size=20), max_size=3), max_size=4),
    st.sampled_from(["\n", "\r\n"]),
    st.integers(1, 40),
)
def test_events_are_the_same_however_they_are_cut(
    values: list[dict[str, str]], end: str, size: int
) -> None:
    text = "".join(f": ping{end}data: {json.dumps(v)}{end}{end}" for v in values)
    data = f"{text}data: [DONE]{end}{end}".encode()
    parts = [data[i : i + size] for i in range(0, len(data), size)]
    assert _events(parts) == [*values, None]


def test_an_event_that_is_cut_off_is_no_event() -> None:
    with pytest.raises(BadAnswerError, match="middle of a message"):
        _events([b'data: {"a": 1}\n\ndata: {"b'])
    assert _events([b'data: {"a": 1}']) == [{"a": 1}]  # only the blank line is missing


def test_numbers_of_tokens_are_made_from_their_bytes() -> None:
    a, b = TokenNames(), TokenNames()
    words = [f"word{i}".encode() for i in range(5000)]
    numbers = [a.number(word) for word in words]
    assert len(set(numbers)) == len(words)
    assert all(is_own_number(number) for number in numbers)
    assert [b.number(word) for word in reversed(words)][::-1] == numbers
    assert a.number(b" the", own=7) == 7
    assert a.pieces[7] == b" the"


@given(st.text())
def test_words_spell_their_text(text: str) -> None:
    found = word_pieces(text, TokenNames())
    assert b"".join(found.pieces) == text.encode("utf-8", "surrogatepass")


def test_ranks_are_told_only_where_they_are_certain() -> None:
    told = {
        "tokens": [" a", " b", " c"],
        "token_logprobs": [-0.1, -2.0, None],
        "top_logprobs": [{" a": -0.1, " x": -3.0}, {" x": -0.5, " b": -2.0}, None],
    }
    assert [(r.rank, r.said.logprob) for r in rows_of(told, 2)] == [
        (0, -0.1),
        (None, -2.0),  # tokens that look alike fall together in a mapping
        (None, None),
    ]
    listed = {
        "content": [
            {
                "token": "b",
                "id": 5,
                "bytes": [98],
                "logprob": -2.0,
                "top_logprobs": [
                    {"token": "x", "logprob": -0.5},
                    {"token": "b", "bytes": [98], "id": 5, "logprob": -2.0},
                ],
            }
        ]
    }
    (row,) = rows_of(listed, 2)
    assert (row.rank, row.said.id, row.said.piece) == (1, 5, b"b")


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, "high", True, None, 0.5, []])
def test_what_is_no_logarithm_is_not_available(value: object) -> None:
    told = {"tokens": ["a"], "token_logprobs": [value], "top_logprobs": [{"a": value}]}
    (row,) = rows_of(told, 5)
    assert row.said.logprob is None
    assert row.top == ()


def test_parameters_in_the_words_of_each_server() -> None:
    sampling = Sampling(repeat_penalty=1.1, top_k=0, min_p=0.1, json_schema='{"type": "object"}')
    body, lost = body_of(sampling, 3, VLLM, chat=True)
    assert (body["repetition_penalty"], body["top_k"], body["seed"]) == (1.1, -1, 3)
    assert body["structured_outputs"] == {"json": {"type": "object"}}
    assert lost == ()
    body, _ = body_of(sampling, 3, LLAMA_SERVER, chat=False)
    assert body["json_schema"] == {"type": "object"}
    assert body["samplers"][0] == "penalties"
    body, lost = body_of(sampling, 3, OTHER, chat=True)
    assert body["response_format"]["json_schema"]["schema"] == {"type": "object"}
    assert lost == ("min-p", "repeat penalty")
    with pytest.raises(UserError, match="JSON schema for raw text"):
        body_of(sampling, 3, OLLAMA, chat=False)
    with pytest.raises(UserError, match="Not available from this server: JSON schema"):
        body_of(sampling, 3, LLAMA_PYTHON, chat=True)


@pytest.mark.parametrize("kind", [LLAMA_SERVER, LLAMA_PYTHON, VLLM, OLLAMA, OTHER])
def test_a_ban_that_no_server_keeps_refuses_the_request(kind: str) -> None:
    with pytest.raises(UserError, match="Not available from this server"):
        body_of(Sampling(banned_tokens=("a",)), 1, kind, chat=False)


def test_a_greedy_reply_loses_nothing_to_a_missing_sampler() -> None:
    assert body_of(Sampling(temperature=0.0), 1, OTHER, chat=False)[1] == ()
    assert body_of(Sampling(), 1, OTHER, chat=False)[1] == ("top-k", "min-p")


def test_two_models_of_one_server_share_its_limits(
    server: HostileServer, own_profile: Profile
) -> None:
    servers = Servers(own_profile)
    url = server.url("fine")
    taken = [servers.take(Address(url, name)) for name in ("a", "b")]
    assert taken[0].connection is taken[1].connection
    threads = [t for t in threading.enumerate() if t.name == "server"]
    assert len(threads) == 1
    taken[0].release()
    taken[0].release()
    assert threads[0].is_alive()
    taken[1].release()
    assert not threads[0].is_alive()
