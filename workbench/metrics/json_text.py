"""JSON in texts, read as the standard has it and not as Python does."""

from __future__ import annotations

import json
from typing import Any


class NotJsonError(ValueError):
    """A text is no JSON; the message says where and why."""


def read_json(text: str) -> Any:
    """One JSON value, strictly: no NaN, no name twice in an object, no white space but JSON's.

    Whole numbers of any length are read.

    Raises:
        NotJsonError: it is not one.
    """
    try:
        return json.loads(
            text, parse_constant=_no_constant, object_pairs_hook=_once, parse_int=_whole_number
        )
    except RecursionError:
        raise NotJsonError("it is nested too deeply to read") from None
    except ValueError as error:
        raise NotJsonError(str(error)) from None


def _no_constant(name: str) -> object:
    raise NotJsonError(f"{name} is no JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise NotJsonError("a name stands twice in an object")
    return found


def _whole_number(text: str) -> int | float:
    try:
        return int(text)
    except ValueError:  # Python refuses to read more than a few thousand digits
        return float(text)


def first_json(said: str) -> Any:
    """The value that begins at the first brace or bracket of a text.

    Raises:
        NotJsonError: there is none, or it is broken.
    """
    at = min((i for i in (said.find("{"), said.find("[")) if i >= 0), default=-1)
    if at < 0:
        raise NotJsonError("there is no object and no list")
    decoder = json.JSONDecoder(
        parse_constant=_no_constant, object_pairs_hook=_once, parse_int=_whole_number
    )
    try:
        return decoder.raw_decode(said, at)[0]
    except RecursionError:
        raise NotJsonError("it is nested too deeply to read") from None
    except ValueError as error:
        raise NotJsonError(str(error)) from None
