"""Decoding parameters in the words of each server.

A constraint that a server cannot keep (a grammar, say) refuses the request. A sampler that it
does not have is left out, and said.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from workbench.core.errors import UserError
from workbench.core.sampling import PARAMETERS, Sampling

LLAMA_SERVER = "llama.cpp"
LLAMA_PYTHON = "llama-cpp-python"
VLLM = "vLLM"
SGLANG = "SGLang"
OLLAMA = "Ollama"
LM_STUDIO = "LM Studio"
OTHER = "OpenAI-compatible"

_COMMON = {
    "temperature": "temperature",
    "top_p": "top_p",
    "frequency_penalty": "frequency_penalty",
    "presence_penalty": "presence_penalty",
    "max_tokens": "max_tokens",
    "stop": "stop",
}
_NAMES: Mapping[str, Mapping[str, str]] = {
    LLAMA_SERVER: {
        name: name
        for name in PARAMETERS
        if name not in ("samplers", "banned_tokens", "logit_bias", "adaptive_target")
        and name != "adaptive_decay"
    },
    LLAMA_PYTHON: {
        **_COMMON,
        "top_k": "top_k",
        "min_p": "min_p",
        "repeat_penalty": "repeat_penalty",
        "mirostat": "mirostat_mode",
        "mirostat_tau": "mirostat_tau",
        "mirostat_eta": "mirostat_eta",
        "grammar": "grammar",
    },
    VLLM: {
        **_COMMON,
        "top_k": "top_k",
        "min_p": "min_p",
        "repeat_penalty": "repetition_penalty",
        "ignore_eos": "ignore_eos",
        "grammar": "structured_outputs",
        "json_schema": "structured_outputs",
    },
    SGLANG: {
        **_COMMON,
        "top_k": "top_k",
        "min_p": "min_p",
        "repeat_penalty": "repetition_penalty",
        "ignore_eos": "ignore_eos",
        "json_schema": "json_schema",
    },
    LM_STUDIO: {
        **_COMMON,
        "top_k": "top_k",
        "repeat_penalty": "repeat_penalty",
        "json_schema": "response_format",
    },
    OLLAMA: {**_COMMON, "json_schema": "response_format"},
    OTHER: {**_COMMON, "json_schema": "response_format"},
}
_CONSTRAINTS = ("grammar", "json_schema", "banned_tokens", "logit_bias", "ignore_eos")
_ONLY_WHEN_DRAWN = frozenset(
    ("top_k", "top_p", "min_p", "typical_p", "top_n_sigma", "xtc_probability", "dynatemp_range")
)
"""What a greedy reply does not depend on."""

_HELPERS = frozenset(
    (
        "repeat_last_n",
        "dry_base",
        "dry_allowed_length",
        "dry_penalty_last_n",
        "dry_sequence_breakers",
        "dynatemp_exponent",
        "mirostat_tau",
        "mirostat_eta",
        "xtc_threshold",
        "adaptive_decay",
    )
)
"""What means nothing unless another parameter is on; that one is named instead."""


def settings_of(kind: str) -> tuple[str, ...]:
    """The decoding parameters that a kind of server takes."""
    return tuple(_NAMES.get(kind, _NAMES[OTHER]))


def body_of(
    sampling: Sampling, seed: int, kind: str, *, chat: bool
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The request's fields, and the parameters that this server cannot be told.

    Raises:
        UserError: a constraint on the reply cannot be passed on.
    """
    names = _NAMES.get(kind, _NAMES[OTHER])
    body: dict[str, Any] = {"seed": seed}
    lost = []
    greedy = sampling.temperature <= 0.0
    for parameter in PARAMETERS.values():
        name, value = parameter.name, getattr(sampling, parameter.name)
        if name == "samplers":
            if kind == LLAMA_SERVER:
                body["samplers"] = list(value)
            continue
        neutral = value == parameter.neutral
        if name in names:
            if neutral and name in (*_CONSTRAINTS, "stop"):
                continue
            body.update(_field(name, names[name], value, kind, chat=chat))
        elif name in _CONSTRAINTS and not neutral:
            raise UserError(
                f"Not available from this server: {parameter.label} ({kind}).",
                "Leave it out, or use a model on this machine.",
            )
        elif not neutral and name not in _HELPERS and not (greedy and name in _ONLY_WHEN_DRAWN):
            lost.append(parameter.label)
    return body, tuple(lost)


def _field(name: str, field: str, value: Any, kind: str, *, chat: bool) -> dict[str, Any]:
    if name == "stop" or name == "dry_sequence_breakers":
        return {field: list(value)}
    if name == "grammar":
        return {field: {"grammar": value}} if kind == VLLM else {field: value}
    if name == "json_schema":
        return _schema(field, json.loads(value), value, kind, chat=chat)
    if name == "top_k" and value == 0 and kind in (VLLM, SGLANG, LM_STUDIO):
        return {field: -1}
    return {field: value}


def _schema(field: str, schema: Any, text: str, kind: str, *, chat: bool) -> dict[str, Any]:
    if kind == VLLM:
        return {field: {"json": schema}}
    if kind == SGLANG and not chat:
        return {field: text}
    if kind == LLAMA_SERVER and not chat:
        return {field: schema}
    if not chat:
        raise UserError(
            f"Not available from this server: a JSON schema for raw text ({kind}).",
            "Write the prompt as messages:, or leave the schema out.",
        )
    named = {"name": "reply", "strict": True, "schema": schema}
    return {"response_format": {"type": "json_schema", "json_schema": named}}
