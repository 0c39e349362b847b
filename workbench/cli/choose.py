"""`workbench choose`: exact probabilities of given answers."""

from __future__ import annotations

import click

from workbench.cli.options import (
    engine_settings,
    json_option,
    model_option,
    pairs,
    print_json,
    profile_option,
    progress_line,
    read_prompt,
    readable,
    setting_option,
    variable_option,
)
from workbench.core.paths import Profile


@click.command(
    epilog="Example: workbench choose classify-review --choice positive --choice negative --json"
)
@click.argument("prompt")
@click.option("--choice", "choices", multiple=True, required=True, help="An answer to score.")
@model_option
@variable_option
@setting_option
@json_option
@profile_option
def command(
    prompt: str,
    choices: tuple[str, ...],
    model: str | None,
    variables: tuple[str, ...],
    settings: tuple[str, ...],
    as_json: bool,
    profile: Profile,
) -> None:
    """Whole-string log-probability of every --choice after PROMPT, the prompt read once.

    p is the softmax over the choices' summed log-probabilities.
    """
    from workbench.experiments.direct import direct_engine
    from workbench.experiments.documents import token_document
    from workbench.experiments.models import find_model
    from workbench.experiments.probability import choice_probabilities
    from workbench.templates.variables import coerce_values

    file = read_prompt(prompt, profile)
    choices = tuple(readable(choice, "--choice") for choice in choices)
    values = coerce_values(file, pairs(variables, "-v"))
    with direct_engine(find_model(model, profile), engine_settings(settings)) as engine:
        read = engine.read(file, values)
        with progress_line("scoring") as progress:
            scores = engine.choose(read, choices, progress)
        documents = [
            {
                "text": text,
                "logprob": s.logprob,
                "n_tokens": len(s.ids),
                "n_bytes": len(text.encode()),
                "p": p,
                "logprob_per_token": s.logprob / len(s.ids),
                "logprob_per_byte": s.logprob / len(text.encode()),
                "tokens": [token_document(r) for r in s.tokens.records(engine.pieces)],
            }
            for text, s, p in zip(
                choices, scores, choice_probabilities([s.logprob for s in scores]), strict=True
            )
        ]
    best = max(range(len(scores)), key=lambda i: scores[i].logprob)
    if as_json:
        print_json({"choices": documents, "best": choices[best]})
        return
    print(f"{'choice':24} {'p':>8} {'logprob':>10} {'/token':>9} {'/byte':>9}")
    for d in documents:
        print(
            f"{str(d['text'])[:24]:24} {d['p']:8.4f} {d['logprob']:10.4f} "
            f"{d['logprob_per_token']:9.4f} {d['logprob_per_byte']:9.4f}"
        )
