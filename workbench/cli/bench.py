"""`workbench bench`: how fast this machine is, as ratios."""

from __future__ import annotations

import dataclasses
import sys

import click

from workbench.cli.given import not_empty
from workbench.cli.options import json_option, note, print_json, profile_option, progress_line
from workbench.core.paths import Profile


@click.command(epilog="Example: workbench bench --quick")
@click.option(
    "-m",
    "--model",
    metavar="MODEL",
    callback=not_empty,
    help="Measure this model instead of a made one.",
)
@click.option("--quick", is_flag=True, help="A small model and few runs: for a look.")
@json_option
@profile_option
def command(model: str | None, quick: bool, as_json: bool, profile: Profile) -> None:
    """Measure decoding with records, batches, prompt edits, scoring and start-up.

    Every ratio compares two things measured in turn in this one run. Without -m a model of random
    weights is made once (529 MB; a small one with --quick) and kept in the profile's cache.
    """
    from workbench.experiments.bench.rows import meets
    from workbench.experiments.bench.run import QUICK_SIZES, Sizes, bench_model, machine, measure
    from workbench.experiments.models import find_model

    with progress_line("writing the bench model: part") as progress:
        path = (
            find_model(model, profile)
            if model
            else bench_model(profile, quick=quick, progress=progress)
        )
    rows = []
    if not as_json:
        print(f"{'row':26} {'value':>12} {'unit':8} {'ratio':>7} {'low':>7} {'high':>7}  against")
    for row in measure(path, QUICK_SIZES if quick else Sizes()):
        reached = meets(row)
        rows.append({**dataclasses.asdict(row), "meets": reached})
        if as_json:
            if sys.stderr.isatty():
                note(f"{row.name} {row.ratio:.3f}")
            continue
        verdict = "" if reached is None else f" ({row.target}: {'yes' if reached else 'NO'})"
        print(
            f"{row.name:26} {row.value:12,.3f} {row.unit:8} {row.ratio:7.3f} {row.low:7.3f} "
            f"{row.high:7.3f}  {row.against}{verdict}",
            flush=True,
        )
    if as_json:
        print_json({"rows": rows, "machine": machine(), "model": str(path)})
