"""OpenAI Evals: JSONL with a conversation as `input` and the ideal answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from workbench.core.task import Item, Kind
from workbench.experiments.tasks.fields import Fields, as_text, shown
from workbench.experiments.tasks.reader import Look, Reader, Source
from workbench.experiments.tasks.rows import BadField
from workbench.experiments.tasks.shapes import finished

_ROLES = {"system", "developer", "user", "assistant", "tool"}


def messages_of(name: str, value: object) -> tuple[tuple[str, str], ...]:
    """A conversation as (role, content).

    Raises:
        BadField: a message has no role that is known, or no text.
    """
    if not isinstance(value, list) or not value:
        raise BadField(name, f"It must list messages, not {shown(value)}.")
    found = []
    for number, message in enumerate(value, 1):
        if not isinstance(message, dict) or message.get("role") not in _ROLES:
            raise BadField(name, f"Message {number} has no role that is known.")
        content = message.get("content")
        if isinstance(content, list):
            # The newer form has parts; only their texts can be read by a text model.
            parts = [p.get("text") for p in content if isinstance(p, dict)]
            content = "".join(p for p in parts if isinstance(p, str))
        found.append((str(message["role"]), as_text(name, content)))
    return tuple(found)


def _fits(look: Look) -> bool:
    return look.has("input") and any(
        isinstance(row.fields["input"], list) or "ideal" in row.fields for row in look.first
    )


def _items(_source: Source, fields: Fields) -> Iterable[Item]:
    given = fields.raw("input")
    made: dict[str, Any] = {}
    if isinstance(given, list):
        messages = messages_of("input", given)
        asked = next((text for role, text in reversed(messages) if role == "user"), "")
        made = {"messages": messages, "variables": {"question": asked, "input": asked}}
    else:
        made = {"variables": {"question": fields.text("input")}}
    name = fields.one_of("ideal", "expected", "answer")
    if name is None:
        fields.missing("ideal")
    made["references"] = fields.texts(name)
    yield finished(fields, Kind.GENERATE, made)


OPENAI_EVALS = Reader(
    "openai evals",
    "OpenAI Evals: JSONL with input (messages) and ideal",
    _fits,
    lambda _look: Kind.GENERATE,
    _items,
    # `Match` of that project asks for a reply that starts with the ideal answer.
    lambda _source: ("exact_match", "contains"),
)
