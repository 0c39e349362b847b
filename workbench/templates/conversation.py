"""A conversation as other programs keep it, a list of messages, through a chat template."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

from workbench.core.errors import UserError
from workbench.core.registry import did_you_mean
from workbench.core.rendered import LITERAL, SPECIAL, Message, Rendered, Span
from workbench.templates.chat import ChatFormat, ChatInput, Now, apply_chat_template
from workbench.templates.declarations import json_value
from workbench.templates.limits import Guard, Limits
from workbench.templates.provenance import spans_of, traced
from workbench.templates.render import bos_warnings

_MAX_BYTES = 16 << 20
_KEYS = (
    "messages",
    "tools",
    "documents",
    "chat_template_kwargs",
    "add_generation_prompt",
    "continue_final_message",
)
_TEXT_KEYS = ("content", "reasoning_content", "thinking", "reasoning")


@dataclass(frozen=True, slots=True)
class Conversation:
    """Messages with what else the chat template gets; every value is JSON."""

    messages: tuple[Mapping[str, object], ...]
    given: ChatInput


def load_conversation(path: Path) -> Conversation:
    """Read a JSON file: a list of messages, or an object with messages, tools, documents and more.

    Raises:
        UserError: it cannot be read, is no JSON, or is no conversation; the place is named.
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise UserError(f"{path.name} is larger than {_MAX_BYTES:,} bytes.")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UserError(
            f"The file {path} cannot be read: {error.strerror or error}.", "Check the path."
        ) from error
    except UnicodeDecodeError as error:
        raise UserError(f"{path.name} is not UTF-8 (byte {error.start}).") from error
    return parse_conversation(text, path.name)


def parse_conversation(text: str, label: str) -> Conversation:
    """A conversation from JSON text; see `load_conversation`."""

    def refuse(name: str) -> NoReturn:
        raise ValueError(f"{name} is not JSON")

    try:
        data: Any = json.loads(text, parse_constant=refuse)
    except json.JSONDecodeError as error:
        raise UserError(
            f"{label}, line {error.lineno}, column {error.colno}: broken JSON: {error.msg}."
        ) from error
    except (ValueError, RecursionError) as error:
        raise UserError(f"{label}: broken JSON: {error}.") from error
    data = {"messages": data} if isinstance(data, list) else data
    if not isinstance(data, dict):
        raise UserError(f"{label} holds no list of messages.", _SHAPE)
    for key in data:
        if key not in _KEYS:
            raise UserError(f"{label} has the unknown key {key}.", did_you_mean(key, list(_KEYS)))
    variables = data.get("chat_template_kwargs") or {}
    if not isinstance(variables, dict):
        raise UserError(f"{label}: chat_template_kwargs must be an object.")
    return Conversation(
        _messages(data.get("messages"), label),
        ChatInput(
            tools=_rows(data, "tools", label),
            documents=_rows(data, "documents", label),
            variables=variables,
            add_generation_prompt=_switch(data, "add_generation_prompt", label),
            continue_final_message=_switch(data, "continue_final_message", label),
        ),
    )


_SHAPE = 'Write [{"role": "user", "content": "…"}], or {"messages": […], "tools": […]}.'


def _messages(rows: object, label: str) -> tuple[Mapping[str, object], ...]:
    if not isinstance(rows, list) or not rows:
        raise UserError(f"{label} holds no list of messages.", _SHAPE)
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict) or not isinstance(row.get("role"), str):
            raise UserError(f"{label}: message {number} is no object with a role.", _SHAPE)
        content = row.get("content")
        if not (content is None or isinstance(content, str | list)):
            raise UserError(f"{label}: the content of message {number} is no text and no list.")
    return tuple(rows)


def _rows(data: Mapping[str, object], key: str, label: str) -> list[Mapping[str, object]] | None:
    rows = data.get(key)
    if rows is None:
        return None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise UserError(f"{label}: {key} must be a list of objects.")
    return rows


def _switch(data: Mapping[str, object], key: str, label: str) -> bool | None:
    value = data.get(key)
    if value is not None and not isinstance(value, bool):
        raise UserError(f"{label}: {key} must be true or false.")
    return value


def render_conversation(
    conversation: Conversation,
    chat: ChatFormat,
    limits: Limits | None = None,
    now: Now = datetime.now,
) -> Rendered:
    """The exact text a model reads for a conversation, with the message behind every character.

    Raises:
        UserError: the chat template fails or refuses.
    """
    limits = limits or Limits()
    deadline = time.monotonic() + limits.seconds
    instant = now()
    rows: Any = json_value("messages", conversation.messages)

    def run(messages: list[dict[str, object]], *, with_sources: bool) -> str:
        return apply_chat_template(
            chat,
            messages,
            Guard(limits, deadline),
            traced=with_sources,
            given=conversation.given,
            now=lambda: instant,
        )

    text = run(rows, with_sources=False)
    sourced = [_traced(row, index) for index, row in enumerate(rows)]
    found = run(sourced, with_sources=True)
    spans = spans_of(found, SPECIAL) if found == text else _one_span(text)
    bos = chat.bos_text
    return Rendered(
        text=text,
        spans=spans,
        messages=tuple(Message(row["role"], _content(row)) for row in rows),
        warnings=tuple(bos_warnings(text, bos)),
        adds_bos=chat.adds_bos and not (bool(bos) and text.startswith(bos)),
    )


def _one_span(text: str) -> tuple[Span, ...]:
    return (Span(0, len(text), SPECIAL),) if text else ()


def _traced(row: Mapping[str, object], index: int) -> dict[str, object]:
    """A message whose texts know that they are its own."""
    out = dict(row)
    for key in _TEXT_KEYS:
        out[key] = _known(row[key], index) if key in row else None
    return {key: value for key, value in out.items() if value is not None}


def _known(value: object, index: int) -> object:
    if isinstance(value, str):
        return traced(value, LITERAL, index)
    if isinstance(value, list):
        return [_known(item, index) for item in value]
    if isinstance(value, dict) and isinstance(value.get("text"), str):
        return {**value, "text": traced(value["text"], LITERAL, index)}
    return value


def _content(row: Mapping[str, object]) -> str:
    content = row.get("content")
    if isinstance(content, list):
        return "".join(str(b.get("text", "")) for b in content if isinstance(b, Mapping))
    return "" if content is None else str(content)
