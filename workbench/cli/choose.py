"""`workbench choose`: exact probabilities of given answers."""

from __future__ import annotations

import click

from workbench.cli.asking import Question, question_options
from workbench.cli.options import print_json, progress_line, readable


@click.command(
    epilog="Example: workbench choose classify-review --choice positive --choice negative --json"
)
@question_options
@click.option("--choice", "choices", multiple=True, required=True, help="An answer to score.")
def command(question: Question, choices: tuple[str, ...]) -> None:
    """Whole-string log-probability of every --choice after PROMPT, the prompt read once.

    p is the softmax over the choices' summed log-probabilities.
    """
    from workbench.experiments.documents import token_document
    from workbench.experiments.probability import choice_probabilities

    choices = tuple(readable(choice, "--choice") for choice in choices)
    question.check_unsampled()
    with question.engine() as (engine, read, _):
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
    if question.as_json:
        print_json({"choices": documents, "best": choices[best]})
        return
    print(f"{'choice':24} {'p':>8} {'logprob':>10} {'/token':>9} {'/byte':>9}")
    for d in documents:
        print(
            f"{str(d['text'])[:24]:24} {d['p']:8.4f} {d['logprob']:10.4f} "
            f"{d['logprob_per_token']:9.4f} {d['logprob_per_byte']:9.4f}"
        )
