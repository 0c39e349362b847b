"""A template of Simon Willison's `llm` tool."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from workbench.core.errors import UserError
from workbench.core.open_text import Hole, OpenText, Piece
from workbench.export.dialects import jinja_source
from workbench.export.reading import Beside, Imported, ImportFormat, ReadPrompt, ReadVariable
from workbench.export.structured import mapping_of, read_yaml

_MARK = re.compile(
    r"\$(?:(?P<dollar>\$)|(?P<name>[_a-zA-Z]\w*)|\{(?P<braced>[_a-zA-Z]\w*)\})", re.ASCII
)
_KNOWN = {"name", "model", "system", "prompt", "defaults", "options", "schema_object"}
_OTHER = {
    "extract", "extract_last", "fragments", "system_fragments", "tools", "functions",
    "attachments", "attachment_types",
}  # fmt: skip


def fits(_name: str, text: str) -> bool:
    """Whether the mapping holds a prompt or a system text and nothing llm would refuse."""
    data = mapping_of(text)
    return (
        data is not None
        and ("prompt" in data or "system" in data)
        and set(data) <= _KNOWN | _OTHER
        and all(isinstance(data.get(key, ""), str) for key in ("prompt", "system"))
    )


def read(name: str, text: str, _beside: Beside) -> Imported:
    """The system and the user text, defaults as variables, options as parameters.

    Without `prompt:` the tool takes what is typed: that becomes the variable `input`.
    """
    data = read_yaml(text, name)
    if not isinstance(data, dict):
        raise UserError(f"{name} holds no keys and values.")
    left_out = [f"{key}: nothing here is like it." for key in sorted(_OTHER & set(data))]
    messages = []
    variables: dict[str, ReadVariable] = {}
    defaults = _mapping(data, "defaults", name)
    for role, key in (("system", "system"), ("user", "prompt")):
        source = data.get(key)
        if source is None and role == "user":
            source = "$input"
        if not source:
            continue
        opened = open_text(str(source), name)
        messages.append((role, jinja_source(opened)))
        for piece in opened:
            if isinstance(piece, Hole):
                variables[piece.name] = ReadVariable(piece.name, default=defaults.get(piece.name))
    parameters = dict(_mapping(data, "options", name))
    if isinstance(data.get("schema_object"), dict):
        parameters["json_schema"] = json.dumps(data["schema_object"], ensure_ascii=False)
    prompt = ReadPrompt(
        name=str(data.get("name") or _stem(name)),
        messages=tuple(messages),
        model=str(data.get("model") or ""),
        parameters=parameters,
        variables=tuple(variables.values()),
    )
    return Imported((prompt,), tuple(left_out))


def open_text(source: str, label: str) -> OpenText:
    """A text with $variables (Python's string.Template).

    Raises:
        UserError: a dollar that is neither doubled nor in front of a name.
    """
    return tuple(_pieces(source, label))


def _pieces(source: str, label: str) -> Iterator[Piece]:
    start = 0
    literal = ""
    for found in re.finditer(r"\$", source):
        if found.start() < start:
            continue
        literal += source[start : found.start()]
        mark = _MARK.match(source, found.start())
        if mark is None:
            line = source.count("\n", 0, found.start()) + 1
            raise UserError(
                f"{label}: a lone $ in line {line} of a text.", "Write $$ for a dollar sign."
            )
        start = mark.end()
        if mark["dollar"]:
            literal += "$"
            continue
        if literal:
            yield literal
            literal = ""
        yield Hole(mark["name"] or mark["braced"])
    literal += source[start:]
    if literal:
        yield literal


def _mapping(data: dict[str, Any], key: str, label: str) -> dict[str, Any]:
    value = data.get(key) or {}
    if not isinstance(value, dict):
        raise UserError(f"{key} of {label} holds no keys and values.")
    return {str(k): v for k, v in value.items()}


def _stem(name: str) -> str:
    return name.rsplit(".", 1)[0]


FORMAT = ImportFormat(
    "llm",
    "llm template",
    "A template of the `llm` command, in YAML.",
    (".yaml", ".yml"),
    fits,
    read,
)
