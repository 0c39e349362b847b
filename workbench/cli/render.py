"""`workbench render`: the exact text and tokens, before anything runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.options import (
    json_option,
    library_of,
    model_option,
    note,
    pairs,
    print_json,
    profile_option,
    read_prompt,
    variable_option,
)
from workbench.core.budget import first_beyond, token_budget
from workbench.core.errors import UserError
from workbench.core.paths import Profile
from workbench.core.rendered import Rendered, attribute_tokens
from workbench.core.tokens import PromptToken

if TYPE_CHECKING:
    from workbench.templates.chat import ChatFormat


@click.command(epilog="Example: workbench render few-shot-story -v name=Zoe --json")
@click.argument("prompt", required=False)
@model_option
@variable_option
@click.option(
    "--chat-template",
    metavar="FILE",
    help="Use this chat template (Jinja2, or a tokenizer_config.json) instead of the model's.",
)
@click.option(
    "--messages",
    metavar="FILE.json",
    help='Render a list of messages, or {"messages": […], "tools": […]}, instead of a prompt.',
)
@json_option
@profile_option
def command(
    prompt: str | None,
    model: str | None,
    variables: tuple[str, ...],
    chat_template: str | None,
    messages: str | None,
    as_json: bool,
    profile: Profile,
) -> None:
    """Show the exact text a model would read for PROMPT, with its tokens and their sources."""
    from workbench.core.types import EngineSettings
    from workbench.engine.client import EngineClient
    from workbench.experiments.chat_format import chat_format
    from workbench.experiments.models import find_model
    from workbench.templates.chat_file import load_chat_template

    if (prompt is None) == (messages is None):
        raise UserError("render takes a PROMPT or --messages FILE.json, one of the two.")
    if messages is not None and variables:
        raise UserError("-v fills the variables of a prompt; --messages has none.")
    source = None if chat_template is None else load_chat_template(Path(chat_template).expanduser())
    client = EngineClient(find_model(model, profile), EngineSettings())
    try:
        client.start()
        if messages is None:
            render = _prompt_renderer(prompt or "", variables, profile)
        else:
            render = _chat_renderer(Path(messages).expanduser())
        loaded = client.load().result()
        chat = chat_format(loaded)
        rendered = render(chat if source is None else replace(chat, template=source))
        found = client.tokenize(rendered.text, add_bos=rendered.adds_bos).result()
    finally:
        client.close()
    tokens = attribute_tokens(rendered, found.ids, found.pieces, found.special)
    warnings = [f"{w.message} {w.hint}".strip() for w in rendered.warnings]
    warnings += _overflow(tokens, loaded.engine.n_ctx)
    _show(rendered, tokens, warnings, as_json=as_json)


def _prompt_renderer(
    prompt: str, variables: tuple[str, ...], profile: Profile
) -> Callable[[ChatFormat], Rendered]:
    from workbench.templates.render import render_prompt
    from workbench.templates.variables import coerce_values

    library = library_of(profile)
    file = read_prompt(prompt, profile)
    values = coerce_values(file, pairs(variables, "-v"), library)
    return lambda chat: render_prompt(file, values, chat, fragments=library)


def _chat_renderer(path: Path) -> Callable[[ChatFormat], Rendered]:
    from workbench.templates.conversation import load_conversation, render_conversation

    conversation = load_conversation(path)
    return lambda chat: render_conversation(conversation, chat)


def _overflow(tokens: Sequence[PromptToken], n_ctx: int) -> list[str]:
    """What to say when the prompt does not fit, which llama.cpp would only say by failing."""
    at = first_beyond(len(tokens), n_ctx)
    if at is None:
        return []
    text = f"The prompt has {len(tokens):,} tokens and the context holds {n_ctx:,}: from token"
    text += f" {at:,} on ({tokens[at].source}) it does not fit."
    return [f"{text} Shorten it, or set a larger n_ctx."]


def _show(
    rendered: Rendered, tokens: Sequence[PromptToken], warnings: Sequence[str], *, as_json: bool
) -> None:
    from workbench.experiments.documents import prompt_token_documents

    if as_json:
        print_json(
            {
                "text": rendered.text,
                "spans": [
                    {"start": s.start, "end": s.end, "source": s.source, "message": s.message}
                    for s in rendered.spans
                ],
                "tokens": prompt_token_documents(tokens),
                "warnings": list(warnings),
            }
        )
        return
    print(rendered.text)
    for warning in warnings:
        note(warning)
    budget = ", ".join(f"{part.name} {part.tokens:,}" for part in token_budget(tokens))
    note(f"{len(tokens):,} tokens" + (f": {budget}" if budget else ""))
