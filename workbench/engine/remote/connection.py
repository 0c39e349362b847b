"""One server: requests through the client library, on a thread with an event loop of its own.

Cancelling a request's task closes its connection, which is how servers notice. Nothing is
followed to another host, and no header is sent that names this machine or another account.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine, Mapping
from concurrent.futures import Future
from contextlib import aclosing, asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from workbench.core.errors import UserError
from workbench.core.remote import Address
from workbench.engine.remote.events import (
    MOST_EVENT_BYTES,
    BadAnswerError,
    json_object,
    read_events,
    says_something,
)
from workbench.engine.remote.failures import (
    Refusal,
    RefusedError,
    broke_off,
    message_of,
    refused,
    said_by,
    too_slow,
    unreachable,
)
from workbench.engine.remote.limits import RETRIED, Gate, pause_before
from workbench.engine.remote.lost import LostError, had_connection, is_lost, trusting, why
from workbench.engine.remote.options import ServerOptions
from workbench.engine.remote.secret import Secret, without

if TYPE_CHECKING:
    import openai

T = TypeVar("T")
Body = Mapping[str, Any]
_NOT_SENT = ("x-stainless", "openai-", "authorization", "cookie")
_CLOSE_S = 2.0
_MOST_ERROR_BYTES = 64 << 10


class Connection:
    """Any thread may start calls; they run on the connection's own thread.

    Attributes:
        address: the server, without a model.
        retried: how often a request was made again so far.
        at_once: requests under way at the same time.
    """

    def __init__(
        self, address: Address, options: ServerOptions, key: Callable[[], Secret | None]
    ) -> None:
        """`key` is asked once, on the connection's thread: a keyring may ask the person first."""
        self.address = address
        self.options = options
        self.retried = 0
        self.at_once = options.at_once
        self._key = key
        self._loop = asyncio.new_event_loop()
        self._client: openai.AsyncOpenAI | None = None
        self._secret: Secret | None = None
        self._gate = Gate(self.at_once, options.per_second)
        self._thread = threading.Thread(target=self._turn, name="server", daemon=True)
        self._thread.start()

    def one_at_a_time(self) -> None:
        """Ask one thing after the other from now on: this server breaks off what runs otherwise."""
        if self.at_once != 1:
            self.at_once = 1
            self._gate = Gate(1, self.options.per_second)

    def begin(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """Run `work` on the connection's thread; cancelling the future cancels it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def soon(self, action: Callable[[], object]) -> None:
        """Call `action` on the connection's thread."""
        self._loop.call_soon_threadsafe(action)

    def close(self) -> None:
        """End what runs and the thread. Doing it twice is harmless."""
        if self._loop.is_closed() or not self._thread.is_alive():
            return
        self._loop.call_soon_threadsafe(self._loop.stop)
        if threading.current_thread() is not self._thread:
            self._thread.join(_CLOSE_S)

    async def get(self, url: str) -> tuple[int, bytes, Mapping[str, str]]:
        """What stands at an address of this server: status, at most 8 MiB, headers.

        Raises:
            UserError: the server cannot be reached.
        """
        return await self._small("GET", url, None)

    async def post(self, url: str, body: Body) -> tuple[int, bytes, Mapping[str, str]]:
        """The same for a small question with a body; never repeated."""
        return await self._small("POST", url, body)

    async def complete(
        self, body: Body, *, chat: bool, retries: int | None = None
    ) -> dict[str, Any]:
        """A whole answer to a completion request.

        Raises:
            UserError: the server refused it, failed, or sent no answer.
        """
        answers = self.stream({**body, "stream": False}, chat=chat, retries=retries)
        async with aclosing(answers):
            async for event in answers:
                return event
        raise broke_off(self.address.host, "sent an empty answer", started=False)

    async def stream(
        self, body: Body, *, chat: bool, retries: int | None = None
    ) -> AsyncGenerator[dict[str, Any], None]:
        """The events of an answer as they arrive; the last may be the whole of it.

        A request that fails before its first event is made again, `options.retries` times; none
        is after it, since the person has seen a part of the answer by then.

        Raises:
            UserError: the server refused it, failed, was too slow or broke off; what was yielded
                before stands.
        """
        most = self.options.retries if retries is None else retries
        for attempt in range(1, most + 2):
            started = False
            try:
                async with self._gate.open(), aclosing(self._once(body, chat=chat)) as events:
                    async for event in events:
                        started = True
                        yield event
            except (RefusedError, LostError, BadAnswerError) as error:
                wait = None if started else self._wait(error, attempt, most)
                if wait is None:
                    raise self._told(error, attempt, started=started) from None
            else:
                return
            self.retried += 1
            await asyncio.sleep(wait)

    def _wait(self, error: Exception, attempt: int, most: int) -> float | None:
        """Seconds until the next attempt; None when there is none."""
        if attempt > most or isinstance(error, BadAnswerError):
            return None
        if isinstance(error, RefusedError):
            if error.refusal.status not in RETRIED:
                return None
            return pause_before(attempt, error.refusal.headers, self.options)
        return pause_before(attempt, {}, self.options)

    def _told(self, error: Exception, tries: int, *, started: bool) -> UserError:
        host = self.address.host
        if isinstance(error, RefusedError):
            return refused(error.refusal, host, tries)
        if isinstance(error, LostError) and not error.connected:
            return unreachable(host, str(error), tries)
        return broke_off(host, str(error), started)

    async def _once(self, body: Body, *, chat: bool) -> AsyncGenerator[dict[str, Any], None]:
        """One request's events; the connection is closed when the reader leaves."""
        loop, options = asyncio.get_running_loop(), self.options
        told, what = options.first_token_s, "first token"
        due = loop.time() + told
        try:
            async with (
                asyncio.timeout_at(due) as clock,
                self._sent(body, chat=chat) as answer,
                aclosing(self._events(answer)) as events,
            ):
                async for event in events:
                    if event is None:
                        return
                    if event.get("error"):
                        raise BadAnswerError(f"says: {message_of(event['error'])}")
                    if says_something(event):  # a server that only keeps the line busy is slow
                        told, what = options.between_s, "further token"
                        due = 0.0
                    clock.reschedule(None)  # the reader's own time does not count
                    yield event
                    due = due or loop.time() + told
                    clock.reschedule(due)
        except TimeoutError:
            raise too_slow(self.address.host, told, what) from None

    async def _events(self, answer: Any) -> AsyncGenerator[dict[str, Any] | None, None]:
        kind = str(answer.headers.get("content-type", "")).lower()
        chunks = self._chunks(answer)
        if "text/event-stream" in kind:
            async with aclosing(read_events(chunks)) as events:
                async for event in events:
                    yield event
            return
        whole = bytearray()
        async for chunk in chunks:
            whole += chunk
            if len(whole) > MOST_EVENT_BYTES * 8:
                raise BadAnswerError(f"sent more than {MOST_EVENT_BYTES >> 17} MiB")
        if "json" not in kind:
            said = said_by(bytes(whole[:_MOST_ERROR_BYTES]))
            raise BadAnswerError(f"answered with {kind or 'no content type'}: {said!r}")
        yield json_object(bytes(whole))

    async def _chunks(self, answer: Any) -> AsyncIterator[bytes]:
        """The body, with the key blotted out of it should the server repeat it."""
        came: AsyncIterator[bytes] = answer.iter_bytes()
        try:
            async for chunk in came if self._secret is None else without(self._secret, came):
                yield chunk
        except UserError:
            raise
        except Exception as error:
            if is_lost(error):
                raise LostError(why(error, "closed the connection"), connected=True) from None
            raise

    def _clean(self, data: bytes) -> bytes:
        if self._secret is None:
            return data
        key = self._secret.reveal().encode()
        return data.replace(key, b"***") if key in data else data

    @asynccontextmanager
    async def _sent(self, body: Body, *, chat: bool) -> AsyncIterator[Any]:
        """The answer to a request, its headers read."""
        client = await self._opened()
        import openai

        known: dict[str, Any] = {
            "model": str(body["model"]),
            "stream": bool(body.get("stream", True)),
        }
        rest = {k: v for k, v in body.items() if k not in ("model", "stream", "prompt", "messages")}
        make: Any
        if chat:
            make = client.chat.completions.with_streaming_response.create
            known["messages"] = body["messages"]
        else:
            make = client.completions.with_streaming_response.create
            known["prompt"] = body["prompt"]
        try:
            async with make(**known, extra_body=rest) as answer:
                yield answer
        except openai.APIStatusError as error:
            headers = {k.lower(): v for k, v in error.response.headers.items()}
            said = message_of(error.body) if error.body is not None else ""
            text = self._hidden(said or said_by(error.response.content[:_MOST_ERROR_BYTES]))
            raise RefusedError(Refusal(error.status_code, text[:300], headers)) from None
        except openai.APITimeoutError:
            late = f"no connection within {self.options.connect_s:g} s"
            raise LostError(late, connected=False) from None
        except openai.APIConnectionError as error:
            raise LostError(why(error, "no answer"), connected=had_connection(error)) from None

    async def _small(
        self, method: str, url: str, body: Body | None
    ) -> tuple[int, bytes, Mapping[str, str]]:
        client = await self._opened()
        http: Any = client._client  # noqa: SLF001  # made below; the library has no call for foreign paths
        whole = bytearray()
        try:
            async with (
                asyncio.timeout(self.options.first_token_s),
                self._gate.open(),
                http.stream(method, url, json=body) as answer,
            ):
                async for chunk in answer.aiter_bytes():
                    whole += chunk
                    if len(whole) > MOST_EVENT_BYTES:
                        break
                headers = {k.lower(): v for k, v in answer.headers.items()}
                return answer.status_code, self._clean(bytes(whole)), headers
        except TimeoutError:
            raise too_slow(self.address.host, self.options.first_token_s, "answer") from None
        except UserError:
            raise
        except Exception as error:
            if is_lost(error):
                raise unreachable(self.address.host, why(error, "no answer"), 1) from None
            raise

    def _hidden(self, text: str) -> str:
        return text if self._secret is None else self._secret.hidden_in(text)

    async def _opened(self) -> openai.AsyncOpenAI:
        if self._client is None:
            self._secret = await asyncio.to_thread(self._key)
            self._client = self._make_client()
        return self._client

    def _make_client(self) -> openai.AsyncOpenAI:
        try:
            import openai
        except ImportError as error:
            raise UserError(
                "Servers need the package openai, which is not installed.",
                "Run: pip install 'prompt-workbench[remote]'",
            ) from error
        http = openai.DefaultAsyncHttpxClient(
            follow_redirects=False,
            # A proxy named in the environment must not see what stays on this machine.
            trust_env=not self.address.is_loopback,
            timeout=openai.Timeout(None, connect=self.options.connect_s),
            event_hooks={"request": [self._only_ours]},
            **trusting(self.options.ca_file),
        )
        return openai.AsyncOpenAI(
            api_key="unused",  # `_only_ours` writes the header, so that no other object holds it
            base_url=self.address.url,
            http_client=http,
            max_retries=0,
        )

    async def _only_ours(self, request: Any) -> None:
        """A request's headers: nothing of other accounts, and the key for this server alone."""
        for name in list(request.headers):
            # The library reads this one again when the answer comes.
            if name.lower() != "x-stainless-raw-response" and name.lower().startswith(_NOT_SENT):
                del request.headers[name]
        request.headers["user-agent"] = "prompt-workbench"
        if f"{request.url.netloc.decode()}" != Address(self.address.url).host.lower():
            raise UserError(f"A request for {self.address.host} would have gone elsewhere.")
        if self._secret is not None:
            request.headers["authorization"] = f"Bearer {self._secret.reveal()}"

    def _turn(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_forever()
            left = asyncio.all_tasks(self._loop)
            for task in left:
                task.cancel()
            self._loop.run_until_complete(self._end(left))
        finally:
            self._loop.close()

    async def _end(self, left: set[asyncio.Task[Any]]) -> None:
        await asyncio.gather(*left, return_exceptions=True)
        if self._client is not None:
            await self._client.close()
        await asyncio.get_running_loop().shutdown_asyncgens()
        await asyncio.get_running_loop().shutdown_default_executor()
