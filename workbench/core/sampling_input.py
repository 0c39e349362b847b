"""Sampling values from outside: texts and files parsed, every value checked before llama.cpp."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from workbench.core.errors import UserError
from workbench.core.registry import did_you_mean
from workbench.core.sampling import (
    MAX_SEED,
    OPTIONAL_SAMPLERS,
    PARAMETERS,
    SAMPLERS,
    Kind,
    Parameter,
    Sampling,
    Value,
    canonical_name,
)
from workbench.core.text import elide

_TEXT_LISTS = ("samplers", "stop", "dry_sequence_breakers")


def with_values(base: Sampling, values: Mapping[str, Any]) -> Sampling:
    """`base` with named values replaced; texts are parsed as their field's kind.

    Raises:
        UserError: an unknown name or a value the field does not take; the message names it.
    """
    coerced: dict[str, Any] = {}
    for name, value in values.items():
        parameter = PARAMETERS[canonical_name(name)]
        coerced[parameter.name] = _coerce(parameter, value)
    return check(replace(base, **coerced))


def check(sampling: Sampling) -> Sampling:
    """Return `sampling` if every value is one llama.cpp survives.

    Raises:
        UserError: the first bad field, named with its value and the values it takes.
    """
    for parameter in PARAMETERS.values():
        value = getattr(sampling, parameter.name)
        if parameter.kind in (Kind.FLOAT, Kind.INT):
            _check_number(parameter, value)
    unknown = [s for s in sampling.samplers if s not in SAMPLERS + OPTIONAL_SAMPLERS]
    if unknown:
        raise UserError(
            f"samplers: there is no sampler named {unknown[0]}.",
            did_you_mean(unknown[0], list(SAMPLERS + OPTIONAL_SAMPLERS)),
        )
    doubled = {s for s in sampling.samplers if sampling.samplers.count(s) > 1}
    if doubled:
        raise UserError(f"samplers: {min(doubled)} is named more than once.")
    for token, bias in sampling.logit_bias:
        if math.isnan(bias) or bias == math.inf:
            raise UserError(f"logit_bias: the bias of {token!r} must be a number or -inf.")
    if sampling.grammar.strip() and sampling.json_schema.strip():
        raise UserError("grammar and json_schema cannot both be set.", "Clear one of them.")
    for name in (*_TEXT_LISTS, "grammar", "json_schema", "banned_tokens"):
        value = getattr(sampling, name)
        _check_texts(name, [value] if isinstance(value, str) else value)
    _check_texts("logit_bias", [token for token, _ in sampling.logit_bias])
    return sampling


def check_seed(seed: int) -> int:
    """Return `seed` if llama.cpp will use it as it is.

    Raises:
        UserError: negative, or larger than MAX_SEED.
    """
    if not 0 <= seed <= MAX_SEED:
        raise UserError(f"seed must be between 0 and {MAX_SEED}, not {seed}.")
    return seed


def _check_texts(name: str, texts: Sequence[str | int]) -> None:
    for text in texts:
        if not isinstance(text, str):
            continue
        if "\0" in text:
            raise UserError(f"{name} must not contain a NUL character.")
        if any("\ud800" <= c <= "\udfff" for c in text):
            raise UserError(f"{name} must be Unicode text; it holds half a character.")


def _check_number(parameter: Parameter, value: float) -> None:
    low, high = parameter.minimum, parameter.maximum
    # A whole number may be larger than any float, and is finite anyway.
    bad = not isinstance(value, int) and not math.isfinite(value)
    bad = bad or (low is not None and value < low) or (high is not None and value > high)
    if bad:
        limits = f"between {_plain(low)} and {_plain(high)}"
        raise UserError(f"{parameter.name} must be {limits}, not {elide(str(value), 40)}.")


def _plain(number: float | None) -> str:
    return "any" if number is None else f"{number:g}" if abs(number) < 1e6 else f"{number:.0f}"


def _coerce(parameter: Parameter, value: Any) -> Value:
    try:
        return _COERCERS[parameter.kind](_texts(value) if parameter.name in _TEXT_LISTS else value)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise UserError(
            f"{parameter.name} takes {_TAKES[parameter.kind]}, not {elide(repr(value), 60)}."
        ) from error


_TAKES = {
    Kind.FLOAT: "a number",
    Kind.INT: "a whole number",
    Kind.BOOL: "true or false",
    Kind.TEXT: "text",
    Kind.LIST: "a list (as JSON, or separated by commas)",
    Kind.BIAS: 'a JSON object or list of pairs, such as {"yes": 2.5}',
}


def _to_float(value: Any) -> float:
    if isinstance(value, bool):
        raise TypeError
    return float(value)


def _to_int(value: Any) -> int:
    if isinstance(value, bool):
        raise TypeError
    if isinstance(value, float):
        if not value.is_integer():
            raise ValueError
        return int(value)
    return int(value)


def _to_bool(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    words = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    return words[str(value).strip().lower()] if str(value).strip().lower() in words else _fail()


def _fail() -> bool:
    raise ValueError


def _to_text(value: Any) -> str:
    # A schema written inside a YAML or JSON file arrives as a mapping.
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _to_list(value: Any) -> tuple[Any, ...]:
    if isinstance(value, str):
        text = value.strip()
        parsed = json.loads(text) if text.startswith("[") else None
        value = parsed if parsed is not None else [v for v in value.split(",") if v]
    if isinstance(value, Mapping):
        raise TypeError
    items = tuple(value)
    if not all(isinstance(v, str | int) and not isinstance(v, bool) for v in items):
        raise TypeError
    return items


def _texts(value: Any) -> tuple[str, ...]:
    items = _to_list(value)
    if not all(isinstance(v, str) for v in items):
        raise TypeError
    return items


def _to_bias(value: Any) -> tuple[tuple[str | int, float], ...]:
    if isinstance(value, str):
        value = json.loads(value) if value.strip() else []
    pairs = value.items() if isinstance(value, Mapping) else value
    out: list[tuple[str | int, float]] = []
    for token, bias in pairs:
        if not isinstance(token, str | int) or isinstance(token, bool):
            raise TypeError
        out.append((token, -math.inf if bias is False else _to_float(bias)))
    return tuple(out)


_COERCERS: dict[Kind, Callable[[Any], Value]] = {
    Kind.FLOAT: _to_float,
    Kind.INT: _to_int,
    Kind.BOOL: _to_bool,
    Kind.TEXT: _to_text,
    Kind.LIST: _to_list,
    Kind.BIAS: _to_bias,
}
