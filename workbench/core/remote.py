"""Models that a server holds: how they are named, and what the server can tell about them.

Everywhere else a model is named by the path of its file. One that a server holds is named by
`https://host:port/v1#model`, and travels in the same `Path` values; only this module takes them
apart. No credential is ever part of a name.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from workbench.core.errors import UserError

# A Path joins slashes that follow each other, and `absolute()` puts a folder in front.
_NAMED = re.compile(r"(?:^|/)(https?):/{1,2}([^/].*)$")


@dataclass(frozen=True, slots=True)
class Address:
    """One model of one server.

    Attributes:
        url: base URL without user, password, query and trailing slash.
        model: id of the model as the person asked for it; empty for the server's only one.
    """

    url: str
    model: str = ""

    @property
    def path(self) -> Path:
        """The name in the place of a model file's path."""
        return Path(str(self))

    @property
    def label(self) -> str:
        """What a person reads: the model's id, or the host while none is known."""
        return self.model or self.host

    @property
    def host(self) -> str:
        """Host and port."""
        return urlsplit(self.url).netloc

    @property
    def is_loopback(self) -> bool:
        """Whether the server runs on this machine; what is sent to it stays here."""
        name = urlsplit(self.url).hostname or ""
        if name == "localhost":
            return True
        try:
            return ipaddress.ip_address(name).is_loopback
        except ValueError:
            return False

    def __str__(self) -> str:
        return f"{self.url}#{self.model}" if self.model else self.url


def is_address(name: str) -> bool:
    """Whether a person named a server rather than a file."""
    return name.startswith(("http://", "https://"))


def parse_address(name: str) -> Address:
    """The address a person wrote.

    Raises:
        UserError: it is no http or https address, or it holds a password.
    """
    url, _, model = name.strip().partition("#")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise UserError(f"This is no address of a server: {error}.", _HINT) from error
    if not url.isascii() and any("\ud800" <= sign <= "\udfff" for sign in url):
        raise UserError("The address of the server is not UTF-8.", _HINT)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UserError("The address of a server begins with http:// or https://.", _HINT)
    if parts.username is not None or parts.password is not None:
        raise UserError(
            f"The address of {parts.hostname} holds a user name or a password.",
            "Leave it out; `workbench models add-server NAME URL --key-stdin` keeps a key in the "
            "system's keyring.",
        )
    if parts.query:
        raise UserError(f"The address of {parts.hostname} holds a query (?…).", "Leave it out.")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    place = host if port is None else f"{host}:{port}"
    return Address(urlunsplit((parts.scheme, place, parts.path.rstrip("/"), "", "")), model.strip())


_HINT = "Write https://host:port/v1#model, for example."


def remote_address(path: Path | str) -> Address | None:
    """The address that stands in the place of a path; None for a file."""
    found = _NAMED.search(Path(path).as_posix())
    if found is None:
        return None
    url, _, model = f"{found[1]}://{found[2]}".partition("#")
    return Address(url, model)


def model_label(path: Path | str) -> str:
    """A model's short name: the id that a server knows it by, or a file's name without suffix."""
    address = remote_address(path)
    return Path(path).stem if address is None else address.label


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a server offers for one model, found out once.

    Attributes:
        kind: the program ("llama.cpp", "llama-cpp-python", "vLLM", …); "OpenAI-compatible" when
            it does not say.
        completions, chat: whether it continues texts, and whether it answers messages.
        logprobs, chat_logprobs: whether these tell the probability of every token.
        most_top: how many alternatives of a token it names.
        scores: whether it tells the probabilities of a given text.
        tokenizes: whether it tells the tokens of a text.
        settings: names of the decoding parameters that it takes.
        missing: why something is not there, by its name here.
    """

    kind: str = "OpenAI-compatible"
    version: str = ""
    completions: bool = False
    chat: bool = False
    logprobs: bool = False
    chat_logprobs: bool = False
    most_top: int = 0
    scores: bool = False
    tokenizes: bool = False
    settings: tuple[str, ...] = ()
    missing: dict[str, str] = field(default_factory=dict)


NEVER_REMOTE = (
    ("attention", "attention weights"),
    ("head_summaries", "attention weights"),
    ("lens", "the logit lens"),
    ("trace", "the sampler microscope"),
    ("what_if", "a reply under other settings"),
    ("rows", "probabilities of the whole vocabulary"),
    ("vocabulary_hash", "the vocabulary"),
    ("look_ahead", "the tree of continuations"),
    ("preview", "the preview of the next words"),
    ("peek", "the next token while you write"),
    ("steer", "steering"),
    ("residual_means", "steering"),
    ("embed", "vectors of texts"),
    ("infill", "filling in between two texts"),
    ("devices", "free memory"),
)
"""What no server offers, by the name of the engine's method, and how a person calls it."""


@dataclass(frozen=True, slots=True)
class ServerInfo:
    """The server that holds a model.

    Attributes:
        url: base URL, without credentials.
        asked: id of the model that was asked for.
        told: id that the server lists it by; empty when it lists none.
        writes_chat: whether the server writes messages with a chat template of its own, so that
            the exact prompt is not known here.
        n_ctx: tokens a prompt and its reply may have; None when the server does not say.
    """

    url: str
    asked: str
    told: str
    capabilities: Capabilities
    writes_chat: bool = False
    n_ctx: int | None = None

    @property
    def is_loopback(self) -> bool:
        """Whether it runs on this machine."""
        return Address(self.url).is_loopback


@dataclass(frozen=True, slots=True)
class Served:
    """What a server said of itself in one answer.

    Attributes:
        asked: the model that was asked for.
        told: the model that the server says it answered with; empty when it does not say.
        url: the server's address; empty when it was not recorded.
        prompt_tokens, reply_tokens: as the server counted them; None when it did not.
        counts_tokens: whether every row of the records is one token. Otherwise rows are pieces of
            text as they arrived.
        remarks: sentences the person should read: settings that were not passed on, retries.
    """

    asked: str
    told: str = ""
    url: str = ""
    prompt_tokens: int | None = None
    reply_tokens: int | None = None
    counts_tokens: bool = True
    remarks: tuple[str, ...] = ()

    @property
    def sent_to(self) -> str:
        """Host and port the prompt was sent to; empty while it stayed on this machine."""
        address = Address(self.url)
        return "" if not self.url or address.is_loopback else address.host

    @property
    def is_other_model(self) -> bool:
        """Whether the server answered with another model than it was asked for."""
        return bool(self.told and self.asked and self.told != self.asked)


def not_from_server(what: str, server: str, why: str = "") -> UserError:
    """The error for what a server cannot give; `server` is how it is called."""
    return UserError(
        f"Not available from this server: {what} ({server}{f': {why}' if why else ''}).",
        "Load the model as a GGUF file on this machine to see it.",
    )
