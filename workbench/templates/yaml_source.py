"""YAML read safely and with positions: no tags, no repeated keys, no exploding references.

Plain words mean what they mean in YAML 1.2, as in the tools these files come from: `yes`, `on`,
dates and `12:30` are texts, only `true` and `false` are truth values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import yaml

from workbench.core.errors import UserError

_MAX_NODES = 200_000
_MAX_DEPTH = 60
_SURE_DEPTH = 500
_TAG = "tag:yaml.org,2002:"
YamlPath = tuple[str | int, ...]
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


_TRUE = frozenset({"true", "True", "TRUE"})
_DASHES = re.compile(r"^[ \t?:\-]*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a file, 1-based."""

    line: int
    column: int


class YamlError(UserError):
    """A YAML text that cannot be used; the message names file, line and column.

    Attributes:
        place: that position; None when the whole file is meant.
        what: the mistake without file and position, one sentence.
    """

    def __init__(
        self,
        message: str,
        hint: str = "",
        details: str = "",
        place: Place | None = None,
        what: str = "",
    ) -> None:
        super().__init__(message, hint, details)
        self.place = place
        self.what = what or message

    def __reduce__(self) -> tuple[type[UserError], tuple[Any, ...]]:
        return type(self), (self.message, self.hint, self.details, self.place, self.what)


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """A parsed file.

    Attributes:
        label: what to call the file in messages.
        data: its value; JSON types only, keys of dictionaries are texts.
        places: positions of values by their path of keys and indexes.
        keys: positions of the keys in front of them.
    """

    label: str
    data: object
    places: Mapping[YamlPath, Place]
    keys: Mapping[YamlPath, Place] = field(default_factory=dict)

    def place(self, path: YamlPath) -> Place | None:
        """The position of the value at `path`, or of the nearest one around it."""
        while path not in self.places and path:
            path = path[:-1]
        return self.places.get(path)

    def key_place(self, path: YamlPath) -> Place | None:
        """The position of the key of `path`; of its value, or what is around it, if it has none."""
        return self.keys.get(path) or self.place(path)

    def error(self, path: YamlPath, what: str, hint: str = "") -> YamlError:
        """An error about the value at `path`, or about the nearest one around it."""
        return _error(self.label, self.place(path), what, hint)


def _error(label: str, place: Place | None, what: str, hint: str = "") -> YamlError:
    at = "" if place is None else f", line {place.line}, column {place.column}"
    said = f"{what.rstrip('.')}."
    return YamlError(f"{label}{at}: {said}", hint, "", place, said)


def compose_yaml(source: str, label: str) -> yaml.Node | None:
    """The tree of nodes, with positions, of one YAML document; None for an empty one.

    Raises:
        YamlError: not YAML, or nested too deeply.
    """
    loader = None
    try:
        _check_depth(source, label)
        loader = _Loader(source)
        root = loader.get_single_node()
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
    return root if isinstance(root, yaml.Node) else None


def parse_yaml(source: str, label: str) -> YamlDocument:
    """Parse one YAML document.

    Raises:
        YamlError: not YAML, a repeated key, a tag, references that never end or explode.
    """
    root = compose_yaml(source, label)
    if root is None:
        return YamlDocument(label, None, {})
    return document_of(root, label)


def document_of(root: yaml.Node, label: str) -> YamlDocument:
    """The values below a node; see `parse_yaml`."""
    reader = _Values(label)
    data = reader.value(root, ())
    return YamlDocument(label, data, reader.places, reader.keys)


class _Values:
    """JSON values out of nodes: no tags, no repeated keys, no references that loop or explode."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._above: list[yaml.Node] = []
        self.places: dict[YamlPath, Place] = {}
        self.keys: dict[YamlPath, Place] = {}

    def value(self, node: yaml.Node, path: YamlPath) -> object:
        mark = node.start_mark
        place = self.places[path] = Place(mark.line + 1, mark.column + 1)
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, place)
        if len(self.places) > _MAX_NODES:
            raise _error(self._label, place, f"more than {_MAX_NODES:,} values")
        if len(self._above) >= _MAX_DEPTH:
            raise _error(self._label, place, f"more than {_MAX_DEPTH} levels of nesting")
        if any(node is outer for outer in self._above):
            raise _error(self._label, place, "a reference (*name) contains itself")
        self._above.append(node)
        found: object
        if isinstance(node, yaml.MappingNode) and node.tag == _TAG + "map":
            found = self._mapping(node, path)
        elif isinstance(node, yaml.SequenceNode) and node.tag == _TAG + "seq":
            found = [self.value(item, (*path, i)) for i, item in enumerate(node.value)]
        else:
            raise self._tagged(node, place)
        self._above.pop()
        return found

    def _mapping(self, node: yaml.MappingNode, path: YamlPath) -> dict[str, object]:
        found: dict[str, object] = {}
        merged: dict[str, object] = {}
        for key, value in node.value:
            at = Place(key.start_mark.line + 1, key.start_mark.column + 1)
            if not isinstance(key, yaml.ScalarNode):
                what = "broken YAML: while constructing a mapping found unhashable key"
                raise _error(self._label, at, what, _hint(what))
            if key.tag == _TAG + "merge":
                rows = value.value if isinstance(value, yaml.SequenceNode) else [value]
                for row in rows:
                    inner = self.value(row, (*path, "<<"))
                    if not isinstance(inner, dict):
                        raise _error(self._label, at, "<< takes the reference of keys and values")
                    merged = {**inner, **merged}
                continue
            name = _key(self._scalar(key, at), key.value)
            if name in found:
                what = f"the key {name} is there twice"
                raise _error(self._label, at, what, "Remove one of them.")
            self.keys[(*path, name)] = at
            found[name] = self.value(value, (*path, name))
        return {**merged, **found} if merged else found

    def _scalar(self, node: yaml.ScalarNode, place: Place) -> str | int | float | bool | None:
        text: str = node.value
        tag = node.tag.removeprefix(_TAG)
        if tag == "str":
            return text
        try:
            if tag == "int":
                return int(text, 0) if text[:2] in {"0o", "0x"} else int(text)
            if tag == "float":
                sign, word = ("-", text[1:]) if text[:1] == "-" else ("", text.lstrip("+"))
                return float(sign + word.lstrip(".")) if word[1:2].isalpha() else float(text)
        except ValueError as error:
            raise _error(self._label, place, f"broken YAML: {error}") from error
        if tag == "bool":
            return text in _TRUE
        if tag == "null":
            return None
        raise self._tagged(node, place)

    def _tagged(self, node: yaml.Node, place: Place) -> YamlError:
        tag = node.tag.replace(_TAG, "!!")
        what = f"broken YAML: could not determine a constructor for the tag {tag}"
        return _error(self._label, place, what, _hint(what))


def _key(value: object, written: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    return written if isinstance(value, str) else str(value)


def _check_depth(source: str, label: str) -> None:
    """Refuse deep nesting on the flat stream of events: libyaml's composer would overflow.

    A level of nesting costs a bracket or a column; where those are few nothing can be deep.
    """
    prefix = max((len(match[0]) for match in _DASHES.finditer(source)), default=0)
    if source.count("[") + source.count("{") + 2 * prefix < _SURE_DEPTH:
        return
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
