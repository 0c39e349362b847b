"""A list of messages as the OpenAI API takes it, alone or inside a request's body."""

from __future__ import annotations

import json
from typing import Any

from workbench.core.errors import UserError
from workbench.export.dialects import jinja_source
from workbench.export.reading import Beside, Imported, ImportFormat, ReadPrompt
from workbench.export.structured import read_json

_ROLES = ("system", "developer", "user", "assistant", "tool")
_KNOWN = {"messages", "prompt", "model"}


def fits(_name: str, text: str) -> bool:
    """Whether it is a JSON list of messages, or a mapping that holds one or a text prompt."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return False
    if isinstance(data, dict) and {"tokenizer_config", "chat_template"} & set(data):
        return False
    rows = data.get("messages") if isinstance(data, dict) else data
    if isinstance(rows, list):
        return bool(rows) and all(isinstance(r, dict) and "role" in r for r in rows)
    return isinstance(data, dict) and isinstance(data.get("prompt"), str) and "model" in data


def read(name: str, text: str, _beside: Beside) -> Imported:
    """Messages whose braces mean nothing; the settings of a body become parameters.

    Raises:
        UserError: a message without a known role or without text.
    """
    data = read_json(text, name)
    body: dict[str, Any] = data if isinstance(data, dict) else {"messages": data}
    left_out: list[str] = []
    messages: tuple[tuple[str, str], ...] = ()
    raw: str | None = None
    if "messages" in body:
        rows = body["messages"]
        if not isinstance(rows, list):
            raise UserError(f"{name} holds no list of messages.")
        messages = tuple(_message(row, i, name, left_out) for i, row in enumerate(rows))
    elif isinstance(body.get("prompt"), str):
        raw = jinja_source((body["prompt"],))
    else:
        raise UserError(f"{name} holds neither messages nor a prompt.")
    parameters = {key: value for key, value in body.items() if key not in _KNOWN and _simple(value)}
    left_out += [
        f"{key}: nothing here is like it."
        for key, value in body.items()
        if key not in _KNOWN and not _simple(value)
    ]
    prompt = ReadPrompt(
        name=name.rsplit(".", 1)[0],
        messages=messages,
        text=raw,
        model=str(body.get("model") or ""),
        parameters=parameters,
    )
    return Imported((prompt,), tuple(left_out))


def _message(row: Any, index: int, label: str, left_out: list[str]) -> tuple[str, str]:
    if not isinstance(row, dict) or row.get("role") not in _ROLES:
        raise UserError(
            f"Message {index + 1} of {label} has no role that is known.",
            f"Roles are {', '.join(_ROLES)}.",
        )
    content = row.get("content")
    if isinstance(content, list):
        texts = [p.get("text", "") for p in content if isinstance(p, dict) and "text" in p]
        if len(texts) != len(content):
            left_out.append(f"Parts of message {index + 1} that are not text.")
        content = "".join(map(str, texts))
    if content is None:
        content = ""
    if not isinstance(content, str):
        raise UserError(f"Message {index + 1} of {label} holds no text.")
    left_out += [
        f"{key} of message {index + 1}."
        for key in row
        if key not in ("role", "content") and row[key]
    ]
    return str(row["role"]), jinja_source((content,)) if content else ""


def _simple(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(one, str | int | float) for one in value)
    return isinstance(value, str | int | float) and not isinstance(value, bool)


FORMAT = ImportFormat(
    "messages",
    "Messages (JSON)",
    "A list of roles and contents, or the body of a request.",
    (".json",),
    fits,
    read,
)
