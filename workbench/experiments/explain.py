"""A run of the history, or the one on show, as something that can be asked what mattered."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from workbench.core.errors import UserError
from workbench.core.rendered import Rendered, Span
from workbench.core.run import RunStart
from workbench.core.types import Loaded
from workbench.experiments.chat_format import chat_format
from workbench.experiments.influence import Asked
from workbench.templates.chat import ChatFormat
from workbench.templates.code_cache import CodeCache
from workbench.templates.fragments import Fragments
from workbench.templates.prompt_file import PromptFile, parse_prompt, raw_prompt
from workbench.templates.removal import PromptSource


def asked_about_run(
    start: RunStart,
    reply_ids: Sequence[int],
    loaded: Loaded,
    fragments: Fragments | None = None,
    codes: CodeCache | None = None,
) -> Asked:
    """The run's prompt, taken apart as its template wrote it.

    When the prompt file as it was no longer gives the exact text (a fragment changed since, an
    infill), only that text and the sources of its tokens are used, and parts are cut from it.
    """
    ids = tuple(token.id for token in start.prompt_tokens)
    chat = chat_format(loaded)
    if start.chat_template is not None:
        chat = replace(chat, template=start.chat_template)
    source = rendered_again(start, chat, fragments, codes)
    return Asked(source or PromptSource(_as_recorded(start, chat)), ids, tuple(reply_ids))


def rendered_again(
    start: RunStart, chat: ChatFormat, fragments: Fragments | None, codes: CodeCache | None
) -> PromptSource | None:
    """The run's prompt file and values, if they still give the exact recorded text; else None."""
    instant = datetime.fromtimestamp(start.created_us / 1e6, UTC).astimezone()
    empty = Rendered("", ())
    for prompt in _prompts(start):
        source = PromptSource(
            empty, prompt, dict(start.variables), chat, fragments, codes, lambda: instant
        )
        try:
            rendered = source.again(prompt, start.variables)
        except UserError:
            continue
        if rendered.text == start.text:
            return replace(source, rendered=rendered)
    return None


def _prompts(start: RunStart) -> list[PromptFile]:
    """What the recorded source may have been: a prompt file, or raw text."""
    path = Path(start.prompt_path) if start.prompt_path else None
    found = []
    with suppress(UserError):  # raw text is seldom a prompt file
        found.append(parse_prompt(start.prompt_source, start.prompt_name, path))
    if start.chat_template is None:
        found.append(raw_prompt(start.prompt_source, start.prompt_name))
    return found


def _as_recorded(start: RunStart, chat: ChatFormat) -> Rendered:
    """The exact text with spans as fine as its tokens."""
    text = start.text
    adds_bos = chat.adds_bos and not (chat.bos_text and text.startswith(chat.bos_text))
    data = text.encode("utf-8", "surrogatepass")
    added = max(0, sum(len(t.bytes) for t in start.prompt_tokens) - len(data))
    spans: list[Span] = []
    at, chars = -added, 0
    for token in start.prompt_tokens:
        at += len(token.bytes)
        # A character that several tokens make belongs to the one that ends it.
        end = len(data[: max(0, at)].decode("utf-8", "ignore"))
        if end > chars:
            spans.append(Span(chars, end, token.source, token.message))
            chars = end
    if chars < len(text):
        spans.append(Span(chars, len(text), "literal"))
    return Rendered(text, tuple(_merged(spans)), adds_bos=adds_bos)


def _merged(spans: Sequence[Span]) -> list[Span]:
    out: list[Span] = []
    for span in spans:
        last = out[-1] if out else None
        if last is not None and (last.source, last.message) == (span.source, span.message):
            out[-1] = replace(last, end=span.end)
        else:
            out.append(span)
    return out
