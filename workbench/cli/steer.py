"""`workbench steer` (experimental): a reply with a control vector added, beside one without."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.asking import Question, question_options
from workbench.cli.options import print_json, progress_line, readable, sampling_of
from workbench.cli.output_file import OutputFile
from workbench.core.errors import UserError
from workbench.core.scratch import Scratch

if TYPE_CHECKING:
    from workbench.core.steering import SteerRequest
    from workbench.experiments.direct import DirectEngine


@click.command(
    epilog='Example: workbench steer few-shot-sentiment --toward "I love it." --away "I hate it." '
    "--strength 2 -o love.gguf"
)
@question_options
@click.option("--toward", help="A text whose mean residual is steered towards.")
@click.option("--away", help="A text whose mean residual is steered away from.")
@click.option(
    "--vector",
    type=click.Path(path_type=Path),
    help="A control vector that exists, instead of the two texts.",
)
@click.option("-o", "--output", type=OutputFile(), help="Where to write the vector.")
@click.option("--strength", default=1.0, show_default=True, help="Below zero steers away.")
@click.option("--seed", type=int, help="Seed of both replies; 0 when left out.")
def command(
    question: Question,
    toward: str | None,
    away: str | None,
    vector: Path | None,
    output: Path | None,
    strength: float,
    seed: int | None,
) -> None:
    """Experimental: continue PROMPT with a direction added in every layer but the first.

    The direction is the difference of the mean residuals of two texts, unadjusted. Both replies
    have the same seed. The change is of the plain reply's log-probability under the vector.
    """
    from workbench.core.steering import SteerRequest
    from workbench.experiments.steering import DirectSteerer, make_vector, write_vector

    if (vector is None) == (toward is None or away is None):
        raise UserError("steer takes --toward and --away, or --vector FILE.gguf.")
    with Scratch("steer", folder=True) as scratch, question.engine() as asked:
        engine, read, file = asked
        steerer = DirectSteerer(engine.engine)
        path = vector or output or scratch / "vector.gguf"
        if vector is None:
            with progress_line("reading both texts") as progress:
                made = make_vector(
                    steerer,
                    readable(toward or "", "--toward"),
                    readable(away or "", "--away"),
                    progress,
                    engine.cancel,
                )
            write_vector(path, made)
        sampling, own_seed = sampling_of(question.settings, file)
        used = seed if seed is not None else own_seed or 0
        with progress_line("generating") as progress:
            said = engine.reply(read, sampling, used, progress)
        request = SteerRequest(read.ids, sampling, used, str(path), strength, said)
        _show(question, engine, request)


def _show(question: Question, engine: DirectEngine, request: SteerRequest) -> None:
    with progress_line("steering") as progress:
        found = engine.engine.steer(request, progress, engine.cancel)
    engine.cancel.check()
    plain = engine.score(
        request.prompt_ids + request.said, len(request.prompt_ids), 0, _quiet
    ).logprob
    text = b"".join(engine.pieces[t] for t in request.said).decode("utf-8", "replace")
    before, after = float(plain.sum()), float(found.logprob.sum())
    if question.as_json:
        print_json(
            {
                "strength": request.strength,
                "reply": text,
                "reply_tokens": list(request.said),
                "logprob": before,
                "steered_reply": found.text,
                "steered_tokens": [int(t) for t in found.tokens.ids],
                "delta_logprob": after - before,
                "token_deltas": [float(x) for x in found.logprob - plain],
            }
        )
        return
    print(f"strength 0:  {text}")
    print(f"strength {request.strength:g}:  {found.text}")
    print(f"the first reply's log-probability changes by {after - before:+.4f}")


def _quiet(_done: int, _total: int) -> None:
    """The reply is short."""
