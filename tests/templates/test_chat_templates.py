"""Chat templates render as transformers renders them; failures say where and with what.

The reference below sets up jinja2 as `transformers.utils.chat_template_utils` does and shares no
code with the product.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from datetime import datetime

import jinja2
import jinja2.ext
import pytest
from jinja2 import nodes
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment

from workbench.core.errors import UserError
from workbench.templates.chat import ChatFormat, ChatInput, apply_chat_template
from workbench.templates.limits import Guard, Limits
from workbench.templates.provenance import spans_of, traced

NOW = datetime(2025, 3, 4, 5, 6)  # noqa: DTZ001  # templates get local time, as in transformers
Message = dict[str, object]

CHATML = """\
{%- if messages[0]['role'] == 'system' -%}
    {%- set system_message = messages[0]['content'] -%}
    {%- set loop_messages = messages[1:] -%}
{%- else -%}
    {%- set system_message = 'You are a helpful assistant.' -%}
    {%- set loop_messages = messages -%}
{%- endif -%}
{{ '<|im_start|>system\\n' + system_message + '<|im_end|>\\n' }}
{%- for message in loop_messages -%}
    {{ '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}
{%- endfor -%}
{%- if add_generation_prompt -%}{{ '<|im_start|>assistant\\n' }}{%- endif -%}
"""
LLAMA3 = """\
{{- bos_token }}
{%- if custom_tools is defined %}{%- set tools = custom_tools %}{%- endif %}
{%- if not date_string is defined %}
    {%- if strftime_now is defined %}{%- set date_string = strftime_now("%d %b %Y") %}{%- endif %}
{%- endif %}
{%- if messages[0]['role'] == 'system' %}
    {%- set system_message = messages[0]['content']|trim %}
    {%- set messages = messages[1:] %}
{%- else %}
    {%- set system_message = "" %}
{%- endif %}
{{- "<|start_header_id|>system<|end_header_id|>\\n\\n" }}
{{- "Today Date: " + date_string + "\\n\\n" }}
{%- if tools is not none %}
    {%- for t in tools %}{{- t | tojson(indent=4) }}{{- "\\n\\n" }}{%- endfor %}
{%- endif %}
{{- system_message }}
{{- "<|eot_id|>" }}
{%- for message in messages %}
    {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n'
        + message['content'] | trim + '<|eot_id|>' }}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}
{%- endif %}
"""
GEMMA = (
    "{{ bos_token }}{% if messages[0]['role'] == 'system' %}"
    "{{ raise_exception('System role not supported') }}{% endif %}"
    "{% for message in messages %}"
    "{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}"
    "{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}"
    "{% endif %}"
    "{% if (message['role'] == 'assistant') %}{% set role = 'model' %}"
    "{% else %}{% set role = message['role'] %}{% endif %}"
    "{{ '<start_of_turn>' + role + '\\n' + message['content'] | trim + '<end_of_turn>\\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{'<start_of_turn>model\\n'}}{% endif %}"
)
MISTRAL = """\
{%- set ns = namespace(system="", index=0) %}
{%- if messages[0]["role"] == "system" %}
  {%- set ns.system = messages[0]["content"] %}
  {%- set loop_messages = messages[1:] %}
{%- else %}
  {%- set loop_messages = messages %}
{%- endif %}
{{- bos_token }}
{%- for message in loop_messages %}
  {%- if loop.first and ns.system != "" %}
    {{- "[INST] " ~ ns.system ~ "\\n\\n" ~ message["content"] ~ "[/INST]" }}
  {%- elif message.role == "user" %}
    {{- "[INST] %s[/INST]" % message["content"] }}
  {%- elif message.role == "assistant" %}
    {%- set ns.index = ns.index + 1 %}
    {% generation %}
    {{- " " + message["content"].split("</think>")[-1].lstrip() + eos_token }}
    {% endgeneration %}
  {%- else %}
    {%- continue %}
  {%- endif %}
{%- endfor %}
"""
MACROS = """\
{%- macro turn(role, content, last) -%}
  [{{ role|upper }}{% if last %}*{% endif %}]{{ content.replace('a', 'aa')[:40] }}
{%- endmacro -%}
{%- for message in messages|rejectattr('role', 'equalto', 'system') -%}
  {{ turn(message.role, message.content, loop.last) }}|{{ message.content|length }}
{%- endfor -%}
{%- set systems = messages|selectattr('role', 'equalto', 'system') %}
{%- set system = systems|map(attribute='content')|join('\\n') %}
{{ system|default('none', true) }} {{ messages|tojson }}
"""
TEMPLATES = {
    "chatml": CHATML,
    "llama-3": LLAMA3,
    "gemma": GEMMA,
    "mistral": MISTRAL,
    "macros": MACROS,
}
CONVERSATIONS: list[list[Message]] = [
    [{"role": "user", "content": "Hi"}],
    [{"role": "system", "content": " Be kind. \n"}, {"role": "user", "content": 'Ü <b> & "x" 🦊'}],
    [
        {"role": "user", "content": "a\n\nb "},
        {"role": "assistant", "content": "<think>hm</think>\n\nYes"},
        {"role": "user", "content": "And?"},
    ],
    [{"role": "user", "content": "a"}, {"role": "user", "content": ""}],
    [{"role": "tool", "content": "{}"}, {"role": "user", "content": "x"}],
]
TOOLS: list[Message] = [
    {"type": "function", "function": {"name": "größe", "parameters": {"x": [1, None]}}}
]


class ReferenceGeneration(jinja2.ext.Extension):
    """What transformers' AssistantTracker does to the text, which is nothing."""

    tags = {"generation"}  # noqa: RUF012  # the base class declares it so

    def parse(self, parser: Parser) -> nodes.Node:
        line = next(parser.stream).lineno
        body = parser.parse_statements(("name:endgeneration",), drop_needle=True)
        return nodes.CallBlock(self.call_method("_same"), [], [], body).set_lineno(line)

    def _same(self, caller: Callable[[], str]) -> str:
        return caller()


def reference(
    source: str,
    messages: Sequence[Message],
    tools: Sequence[Message] | None = None,
    *,
    add_generation_prompt: bool = True,
) -> str:
    """The conversation as transformers renders it."""
    env = ImmutableSandboxedEnvironment(
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[ReferenceGeneration, jinja2.ext.loopcontrols],
    )

    def tojson(value: object, ensure_ascii: bool = False, indent: int | None = None) -> str:
        return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent)

    def raise_exception(message: str) -> None:
        raise jinja2.exceptions.TemplateError(message)

    env.filters["tojson"] = tojson
    env.globals["raise_exception"] = raise_exception
    env.globals["strftime_now"] = NOW.strftime
    names = {"bos_token": "<s>", "eos_token": "</s>"}
    return env.from_string(source).render(
        messages=messages,
        tools=tools,
        documents=None,
        add_generation_prompt=add_generation_prompt,
        **names,
    )


def ours(
    source: str | None,
    messages: Sequence[Message],
    tools: Sequence[Message] | None = None,
    *,
    with_sources: bool = False,
) -> str:
    """The same through the product."""
    rows: list[Message] = [dict(message) for message in messages]
    if with_sources:
        for index, row in enumerate(rows):
            row["content"] = traced(str(row["content"]), "literal", index)
    guard = Guard(Limits(), time.monotonic() + 5)
    chat = ChatFormat(source, "<s>", "</s>")
    return apply_chat_template(
        chat, rows, guard, traced=with_sources, given=ChatInput(tools=tools), now=lambda: NOW
    )


@pytest.mark.parametrize("with_sources", [False, True])
@pytest.mark.parametrize("tools", [None, TOOLS], ids=["plain", "tools"])
@pytest.mark.parametrize("number", range(len(CONVERSATIONS)))
@pytest.mark.parametrize("name", TEMPLATES)
def test_same_as_transformers(
    name: str, number: int, tools: list[Message] | None, with_sources: bool
) -> None:
    source, messages = TEMPLATES[name], CONVERSATIONS[number]
    expected, refusal = "", ""
    try:
        expected = reference(source, messages, tools)
    except jinja2.exceptions.TemplateError as error:
        refusal = str(error)
    if refusal:
        with pytest.raises(UserError) as caught:
            ours(source, messages, tools, with_sources=with_sources)
        assert refusal in caught.value.message
    else:
        assert ours(source, messages, tools, with_sources=with_sources) == expected


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
        full = reference(source, messages, add_generation_prompt=False)
        assert full.startswith(text)


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
