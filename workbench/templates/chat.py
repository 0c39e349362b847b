"""Chat templates: the model's own way of writing a conversation, applied as transformers does."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NoReturn

from workbench.core.errors import UserError
from workbench.core.rendered import SPECIAL
from workbench.core.text import elide
from workbench.templates.code_cache import CodeCache
from workbench.templates.limits import Guard
from workbench.templates.provenance import concat, cut
from workbench.templates.sandbox import SandboxEnvironment
from workbench.templates.template_errors import RefusedError, explain
from workbench.templates.template_source import TemplateSource

Now = Callable[[], datetime]

_MAX_DATE_FORMAT = 100
_MOST_PASSED = 20_000
_MOST_LINE = 160
_OPEN_END = "CONTINUE_FINAL_MESSAGE_TAG "
_REASONING = ("reasoning_content", "thinking", "reasoning")

PLAIN_TEMPLATE = (
    "{% set names = {'system': 'System', 'developer': 'System', 'user': 'User',"
    " 'assistant': 'Assistant', 'tool': 'Tool'} %}"
    "{% for message in messages %}"
    "{{ names[message.role] + ': ' + message.content + '\\n\\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ 'Assistant:' }}{% endif %}"
)
"""What a chat looks like for a model that brings no chat template: "User: …", a blank line."""


@dataclass(frozen=True, slots=True)
class ChatFormat:
    """How one model wants its prompts.

    Attributes:
        template: Jinja2 source of the chat template; None when the model has none.
        bos_text, eos_text: what the tokens that begin and end a text look like; may be empty.
        adds_bos: whether the model's metadata asks for a BOS in front of raw text.
        special_texts: texts of all control tokens.
    """

    template: str | None
    bos_text: str = ""
    eos_text: str = ""
    adds_bos: bool = True
    special_texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChatInput:
    """What else a chat template can be given besides the messages.

    Attributes:
        tools, documents: as transformers passes them; None when there are none.
        variables: further names for the template (`enable_thinking`, say).
        add_generation_prompt: whether the assistant's header follows; None means unless the last
            message is continued.
        continue_final_message: whether the last message is left open for the model to go on; None
            means if it is the assistant's and has content.
    """

    tools: Sequence[Mapping[str, object]] | None = None
    documents: Sequence[Mapping[str, object]] | None = None
    variables: Mapping[str, object] = field(default_factory=dict)
    add_generation_prompt: bool | None = None
    continue_final_message: bool | None = None


def apply_chat_template(
    chat: ChatFormat,
    messages: Sequence[Mapping[str, object]],
    guard: Guard,
    *,
    traced: bool = False,
    given: ChatInput | None = None,
    now: Now = datetime.now,
    codes: CodeCache | None = None,
) -> str:
    """The conversation as one text, ready for the assistant's next words.

    A last message of the assistant is the beginning of its reply and is left open, unless `given`
    says otherwise. Everything else is what `apply_chat_template` of transformers does.

    Args:
        messages: dictionaries with role and content, as transformers passes them.
        traced: the text knows where it came from (`provenance.Traced`).
        codes: compiled templates, kept by a caller that renders the same one again.

    Raises:
        UserError: the template fails or refuses; line, cause and the roles passed in.
    """
    given = given or ChatInput()
    source = PLAIN_TEMPLATE if chat.template is None else chat.template
    rows = [_as_passed(message) for message in messages]
    open_end = given.continue_final_message
    if open_end is None:
        open_end = bool(rows) and rows[-1].get("role") == "assistant"
        if open_end and not rows[-1].get("content"):
            rows, open_end = rows[:-1], False
    prompted = given.add_generation_prompt
    if prompted is None:
        prompted = not open_end
    last = _opened(rows) if open_end else ""
    env = SandboxEnvironment(guard, chat=True, literal=SPECIAL if traced else None, codes=codes)
    env.allow("raise_exception", _refuse)
    env.allow("strftime_now", _clock(now))
    values: dict[str, object] = {
        "bos_token": chat.bos_text,
        "eos_token": chat.eos_text,
        **given.variables,
        "messages": rows,
        "tools": None if given.tools is None else list(given.tools),
        "documents": None if given.documents is None else list(given.documents),
        "add_generation_prompt": prompted,
    }
    try:
        text = env.render(source, values)
    except Exception as error:  # whatever a template can raise is the template's fault
        raise _failure(error, source, values) from error
    return _cut(text, last) if open_end else text


def _as_passed(message: Mapping[str, object]) -> dict[str, object]:
    """A message as transformers hands it to the template: no nulls, reasoning under all names."""
    row = {key: value for key, value in message.items() if value is not None}
    reasoning = next((row[key] for key in _REASONING if key in row), None)
    if reasoning is None:
        return row
    return {"thinking": reasoning, **row, "reasoning_content": reasoning}


def _opened(rows: list[dict[str, object]]) -> str:
    """Mark the end of the last message's text, as transformers does; returns that text."""
    content = rows[-1].get("content") if rows else None
    if isinstance(content, str):
        rows[-1] = {**rows[-1], "content": concat((content, _OPEN_END))}
        return content
    blocks = list(content) if isinstance(content, list) else []
    for index in reversed(range(len(blocks))):
        block = blocks[index]
        if isinstance(block, Mapping) and isinstance(text := block.get("text"), str):
            blocks[index] = {**block, "text": concat((text, _OPEN_END))}
            rows[-1] = {**rows[-1], "content": blocks}
            return text
    raise UserError(
        "The last message has no text that could be continued.",
        "Remove it, or give it content.",
    )


def _cut(text: str, last: str) -> str:
    """The text up to the mark, as transformers' `continue_final_message` cuts it."""
    plain = str(text)
    at = plain.rfind(_OPEN_END.strip())
    if at < 0 or str(last).strip() not in plain:
        raise UserError(
            "The chat template changes the assistant's last message, so it cannot be continued.",
            "Remove that message, or choose another chat template.",
        )
    if plain.startswith(_OPEN_END, at):
        return cut(text, 0, at)
    # The template trimmed the message, so white space in front of the mark is not its own.
    return cut(text, 0, len(plain[:at].rstrip()))


def _failure(error: Exception, source: str, values: Mapping[str, object]) -> UserError:
    """What the template said, on which of its lines, and what it was given."""
    failure = explain(error, TemplateSource(source, "The chat template"), known=None)
    messages = values["messages"]
    rows = messages if isinstance(messages, list) else []
    roles = ", ".join(str(row.get("role")) for row in rows)
    lines = source.split("\n")
    shown = [
        f"{'→' if number == failure.template_line else ' '} {number:4} {line}"
        for number, line in enumerate(lines, 1)
    ]
    passed = json.dumps(values, ensure_ascii=False, indent=1, default=str)
    details = f"Passed in:\n{passed[:_MOST_PASSED]}\n\nThe template:\n" + "\n".join(shown)
    hint = f"{failure.hint} The roles passed in were: {roles or 'none'}.".strip()
    at = failure.template_line
    if at is not None and 0 < at <= len(lines) and lines[at - 1].strip():
        hint += f" The line is: {elide(lines[at - 1], _MOST_LINE)}"
    return UserError(failure.message, hint, details)


def _refuse(message: object = "") -> NoReturn:
    raise RefusedError(str(message))


def _clock(now: Now) -> Callable[[str], str]:
    def strftime_now(form: str) -> str:
        if len(form) > _MAX_DATE_FORMAT or any(c.isdigit() for c in form):
            raise ValueError("strftime_now takes a short date format without widths")
        return now().strftime(str(form))

    return strftime_now
