"""Which program a server is, what it lists, and what it says of its model without being run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.core.errors import UserError
from workbench.core.registry import did_you_mean
from workbench.core.remote import Address
from workbench.engine.remote.connection import Connection
from workbench.engine.remote.events import listed, mapped
from workbench.engine.remote.failures import Refusal, message_of, refused
from workbench.engine.remote.parameters import (
    LLAMA_PYTHON,
    LLAMA_SERVER,
    LM_STUDIO,
    OLLAMA,
    OTHER,
    SGLANG,
    VLLM,
)

_OWNERS = {
    "llamacpp": LLAMA_SERVER,
    "vllm": VLLM,
    "sglang": SGLANG,
    "library": OLLAMA,
    "organization_owner": LM_STUDIO,
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a server says of a model; None and empty where it says nothing.

    Attributes:
        id: what the server calls it.
        url_root: the server's address without /v1, where its own calls are.
        n_params, size_bytes, n_vocab: as the server lists them.
    """

    id: str
    kind: str
    url_root: str
    version: str = ""
    n_ctx: int | None = None
    n_ctx_train: int | None = None
    n_params: int | None = None
    size_bytes: int | None = None
    n_vocab: int | None = None
    chat_template: str | None = None
    bos_text: str = ""
    eos_text: str = ""


async def models_at(connection: Connection) -> list[dict[str, Any]]:
    """The models a server lists.

    Raises:
        UserError: it cannot be reached, or what answers is no such server.
    """
    host = connection.address.host
    status, body, headers = await connection.get(f"{connection.address.url}/models")
    if status >= 300:
        said = message_of(_json(body)) if _json(body) else ""
        raise refused(Refusal(status, said[:300], dict(headers)), host, 1)
    found = _json(body)
    if not isinstance(found, dict) or not isinstance(found.get("data"), list):
        raise UserError(
            f"What answers at {connection.address.url} is no OpenAI-compatible server.",
            "The address usually ends with /v1.",
        )
    return [one for one in listed(found["data"]) if isinstance(one.get("id"), str)]


async def look_at(connection: Connection, address: Address) -> Told:
    """Which program it is and what it says of the model.

    Raises:
        UserError: it cannot be reached, lists no such model, or several when none is named.
    """
    models = await models_at(connection)
    model = _chosen(models, address)
    root = address.url.removesuffix("/v1")
    kind = _OWNERS.get(str(model.get("owned_by", "")), "")
    facts = await _facts(connection, root, kind)
    meta = mapped(model.get("meta"))
    props = facts.props
    return Told(
        id=str(model["id"]),
        kind=facts.kind,
        url_root=root,
        version=facts.version,
        n_ctx=_count(mapped(props.get("default_generation_settings")).get("n_ctx"))
        or _count(model.get("max_model_len")),
        n_ctx_train=_count(meta.get("n_ctx_train")),
        n_params=_count(meta.get("n_params")),
        size_bytes=_count(meta.get("size")),
        n_vocab=_count(meta.get("n_vocab")),
        chat_template=_text(props.get("chat_template")) or None,
        bos_text=_text(props.get("bos_token")),
        eos_text=_text(props.get("eos_token")),
    )


@dataclass(frozen=True, slots=True)
class _Facts:
    kind: str
    version: str
    props: Mapping[str, Any]


async def _facts(connection: Connection, root: str, kind: str) -> _Facts:
    """The program, its version and its properties, by calls that only it answers so."""
    if kind in ("", LLAMA_SERVER):
        props = await _told(connection, f"{root}/props")
        if "default_generation_settings" in props:
            return _Facts(LLAMA_SERVER, _text(props.get("build_info")), props)
    if kind in ("", VLLM) and (version := _version(await _told(connection, f"{root}/version"))):
        return _Facts(VLLM, version, {})
    if kind in ("", OLLAMA) and (
        version := _version(await _told(connection, f"{root}/api/version"))
    ):
        return _Facts(OLLAMA, version, {})
    if kind == "":
        title = mapped((await _told(connection, f"{root}/openapi.json")).get("info"))
        if "llama.cpp Python" in _text(title.get("title")):
            return _Facts(LLAMA_PYTHON, _text(title.get("version")), {})
    return _Facts(kind or OTHER, "", {})


def _chosen(models: list[dict[str, Any]], address: Address) -> dict[str, Any]:
    names = [str(model["id"]) for model in models]
    if not address.model:
        if len(models) == 1:
            return models[0]
        raise UserError(
            f"{address.host} lists {len(models)} models, and none is named.",
            f"Write {address.url}#MODEL with one of: {', '.join(names[:20])}."
            if names
            else "Load a model there first.",
        )
    for wanted in (address.model, f"{address.model}:latest"):
        if wanted in names:
            return models[names.index(wanted)]
    if not names or "*" in names:  # a gateway that does not list what it passes on
        return {"id": address.model}
    raise UserError(
        f"{address.host} lists no model {address.model}.",
        did_you_mean(address.model, names) or f"It lists: {', '.join(names[:20])}.",
    )


async def _told(connection: Connection, url: str) -> dict[str, Any]:
    status, body, _ = await connection.get(url)
    return mapped(_json(body)) if status == 200 else {}


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _version(found: Mapping[str, Any]) -> str:
    return _text(found.get("version"))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None
