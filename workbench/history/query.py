"""What a person types to find runs, read into conditions. Pure functions, any thread.

    capital city            both words, anywhere: prompt, variables, reply, note, tags, names
    "in the evening"        these words in this order
    -draft  -tag:old        without it
    model:demo  tag:good    fields with words; model:a,b means either
    temp>0.5  tokens:10..50 fields with numbers; what has no such number is not found
    score:rouge_l<0.3       a score, by the metric's name
    date:2026-05  date>=2026-05-01  date:today  age<7d
    is:starred              marks

All conditions must hold. The last word is completed while it is typed.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from workbench.core.errors import UserError
from workbench.history.query_dates import age_us, date_span
from workbench.history.query_fields import FLAGS, NAMED, NUMBERS, WORD_FIELDS

MOST_CONDITIONS = 30
SHORTEST_PREFIX = 2
"""A single letter begins too many words to be completed."""
_KEY = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)(<=|>=|!=|<|>|=|:)")
_COMMON = "model, tag, prompt, status, date, age, score, tokens, temp, note, reply, is"
_MARKS = ", ".join(f"is:{flag}" for flag in FLAGS)
_QUOTES = {'"': '"', "“": "”", "„": "“"}


class QueryError(UserError):
    """A query that cannot be read.

    Attributes:
        start, end: the part that is wrong, in characters of the query.
    """

    def __init__(self, message: str, hint: str, start: int, end: int) -> None:
        super().__init__(message, hint)
        self.start, self.end = start, end


@dataclass(frozen=True, slots=True)
class Words:
    """A word, or words in a row; with `prefix` the last one may go on.

    Attributes:
        text: as typed; the index splits it into words, upper and lower case and accents alike.
        field: a key of `WORD_FIELDS`; empty for anywhere.
    """

    text: str
    field: str = ""
    prefix: bool = False
    negated: bool = False


@dataclass(frozen=True, slots=True)
class OneOf:
    """A named thing (`NAMED`) contains one of these texts; upper and lower case are alike.

    Attributes:
        exact: it must be the whole name, letter for letter.
    """

    field: str
    values: tuple[str, ...]
    negated: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A number (`NUMBERS`, or a sampling parameter) compared with a value; never NULL."""

    field: str
    operator: str
    value: float
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """A score of any reply of the run; `operator` is empty when it only has to be there."""

    metric: str
    operator: str
    value: float
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Created:
    """When the run began: in [from_us, to_us), None is open."""

    from_us: int | None
    to_us: int | None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Flag:
    """A mark, a key of `FLAGS`."""

    name: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class OfVersion:
    """Runs of exactly this text of a prompt, by the number of its row in `contents`."""

    content: int
    negated: bool = False


Condition = Words | OneOf | Number | Score | Created | Flag | OfVersion


@dataclass(frozen=True, slots=True)
class Query:
    """Conditions that must all hold; none finds every run."""

    conditions: tuple[Condition, ...] = ()

    def also(self, *more: Condition) -> Query:
        """This and more."""
        return Query((*self.conditions, *more))


EVERYTHING = Query()


class _Part(NamedTuple):
    negated: bool
    key: str
    operator: str
    value: str
    quoted: bool
    start: int
    end: int


def parse_query(text: str, now: datetime | None = None) -> Query:
    """The conditions of a typed query; an empty text is `EVERYTHING`.

    Days and hours are those of `now`'s time zone (None: this machine's clock and zone).

    Raises:
        QueryError: a field, an operator, a number or a date is wrong; it says which and where.
    """
    moment = now or datetime.now().astimezone()
    parts = _split(text)
    if len(parts) > MOST_CONDITIONS:
        raise QueryError(
            f"A query may have at most {MOST_CONDITIONS} conditions, not {len(parts):,}.",
            "Search for fewer words.",
            parts[MOST_CONDITIONS].start,
            len(text),
        )
    conditions: list[Condition] = []
    for part in parts:
        typing = part.end == len(text) and not part.quoted
        conditions.extend(_read(part, moment, typing=typing))
    return Query(tuple(conditions))


def _split(text: str) -> list[_Part]:
    parts: list[_Part] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        start = at
        negated = text[at] == "-" and at + 1 < len(text) and not text[at + 1].isspace()
        at += negated
        key = operator = ""
        if (match := _KEY.match(text, at)) is not None:
            key, operator = match[1].lower(), match[2]
            at = match.end()
        value, quoted, at = _value(text, at)
        parts.append(_Part(negated, key, operator, value, quoted, start, at))
    return parts


def _value(text: str, at: int) -> tuple[str, bool, int]:
    if at < len(text) and text[at] in _QUOTES:
        close = text.find(_QUOTES[text[at]], at + 1)
        # Typing has not reached the closing quote yet: the rest belongs to it.
        end = len(text) if close < 0 else close
        return text[at + 1 : end], True, min(len(text), end + 1)
    end = at
    while end < len(text) and not text[end].isspace():
        end += 1
    return text[at:end], False, end


def _read(part: _Part, now: datetime, *, typing: bool) -> list[Condition]:
    if not part.key:
        return [_words(part, "", typing)]
    if part.operator == ":" and not part.value and not part.quoted:
        raise _bad(part, f"“{part.key}:” needs a value.", f"For example {_example(part.key)}")
    reader = _reader(part.key)
    if reader is not None:
        return reader(part, now)
    if part.key not in WORD_FIELDS and part.key not in NAMED and part.key != "is":
        raise _unknown(part)
    if part.operator not in (":", "="):
        raise _bad(
            part,
            f"“{part.key}” is compared with “:”, not with “{part.operator}”.",
            f"For example {_example(part.key)}",
        )
    if part.key == "is":
        return [_flag(part)]
    return [_words(part, part.key, typing)] if part.key in WORD_FIELDS else [_named(part)]


def _reader(key: str) -> Callable[[_Part, datetime], list[Condition]] | None:
    if key in ("date", "created"):
        return _created
    if key == "age":
        return _age
    if key == "score":
        return lambda part, _now: _score(part)
    if key in NUMBERS:
        return lambda part, _now: _number(part)
    return None


def _words(part: _Part, field: str, typing: bool) -> Words:
    if not any(c.isalnum() for c in part.value):
        raise _bad(
            part,
            f"“{part.value or _typed(part)}” holds nothing to search for.",
            "Only letters and digits are searched; signs are left out.",
        )
    text = part.value.replace("\0", " ")
    completed = typing and len(text) >= SHORTEST_PREFIX and text[-1].isalnum()
    return Words(text, field, completed, part.negated)


def _number(part: _Part) -> list[Condition]:
    name = NUMBERS[part.key]
    if ".." in part.value and part.operator in (":", "="):
        low, _, high = part.value.partition("..")
        found: list[Condition] = []
        if low:
            found.append(Number(name, ">=", _float(part, low)))
        if high:
            found.append(Number(name, "<=", _float(part, high)))
        if not found or part.negated:
            raise _bad(part, f"“{_typed(part)}” is no range.", f"For example {part.key}:10..50")
        return found
    operator = "=" if part.operator == ":" else part.operator
    return [Number(name, operator, _float(part, part.value), part.negated)]


def _score(part: _Part) -> list[Condition]:
    if part.operator != ":":
        raise _bad(part, "A score needs the metric's name.", "For example score:rouge_l<0.3")
    match = re.fullmatch(r"([\w.@-]+?)(?:(<=|>=|!=|<|>|=)(.*))?", part.value)
    if match is None:
        raise _bad(
            part, f"“{part.value}” is no score.", "For example score:rouge_l<0.3 or score:bleu"
        )
    metric, operator, value = match[1], match[2] or "", match[3]
    number = _float(part, value) if operator else 0.0
    return [Score(metric, operator, number, part.negated)]


def _created(part: _Part, now: datetime) -> list[Condition]:
    first, dots, last = part.value.partition("..")
    try:
        if dots and (first or last) and part.operator in (":", "="):
            begin = date_span(first, now)[0] if first else None
            end = date_span(last, now)[1] if last else None
            return [Created(begin, end, part.negated)]
        start, end = date_span(part.value, now)
    except ValueError:
        raise _bad(
            part,
            f"“{part.value}” is no date.",
            "Write 2026-05-01, 2026-05, 2026, 2026-05-01T14:30, today or yesterday; "
            "date:2026-05-01..2026-05-07 is a range.",
        ) from None
    ranges: dict[str, tuple[int | None, int | None]] = {
        ":": (start, end), "=": (start, end), "!=": (start, end),
        "<": (None, start), "<=": (None, end), ">": (end, None), ">=": (start, None),
    }  # fmt: skip
    begin, end = ranges[part.operator]
    return [Created(begin, end, part.negated != (part.operator == "!="))]


def _age(part: _Part, now: datetime) -> list[Condition]:
    try:
        then = int(now.timestamp() * 1e6) - age_us(part.value)
    except ValueError:
        raise _bad(
            part,
            f"“{part.value}” is no length of time.",
            "A number with min, h, d or w: age<7d, age>2h",
        ) from None
    if part.operator in ("<", "<="):
        return [Created(then, None, part.negated)]
    if part.operator in (">", ">="):
        return [Created(None, then, part.negated)]
    raise _bad(part, "An age is compared with < or >.", "For example age<7d")


def _named(part: _Part) -> Condition:
    values = (part.value,) if part.quoted else tuple(v for v in part.value.split(",") if v)
    if not values:
        raise _bad(part, f"“{part.key}:” needs a value.", f"For example {_example(part.key)}")
    return OneOf(part.key, values, part.negated)


def _flag(part: _Part) -> Condition:
    name = part.value.lower()
    if name not in FLAGS:
        raise _bad(
            part,
            f"“is:{part.value}” is unknown.",
            f"There are {', '.join(f'is:{flag}' for flag in FLAGS)}.",
        )
    return Flag(name, part.negated)


def _float(part: _Part, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if math.isnan(value):
        what = f"“{text}” is no number" if text else "a number is missing"
        raise _bad(part, f"In “{_typed(part)}” {what}.", f"For example {_example(part.key)}")
    return value


def _unknown(part: _Part) -> QueryError:
    names = sorted({*WORD_FIELDS, *NAMED, *NUMBERS, "date", "age", "score", "is"})
    near = difflib.get_close_matches(part.key, names, 1)
    guess = f"Did you mean {near[0]}? " if near else f"There are {_COMMON} and more. "
    return _bad(
        part,
        f"There is no field “{part.key}”.",
        f'{guess}To search for the text itself, put it in quotes: "{_typed(part)}"',
    )


def _bad(part: _Part, message: str, hint: str) -> QueryError:
    return QueryError(message, hint, part.start, part.end)


def _typed(part: _Part) -> str:
    """A part as it was typed, without quotes."""
    return f"{'-' * part.negated}{part.key}{part.operator}{part.value}"


def _example(key: str) -> str:
    if key in NUMBERS:
        return f"{key}>0.5 or {key}:10..50"
    known = {"date": "date:2026-05-01", "age": "age<7d", "score": "score:rouge_l<0.3"}
    return known.get(key) or NAMED.get(key) or f"{key}:word"
