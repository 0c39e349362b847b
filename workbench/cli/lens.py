"""`workbench lens`: what each layer would say if it were the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from workbench.cli.asking import Question, question_options
from workbench.cli.options import print_json, progress_line, readable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.core.lens import Lens

_COLUMN = 14


@click.command(epilog='Example: workbench lens "@The capital of France is" --top 3')
@question_options
@click.option("--continuation", default="", help="A text behind the prompt, read as one with it.")
@click.option(
    "--top",
    default=10,
    show_default=True,
    type=click.IntRange(1, 1000),
    help="How many of the likeliest tokens.",
)
def command(question: Question, continuation: str, top: int) -> None:
    """The logit lens over PROMPT: each layer's residual through the model's own output head.

    Unadjusted: early layers of many models were never trained for it. Entropies and divergences
    from the last layer are in nats. It refuses when the last layer would not give the model's own
    logits.
    """
    from workbench.core.lens import LensRequest
    from workbench.core.text import piece_text
    from workbench.experiments.inside import DirectLooker

    continuation = readable(continuation, "--continuation")
    question.check_unsampled()
    with question.engine() as (engine, read, _):
        behind = engine.continuation(read, continuation) if continuation else ()
        ids = read.ids + behind
        looker = DirectLooker(engine.engine)
        with progress_line("looking through the layers") as progress:
            found = looker.lens(LensRequest(ids, top), progress, engine.cancel)
        known = {*found.top_ids.ravel().tolist(), *ids}
        texts = {token: piece_text(engine.pieces[token]) for token in known}
    if question.as_json:
        print_json(_document(found, texts))
        return
    print(
        f"{'layer':>5}  {'token':{_COLUMN}} {'p':>7} {'rank of final':>14} {'entropy':>8} {'KL':>8}"
    )
    for layer in range(found.n_layer):
        token = texts[int(found.top_ids[layer, -1, 0])]
        print(
            f"{layer:5}  {repr(token)[1:-1]:{_COLUMN}} {_percent(found, layer):>7} "
            f"{int(found.final_rank[layer, -1]):14,} {found.entropy[layer, -1]:8.3f} "
            f"{found.kl_to_final[layer, -1]:8.3f}"
        )
    print(
        f"behind the last of {len(ids):,} tokens; unadjusted; the last layer is within "
        f"{found.identity_error:.1e} of the model's logits"
    )


def _percent(found: Lens, layer: int) -> str:
    import math

    return f"{math.exp(float(found.top_logprob[layer, -1, 0])):.2%}"


def _document(found: Lens, texts: Mapping[int, str]) -> dict[str, Any]:
    return {
        "adjusted": False,
        "identity_error": found.identity_error,
        "tokens": [{"id": token, "text": texts[token]} for token in found.ids],
        "layers": [
            {
                "layer": layer,
                "positions": [_position(found, layer, at, texts) for at in range(len(found.ids))],
            }
            for layer in range(found.n_layer)
        ],
    }


def _position(found: Lens, layer: int, at: int, texts: Mapping[int, str]) -> dict[str, Any]:
    last = at == len(found.ids) - 1
    return {
        "top": [
            {"id": token, "text": texts[token], "logprob": logprob}
            for token, logprob in zip(
                found.top_ids[layer, at].tolist(),
                found.top_logprob[layer, at].tolist(),
                strict=True,
            )
        ],
        "entropy": float(found.entropy[layer, at]),
        "kl_to_final": float(found.kl_to_final[layer, at]),
        "rank_of_final": int(found.final_rank[layer, at]),
        "logprob_of_final": float(found.final_logprob[layer, at]),
        "rank_of_next": None if last else int(found.next_rank[layer, at]),
        "logprob_of_next": None if last else float(found.next_logprob[layer, at]),
    }
