"""Chat templates: the model's own way of writing a conversation, applied as transformers does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import CodeType
from typing import NoReturn

from workbench.core.errors import UserError
from workbench.core.rendered import SPECIAL
from workbench.templates.limits import Guard
from workbench.templates.provenance import cut
from workbench.templates.sandbox import SandboxEnvironment
from workbench.templates.template_errors import RefusedError, explain

Now = Callable[[], datetime]

_MAX_DATE_FORMAT = 100

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


def apply_chat_template(
    chat: ChatFormat,
    messages: Sequence[Mapping[str, object]],
    guard: Guard,
    *,
    traced: bool = False,
    tools: Sequence[Mapping[str, object]] | None = None,
    now: Now = datetime.now,
    codes: dict[str, CodeType] | None = None,
) -> str:
    """The conversation as one text, ready for the assistant's next words.

    A last message of the assistant is the beginning of its reply and is left open.

    Args:
        messages: dictionaries with role and content, as transformers passes them.
        traced: the text knows where it came from (`provenance.Traced`).
        codes: compiled templates, kept by a caller that renders the same one again.

    Raises:
        UserError: the template fails or refuses; line, cause and the roles passed in.
    """
    source = PLAIN_TEMPLATE if chat.template is None else chat.template
    open_end = bool(messages) and messages[-1].get("role") == "assistant"
    if open_end and not messages[-1].get("content"):
        messages, open_end = messages[:-1], False
    env = SandboxEnvironment(guard, chat=True, literal=SPECIAL if traced else None, codes=codes)
    env.allow("raise_exception", _refuse)
    env.allow("strftime_now", _clock(now))
    values: dict[str, object] = {
        "messages": list(messages),
        "tools": None if tools is None else list(tools),
        "documents": None,
        "add_generation_prompt": not open_end,
        "bos_token": chat.bos_text,
        "eos_token": chat.eos_text,
    }
    roles = ", ".join(str(message.get("role")) for message in messages)
    try:
        text = env.render(source, values)
    except Exception as error:  # whatever a template can raise is the template's fault
        details = f"Passed in: messages with the roles {roles}; "
        details += f"add_generation_prompt={not open_end}; the template:\n{source}"
        failure = explain(error, "The chat template", known=None)
        hint = f"{failure.hint} The roles passed in were: {roles}.".strip()
        raise UserError(failure.message, hint, details) from error
    return _opened(text, str(messages[-1]["content"])) if open_end else text


def _opened(text: str, last: str) -> str:
    """The text cut behind the last message, as transformers' `continue_final_message` does."""
    stripped = last.strip()
    at = str(text).rfind(stripped)
    if at < 0:
        raise UserError(
            "The chat template changes the assistant's last message, so it cannot be continued.",
            "Remove that message, or choose another chat template.",
        )
    whole = last.lstrip()
    kept = whole if str(text)[at : at + len(whole)] == whole else stripped
    return cut(text, 0, at + len(kept))


def _refuse(message: object = "") -> NoReturn:
    raise RefusedError(str(message))


def _clock(now: Now) -> Callable[[str], str]:
    def strftime_now(form: str) -> str:
        if len(form) > _MAX_DATE_FORMAT or any(c.isdigit() for c in form):
            raise ValueError("strftime_now takes a short date format without widths")
        return now().strftime(str(form))

    return strftime_now
