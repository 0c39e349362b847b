"""Votes as lines of JSON, for other tools and other machines."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from workbench.core.errors import UserError
from workbench.core.votes import Contestant, Item, Side, Verdict, Vote, Voter, VoterKind


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
        return Vote(
            vote_id=_text(row, "vote_id"),
            ballot=_text(row, "ballot"),
            created_us=_whole(row, "created_us"),
            voter=Voter(
                VoterKind(row["voter"]["kind"]),
                *(_text(row["voter"], k) for k in ("name", "model_sha256", "model_path")),
            ),
            item=Item(*(_text(row["item"], k) for k in ("key", "variables_hash", "name"))),
            a=_side(row["a"]),
            b=_side(row["b"]),
            verdict=Verdict(row["verdict"]),
            tags=tuple(_plain(tag) for tag in row["tags"]),
            p=_share(row, "p"),
            seconds=_number(row, "seconds"),
            revealed=bool(row["revealed"]),
            withdrawn_us=None if row["withdrawn_us"] is None else _whole(row, "withdrawn_us"),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(
            f"{where} is no vote ({type(error).__name__}: {error}).",
            "A line has the keys that `workbench vote export` writes.",
        ) from error


def _side(row: Mapping[str, Any]) -> Side:
    one = row["contestant"]
    contestant = Contestant(**{name: _text(one, name) for name in Contestant.__slots__})
    if not isinstance(json.loads(contestant.settings), dict):
        raise TypeError("settings is no JSON object")
    return Side(_text(row, "run_id"), _whole(row, "sample"), contestant, _text(row, "reply_hash"))


def _text(row: Mapping[str, Any], key: str) -> str:
    return _plain(row[key])


def _plain(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


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
