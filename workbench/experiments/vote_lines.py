"""Votes as lines of JSON, for other tools and other machines."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from workbench.core.errors import UserError
from workbench.core.votes import Contestant, Item, Side, Verdict, Vote, Voter, VoterKind

T = TypeVar("T", bound=StrEnum)
_HINT = "A line has the keys that `workbench vote export` writes."


def vote_line(vote: Vote) -> str:
    """A vote as one line of JSON; half characters are escaped."""
    return json.dumps(asdict(vote), sort_keys=True, allow_nan=False)


def read_vote_lines(path: Path) -> list[Vote]:
    """The votes of a file.

    Raises:
        UserError: it cannot be read, or a line is no vote; the message names the line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise UserError(f"{path} is not UTF-8 (byte {error.start}).") from error
    return [
        _vote(line, f"{path.name}, line {number}")
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip()
    ]


def _vote(line: str, where: str) -> Vote:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UserError(f"{where} is not JSON: {error}.") from error
    try:
        if not isinstance(row, dict):
            raise TypeError("it is no JSON object")  # noqa: TRY301  # named like what follows
        return Vote(
            vote_id=_text(row, "vote_id"),
            ballot=_text(row, "ballot"),
            created_us=_whole(row, "created_us"),
            voter=Voter(
                _one_of(VoterKind, _inner(row, "voter"), "kind"),
                *(_text(row["voter"], k) for k in ("name", "model_sha256", "model_path")),
            ),
            item=Item(*(_text(_inner(row, "item"), k) for k in ("key", "variables_hash", "name"))),
            a=_side(_inner(row, "a")),
            b=_side(_inner(row, "b")),
            verdict=_one_of(Verdict, row, "verdict"),
            tags=_tags(row["tags"]),
            p=_share(row, "p"),
            seconds=_number(row, "seconds"),
            revealed=bool(row["revealed"]),
            withdrawn_us=None if row["withdrawn_us"] is None else _whole(row, "withdrawn_us"),
        )
    except KeyError as error:
        raise UserError(f"{where} is no vote: {error.args[0]} is missing.", _HINT) from error
    except TypeError as error:
        raise UserError(f"{where} is no vote: {error}.", _HINT) from error


def _side(row: Mapping[str, Any]) -> Side:
    one = _inner(row, "contestant")
    contestant = Contestant(**{name: _text(one, name) for name in Contestant.__slots__})
    try:
        settings = json.loads(contestant.settings)
    except (ValueError, RecursionError):
        settings = None
    if not isinstance(settings, dict):
        raise TypeError("settings is no JSON object")
    return Side(_text(row, "run_id"), _whole(row, "sample"), contestant, _text(row, "reply_hash"))


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row[key]
    if not isinstance(value, str):
        raise TypeError(f"{key} is {value!r}, which is no text")
    return value


def _inner(row: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = row[key]
    if not isinstance(value, dict):
        raise TypeError(f"{key} is no JSON object")
    return value


def _one_of(kind: type[T], row: Mapping[str, Any], key: str) -> T:
    known = [one.value for one in kind]
    if row[key] not in known:
        raise TypeError(f"{key} is {', '.join(known[:-1])} or {known[-1]}; not {row[key]!r}")
    return kind(row[key])


def _tags(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(tag, str) for tag in value):
        raise TypeError("tags is no list of texts")
    return tuple(value)


def _whole(row: Mapping[str, Any], key: str) -> int:
    value = row[key]
    if type(value) is not int or not 0 <= value < 1 << 63:
        raise TypeError(f"{key} is no whole number")
    return value


def _number(row: Mapping[str, Any], key: str) -> float | None:
    value = row[key]
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < math.inf:
        raise TypeError(f"{key} is no number of 0 or more")
    return float(value)


def _share(row: Mapping[str, Any], key: str) -> float | None:
    value = _number(row, key)
    if value is not None and value > 1:
        raise TypeError(f"{key} is above 1")
    return value
