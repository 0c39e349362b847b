"""YAML read safely and with positions: no tags, no repeated keys, no exploding references.

Plain words mean what they mean in YAML 1.2, as in the tools these files come from: `yes`, `on`,
dates and `12:30` are texts, only `true` and `false` are truth values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import yaml

from workbench.core.errors import UserError

_MAX_NODES = 200_000
_MAX_DEPTH = 60
_TAG = "tag:yaml.org,2002:"
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]  # the C loader where PyYAML was built with it
    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}


for _tag, _pattern, _first in (
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", "-+0123456789"),
    (
        "float",
        r"^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.inf|\.nan)$",
        "-+.0123456789",
    ),
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("merge", r"^<<$", "<"),
):
    _Loader.add_implicit_resolver(_TAG + _tag, re.compile(_pattern), list(_first))


def _whole_number(loader: Any, node: yaml.ScalarNode) -> int:
    text = loader.construct_scalar(node)
    return int(text, 0) if text[:2] in {"0o", "0x"} else int(text)


_Loader.add_constructor(_TAG + "int", _whole_number)


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a file, 1-based."""

    line: int
    column: int


class YamlError(UserError):
    """A YAML text that cannot be used; the message names file, line and column."""


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """A parsed file.

    Attributes:
        label: what to call the file in messages.
        data: its value; JSON types only, keys of dictionaries are texts.
        places: positions of values by their path of keys and indexes.
    """

    label: str
    data: object
    places: Mapping[tuple[str | int, ...], Place]

    def error(self, path: tuple[str | int, ...], what: str, hint: str = "") -> YamlError:
        """An error about the value at `path`, or about the nearest one around it."""
        while path not in self.places and path:
            path = path[:-1]
        return _error(self.label, self.places.get(path), what, hint)


def _error(label: str, place: Place | None, what: str, hint: str = "") -> YamlError:
    at = "" if place is None else f", line {place.line}, column {place.column}"
    return YamlError(f"{label}{at}: {what.rstrip('.')}.", hint)


def parse_yaml(source: str, label: str) -> YamlDocument:
    """Parse one YAML document.

    Raises:
        YamlError: not YAML, a repeated key, a tag, references that never end or explode.
    """
    loader = None
    try:
        _check_depth(source, label)
        loader = _Loader(source)
        root = loader.get_single_node()
        places: dict[tuple[str | int, ...], Place] = {}
        if root is not None:
            _check(root, (), places, [], label)
        data = None if root is None else _clean(loader.construct_document(root), label)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = None if mark is None else Place(mark.line + 1, mark.column + 1)
        what = " ".join(filter(None, (error.context, error.problem))) or "not YAML"
        raise _error(label, place, f"broken YAML: {what}", _hint(what)) from error
    except yaml.reader.ReaderError as error:
        before = source[: error.position] if isinstance(error.position, int) else ""
        place = Place(before.count("\n") + 1, len(before) - before.rfind("\n"))
        what = f"the character U+{int(error.character):04X} is not allowed in YAML"
        raise _error(
            label, place, what, "Remove it, or write it as an escape in quotes."
        ) from error
    except (RecursionError, ValueError, OverflowError) as error:
        what = "values are nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise _error(label, None, f"broken YAML: {what}") from error
    finally:
        if loader is not None:
            loader.dispose()
    return YamlDocument(label, data, places)


def _check_depth(source: str, label: str) -> None:
    """Refuse deep nesting on the flat stream of events: libyaml's composer would overflow."""
    depth = 0
    for event in yaml.parse(source, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _MAX_DEPTH:
                mark: Any = event.start_mark
                place = Place(mark.line + 1, mark.column + 1)
                raise _error(label, place, f"more than {_MAX_DEPTH} levels of nesting")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _hint(what: str) -> str:
    if "cannot start any token" in what and "'%'" in what:
        return "Put text that begins with {% in quotes or into a block after |."
    if "unhashable key" in what:
        return "Put text that begins with {{ in quotes or into a block after |."
    if "\\t" in what or "tab character" in what:
        return "Indent with spaces, not with tabs."
    if "mapping values are not allowed" in what:
        return "Put a text that contains a colon in quotes or into a block after |."
    if "could not determine a constructor" in what:
        return "Tags (!name) are not read from prompt files."
    return "Check the indentation and the quotes there."


def _check(
    node: yaml.Node,
    path: tuple[str | int, ...],
    places: dict[tuple[str | int, ...], Place],
    above: list[yaml.Node],
    label: str,
) -> None:
    """Note every position; refuse repeated keys and references that loop or explode."""
    mark = node.start_mark
    place = Place(mark.line + 1, mark.column + 1)
    places[path] = place
    if len(places) > _MAX_NODES:
        raise _error(label, place, f"more than {_MAX_NODES:,} values")
    if any(node is outer for outer in above):
        raise _error(label, place, "a reference (*name) contains itself")
    above.append(node)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else str(key.start_mark.line)
            if name in seen and key.tag != _TAG + "merge":
                at = Place(key.start_mark.line + 1, key.start_mark.column + 1)
                raise _error(label, at, f"the key {name} is there twice", "Remove one of them.")
            seen.add(name)
            _check(value, (*path, name), places, above, label)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _check(item, (*path, index), places, above, label)
    above.pop()


def _clean(value: object, label: str) -> object:
    """JSON types only: keys become texts, anything a tag made is refused."""
    if isinstance(value, dict):
        return {_key(key): _clean(item, label) for key, item in value.items()}
    if isinstance(value, list):
        return [_clean(item, label) for item in value]
    if value is None or isinstance(value, str | bool | int | float):
        return value
    raise _error(label, None, f"a value of type {type(value).__name__} cannot be used here")


def _key(key: object) -> str:
    if isinstance(key, bool):
        return "true" if key else "false"
    return "null" if key is None else str(key)
