"""Prompts with their replies, as influence asks about them."""

from __future__ import annotations

import json
from collections.abc import Mapping

from support.sinks import KeepingSink

from workbench.core.cancel import CancelToken
from workbench.core.sampling import Sampling
from workbench.core.types import GenerateRequest
from workbench.engine.llama import LlamaEngine
from workbench.experiments.chat_format import chat_format
from workbench.experiments.influence import Asked
from workbench.templates.prompt_file import PromptFile, parse_prompt, raw_prompt
from workbench.templates.removal import PromptSource, checked_source
from workbench.templates.render import render_prompt
from workbench.templates.variables import coerce_values


def source_of(
    engine: LlamaEngine, prompt: PromptFile, values: Mapping[str, object] | None = None
) -> PromptSource:
    """A prompt rendered for a model, ready to be taken apart."""
    filled = coerce_values(prompt, values or {})
    chat = chat_format(engine.loaded)
    rendered = render_prompt(prompt, filled, chat)
    return checked_source(PromptSource(rendered, prompt, filled, chat))


def greedy(engine: LlamaEngine, ids: tuple[int, ...], n: int = 16) -> tuple[int, ...]:
    """The tokens of the likeliest reply, its end among them."""
    request = GenerateRequest(ids, Sampling(max_tokens=n, temperature=0), seed=0)
    made = engine.generate(request, KeepingSink(), CancelToken())
    return tuple(made.samples[0].tokens.ids.tolist())


def ids_of(engine: LlamaEngine, source: PromptSource) -> tuple[int, ...]:
    """The exact prompt's tokens."""
    return engine.tokenize(source.rendered.text, add_bos=source.rendered.adds_bos).ids


def asked_about(
    engine: LlamaEngine,
    prompt: PromptFile,
    values: Mapping[str, object] | None = None,
    reply: str | None = None,
) -> Asked:
    """A prompt with a given reply, or with the model's own."""
    source = source_of(engine, prompt, values)
    ids = ids_of(engine, source)
    said = engine.tokenize(reply, add_bos=False).ids if reply is not None else greedy(engine, ids)
    return Asked(source, ids, said)


def chat(*messages: tuple[str, str]) -> PromptFile:
    """A chat of (role, content template)."""
    rows = "".join(
        f"  - role: {role}\n    content: {json.dumps(content)}\n" for role, content in messages
    )
    return parse_prompt(f"messages:\n{rows}", "chat")


def text(template: str) -> PromptFile:
    """A raw completion."""
    return raw_prompt(template)
