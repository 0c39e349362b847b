"""Evidence as JSON, for user metrics, files and other programs."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import MISSING, asdict, fields
from typing import Any

from workbench.core.errors import UserError
from workbench.core.metric import CallEvidence, ChoiceEvidence, Evidence, TextLogprobs
from workbench.core.types import Timings

_SPECIAL = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


def evidence_to_json(evidence: Evidence) -> dict[str, Any]:
    """What is known, as JSON holds it; what is not known is left out.

    Numbers that JSON has not become the texts "NaN", "Infinity" and "-Infinity".
    """
    found = {}
    for field in fields(Evidence):
        value = getattr(evidence, field.name)
        default = field.default if field.default is not MISSING else {}
        if value != default:
            found[field.name] = _jsonable(value)
    return found


def _jsonable(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, list | tuple):
        return [_jsonable(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _jsonable(item) for key, item in value.items()}
    if isinstance(value, ChoiceEvidence | CallEvidence | TextLogprobs | Timings):
        return _jsonable(asdict(value))
    return value


def evidence_from_json(document: object) -> Evidence:
    """The evidence that a JSON object describes, with the names of `Evidence`'s fields.

    Raises:
        UserError: an unknown name, or a value of the wrong kind; it says which.
    """
    if not isinstance(document, Mapping):
        raise UserError("Evidence is a JSON object.")
    known = {field.name for field in fields(Evidence)}
    for name in document:
        if name not in known:
            raise UserError(f"Evidence has no field {name}.", f"It has {', '.join(sorted(known))}.")
    return Evidence(**{name: _read(name, value) for name, value in document.items()})


def _read(name: str, value: object) -> Any:
    try:
        return _READERS[name](value)
    except (TypeError, ValueError, KeyError, OverflowError) as error:
        raise UserError(f"The evidence's {name} cannot be read: {error}.") from None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.40} is no text")
    return value


def _number(value: object) -> float:
    if isinstance(value, str) and value in _SPECIAL:
        return _SPECIAL[value]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{value!r:.40} is no number")
    return float(value)


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{value!r:.40} is no whole number")
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"{value!r:.40} is neither true nor false")
    return value


def _list(read: Callable[[object], Any]) -> Callable[[object], tuple[Any, ...]]:
    def reader(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise TypeError(f"{value!r:.40} is no list")
        return tuple(read(item) for item in value)

    return reader


def _object(value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise TypeError(f"{value!r:.40} is no object")
    return value


def _maybe(read: Callable[[object], Any]) -> Callable[[object], Any]:
    return lambda value: None if value is None else read(value)


def _choice(value: object) -> ChoiceEvidence:
    given = _object(value)
    text = _text(given["text"])
    return ChoiceEvidence(
        text,
        _number(given["logprob"]),
        _whole(given.get("n_tokens", 1)),
        _whole(given.get("n_bytes", len(text.encode("utf-8", "surrogatepass")))),
        _maybe(_number)(given.get("unconditional")),
    )


def _call(value: object) -> CallEvidence:
    given = _object(value)
    return CallEvidence(_text(given["name"]), dict(_object(given.get("arguments", {}))))


def _logprobs(value: object) -> TextLogprobs:
    given = _object(value)
    return TextLogprobs(
        _list(_number)(given["logprobs"]),
        _whole(given["n_bytes"]),
        _list(_number)(given.get("entropies", ())),
        _text(given.get("span", "text")),
        _truth(given.get("bos", False)),
        _maybe(_whole)(given.get("window")),
    )


def _timings(value: object) -> Timings:
    given = _object(value)
    return Timings(
        _whole(given.get("prefill_tokens", 0)),
        _whole(given.get("cached_tokens", 0)),
        _maybe(_number)(given.get("prefill_tps")),
        _whole(given.get("decode_tokens", 0)),
        _maybe(_number)(given.get("decode_tps")),
        _maybe(_number)(given.get("first_token_ms")),
        _whole(given.get("beside", 0)),
    )


def _range(value: object) -> tuple[float, float]:
    low, high = _list(_number)(value)
    return (low, high)


_READERS: Mapping[str, Callable[[object], Any]] = {
    "prediction": _maybe(_text),
    "references": _list(_text),
    "wrong": _list(_text),
    "choices": _list(_choice),
    "gold": _list(_whole),
    "logprobs": _maybe(_logprobs),
    "timings": _maybe(_timings),
    "attempts": _list(_truth),
    "calls": _maybe(_list(_call)),
    "gold_calls": _list(_call),
    "functions": _list(_object),
    "embeddings": _list(_list(_number)),
    "verdict": _maybe(_number),
    "verdict_range": _maybe(_range),
    "judge_choices": _list(_choice),
    "guard_choices": _list(_choice),
    "preference": _maybe(_number),
    "rating": _maybe(_number),
    "prompt": _text,
    "variables": lambda value: {k: _text(v) for k, v in _object(value).items()},
}
