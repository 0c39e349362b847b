"""Chat templates render as transformers renders them; failures say where and with what."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

import jinja2
import pytest
from support.chat_cases import (
    CHATML,
    CONVERSATIONS,
    DOCUMENTS,
    GEMMA,
    LLAMA3,
    TEMPLATES,
    TOOLS,
)
from support.chat_reference import NOW, RENDERERS, Message, Renderer, reference

from workbench.core.errors import UserError
from workbench.templates.chat import ChatFormat, ChatInput, apply_chat_template
from workbench.templates.code_cache import CodeCache
from workbench.templates.limits import Guard, Limits
from workbench.templates.provenance import spans_of, traced

CODES = CodeCache()
TOKENS = {"bos_token": "<s>", "eos_token": "</s>"}
OPTIONS: dict[str, Mapping[str, object]] = {
    "plain": {"add_generation_prompt": True},
    "no prompt": {"add_generation_prompt": False},
    "tools": {"add_generation_prompt": True, "tools": TOOLS},
    "documents": {"documents": DOCUMENTS, "add_generation_prompt": True, "enable_thinking": False},
    "continued": {"continue_final_message": True, "add_generation_prompt": False, "tools": TOOLS},
}


def ours(
    source: str | None,
    messages: Sequence[Message],
    given: ChatInput | None = None,
    *,
    with_sources: bool = False,
) -> str:
    """The conversation through the product."""
    rows: list[Message] = [dict(message) for message in messages]
    if with_sources:
        for index, row in enumerate(rows):
            if isinstance(content := row.get("content"), str):
                row["content"] = traced(content, "literal", index)
    guard = Guard(Limits(), time.monotonic() + 5)
    chat = ChatFormat(source, "<s>", "</s>")
    return apply_chat_template(
        chat, rows, guard, traced=with_sources, given=given, now=lambda: NOW, codes=CODES
    )


def chat_input(options: Mapping[str, object]) -> ChatInput:
    """The same options for the product."""
    known = {"tools", "documents", "add_generation_prompt", "continue_final_message"}
    own: dict[str, object] = {key: value for key, value in options.items() if key in known}
    own.setdefault("continue_final_message", False)
    others = {key: value for key, value in options.items() if key not in known}
    return ChatInput(variables=others, **own)  # type: ignore[arg-type]  # the table above has them right


def outcome(renderer: Renderer, source: str, messages: list[Message], options: object) -> str:
    """What transformers makes of it; a refusal begins with a bell."""
    assert isinstance(options, dict)
    try:
        return renderer(source, messages, **options, **TOKENS)
    except (jinja2.exceptions.TemplateError, TypeError, KeyError, ValueError) as error:
        return f"\a{error}"


@pytest.mark.parametrize("renderer", RENDERERS)
@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("number", range(len(CONVERSATIONS)))
@pytest.mark.parametrize("name", TEMPLATES)
def test_same_as_transformers(name: str, number: int, options: str, renderer: Renderer) -> None:
    source, messages = TEMPLATES[name], CONVERSATIONS[number]
    expected = outcome(renderer, source, messages, OPTIONS[options])
    given = chat_input(OPTIONS[options])
    for with_sources in (False, True):
        if expected.startswith("\a"):
            with pytest.raises(UserError):
                ours(source, messages, given, with_sources=with_sources)
        else:
            assert ours(source, messages, given, with_sources=with_sources) == expected


def test_the_comparison_is_not_one_of_refusals() -> None:
    rows = [
        outcome(reference, TEMPLATES[name], messages, OPTIONS[options])
        for name in TEMPLATES
        for messages in CONVERSATIONS
        for options in OPTIONS
    ]
    assert sum(not row.startswith("\a") for row in rows) > 0.7 * len(rows) > 150


@pytest.mark.parametrize("name", ["chatml", "llama-3", "mistral"])
def test_every_content_keeps_its_message(name: str) -> None:
    messages = CONVERSATIONS[2]
    text = ours(TEMPLATES[name], messages, with_sources=True)
    spans = spans_of(text, "special")
    assert "".join(str(text)[s.start : s.end] for s in spans) == text
    by_message = {
        index: "".join(str(text)[s.start : s.end] for s in spans if s.message == index)
        for index in range(3)
    }
    assert by_message[0].strip() == "a\n\nb"
    assert by_message[1].endswith("Yes")
    assert by_message[2] == "And?"
    assert all(s.source == ("special" if s.message is None else "literal") for s in spans)


@pytest.mark.parametrize(
    ("source", "prefill", "ending"),
    [
        (CHATML, "Sure, ", "<|im_start|>assistant\nSure, "),
        (LLAMA3, " Sure, ", "<|end_header_id|>\n\nSure,"),
        (GEMMA, "Sure", "<start_of_turn>model\nSure"),
        (None, "Sure", "User: Hi\n\nAssistant: Sure"),
    ],
)
def test_a_last_assistant_message_is_continued(
    source: str | None, prefill: str, ending: str
) -> None:
    messages: list[Message] = [*CONVERSATIONS[0], {"role": "assistant", "content": prefill}]
    for with_sources in (False, True):
        text = ours(source, messages, with_sources=with_sources)
        assert text.endswith(ending)
    if source is not None:
        assert text == outcome(reference, source, messages, {"continue_final_message": True})


def test_an_empty_prefill_is_a_plain_question() -> None:
    messages: list[Message] = [*CONVERSATIONS[0], {"role": "assistant", "content": ""}]
    assert ours(CHATML, messages) == ours(CHATML, CONVERSATIONS[0])


def test_a_prefill_the_template_rewrites_cannot_be_continued() -> None:
    messages: list[Message] = [{"role": "assistant", "content": "Sure"}]
    with pytest.raises(UserError, match="changes the assistant's last message"):
        ours("{{ messages[0].content|upper }}", messages)


def test_without_a_template_the_documented_format_is_used() -> None:
    assert ours(None, CONVERSATIONS[1]) == (
        'System:  Be kind. \n\n\nUser: Ü <b> & "x" 🦊\n\nAssistant:'
    )


@pytest.mark.parametrize(
    ("source", "message", "hint"),
    [
        ("a\n{{ raise_exception('No tools!') }}", "line 2: the chat template refuses", "user"),
        ("a\n\n{% if %}", "line 3: Expected an expression", "user"),
        ("{% for m in messages %}\n{{ m.nope.x }}{% endfor %}", "line 2: a dictionary has no", ""),
        ("{{ nope.x }}", "line 1: the variable nope has no value.", "roles passed in were: user."),
        ("{{ 1 / 0 }}", "line 1: division by zero.", ""),
        ("{{ messages[0].content + 1 }}", "line 1: can only concatenate str", ""),
        ("{% include 'x' %}", "line 1: the tag {% include %} cannot be used here.", ""),
        ("{{ strftime_now('%1000000000Y') }}", "line 1: strftime_now takes", ""),
        ("{% nonsense %}", "line 1: Encountered unknown tag 'nonsense'", ""),
        ("{{ 1|nonsense }}", "line 1: No filter named 'nonsense'.", ""),
    ],
)
def test_a_failing_template_shows_its_line_and_the_roles(
    source: str, message: str, hint: str
) -> None:
    with pytest.raises(UserError) as caught:
        ours(source, CONVERSATIONS[0])
    assert caught.value.message.startswith("The chat template")
    assert message in caught.value.message
    assert "user" in caught.value.hint
    assert hint in caught.value.hint
    for row in source.split("\n"):
        assert f" {row}\n" in caught.value.details + "\n"
    assert '"content": "Hi"' in caught.value.details
    number = int(caught.value.message.split("line ")[1].split(":")[0])
    assert f"→ {number:4} " in caught.value.details
    assert "The line is: " in caught.value.hint
