"""A prompt file and its values to the exact text a model reads, with the source of every part."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import datetime

from workbench.core.errors import UserError
from workbench.core.rendered import (
    LITERAL,
    SPECIAL,
    Message,
    Rendered,
    RenderWarning,
    Span,
)
from workbench.templates.chat import ChatFormat, Now, apply_chat_template
from workbench.templates.code_cache import CodeCache
from workbench.templates.declarations import json_value
from workbench.templates.few_shot import few_shot_names
from workbench.templates.fragments import Fragments, Includes
from workbench.templates.limits import Guard, Limits
from workbench.templates.prompt_file import PromptFile
from workbench.templates.provenance import spans_of, trace_values
from workbench.templates.sandbox import SandboxEnvironment
from workbench.templates.template_errors import explain


def render_prompt(
    prompt: PromptFile,
    values: Mapping[str, object],
    chat: ChatFormat | None,
    limits: Limits | None = None,
    now: Now = datetime.now,
    fragments: Fragments | None = None,
    codes: CodeCache | None = None,
) -> Rendered:
    """Render `prompt` with `values` (see `variables.coerce_values`) for a model.

    The text is rendered twice, plain and with provenance; should the two ever differ, the plain
    one is taken and the sources are given up for whole messages, with a warning.

    Args:
        chat: the model's format; None when no model is chosen (plain "User: …" format).
        limits: bounds of everything together; the default stops within two seconds.
        fragments: where `{% include %}` finds prompts (the library); None refuses them.
        codes: compiled templates, kept by a caller that renders again and again.

    Raises:
        UserError: undefined variable, syntax error, refused or endless template; the message
            names file, line and message (`template_errors.TemplateUserError` has them apart).
    """
    limits = limits or Limits()
    deadline = time.monotonic() + limits.seconds
    instant = now()
    clean = {name: json_value(name, value) for name, value in values.items()}
    form = chat or ChatFormat(None)
    once = _Once(prompt, form, lambda: instant, fragments, CodeCache() if codes is None else codes)
    text, contents = once.run(clean, Guard(limits, deadline), traced=False)
    warnings = _format_warnings(prompt, chat)
    spans = _traced_spans(once, prompt, Guard(limits, deadline), clean, text)
    if spans is None:
        spans = _message_spans(text, contents, is_chat=prompt.is_chat)
        warnings.append(
            RenderWarning(
                "The sources of this prompt's parts could not be followed; whole messages are"
                " shown as written by the template.",
                "The text itself is exact.",
            )
        )
    begins = bool(form.bos_text) and text.startswith(form.bos_text)
    warnings += bos_warnings(text, form.bos_text)
    warnings += _injection_warnings(clean, form)
    return Rendered(
        text=text,
        spans=spans,
        messages=tuple(
            Message(message.role, content)
            for message, content in zip(prompt.messages, contents, strict=False)
        )
        if prompt.is_chat
        else (),
        warnings=tuple(warnings),
        adds_bos=form.adds_bos and not begins,
    )


class _Once:
    """All templates of a prompt, compiled once and rendered as often as needed."""

    def __init__(
        self,
        prompt: PromptFile,
        chat: ChatFormat,
        now: Now,
        fragments: Fragments | None,
        codes: CodeCache,
    ) -> None:
        self._prompt = prompt
        self._chat = chat
        self._now = now
        self._includes = Includes(fragments, prompt)
        self._codes = codes

    def run(
        self, values: Mapping[str, object], guard: Guard, *, traced: bool
    ) -> tuple[str, list[str]]:
        """The whole text, and the content of every message (or of the one raw text)."""
        contents = []
        env = SandboxEnvironment(
            guard,
            literal=LITERAL if traced else None,
            codes=self._codes,
            includes=self._includes,
        )
        for template in self._prompt.templates():
            env.message = template.message_index
            try:
                contents.append(env.render(template.text, values))
            except Exception as error:  # whatever a template can raise is the template's fault
                raise explain(error, template, values) from error
        if not self._prompt.is_chat:
            return contents[0], contents
        messages = [
            {"role": message.role, "content": content}
            for message, content in zip(self._prompt.messages, contents, strict=True)
        ]
        text = apply_chat_template(
            self._chat,
            messages,
            guard,
            traced=traced,
            now=self._now,
            codes=self._codes,
        )
        return text, contents


def _traced_spans(
    once: _Once, prompt: PromptFile, guard: Guard, values: Mapping[str, object], text: str
) -> tuple[Span, ...] | None:
    """Spans of `text`, or None when rendering with provenance gives anything else."""
    shots = few_shot_names(prompt, values)
    try:
        traced, _ = once.run(trace_values(values, shots), guard, traced=True)
    except UserError:
        return None
    if traced != text:
        return None
    return spans_of(traced, SPECIAL if prompt.is_chat else LITERAL)


def _message_spans(text: str, contents: Sequence[str], *, is_chat: bool) -> tuple[Span, ...]:
    """One span per message, found by search; what is in between is the chat template's."""
    if not is_chat:
        return (Span(0, len(text), LITERAL),) if text else ()
    spans: list[Span] = []
    at = 0
    for index, content in enumerate(contents):
        found = text.find(content.strip(), at) if content.strip() else -1
        if found < 0:
            continue
        if found > at:
            spans.append(Span(at, found, SPECIAL))
        at = found + len(content.strip())
        spans.append(Span(found, at, LITERAL, index))
    if at < len(text):
        spans.append(Span(at, len(text), SPECIAL))
    return tuple(spans)


def _format_warnings(prompt: PromptFile, chat: ChatFormat | None) -> list[RenderWarning]:
    if not prompt.is_chat or (chat is not None and chat.template is not None):
        return []
    who = "No model is chosen" if chat is None else "The model has no chat template"
    return [
        RenderWarning(
            f'{who}, so the messages are written as "User: …" and "Assistant: …".',
            "Choose a chat template, or write the prompt as text:.",
        )
    ]


def bos_warnings(text: str, bos: str) -> list[RenderWarning]:
    """A warning when the text begins with two BOS tokens."""
    if not bos or not text.startswith(bos + bos):
        return []
    return [
        RenderWarning(
            f"The text begins with {bos} twice.",
            "The chat template or the prompt writes it once more than needed; remove one.",
        )
    ]


def _injection_warnings(values: Mapping[str, object], chat: ChatFormat) -> list[RenderWarning]:
    """Values that contain the text of a control token, which the model would obey."""
    specials = [special for special in chat.special_texts if len(special) > 1]
    found = []
    for name, value in values.items():
        texts = list(_texts(value))
        found += [
            RenderWarning(
                f"The value of {name} contains {special}, a control token of the model.",
                "The model will read it as a command of the chat format, not as text.",
            )
            for special in specials
            if any(special in text for text in texts)
        ]
    return found


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for pair in value.items() for item in pair for text in _texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return []
