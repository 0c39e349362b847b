"""Decoding parameters in the words of servers that speak the OpenAI protocol."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.export.base import Option, PromptParts

STANDARD = (
    "temperature",
    "top_p",
    "max_tokens",
    "frequency_penalty",
    "presence_penalty",
)
"""Parameters that every such server has; written always, since their defaults differ."""

BASE_URL = Option(
    "base-url",
    "Server",
    "Address of the server, up to /v1.",
    "http://localhost:8080/v1",
)
MODEL = Option("model", "Model", "The model's name on the server; empty takes the prompt's.", "")


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """What is set, sorted by who understands it.

    Attributes:
        standard: the protocol's own parameters.
        llama: parameters of llama.cpp's server beside them; only what is not its default.
        lost: sentences for what no server can be told.
    """

    standard: dict[str, object] = field(default_factory=dict)
    llama: dict[str, object] = field(default_factory=dict)
    lost: tuple[str, ...] = ()


def server_settings(parts: PromptParts) -> ServerSettings:
    """The prompt's settings for a chat or completion request."""
    standard: dict[str, object] = {name: parts.sampling[name] for name in STANDARD}
    if parts.sampling["stop"]:
        standard["stop"] = list(_sequence(parts.sampling["stop"]))
    if parts.seed is not None:
        standard["seed"] = parts.seed
    llama: dict[str, object] = {}
    lost: list[str] = []
    for name, value in parts.settings.items():
        if name in STANDARD or name == "stop":
            continue
        if name in ("adaptive_target", "adaptive_decay"):
            lost.append(f"The setting {name}: llama.cpp's server does not take it.")
        elif name == "banned_tokens":
            llama.setdefault("logit_bias", [])
            llama["logit_bias"] = [
                *_sequence(llama["logit_bias"]),
                *([text, False] for text in _sequence(value)),
            ]
        elif name == "logit_bias":
            llama["logit_bias"] = [
                *([*pair] if isinstance(pair, list | tuple) else pair for pair in _sequence(value)),
                *_sequence(llama.get("logit_bias", [])),
            ]
        elif name == "json_schema":
            llama[name] = _json(value)
        else:
            llama[name] = value
    return ServerSettings(standard, llama, tuple(lost))


def filled_messages(parts: PromptParts) -> list[dict[str, str]]:
    """The messages filled in; raw text is one message of the user."""
    return [{"role": m.role or "user", "content": m.filled or ""} for m in parts.messages]


def request_body(
    parts: PromptParts, chosen: Mapping[str, str | bool]
) -> tuple[dict[str, object], tuple[str, ...]]:
    """The JSON of a chat or completion request, and what it cannot say."""
    settings = server_settings(parts)
    said: dict[str, object] = (
        {"messages": filled_messages(parts)}
        if parts.is_chat
        else {"prompt": parts.messages[0].filled or ""}
    )
    body = {"model": model_name(parts, chosen, "local"), **said, **settings.standard}
    return {**body, **settings.llama}, settings.lost


def model_name(parts: PromptParts, chosen: Mapping[str, str | bool], fallback: str) -> str:
    """The model's name on a server: the chosen one, the prompt's, or `fallback`."""
    return str(chosen.get("model") or parts.model or fallback)


def _sequence(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _json(value: object) -> object:
    return json.loads(value) if isinstance(value, str) else value
