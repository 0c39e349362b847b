"""YAML and JSON of other tools, read without trust."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from workbench.core.errors import UserError

_MOST_NODES = 200_000
_TAG = "tag:yaml.org,2002:"


class _CoreLoader(yaml.SafeLoader):
    """YAML 1.2, as JavaScript's tools read it: `no`, `on`, `1:30` and dates are texts."""

    yaml_implicit_resolvers = {}  # noqa: RUF012  # a table of its own, not the library's


for _kind, _pattern, _first in (
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|0b[01]+)$", "-+0123456789"),
    (
        "float",
        r"^(?:[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|[-+]?\.(?:inf|Inf|INF)|\.nan)$",
        "-+.0123456789",
    ),
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("merge", r"^<<$", "<"),
):
    _CoreLoader.add_implicit_resolver(_TAG + _kind, re.compile(_pattern, re.ASCII), list(_first))


def _whole(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int:
    written = str(loader.construct_scalar(node))
    return int(written, 0) if written[:2] in ("0o", "0x", "0b") else int(written)


_CoreLoader.add_constructor(f"{_TAG}int", _whole)


def read_yaml(text: str, label: str, *, modern: bool = False) -> Any:
    """The document; plain values only.

    Args:
        modern: read plain words as YAML 1.2 does (promptfoo), not as 1.1 (Python's tools).

    Raises:
        UserError: broken YAML, tags, or aliases that would grow without end; with line and column.
    """
    try:
        _bounded(text)
        # Both loaders make plain values only.
        return yaml.load(text, Loader=_CoreLoader if modern else yaml.SafeLoader)  # noqa: S506
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        at = f", line {mark.line + 1}, column {mark.column + 1}" if mark is not None else ""
        raise UserError(f"{label}{at}: broken YAML: {error.problem or 'no document'}.") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise UserError(f"{label} is broken YAML: {str(error).splitlines()[0]}.") from error


def read_json(text: str, label: str) -> Any:
    """The document.

    Raises:
        UserError: broken JSON, with line and column.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise UserError(
            f"{label}, line {error.lineno}, column {error.colno}: {error.msg}."
        ) from error
    except RecursionError as error:
        raise UserError(f"{label} is nested too deeply.") from error


def mapping_of(text: str, *, modern: bool = False) -> Mapping[str, Any] | None:
    """The YAML or JSON document when it is a mapping with text keys; None for anything else."""
    try:
        data = read_yaml(text, "", modern=modern)
    except UserError:
        return None
    return data if isinstance(data, dict) and all(isinstance(k, str) for k in data) else None


def front_matter(text: str, label: str, *, modern: bool = False) -> tuple[Mapping[str, Any], str]:
    """What stands between two lines of `---` at the begin, and the rest; see `read_yaml`.

    Raises:
        UserError: there is none, or it is broken.
    """
    lines = text.split("\n")
    if lines[0].strip() != "---":
        raise UserError(f"{label} does not begin with ---.")
    for index in range(1, len(lines)):
        if lines[index].rstrip() == "---":
            data = read_yaml("\n".join(lines[1:index]), label, modern=modern)
            if data is not None and not isinstance(data, dict):
                raise UserError(f"The head of {label} holds no keys and values.")
            return data or {}, "\n".join(lines[index + 1 :])
    raise UserError(f"The head of {label} has no end: a line of --- is missing.")


def has_front_matter(text: str) -> bool:
    """Whether the text begins as `front_matter` wants it."""
    try:
        front_matter(text, "")
    except UserError:
        return False
    return True


def mapping(value: object) -> dict[str, Any]:
    """A mapping with its keys as texts; anything else is empty."""
    return {str(k): v for k, v in value.items()} if isinstance(value, Mapping) else {}


def texts_of(value: object) -> tuple[str, ...]:
    """A text or a list of texts as texts; anything else is empty."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, Sequence):
        return tuple(str(one) for one in value if isinstance(one, str | int | float))
    return ()


def _bounded(text: str) -> None:
    """Refuse a document whose aliases would make it larger than any file of people."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if root is not None and _size(root, {}, frozenset()) > _MOST_NODES:
        raise ValueError("its aliases make it too large")


def _size(node: yaml.Node, known: dict[int, int], inside: frozenset[int]) -> int:
    """How many parts the node has with every alias written out."""
    key = id(node)
    if key in inside:
        raise ValueError("an alias that holds itself")
    if key not in known:
        children: list[yaml.Node] = []
        if isinstance(node, yaml.SequenceNode):
            children = list(node.value)
        elif isinstance(node, yaml.MappingNode):
            children = [part for pair in node.value for part in pair]
        known[key] = 1 + sum(_size(child, known, inside | {key}) for child in children)
    return known[key]
