"""`workbench render`: the exact text and tokens, before anything runs."""

from __future__ import annotations

import click

from workbench.cli.options import (
    json_option,
    model_option,
    note,
    pairs,
    print_json,
    profile_option,
    read_prompt,
    variable_option,
)
from workbench.core.paths import Profile
from workbench.core.rendered import attribute_tokens


@click.command(epilog="Example: workbench render few-shot-story -v name=Zoe --json")
@click.argument("prompt")
@model_option
@variable_option
@json_option
@profile_option
def command(
    prompt: str, model: str | None, variables: tuple[str, ...], as_json: bool, profile: Profile
) -> None:
    """Show the exact text a model would read for PROMPT, with its tokens and their sources."""
    from workbench.core.types import EngineSettings
    from workbench.engine.client import EngineClient
    from workbench.experiments.documents import prompt_token_documents
    from workbench.experiments.models import find_model
    from workbench.experiments.session import chat_format
    from workbench.templates.render import render_prompt
    from workbench.templates.variables import coerce_values

    client = EngineClient(find_model(model, profile), EngineSettings())
    try:
        client.start()
        file = read_prompt(prompt, profile)
        values = coerce_values(file, pairs(variables, "-v"))
        rendered = render_prompt(file, values, chat_format(client.load().result()))
        found = client.tokenize(rendered.text, add_bos=rendered.adds_bos).result()
    finally:
        client.close()
    tokens = attribute_tokens(rendered, found.ids, found.pieces, found.special)
    warnings = [f"{w.message} {w.hint}".strip() for w in rendered.warnings]
    if as_json:
        print_json(
            {
                "text": rendered.text,
                "spans": [
                    {"start": s.start, "end": s.end, "source": s.source, "message": s.message}
                    for s in rendered.spans
                ],
                "tokens": prompt_token_documents(tokens),
                "warnings": warnings,
            }
        )
        return
    print(rendered.text)
    for warning in warnings:
        note(warning)
    note(f"{len(tokens)} tokens")
