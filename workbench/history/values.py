"""Values of `core` as JSON and back. Pure functions, any thread.

JSON in the history never holds NaN or Infinity (SQLite and most readers refuse them): such a
float becomes {"$float": "nan"}. Rows outlive versions: unknown keys are ignored, missing ones
take their default, and whatever cannot be restored is named in a list of problems.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import MISSING, asdict, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, ClassVar, Protocol, TypeVar, get_args, get_type_hints

from workbench.core.errors import UserError
from workbench.core.sampling import PARAMETERS, Sampling
from workbench.core.sampling_input import with_values
from workbench.core.types import KvType

_FLOAT = "$float"
_ENCODER = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)


class _Value(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Any]]


T = TypeVar("T", bound=_Value)


def storable(text: str) -> str | bytes:
    """`text` as SQLite can keep it: itself, or UTF-8 with surrogates when it holds lone ones.

    Lone surrogates come from file names that are not UTF-8 and from broken input methods.
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def restored(value: str | bytes) -> str:
    """The text that `storable` was given; bytes that were cut or damaged become U+FFFD."""
    if isinstance(value, str):
        return value
    try:
        return value.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return value.decode("utf-8", "replace")


def dumps(value: object) -> str:
    """`value` as JSON with sorted keys, so that equal values give equal text."""
    return _ENCODER.encode(_plain(value))


def loads(text: str) -> Any:
    """The value that `dumps` was given (tuples as lists, keys as text).

    Raises:
        UserError: the text is not JSON.
    """
    try:
        return _lively(json.loads(text))
    except ValueError as error:
        raise UserError(
            f"A stored value is not readable JSON: {error}.", "The history file may be damaged."
        ) from error


def value_json(value: T) -> str:
    """A dataclass value as JSON."""
    return dumps(asdict(value))


def sampling_json(sampling: Sampling) -> str:
    """Sampling as JSON; a bias of -inf is the text "-inf"."""
    return dumps(sampling.to_dict())


def sampling_from(text: str, problems: list[str]) -> Sampling:
    """Sampling from JSON; values that this version refuses become defaults and are reported."""
    stored = _mapping(loads(text), "sampling", problems)
    known = {name: value for name, value in stored.items() if name in PARAMETERS}
    try:
        return with_values(Sampling(), known)
    except UserError:
        sampling = Sampling()
        for name, value in known.items():
            try:
                sampling = with_values(sampling, {name: value})
            except UserError as error:
                problems.append(f"sampling: {error.message}")
        return sampling


def rebuild(cls: type[T], text: str, what: str, problems: list[str]) -> T:
    """A dataclass value from JSON; `what` names it in `problems`."""
    stored = _mapping(loads(text), what, problems)
    hints = _hints(cls)
    values: dict[str, Any] = {}
    for item in fields(cls):
        hint = hints[item.name]
        if item.name in stored and stored[item.name] is None and hint in _NEUTRAL:
            values[item.name] = _NEUTRAL[hint]  # a server did not tell it
            continue
        if item.name in stored:
            value = _convert(hint, stored[item.name])
            if value is not MISSING:
                values[item.name] = value
                continue
            problems.append(f"{what}: {item.name} was {stored[item.name]!r}, which is unknown.")
        if item.default is MISSING and item.default_factory is MISSING:
            if item.name not in stored:
                problems.append(f"{what}: {item.name} was not recorded.")
            values[item.name] = _NEUTRAL.get(hint)
    return cls(**values)


@cache
def _hints(cls: type[object]) -> Mapping[str, Any]:
    """The kinds of a class's fields; looking them up takes as long as reading a run."""
    return get_type_hints(cls)


_NEUTRAL: dict[object, object] = {str: "", int: 0, float: 0.0, bool: False, KvType: KvType.F16}


def _convert(hint: Any, value: object) -> Any:
    """`value` as the field's type, or MISSING when it is none."""
    if isinstance(hint, type) and issubclass(hint, Enum):
        try:
            return hint(value)
        except ValueError:
            return MISSING
    inner = _dataclass_in(hint)
    if inner is not None:
        return None if value is None else _nested(inner, value)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if hint in (str, int, float, bool):
        return value if type(value) is hint else MISSING
    return _tuples(value)


def _dataclass_in(hint: Any) -> Any:
    """The dataclass of a field that holds one, or may hold None in its place; else None."""
    return next((h for h in (hint, *get_args(hint)) if is_dataclass(h)), None)


def _nested(cls: Any, value: object) -> object:
    """A dataclass value inside another; fields that are missing or of another type are neutral."""
    if not isinstance(value, dict):
        return MISSING
    hints = get_type_hints(cls)
    made: dict[str, Any] = {}
    for item in fields(cls):
        hint = hints[item.name]
        found = _convert(hint, value[item.name]) if item.name in value else MISSING
        if found is not MISSING:
            made[item.name] = found
        elif item.default is MISSING and item.default_factory is MISSING:
            made[item.name] = _NEUTRAL.get(hint)
    return cls(**made)


def _tuples(value: object) -> object:
    return tuple(_tuples(v) for v in value) if isinstance(value, list) else value


def _mapping(value: object, what: str, problems: list[str]) -> Mapping[str, Any]:
    if isinstance(value, dict):
        return value
    problems.append(f"{what}: the stored value is no JSON object.")
    return {}


def _plain(value: object) -> object:
    """JSON values only; what JSON does not know becomes its text, so that no run is refused."""
    if isinstance(value, str):
        return str(value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else {_FLOAT: str(value)}
    if isinstance(value, Mapping):
        plain = {str(k): _plain(v) for k, v in value.items()}
        # Somebody's own {"$float": …} is wrapped once more, so that it comes back as it was.
        return {_FLOAT: plain} if list(plain) == [_FLOAT] else plain
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(v) for v in value]
    return str(value)


def _lively(value: Any) -> Any:
    if isinstance(value, list):
        return [_lively(v) for v in value]
    if not isinstance(value, dict):
        return value
    if list(value) == [_FLOAT]:
        inner = value[_FLOAT]
        if isinstance(inner, str):
            return float(inner)
        return {k: _lively(v) for k, v in inner.items()} if isinstance(inner, dict) else value
    return {k: _lively(v) for k, v in value.items()}
