"""The `variables:` part of a prompt file, and values checked against it."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn

from workbench.core.errors import UserError
from workbench.core.registry import did_you_mean
from workbench.templates.yaml_source import YamlDocument, YamlError, YamlPath

_NAME = re.compile(r"[^\W\d]\w*")
_FIELDS = ("name", "type", "default", "description", "choices")
_TRUE, _FALSE = {"true", "yes", "on", "1"}, {"false", "no", "off", "0"}
_WHOLE = re.compile(r"[-+]?\d{1,300}")


class VariableKind(StrEnum):
    """What values a variable takes, and so which form field it gets."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    BOOLEAN = "boolean"
    LIST = "list"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Variable:
    """One value a prompt asks for.

    Attributes:
        default: the value when none is given; None when there is none.
        choices: the allowed values of a choice; empty otherwise.
        declared: whether the file declares it; else it was found in the template.
    """

    name: str
    kind: VariableKind = VariableKind.TEXT
    default: object = None
    description: str = ""
    choices: tuple[str, ...] = ()
    declared: bool = True


def read_variables(
    document: YamlDocument, value: object, problems: list[YamlError] | None = None
) -> tuple[Variable, ...]:
    """Variables from `name: {type, default, …}`, `name: default`, or a list of both with `name`.

    Args:
        problems: gets the errors of single variables, which are then left out; None raises them.

    Raises:
        UserError: a wrong field, type or default; line and column in the message.
    """
    if value is None:
        return ()
    if not isinstance(value, dict | list):
        raise document.error(("variables",), "variables must be keys and values")
    found: dict[str, Variable] = {}
    for key, row in value.items() if isinstance(value, dict) else enumerate(value):
        try:
            variable = _declared(document, key, row)
            if variable.name in found:
                raise document.error(
                    ("variables", key), f"the variable {variable.name} is declared twice"
                )
            found[variable.name] = variable
        except YamlError as error:
            if problems is None:
                raise
            problems.append(error)
    return tuple(found.values())


def _declared(document: YamlDocument, key: str | int, row: object) -> Variable:
    at: YamlPath = ("variables", key)
    name: object = key
    if isinstance(key, int):
        name = row.get("name") if isinstance(row, dict) else row
        row = row if isinstance(row, dict) else {}
        if not isinstance(name, str):
            raise document.error(at, f"variable {key + 1} has no name")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise document.error(
            at,
            f"{name} cannot be the name of a variable",
            "Use letters, digits and underscores, and no digit first.",
        )
    return _variable(document, name, row, at)


def _variable(document: YamlDocument, name: str, row: object, at: YamlPath) -> Variable:
    if not isinstance(row, dict):
        return Variable(name, _kind_of(row), row)
    for key in row:
        if key not in _FIELDS:
            raise document.error(
                (*at, key),
                f"the variable {name} has the unknown field {key}",
                did_you_mean(key, list(_FIELDS)),
            )
    choices = row.get("choices") or []
    if not isinstance(choices, list) or any(isinstance(c, dict | list) for c in choices):
        raise document.error((*at, "choices"), f"the choices of {name} must be a list of texts")
    texts = tuple(_as_text(choice) for choice in choices)
    default, given = row.get("default"), row.get("type")
    if given is None:
        kind = VariableKind.CHOICE if texts else _kind_of(default)
    else:
        names = [kind.value for kind in VariableKind]
        if not isinstance(given, str) or given.lower() not in names:
            raise document.error(
                (*at, "type"),
                f"the variable {name} has the unknown type {given}",
                did_you_mean(str(given), names),
            )
        kind = VariableKind(given.lower())
    if kind is VariableKind.CHOICE and not texts:
        raise document.error(at, f"the variable {name} is a choice and has no choices")
    variable = Variable(name, kind, None, _as_text(row.get("description") or ""), texts)
    if default is None:
        return variable
    try:
        default = coerce(variable, default)
    except UserError as error:
        what = f"the default does not fit: {error.message}"
        raise document.error((*at, "default"), what, error.hint) from error
    return Variable(name, kind, default, variable.description, texts)


def _kind_of(value: object) -> VariableKind:
    if isinstance(value, bool):
        return VariableKind.BOOLEAN
    if isinstance(value, int | float):
        return VariableKind.NUMBER
    if isinstance(value, list):
        return VariableKind.LIST
    return VariableKind.JSON if isinstance(value, dict) else VariableKind.TEXT


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _bad(variable: Variable, wanted: str, value: object, hint: str = "") -> NoReturn:
    shown = value if isinstance(value, str) else json.dumps(value, default=str)
    short = shown if len(shown) <= 60 else shown[:59] + "…"
    raise UserError(f"The variable {variable.name} takes {wanted}, not {short!r}.", hint)


def coerce(variable: Variable, value: object) -> object:
    """`value` as the variable's kind; texts (from a command line) are parsed.

    A list is given as JSON, as one item per line, or with commas.

    Raises:
        UserError: it does not fit; the message names the variable.
    """
    if not variable.declared and not (
        variable.kind is VariableKind.LIST and isinstance(value, str)
    ):
        return json_value(variable.name, value)
    if variable.kind is VariableKind.TEXT:
        if isinstance(value, Mapping | list | tuple) or value is None:
            _bad(variable, "a text", value)
        return _as_text(value)
    if variable.kind is VariableKind.CHOICE:
        if _as_text(value) not in variable.choices:
            hint = did_you_mean(_as_text(value), list(variable.choices))
            _bad(variable, f"one of {', '.join(variable.choices)}", value, hint)
        return _as_text(value)
    if variable.kind is VariableKind.NUMBER:
        return _number(variable, value)
    if variable.kind is VariableKind.BOOLEAN:
        return _boolean(variable, value)
    if variable.kind is VariableKind.LIST:
        return _list(variable, value)
    return (
        _from_json(variable, value) if isinstance(value, str) else json_value(variable.name, value)
    )


def _number(variable: Variable, value: object) -> int | float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        number: int | float = value
    elif isinstance(value, str) and _WHOLE.fullmatch(value.strip()):
        number = int(value)
    else:
        try:
            number = float(value) if isinstance(value, str) else math.nan
        except ValueError:
            number = math.nan
    if not math.isfinite(number):
        _bad(variable, "a number", value)
    return number


def _boolean(variable: Variable, value: object) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word not in _TRUE | _FALSE:
        _bad(variable, "true or false", value)
    return word in _TRUE


def _list(variable: Variable, value: object) -> list[object]:
    if isinstance(value, list | tuple):
        return [json_value(variable.name, item) for item in value]
    if not isinstance(value, str):
        _bad(variable, "a list", value)
    text = value.strip()
    if text.startswith("["):
        parsed = _from_json(variable, text)
        return parsed if isinstance(parsed, list) else [parsed]
    rows = text.splitlines() if "\n" in text else text.split(",")
    return [row.strip() for row in rows if row.strip()]


def _from_json(variable: Variable, text: str) -> object:
    def refuse(name: str) -> NoReturn:
        raise ValueError(f"{name} is not JSON")

    try:
        return json.loads(text, parse_constant=refuse)
    except json.JSONDecodeError as error:
        hint = f"{error.msg}, line {error.lineno}, column {error.colno}."
    except (ValueError, RecursionError) as error:
        hint = f"{error}."
    return _bad(variable, "JSON", text, hint)


def json_value(name: str, value: object, depth: int = 0) -> object:
    """A deep copy of a JSON value, with tuples as lists.

    Raises:
        UserError: something in it has no JSON form; the message names the variable.
    """
    if depth > 50:
        raise UserError(f"The value of the variable {name} is nested too deeply.")
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, list | tuple):
        return [json_value(name, item, depth + 1) for item in value]
    if isinstance(value, Mapping):
        return {str(key): json_value(name, item, depth + 1) for key, item in value.items()}
    raise UserError(
        f"The value of the variable {name} holds a {type(value).__name__}.",
        "Texts, numbers, true, false, null, lists and dictionaries are possible.",
    )
