"""Servers that misbehave: a clear end every time, what was said is kept, nothing hangs."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from support.hostile_server import MODEL, WORDS, HostileServer
from support.sinks import KeepingSink

from workbench.core.errors import UserError
from workbench.core.paths import Profile
from workbench.core.remote import parse_address
from workbench.core.sampling import GREEDY, Sampling
from workbench.core.types import (
    EngineSettings,
    Finish,
    GenerateRequest,
    GenerateResult,
    PromptWords,
)
from workbench.engine.begin import AnyEngine
from workbench.engine.client import EngineClient
from workbench.engine.pool import EnginePool
from workbench.engine.remote.book import Server, ServerBook
from workbench.engine.remote.options import ServerOptions

QUICK = ServerOptions(connect_s=5, first_token_s=1.5, between_s=1.0, retries=2, longest_wait_s=5)
TWO = "".join(WORDS[:2])


@pytest.fixture
def server() -> Iterator[HostileServer]:
    """A server whose address says how it behaves."""
    with HostileServer() as running:
        yield running


@pytest.fixture
def pool(own_profile: Profile) -> Iterator[EnginePool]:
    """Engines that know the profile's servers."""
    made = EnginePool(begin=AnyEngine(own_profile))
    yield made
    made.close()


def client_of(pool: EnginePool, profile: Profile, url: str) -> EngineClient:
    """A client of the server at `url`, told to be quick about failures."""
    book = ServerBook(profile.servers_file)
    address = parse_address(f"{url}#{MODEL}")
    book.add(Server("hostile", address, options=QUICK))
    return pool.get(address.path, EngineSettings())


def request(sampling: Sampling = GREEDY, n_samples: int = 1) -> GenerateRequest:
    """A prompt in words."""
    return GenerateRequest((), sampling, 1, n_samples, top=2, words=PromptWords("Count:"))


def replied(
    client: EngineClient,
    asked: GenerateRequest | None = None,
    heard: Callable[[], None] = lambda: None,
) -> GenerateResult:
    """The result of one request; it must be there soon. `heard` is called at its first token."""
    job = client.generate(asked or request(), KeepingSink(on_tokens=heard))
    result: GenerateResult = job.future.result(30)
    return result


def test_a_proper_reply(server: HostileServer, pool: EnginePool, own_profile: Profile) -> None:
    result = replied(client_of(pool, own_profile, server.url("fine")))
    (sample,) = result.samples
    assert (sample.text, sample.finish, result.error) == ("".join(WORDS), Finish.STOP, "")
    assert np.allclose(sample.tokens.logprob, -0.5)
    assert np.isnan(sample.tokens.entropy).all()
    assert np.isnan(sample.tokens.p_sampled).all()
    assert sample.tokens.rank.tolist() == [0, 0, 0]
    assert (sample.tokens.ids < -1).all()  # the server tells no ids
    first = sample.tokens.record(0, result.pieces)
    assert (first.bytes, [c.text for c in first.top]) == (b" one", [" one", " other"])
    assert result.served is not None
    assert (result.served.told, result.served.is_other_model) == (MODEL, False)


@pytest.mark.parametrize(
    ("mode", "said", "words"),
    [
        ("killed", WORDS[0], "connection"),
        ("half", TWO, "in the middle of a message"),
        ("no_end", TWO, "without saying that the reply is whole"),
        ("slow_first", "", "no first token for 1.5 s"),
        ("no_headers", "", "no first token for 1.5 s"),
        ("slow_between", TWO, "no further token for 1 s"),
        ("pings", "", "no first token for 1.5 s"),
        ("empty_events", WORDS[0], "no further token for 1 s"),
        ("busy", "", "3 times that it is too busy (status 429): slow down"),
        ("busy_for_long", "", "come back tomorrow"),
        ("failing", "", "failed 3 times (status 500): out of memory"),
        ("garbage", "", "no JSON"),
        ("not_an_object", "", "JSON that is no object"),
        ("html", "", "Sign in to the hotel's network"),
        ("huge_line", "", "more than 8 MiB"),
        ("error_event", WORDS[0], "CUDA error: out of memory"),
    ],
)
def test_a_failure_is_said_and_what_was_said_is_kept(
    server: HostileServer,
    pool: EnginePool,
    own_profile: Profile,
    mode: str,
    said: str,
    words: str,
) -> None:
    client = client_of(pool, own_profile, server.url(mode))
    result = replied(client, heard=server.heard.set)
    (sample,) = result.samples
    assert (sample.text, sample.finish) == (said, Finish.ERROR)
    assert words in result.error
    assert server.root.removeprefix("http://") in result.error


@pytest.mark.parametrize(
    ("mode", "asked"), [("busy_once", 3), ("failing_once", 2), ("reset_once", 2)]
)
def test_a_request_is_made_again_before_its_first_token(
    server: HostileServer, pool: EnginePool, own_profile: Profile, mode: str, asked: int
) -> None:
    result = replied(client_of(pool, own_profile, server.url(mode)))
    assert (result.samples[0].text, result.error) == ("".join(WORDS), "")
    assert len(server.streams()) == asked
    assert result.served is not None
    assert "made again" in " ".join(result.served.remarks)


@pytest.mark.parametrize("mode", ["killed", "half", "slow_between", "error_event"])
def test_none_is_made_again_after_it(
    server: HostileServer, pool: EnginePool, own_profile: Profile, mode: str
) -> None:
    replied(client_of(pool, own_profile, server.url(mode)), heard=server.heard.set)
    assert len(server.streams()) == 1


def test_a_server_that_does_not_stop_is_left(
    server: HostileServer, pool: EnginePool, own_profile: Profile
) -> None:
    short = Sampling(temperature=0.0, max_tokens=4)
    result = replied(client_of(pool, own_profile, server.url("endless")), request(short))
    assert result.samples[0].finish is Finish.LENGTH
    assert len(result.samples[0].tokens) < 20
    assert server.gone.wait(10)
    assert result.served is not None
    assert "beyond max tokens" in " ".join(result.served.remarks)


@pytest.mark.parametrize("mode", ["endless", "slow_between", "slow_first", "no_headers"])
def test_a_cancel_closes_the_connection(
    server: HostileServer, pool: EnginePool, own_profile: Profile, mode: str
) -> None:
    client = client_of(pool, own_profile, server.url(mode))
    client.load().result(30)
    speaks, spoke = mode in ("endless", "slow_between"), threading.Event()
    sink = KeepingSink(on_tokens=spoke.set)
    job = client.generate(request(Sampling(max_tokens=1_000_000)), sink)
    assert (spoke if speaks else server.streaming).wait(30)
    job.cancel()
    result: GenerateResult = job.future.result(10)
    assert result.samples[0].finish is Finish.CANCELLED
    assert bool(result.samples[0].text) is speaks
    assert server.gone.wait(10)


def test_a_redirect_to_another_host_is_not_followed(
    server: HostileServer, pool: EnginePool, own_profile: Profile
) -> None:
    with HostileServer() as other:
        server.elsewhere = f"{other.root}/fine"
        result = replied(client_of(pool, own_profile, server.url("redirect")))
        assert "sends on to another address" in result.error
        assert not other.asked


def test_another_model_than_asked_for_is_told(
    server: HostileServer, pool: EnginePool, own_profile: Profile
) -> None:
    result = replied(client_of(pool, own_profile, server.url("liar")))
    assert result.served is not None
    assert (result.served.asked, result.served.told) == (MODEL, "something-else")
    assert result.served.is_other_model


def test_pieces_of_text_are_not_counted_as_tokens(
    server: HostileServer, pool: EnginePool, own_profile: Profile
) -> None:
    client = client_of(pool, own_profile, server.url("no_logprobs"))
    loaded = client.load().result(30)
    assert loaded.engine.server is not None
    assert not loaded.engine.server.capabilities.logprobs
    result = replied(client)
    assert result.samples[0].text == "".join(WORDS)
    assert np.isnan(result.samples[0].tokens.logprob).all()
    assert result.served is not None
    assert (result.served.counts_tokens, result.served.reply_tokens) == (False, None)
    assert result.timings.decode_tps is None


def test_an_answer_that_does_not_stream_is_taken_whole(
    server: HostileServer, pool: EnginePool, own_profile: Profile
) -> None:
    result = replied(client_of(pool, own_profile, server.url("not_streaming")))
    assert (result.samples[0].text, result.error) == ("".join(WORDS), "")


def test_values_of_wrong_types_are_not_available(
    server: HostileServer, pool: EnginePool, own_profile: Profile
) -> None:
    result = replied(client_of(pool, own_profile, server.url("odd_values")))
    (sample,) = result.samples
    assert (sample.text, sample.finish) == (" one two", Finish.STOP)
    assert np.isnan(sample.tokens.logprob).all()
    assert (sample.tokens.rank == -1).all()


def test_several_samples_fail_and_succeed_by_themselves(
    server: HostileServer, pool: EnginePool, own_profile: Profile
) -> None:
    result = replied(client_of(pool, own_profile, server.url("fine")), request(n_samples=3))
    assert [s.text for s in result.samples] == ["".join(WORDS)] * 3
    assert sorted(one.body["seed"] for one in server.streams()) == [1, 2, 3]


def test_nobody_listens(pool: EnginePool, own_profile: Profile) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        client = client_of(pool, own_profile, f"http://127.0.0.1:{port}/v1")
        with pytest.raises(UserError, match="cannot be reached"):
            client.load().result(30)


def test_closing_ends_what_runs(
    server: HostileServer, pool: EnginePool, own_profile: Profile
) -> None:
    client = client_of(pool, own_profile, server.url("slow_between"))
    spoke = threading.Event()
    job = client.generate(request(), KeepingSink(on_tokens=spoke.set))
    assert spoke.wait(30)
    pool.close()
    with pytest.raises(UserError, match="closed"):
        job.future.result(10)
    assert server.gone.wait(10)


def test_what_no_server_can_give_is_refused_in_words(
    server: HostileServer, pool: EnginePool, own_profile: Profile
) -> None:
    client = client_of(pool, own_profile, server.url("fine"))
    for job in (client.peek((1,), 3), client.embed(("a",))):
        with pytest.raises(UserError, match="Not available from this server"):
            job.future.result(30)
