"""`workbench trace`: the sampler microscope."""

from __future__ import annotations

from typing import Any

import click

from workbench.cli.asking import Question, question_options
from workbench.cli.options import (
    list_settings_option,
    preset_of,
    preset_option,
    print_json,
    progress_line,
    sampling_of,
)


@click.command(epilog="Example: workbench trace short-story -s top_k=10 -s min_p=0.1")
@question_options
@list_settings_option
@preset_option
@click.option("--seed", type=int, help="Seed of the draw; 0 when left out.")
@click.option(
    "--limit",
    default=40,
    show_default=True,
    type=click.IntRange(1, 100_000),
    help="At most so many candidates of each stage.",
)
def command(question: Question, preset: str | None, seed: int | None, limit: int) -> None:
    """What each sampler leaves of the next token's distribution after PROMPT.

    Stage 0 is the model's raw distribution. mass is the part of it that is left; p is the
    probability among what is left.
    """
    from workbench.core.text import piece_text

    chosen = preset_of(preset, question.profile)
    with question.engine() as (engine, read, file):
        sampling, own_seed = sampling_of(question.settings, file, chosen)
        used = seed if seed is not None else own_seed or 0
        with progress_line("reading") as progress:
            walked = engine.trace(read, sampling, used, limit, progress)
        stages: list[dict[str, Any]] = [
            {
                "name": s.name,
                "n": s.n,
                "mass": s.mass,
                "candidates": [
                    {"id": int(i), "text": piece_text(engine.pieces[int(i)]), "logit": x, "p": p}
                    for i, x, p in zip(s.ids, s.logits.tolist(), s.p.tolist(), strict=True)
                ],
            }
            for s in walked.stages
        ]
        token: dict[str, object] | None = None
        if walked.token is not None:
            token = {"id": walked.token, "text": piece_text(engine.pieces[walked.token])}
    if question.as_json:
        print_json({"stages": stages, "seed": used, "token": token})
        return
    for stage in stages:
        print(f"{stage['name']:12} {stage['n']:>7,} left, {stage['mass']:8.4%} of the mass")
        for candidate in stage["candidates"][:5]:
            shown = repr(candidate["text"])[1:-1]
            print(f"  {shown:20} {candidate['p']:8.4f} {candidate['logit']:9.3f}")
    print(f"drawn: {token['text']!r}" if token else "nothing is left to draw")
