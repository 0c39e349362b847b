"""`workbench needle`: a long-context task made to measure."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from workbench.cli.interrupts import interrupt_cancels
from workbench.cli.options import model_option, note, profile_option
from workbench.cli.output_file import OutputFile
from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.paths import Profile


@click.command(
    epilog="Example: workbench needle -m demo-2m-q8_0 --lengths 100,200 --depths 0,50,100 "
    "-o needle.jsonl && workbench eval needle.jsonl"
)
@model_option
@click.option("--lengths", default="250,500,1000,2000", show_default=True, help="In tokens.")
@click.option("--depths", default="0,25,50,75,100", show_default=True, help="In percent.")
@click.option("--repeats", default=2, show_default=True, help="Items per length and depth.")
@click.option("--distractors", default=3, show_default=True, help="Facts about other things.")
@click.option("--seed", default=0, show_default=True, help="Of the texts that are drawn.")
@click.option("-o", "--output", type=OutputFile(), help="A file; stdout if left out.")
@profile_option
def command(
    model: str | None,
    lengths: str,
    depths: str,
    repeats: int,
    distractors: int,
    seed: int,
    output: Path | None,
    profile: Profile,
) -> None:
    """Make items that hide a code word at a depth of a long text, for `workbench eval`.

    Lengths count the tokens of the model, so that they mean the same for its context.
    """
    from workbench.core.files import write_whole
    from workbench.core.types import EngineSettings
    from workbench.experiments.direct import direct_engine
    from workbench.experiments.models import find_model
    from workbench.experiments.tasks.needle import NeedlePlan, needle_rows, needle_task

    plan = NeedlePlan(
        lengths=_numbers(lengths, "--lengths"),
        depths=_numbers(depths, "--depths"),
        repeats=repeats,
        distractors=distractors,
        seed=seed,
    )
    cancel = CancelToken()
    with (
        interrupt_cancels(cancel),
        direct_engine(
            find_model(model, profile), EngineSettings(n_ctx=256), cancel=cancel
        ) as engine,
    ):

        def count(text: str) -> int:
            cancel.check()
            return len(engine.engine.tokenize(text, add_bos=False).ids)

        task = needle_task(plan, count)
    text = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in needle_rows(task))
    if output is None:
        sys.stdout.write(text)
        return
    write_whole(output, text)
    note(f"{output.name}: {len(task.items):,} items")


def _numbers(text: str, option: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise UserError(f"{option} takes whole numbers between commas, not {text!r}.") from error
