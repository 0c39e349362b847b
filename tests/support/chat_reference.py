"""transformers' `apply_chat_template`, written down again on plain jinja2.

Follows `transformers.utils.chat_template_utils.render_jinja_template` of release 5.23 (with the
nulls dropped that `PreTrainedTokenizerBase.apply_chat_template` drops). Shares no code with the
product. Where transformers itself is installed, `RENDERERS` holds the real one too.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import json
from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from typing import Any

import jinja2
import jinja2.ext
from jinja2 import nodes
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment

NOW = datetime(2025, 3, 4, 5, 6)  # noqa: DTZ001  # templates get local time, as in transformers
Message = dict[str, object]
Renderer = Callable[..., str]

_TAG = "CONTINUE_FINAL_MESSAGE_TAG "
_REASONING = ("reasoning_content", "thinking", "reasoning")


class AssistantTracker(jinja2.ext.Extension):
    """What transformers' extension of that name does to the text, which is nothing."""

    tags = {"generation"}  # noqa: RUF012  # the base class declares it so

    def parse(self, parser: Parser) -> nodes.Node:
        line = next(parser.stream).lineno
        body = parser.parse_statements(("name:endgeneration",), drop_needle=True)
        return nodes.CallBlock(self.call_method("_same"), [], [], body).set_lineno(line)

    def _same(self, caller: Callable[[], str]) -> str:
        return caller()


@functools.cache
def compiled(source: str) -> jinja2.Template:
    """The template, compiled once, as transformers does."""
    return environment().from_string(source)


def environment() -> ImmutableSandboxedEnvironment:
    """The environment that `_cached_compile_jinja_template` sets up."""
    env = ImmutableSandboxedEnvironment(
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[AssistantTracker, jinja2.ext.loopcontrols],
    )

    def tojson(
        x: object,
        ensure_ascii: bool = False,
        indent: int | None = None,
        separators: tuple[str, str] | None = None,
        sort_keys: bool = False,
    ) -> str:
        return json.dumps(
            x, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys
        )

    def raise_exception(message: str) -> None:
        raise jinja2.exceptions.TemplateError(message)

    env.filters["tojson"] = tojson
    env.globals["raise_exception"] = raise_exception
    env.globals["strftime_now"] = NOW.strftime
    return env


def reference(
    source: str,
    messages: Sequence[Message],
    *,
    tools: Sequence[Message] | None = None,
    documents: Sequence[Message] | None = None,
    add_generation_prompt: bool = False,
    continue_final_message: bool = False,
    **names: object,
) -> str:
    """The conversation as transformers renders it."""
    rows = [{k: v for k, v in message.items() if v is not None} for message in messages]
    for index, row in enumerate(rows):
        reasoning = next((row[key] for key in _REASONING if key in row), None)
        if reasoning is not None:
            rows[index] = {"thinking": reasoning, **row, "reasoning_content": reasoning}
    final = ""
    if continue_final_message:
        content: Any = rows[-1]["content"]
        if isinstance(content, list):
            block = next(b for b in reversed(content) if "text" in b)
            final = block["text"]
            blocks = [{**b, "text": final + _TAG} if b is block else b for b in content]
            rows[-1] = {**rows[-1], "content": blocks}
        else:
            final = content
            rows[-1] = {**rows[-1], "content": final + _TAG}
    text = compiled(source).render(
        messages=rows,
        tools=tools,
        documents=documents,
        add_generation_prompt=add_generation_prompt,
        **names,
    )
    if not continue_final_message:
        return text
    if final.strip() not in text or _TAG.strip() not in text:
        raise ValueError("the final message does not appear in the chat")
    at = text.rindex(_TAG.strip())
    return text[:at] if text[at : at + len(_TAG)] == _TAG else text[:at].rstrip()


class _Clock(datetime):
    """Stands at NOW."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # not Self
        return NOW if tz is None else NOW.astimezone(tz)


def _installed(source: str, messages: Sequence[Message], **options: Any) -> str:
    """The same by transformers itself."""
    utils: Any = importlib.import_module("transformers.utils.chat_template_utils")
    rows = [{k: v for k, v in message.items() if v is not None} for message in messages]
    utils.datetime = _Clock
    rendered, _ = utils.render_jinja_template([rows], chat_template=source, **options)
    return str(rendered[0])


RENDERERS: list[Renderer] = [reference]
if importlib.util.find_spec("transformers") is not None:
    RENDERERS.append(_installed)
