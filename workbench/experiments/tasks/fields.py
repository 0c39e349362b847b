"""Values taken out of a row by name, or a sentence that says which column is wrong and how."""

from __future__ import annotations

import ast
import json
import math
from collections.abc import Mapping, Sequence
from typing import NoReturn

from workbench.core.text import elide
from workbench.experiments.tasks.rows import BadField, Row

_BOOLEANS = {"true": True, "false": False, "yes": True, "no": False}


def is_missing(value: object) -> bool:
    """Whether a cell holds nothing: null, NaN, or (in a table) an empty text."""
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))


class Fields:
    """One row's columns; what nobody asked for is left as `extra`."""

    def __init__(self, row: Row) -> None:
        self.line = row.line
        self._fields = row.fields
        self._used: set[str] = set()

    def has(self, *names: str) -> bool:
        """Whether every one of these columns holds something."""
        return all(not is_missing(self._fields.get(name)) for name in names)

    def one_of(self, *names: str) -> str | None:
        """The first of these columns that holds something."""
        return next((name for name in names if self.has(name)), None)

    def text(self, *names: str, default: str | None = None) -> str:
        """The text in the first of these columns that holds something; numbers as they look.

        Raises:
            BadField: there is none and no default, or it is no text.
        """
        name = self.one_of(*names)
        if name is None:
            self._used.update(names)
            if default is not None:
                return default
            self.missing(*names)
        return as_text(name, self.raw(name))

    def texts(self, *names: str) -> tuple[str, ...]:
        """A list of texts; one text is a list of one, and a list written as JSON or Python is read.

        Raises:
            BadField: there is none, or an entry is no text.
        """
        name = self.one_of(*names)
        if name is None:
            self.missing(*names)
        value = self.raw(name)
        if isinstance(value, str) and value.lstrip().startswith("["):
            value = written_list(value) or value
        if not isinstance(value, list | tuple):
            return (as_text(name, value),)
        return tuple(as_text(name, entry) for entry in value)

    def number(self, name: str, default: float) -> float:
        """A finite number.

        Raises:
            BadField: it is none.
        """
        if not self.has(name):
            return default
        value = self.raw(name)
        try:
            number = float(value) if isinstance(value, int | float | str) else math.nan
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise BadField(name, f"It must be a number, not {shown(value)}.")
        return number

    def mapping(self, name: str) -> Mapping[str, object]:
        """Keys and values, or the JSON text of such.

        Raises:
            BadField: it is neither.
        """
        value = self.raw(name)
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except (ValueError, RecursionError):
                raise BadField(name, "It is no JSON object.") from None
        if not isinstance(value, dict):
            raise BadField(name, f"It must be keys and values, not {shown(value)}.")
        return value

    def mappings(self, *names: str) -> tuple[Mapping[str, object], ...]:
        """A list of objects; one object is a list of one.

        Raises:
            BadField: it is something else.
        """
        name = self.one_of(*names)
        if name is None:
            self.missing(*names)
        value = self.raw(name)
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except (ValueError, RecursionError):
                raise BadField(name, "It is no JSON.") from None
        rows = value if isinstance(value, list) else [value]
        for entry in rows:
            if not isinstance(entry, dict):
                raise BadField(name, f"It must list objects, not {shown(entry)}.")
        return tuple(rows)

    def raw(self, name: str) -> object:
        """What a column holds, as it is."""
        self._used.add(name)
        return self._fields.get(name)

    def columns(self) -> list[str]:
        """Every column's name."""
        return list(self._fields)

    def extra(self) -> dict[str, object]:
        """Columns nobody asked for."""
        return {k: v for k, v in self._fields.items() if k not in self._used}

    def strings(self) -> dict[str, str]:
        """Every column that is a text or a number, as a prompt's variables."""
        return {
            name: str(value)
            for name, value in self._fields.items()
            if isinstance(value, str | int | float) and not is_missing(value)
        }

    def missing(self, *names: str) -> NoReturn:
        """Say that none of these columns holds anything.

        Raises:
            BadField: always.
        """
        value = next((self._fields[n] for n in names if n in self._fields), "")
        if isinstance(value, float):
            raise BadField(names[0], "It is NaN.")
        others = f" (nor {', '.join(names[1:])})" if len(names) > 1 else ""
        raise BadField(names[0], f"There is no {names[0]}{others}.")


def as_text(name: str, value: object) -> str:
    """A text, or a number or truth value as it looks.

    Raises:
        BadField: it is something else, NaN, or holds half characters.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and not math.isfinite(value):
        raise BadField(name, "It is NaN or infinite.")
    if isinstance(value, int | float):
        return str(value)
    if not isinstance(value, str):
        raise BadField(name, f"It must be a text, not {shown(value)}.")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise BadField(name, f"Character {error.start + 1} is half a character.") from None
    return value


def gold_of(name: str, value: object, options: Sequence[str]) -> tuple[int, ...]:
    """Indices of the right ones among `options`: an index from 0, a letter, a text, or a list.

    A text that is one of the options means that option, even when it is a digit.

    Raises:
        BadField: it names none of them.
    """
    if isinstance(value, list | tuple):
        if not value:
            raise BadField(name, "It names no right answer.")
        found = [index for entry in value for index in gold_of(name, entry, options)]
        return tuple(sorted(set(found)))
    if is_missing(value):
        raise BadField(name, "The right answer is missing.")
    if isinstance(value, bool):
        return _by_truth(name, value, options)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and 0 <= value < len(options):
        return (value,)
    text = str(value).strip()
    same = [i for i, option in enumerate(options) if option.strip() == text]
    if same:
        return tuple(same)
    letter = text.strip("().").upper()
    if len(letter) == 1 and "A" <= letter <= "Z" and ord(letter) - 65 < len(options):
        return (ord(letter) - 65,)
    if text.isascii() and text.isdigit() and isinstance(value, str) and int(text) < len(options):
        return (int(text),)
    raise BadField(name, f"{shown(value)} is none of the {len(options)} choices.")


def _by_truth(name: str, value: bool, options: Sequence[str]) -> tuple[int, ...]:
    for index, option in enumerate(options):
        if _BOOLEANS.get(option.strip().lower()) is value:
            return (index,)
    raise BadField(name, f"{shown(value)} is none of the {len(options)} choices.")


def written_list(text: str) -> list[object] | None:
    """The list that a cell spells as JSON or as Python does; None when it spells none."""
    for read in (json.loads, ast.literal_eval):
        try:
            value = read(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        if isinstance(value, list | tuple):
            return list(value)
    return None


def shown(value: object) -> str:
    """A value as messages show it, short."""
    if isinstance(value, dict):
        return "keys and values"
    if isinstance(value, list):
        return "a list"
    return "nothing" if is_missing(value) else elide(repr(value), 40)
