"""`workbench score`: how likely a given text is, token by token."""

from __future__ import annotations

import click

from workbench.cli.asking import Question, question_options
from workbench.cli.options import print_json, progress_line, readable


@click.command(
    epilog='Example: workbench score "@The capital of France is" --continuation " Paris." --json'
)
@question_options
@click.option("--continuation", default="", help="A text behind the prompt to score.")
@click.option(
    "--top",
    default=20,
    show_default=True,
    type=click.IntRange(0, 1000),
    help="How many of the likeliest tokens.",
)
def command(question: Question, continuation: str, top: int) -> None:
    """Log-probability, rank and entropy of every token of PROMPT and of a continuation.

    Natural logarithms under the full softmax. Perplexity and bits per byte are of the
    continuation, or of the prompt when there is none.
    """
    from workbench.experiments.documents import surprise_document, token_document
    from workbench.experiments.probability import text_score
    from workbench.experiments.surprise import prompt_surprise

    continuation = readable(continuation, "--continuation")
    question.check_unsampled()
    with question.engine() as (engine, read, _):
        behind = engine.continuation(read, continuation) if continuation else ()
        with progress_line("scoring") as progress:
            table = engine.score(read.ids + behind, 0, top, progress)
        n_prompt = len(read.ids)
        counted = table.slice(n_prompt) if behind else table
        text = continuation or read.rendered.text
        total = text_score(counted, len(text.encode()))
        records = table.records(engine.pieces)
        bos = engine.loaded.vocab.bos
    if question.as_json:
        documents = [token_document(r) for r in records]
        print_json(
            {
                "prompt_tokens": [
                    {**d, "source": t.source, "message": t.message}
                    for d, t in zip(documents[:n_prompt], read.tokens, strict=True)
                ],
                "continuation_tokens": documents[n_prompt:],
                "logprob": total.logprob,
                "perplexity": total.perplexity,
                "bits_per_byte": total.bits_per_byte,
                "n_tokens": total.n_tokens,
                "summary": surprise_document(
                    prompt_surprise(read.tokens, table.slice(0, n_prompt), bos)
                ),
            }
        )
        return
    print(f"{'token':24} {'logprob':>9} {'rank':>6} {'entropy':>8}")
    for record in records:
        shown = repr(record.text)[1:-1]
        logprob = "n/a" if record.logprob is None else f"{record.logprob:.4f}"
        rank = "n/a" if record.rank is None else str(record.rank)
        entropy = "n/a" if record.entropy is None else f"{record.entropy:.4f}"
        print(f"{shown:24} {logprob:>9} {rank:>6} {entropy:>8}")
    print(f"log-probability {total.logprob:.4f} over {total.n_tokens} tokens")
    if total.perplexity is not None:
        print(f"perplexity {total.perplexity:.4f}")
    if total.bits_per_byte is not None:
        print(f"bits per byte {total.bits_per_byte:.4f}")
