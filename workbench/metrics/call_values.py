"""One argument of a function call against its right values, as BFCL compares them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import regex

_DROPPED = regex.compile(r"[ ,./\-_*^]")
_TYPES: Mapping[str, type] = {
    "string": str,
    "integer": int,
    "float": float,
    "number": float,
    "boolean": bool,
    "array": list,
    "tuple": list,
    "dict": dict,
    "object": dict,
    "any": str,
}
_OPTIONAL = ""


def value_problem(
    value: object, right: Sequence[object], schema: Mapping[str, object] | None
) -> str:
    """What is wrong with a value; empty when it is one of the right ones.

    Types are strict, but a whole number does for a float. A value whose type is not the
    schema's passes only if the right ones have that type too (a variable's name, say).
    `schema` is None when nothing is known of the type.
    """
    if isinstance(value, tuple):
        value = list(value)
    wanted = [answer for answer in right if answer != _OPTIONAL]
    declared = _declared(schema) if schema is not None else None
    if type(value) is int and (declared is float or (declared is None and _has(wanted, float))):
        value = float(value)
    is_declared = declared is not None and type(value) is declared
    if not is_declared and not _same_type(value, wanted):
        name = (
            _word(declared) if declared else " or ".join(sorted({_word(type(w)) for w in wanted}))
        )
        return f"{_short(value)} is {_word(type(value))}, not {name}"
    inner = _inner(schema) if is_declared else None
    if inner is not None and isinstance(value, list) and not _items_fit(value, wanted, inner):
        return f"{_short(value)} holds something that is not {_word(inner)}"
    # A variable stands where its declared type should: its name must be exact.
    exact = declared is not None and not _has(wanted, declared)
    if any(_equal(value, answer, exact) for answer in right):
        return ""
    return f"{_short(value)} is not among the right values"


def _declared(schema: Mapping[str, object]) -> type | None:
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = next((k for k in kind if k != "null"), None)
    return _TYPES.get(kind) if isinstance(kind, str) else None


def _inner(schema: Mapping[str, object] | None) -> type | None:
    items = schema.get("items") if schema is not None else None
    return _declared(items) if isinstance(items, Mapping) else None


def _same_type(value: object, wanted: Sequence[object]) -> bool:
    return any(type(value) is type(answer) for answer in wanted)


def _has(wanted: Sequence[object], kind: type) -> bool:
    return any(type(answer) is kind for answer in wanted)


def _items_fit(value: list[object], wanted: Sequence[object], inner: type) -> bool:
    """Whether every item is of the declared inner type, or of a type that an answer's has."""
    kinds = {type(item) for answer in wanted if isinstance(answer, list) for item in answer}
    allowed = kinds | {inner} | ({int} if inner is float else set())
    return all(type(item) in allowed for item in value)


def _equal(value: object, answer: object, exact: bool) -> bool:
    if isinstance(value, str) and isinstance(answer, str):
        return value == answer if exact else plain(value) == plain(answer)
    if isinstance(value, dict) and isinstance(answer, Mapping):
        return _same_dict(value, answer)
    if isinstance(value, list) and isinstance(answer, list):
        return len(value) == len(answer) and all(
            _equal(v, a, exact=False) for v, a in zip(value, answer, strict=True)
        )
    if isinstance(value, bool) or isinstance(answer, bool):
        return value is answer
    return value == answer


def _same_dict(value: Mapping[str, object], answer: Mapping[str, object]) -> bool:
    """Against an answer that lists the right values of each key."""
    for key, given in value.items():
        if key not in answer or not any(_equal(given, a, exact=False) for a in _list(answer[key])):
            return False
    return all(key in value or _OPTIONAL in _list(answer[key]) for key in answer)


def _list(values: object) -> Sequence[object]:
    return values if isinstance(values, list | tuple) else [values]


def plain(text: str) -> str:
    """A text without case, spaces and ,./-_*^, single quotes as double ones."""
    return _DROPPED.sub("", text).lower().replace("'", '"')


def _word(kind: type) -> str:
    return next((name for name, known in _TYPES.items() if known is kind), kind.__name__)


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:59] + "…"
