"""An OpenAI-compatible server on loopback that misbehaves as its address says.

`http://127.0.0.1:PORT/MODE/v1` answers small questions properly, so that it can be connected to,
and streams replies as MODE says (see `_MODES` at the end).
"""

from __future__ import annotations

import json
import socket
import ssl
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from support.server_values import LOGPROB, legacy, told

WORDS = (" one", " two", " three")
MODEL = "tiny"


@dataclass
class Asked:
    """One request that arrived."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass
class HostileServer:
    """Runs while the block does.

    Attributes:
        asked: every request, in order.
        streaming: set when a streamed reply is asked for.
        heard: set it when the first token arrived; a server that is killed waits for that.
        gone: set when a client closed its connection in the middle of a stream.
        tls: speaks HTTPS with this.
        elsewhere: where the mode "redirect" sends.
    """

    asked: list[Asked] = field(default_factory=list)
    gone: threading.Event = field(default_factory=threading.Event)
    heard: threading.Event = field(default_factory=threading.Event)
    streaming: threading.Event = field(default_factory=threading.Event)
    elsewhere: str = ""
    tls: ssl.SSLContext | None = None

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        if self.tls is not None:
            self._server.socket = self.tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def root(self) -> str:
        """Its address without a mode."""
        scheme = "http" if self.tls is None else "https"
        return f"{scheme}://127.0.0.1:{self._server.server_address[1]}"

    def url(self, mode: str) -> str:
        """The base URL of a mode."""
        return f"{self.root}/{mode}/v1"

    def streams(self) -> list[Asked]:
        """The requests for streamed replies."""
        return [one for one in self.asked if one.body.get("stream")]


def _handler(home: HostileServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its own name
            """Not in the test's output."""

        def do_GET(self) -> None:
            home.asked.append(Asked(self.path, dict(self.headers.items()), {}))
            if self.path.endswith("/v1/models"):
                rows = [{"id": MODEL, "object": "model", "owned_by": "nobody"}]
                self.whole(200, {"object": "list", "data": rows})
            else:
                self.whole(404, {"error": {"message": "no such page"}})

        def do_POST(self) -> None:
            size = int(self.headers.get("content-length", 0))
            body = json.loads(self.rfile.read(size))
            home.asked.append(Asked(self.path, dict(self.headers.items()), body))
            mode = self.path.split("/")[1]
            if not body.get("stream"):
                self.answer(mode, body)
            else:
                home.streaming.set()
                _MODES[mode](self, home)

        def answer(self, mode: str, body: dict[str, Any]) -> None:
            """One token, or the prompt again with its probabilities."""
            silent = mode == "no_logprobs"
            logprobs: dict[str, Any] | None
            choice: dict[str, Any]
            if self.path.endswith("/chat/completions"):
                said = {"content": [told(WORDS[0])]}
                message = {"role": "assistant", "content": WORDS[0]}
                choice = {"message": message, "finish_reason": "length"}
                choice["logprobs"] = None if silent else said
            elif body.get("echo"):
                words = body["prompt"].replace(" ", "\0 ").split("\0")
                words = [w for w in words if w] + [WORDS[0]]
                value = -3.0 if mode == "shifted" else LOGPROB
                values = [None, *[value] * (len(words) - 1)]
                logprobs = {"tokens": words, "token_logprobs": values, "top_logprobs": None}
                choice = {"text": "".join(words), "logprobs": logprobs, "finish_reason": "length"}
            else:
                logprobs = None if silent else legacy(WORDS[0])
                choice = {"text": WORDS[0], "logprobs": logprobs, "finish_reason": "length"}
            self.whole(200, {"model": MODEL, "choices": [{"index": 0, **choice}]})

        def whole(self, status: int, value: object, **headers: str) -> None:
            """A JSON answer."""
            data = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            for name, text in headers.items():
                self.send_header(name.replace("_", "-"), text)
            self.end_headers()
            self.wfile.write(data)

        def begin(self, kind: str = "text/event-stream") -> None:
            """The headers of a stream that ends with the connection."""
            self.send_response(200)
            self.send_header("content-type", kind)
            self.send_header("connection", "close")
            self.end_headers()
            self.close_connection = True

        def say(self, *words: str, model: str = MODEL, logprobs: bool = True) -> None:
            """One event for each token."""
            for word in words:
                choice = {
                    "text": word,
                    "logprobs": legacy(word) if logprobs else None,
                    "finish_reason": None,
                }
                self.send({"model": model, "choices": [choice]})

        def end(self, model: str = MODEL) -> None:
            """The proper end of a reply."""
            self.send({"model": model, "choices": [{"text": "", "finish_reason": "stop"}]})
            self.send_raw(b"data: [DONE]\n\n")

        def send(self, value: object) -> None:
            """One event."""
            self.send_raw(b"data: " + json.dumps(value).encode() + b"\n\n")

        def send_raw(self, data: bytes) -> None:
            """Bytes, at once."""
            self.wfile.write(data)
            self.wfile.flush()

        def wait_for_the_client(self) -> None:
            """Until the client closes the connection."""
            with suppress(OSError):
                while self.connection.recv(4096):
                    pass
            home.gone.set()

        def flood(self, data: Callable[[], None]) -> None:
            """Until the client closes the connection."""
            try:
                while True:
                    data()
            except OSError:
                home.gone.set()

        def reset(self) -> None:
            """Break the connection off as a killed process does."""
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.close_connection = True
            self.connection.close()
            self.rfile.close()

    return Handler


def _fine(at: Any, home: HostileServer) -> None:
    at.begin()
    at.say(*WORDS)
    at.end()


def _killed(at: Any, home: HostileServer) -> None:
    at.begin()
    at.say(WORDS[0])
    home.heard.wait(10)
    at.reset()


def _half(at: Any, home: HostileServer) -> None:
    at.begin()
    at.say(*WORDS[:2])
    at.send_raw(b'data: {"choices": [{"te')


def _no_end(at: Any, home: HostileServer) -> None:
    at.begin()
    at.say(*WORDS[:2])


def _slow_first(at: Any, home: HostileServer) -> None:
    at.begin()
    at.wait_for_the_client()


def _no_headers(at: Any, home: HostileServer) -> None:
    at.wait_for_the_client()


def _slow_between(at: Any, home: HostileServer) -> None:
    at.begin()
    at.say(*WORDS[:2])
    at.wait_for_the_client()


def _pings(at: Any, home: HostileServer) -> None:
    at.begin()
    at.flood(lambda: at.send_raw(b": ping\n\n"))


def _empty_events(at: Any, home: HostileServer) -> None:
    at.begin()
    at.say(WORDS[0])
    at.flood(lambda: at.send({"model": MODEL, "choices": [{"text": ""}]}))


def _busy_once(at: Any, home: HostileServer) -> None:
    if len(home.streams()) < 3:
        at.whole(429, {"error": {"message": "slow down"}}, retry_after="0")
    else:
        _fine(at, home)


def _busy(at: Any, home: HostileServer) -> None:
    at.whole(429, {"error": {"message": "slow down"}}, retry_after="0")


def _busy_for_long(at: Any, home: HostileServer) -> None:
    at.whole(429, {"error": {"message": "come back tomorrow"}}, retry_after="86400")


def _failing(at: Any, home: HostileServer) -> None:
    at.whole(500, {"detail": "out of memory"}, retry_after="0")


def _failing_once(at: Any, home: HostileServer) -> None:
    _failing(at, home) if len(home.streams()) < 2 else _fine(at, home)


def _reset_once(at: Any, home: HostileServer) -> None:
    if len(home.streams()) < 2:
        at.begin()
        at.reset()
    else:
        _fine(at, home)


def _garbage(at: Any, home: HostileServer) -> None:
    at.begin()
    at.send_raw(b"data: \xff\xfe this is no JSON\n\n")


def _not_an_object(at: Any, home: HostileServer) -> None:
    at.begin()
    at.send([1, 2, 3])


def _html(at: Any, home: HostileServer) -> None:
    at.begin("text/html")
    at.send_raw(b"<html>Sign in to the hotel's network</html>")


def _huge_line(at: Any, home: HostileServer) -> None:
    at.begin()
    at.send_raw(b"data: ")
    block = b"x" * (1 << 20)
    at.flood(lambda: at.send_raw(block))


def _endless(at: Any, home: HostileServer) -> None:
    at.begin()
    at.flood(lambda: at.say(WORDS[0]))


def _redirect(at: Any, home: HostileServer) -> None:
    at.whole(307, {}, location=f"{home.elsewhere}/v1/completions")


def _liar(at: Any, home: HostileServer) -> None:
    at.begin()
    at.say(*WORDS, model="something-else")
    at.end(model="something-else")


def _no_logprobs(at: Any, home: HostileServer) -> None:
    at.begin()
    at.say(*WORDS, logprobs=False)
    at.end()


def _error_event(at: Any, home: HostileServer) -> None:
    at.begin()
    at.say(WORDS[0])
    at.send({"error": {"message": "CUDA error: out of memory"}})


def _not_streaming(at: Any, home: HostileServer) -> None:
    choice = {"text": "".join(WORDS), "finish_reason": "stop", "logprobs": None}
    at.whole(200, {"model": MODEL, "choices": [choice]})


def _tells_key(at: Any, home: HostileServer) -> None:
    key = at.headers.get("authorization", "")
    at.begin()
    at.say(WORDS[0], key)
    at.send({"error": {"message": f"bad key {key}", "headers": dict(at.headers.items())}})


def _refuses_key(at: Any, home: HostileServer) -> None:
    key = at.headers.get("authorization", "")
    at.whole(401, {"error": {"message": f"Incorrect API key provided: {key}"}})


def _odd_values(at: Any, home: HostileServer) -> None:
    """Everything of the wrong type that JSON can hold."""
    at.begin()
    at.send_raw(b'data: {"choices": "none", "usage": [], "model": 7}\n\n')
    at.send_raw(b'data: {"choices": [1, null, {"text": 5, "logprobs": [], "delta": "x"}]}\n\n')
    odd = {"tokens": [" one"], "token_logprobs": ["high"], "top_logprobs": [{"a": 3.0, "b": None}]}
    at.send({"choices": [{"text": " one", "logprobs": odd, "finish_reason": None}]})
    at.send_raw(
        b'data: {"choices": [{"text": " two", "logprobs": {"content": [{"token": " two",'
        b'"logprob": NaN, "bytes": [900], "top_logprobs": {}}]}, "finish_reason": "stop"}],'
        b'"usage": {"completion_tokens": -4, "prompt_tokens": "many"}}\n\n'
    )


_MODES: dict[str, Callable[[Any, HostileServer], None]] = {
    "fine": _fine,
    "shifted": _fine,
    "killed": _killed,
    "half": _half,
    "no_end": _no_end,
    "slow_first": _slow_first,
    "no_headers": _no_headers,
    "slow_between": _slow_between,
    "pings": _pings,
    "empty_events": _empty_events,
    "busy_once": _busy_once,
    "busy": _busy,
    "busy_for_long": _busy_for_long,
    "failing": _failing,
    "failing_once": _failing_once,
    "reset_once": _reset_once,
    "garbage": _garbage,
    "not_an_object": _not_an_object,
    "html": _html,
    "huge_line": _huge_line,
    "endless": _endless,
    "redirect": _redirect,
    "liar": _liar,
    "no_logprobs": _no_logprobs,
    "error_event": _error_event,
    "not_streaming": _not_streaming,
    "tells_key": _tells_key,
    "refuses_key": _refuses_key,
    "odd_values": _odd_values,
}
