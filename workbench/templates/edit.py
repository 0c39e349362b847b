"""Changing a prompt so that its file keeps its comments, its order and what it does not know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workbench.templates.declarations import Variable
from workbench.templates.prompt_file import PromptFile, parse_prompt
from workbench.templates.yaml_edit import edit_yaml
from workbench.templates.yaml_source import parse_yaml


@dataclass(frozen=True, slots=True)
class PromptEdit:
    """What to change in a prompt; None leaves a part as it is, an empty value removes it.

    Attributes:
        messages: role and template of every message; turns a `text:` prompt into a chat.
        text: the template of a raw completion; turns a chat into one.
        variables: all declared variables, in order.
        model_parameters, test_data: as they stand in the file.
    """

    name: str | None = None
    description: str | None = None
    tags: Sequence[str] | None = None
    model: str | None = None
    model_parameters: Mapping[str, object] | None = None
    messages: Sequence[tuple[str, str]] | None = None
    text: str | None = None
    variables: Sequence[Variable] | None = None
    test_data: Sequence[Mapping[str, object]] | None = None


def edit_prompt(prompt: PromptFile, edit: PromptEdit) -> PromptFile:
    """`prompt` with the edit made in its source; untouched lines keep every byte.

    A prompt of raw text (no YAML) takes a new `text` as its whole source; any other edit turns
    it into a prompt file.

    Raises:
        UserError: the result is no valid prompt (an unknown role, say), or `messages` and `text`
            are both given.
    """
    if prompt.text is not None and prompt.source == prompt.text:
        if edit == PromptEdit(text=edit.text):
            text = prompt.text if edit.text is None else edit.text
            return replace(prompt, text=text, source=text)
        source, data = "", {"name": prompt.name, "text": prompt.text}
    else:
        source = prompt.source
        loaded: Any = parse_yaml(source, prompt.label).data
        data = dict(loaded)
    wanted = _edited(data, edit, {v.name: v for v in prompt.variables})
    return parse_prompt(edit_yaml(source, wanted, prompt.label), prompt.name, prompt.path)


def _edited(
    data: dict[str, Any], edit: PromptEdit, known: Mapping[str, Variable]
) -> dict[str, object]:
    wanted: dict[str, Any] = dict(data)
    for key, value in (
        ("name", edit.name),
        ("description", edit.description),
        ("tags", None if edit.tags is None else list(edit.tags)),
        ("model", edit.model),
        (
            "modelParameters",
            None if edit.model_parameters is None else dict(edit.model_parameters),
        ),
        ("testData", None if edit.test_data is None else [dict(row) for row in edit.test_data]),
    ):
        if value:
            wanted[key] = value
        elif value is not None:
            wanted.pop(key, None)
    if isinstance(data.get("tags"), str) and edit.tags:
        wanted["tags"] = ", ".join(edit.tags)
    if edit.messages is not None:
        wanted.pop("text", None)
        wanted["messages"] = _messages(data.get("messages"), edit.messages)
    if edit.text is not None:
        if edit.messages is None:
            wanted.pop("messages", None)
        wanted["text"] = edit.text
    if edit.variables is not None:
        wanted["variables"] = _variables(data.get("variables"), known, edit.variables)
        if not wanted["variables"]:
            del wanted["variables"]
    return wanted


def _messages(old: object, new: Sequence[tuple[str, str]]) -> list[dict[str, object]]:
    """Rows for the messages; one that was there before keeps what else its row holds."""
    rows = [row for row in old if isinstance(row, dict)] if isinstance(old, list) else []
    by_text = {(row.get("role"), _text(row.get("content"))): row for row in rows}
    same_length = len(rows) == len(new)
    found: list[dict[str, object]] = []
    for index, (role, content) in enumerate(new):
        row = by_text.get((role, content))
        if row is not None:
            found.append(row)
        elif same_length and rows[index].get("role") == role:
            found.append({**rows[index], "content": content})
        else:
            found.append({"role": role, "content": content})
    return found


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _variables(
    old: object, known: Mapping[str, Variable], new: Sequence[Variable]
) -> dict[str, object] | list[object]:
    """Declarations in the notation the file uses; an unchanged one stays as it was written."""
    written: dict[str, object] = {}
    if isinstance(old, dict):
        written = dict(old)
    elif isinstance(old, list):
        written = {str(r.get("name") if isinstance(r, dict) else r): r for r in old}
    rows: dict[str, object] = {}
    for variable in new:
        was = written.get(variable.name)
        same = known.get(variable.name) == variable
        rows[variable.name] = was if same else _declaration(variable, was)
    if not isinstance(old, list):
        return rows
    return [
        {"name": name, **row} if isinstance(row, dict) and "name" not in row else row
        for name, row in rows.items()
    ]


def _declaration(variable: Variable, was: object) -> dict[str, object]:
    given: dict[str, object] = dict(was) if isinstance(was, dict) else {}
    for key, value in (
        ("type", variable.kind.value),
        ("choices", list(variable.choices) or None),
        ("default", variable.default),
        ("description", variable.description or None),
    ):
        if value is None:
            given.pop(key, None)
        else:
            given[key] = value
    return given
