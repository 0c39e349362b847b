"""`workbench sweep`: a prompt over a grid of settings, prompts, variables or models."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench.cli.main import EXIT_BAD_INPUT, EXIT_INTERRUPTED
from workbench.cli.on_cluster import cluster_options, open_here_or_there
from workbench.cli.options import (
    engine_settings,
    json_option,
    list_settings_option,
    model_option,
    note,
    pairs,
    preset_of,
    preset_option,
    print_json,
    profile_option,
    read_prompt,
    readable,
    sampling_of,
    setting_option,
    variable_option,
)
from workbench.cli.saving import Saved, close, refused_early, tell_history, what_was_saved
from workbench.core.errors import UserError
from workbench.core.paths import Profile
from workbench.core.registry import did_you_mean

if TYPE_CHECKING:
    from workbench.experiments.sweep import Cell, Sweep, SweepEnd, SweepProgress
    from workbench.experiments.sweep_estimate import Estimate
    from workbench.experiments.sweep_plan import SweepPlan
    from workbench.experiments.sweep_scores import Figures

_POLL_S = 0.1


@click.command(
    epilog="Example: workbench sweep few-shot-story -v name=Zoe --axis temperature=0:1.2:0.4 "
    "--axis top_p=0.8,0.95 -n 8 --number agreement"
)
@click.argument("prompt", required=False)
@click.option(
    "--axis",
    "axes",
    multiple=True,
    metavar="NAME=VALUES",
    help="A decoding parameter, model, prompt, seed or var:NAME; values as a,b,c, as FROM:TO:STEP, "
    "or as a JSON list. As often as you like.",
)
@click.option("--list", "is_list", is_flag=True, help="Axes side by side instead of crossed.")
@model_option
@variable_option
@setting_option
@list_settings_option
@preset_option
@click.option("--seed", type=int, help="Seed of each cell's first sample; drawn when left out.")
@click.option(
    "-n",
    "--samples",
    default=1,
    show_default=True,
    type=click.IntRange(1, 1024),
    help="Replies per cell, made in one batch.",
)
@click.option(
    "--number",
    "numbers",
    multiple=True,
    metavar="NAME",
    help="A table of this number or metric (answers come from the prompt's testData); all numbers "
    "when left out.",
)
@click.option("--estimate", "only_estimate", is_flag=True, help="Say what it would cost, and exit.")
@click.option("--resume", metavar="SWEEP", help="Go on with a sweep of the history (or: last).")
@click.option(
    "--csv",
    "csv_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a line per cell with every number and reply to this file.",
)
@cluster_options
@json_option
@click.option("--no-save", is_flag=True, help="Keep the runs out of the history.")
@profile_option
def command(
    prompt: str | None,
    axes: tuple[str, ...],
    is_list: bool,
    model: str | None,
    variables: tuple[str, ...],
    settings: tuple[str, ...],
    preset: str | None,
    seed: int | None,
    samples: int,
    numbers: tuple[str, ...],
    only_estimate: bool,
    resume: str | None,
    csv_file: Path | None,
    cluster: str | None,
    replicas: int | None,
    as_json: bool,
    no_save: bool,
    profile: Profile,
) -> int:
    """Run PROMPT once for every combination of the axes' values.

    Every cell is a run in the history, its samples made in one batch. A sweep that was stopped
    goes on with --resume: what is done is not run again.

    A history that cannot be written (a full disk) is said before the first cell, and nothing is
    run. Where it fails later no reply is lost: a line on standard error says so, the exit code is
    not changed by it, and --resume runs the cells again that are not saved. With --json, saved,
    save_error and resumable tell.
    """
    from workbench.experiments.sweep import Sweep
    from workbench.experiments.sweep_estimate import estimate
    from workbench.experiments.sweep_files import sweep_csv
    from workbench.experiments.sweep_numbers import NUMBERS
    from workbench.experiments.sweep_scores import Figures
    from workbench.experiments.sweep_store import done_cells, stored_plan

    shown = _known_numbers(numbers)
    if resume is not None and (prompt is not None or axes or no_save):
        raise UserError("--resume takes everything from the sweep: leave PROMPT and --axis out.")
    if resume is None and prompt is None:
        raise click.MissingParameter(param_hint="PROMPT", param_type="argument")
    with open_here_or_there(profile, cluster, replicas) as session:
        name, done = "", {}
        if resume is not None:
            name, plan = stored_plan(session.store, resume)
            done = done_cells(session.store, name)
        else:
            wish = _Wish(prompt or "", axes, is_list, model, variables, settings, preset, seed)
            plan = wish.plan(samples, profile)
        if only_estimate or sys.stderr.isatty():
            cost = estimate(session, plan, done)
            if only_estimate:
                _print_estimate(cost, as_json)
                return 0
            note(_cost_line(cost))
        sweep = Sweep(session, plan, _Progress(), name=name, save=not no_save)
        if not no_save:
            tell_history(session)
        with refused_early() if resume is None else nullcontext():
            end = _wait(sweep)
        saved = what_was_saved(session, sweep.name, end.save_error, wished=not no_save)
        figures = Figures(sweep.plan)
        if csv_file is not None:
            names = list(dict.fromkeys([*NUMBERS, *shown]))
            _write(csv_file, sweep_csv(sweep.plan, end.cells, figures, names))
        if as_json:
            print_json({**_document(sweep, end, figures, numbers), **saved.document()})
        else:
            _print(sweep.plan, end, figures, shown)
        close(session, told=bool(saved.error))
    return _code(sweep, end, saved)


def _write(path: Path, text: str) -> None:
    from workbench.core.files import put_in_place

    try:
        put_in_place(path, text.encode("utf-8"))
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror or error}.") from error


@dataclass(frozen=True, slots=True)
class _Wish:
    """The command line of a new sweep."""

    prompt: str
    axes: tuple[str, ...]
    is_list: bool
    model: str | None
    variables: tuple[str, ...]
    settings: tuple[str, ...]
    preset: str | None
    seed: int | None

    def plan(self, samples: int, profile: Profile) -> SweepPlan:
        """What it asks for.

        Raises:
            UserError: a name or a value is wrong.
        """
        from workbench.core.sampling_input import check_seed
        from workbench.experiments.models import find_model
        from workbench.experiments.session import drawn_seed
        from workbench.experiments.sweep_plan import MODEL, PROMPT, Axis, SweepPlan

        axes = tuple(Axis(name, _values(name, text)) for name, text in _axis_pairs(self.axes))
        named = {axis.name: axis.values for axis in axes}
        models = named.get(MODEL, (self.model or "",))
        prompts = tuple(read_prompt(p, profile) for p in named.get(PROMPT, (self.prompt,)))
        sampling, own_seed = sampling_of(self.settings, prompts[0], preset_of(self.preset, profile))
        seed = self.seed if self.seed is not None else own_seed
        return SweepPlan(
            axes=axes,
            models=tuple(find_model(m, profile) for m in models),
            prompts=prompts,
            values=pairs(self.variables, "-v"),
            sampling=sampling,
            seed=drawn_seed(samples) if seed is None else check_seed(seed),
            n_samples=samples,
            settings=engine_settings(self.settings),
            is_list=self.is_list,
        )


def _axis_pairs(given: Sequence[str]) -> list[tuple[str, str]]:
    found = []
    for text in given:
        name, equals, values = readable(text, "--axis").partition("=")
        if not equals or not name.strip():
            raise UserError(f"--axis takes NAME=VALUES, not {text!r}.")
        found.append((name.strip(), values))
    return found


def _values(name: str, text: str) -> tuple[str, ...]:
    from workbench.experiments.sweep_values import axis_values

    try:
        return axis_values(name, text)
    except UserError as error:
        raise UserError(f"--axis {error.message}", error.hint) from error


def _known_numbers(names: Sequence[str]) -> list[str]:
    """The figures to show.

    Raises:
        UserError: there is none of that name.
    """
    from workbench.experiments.sweep_numbers import NUMBERS
    from workbench.experiments.sweep_scores import known_figures

    known = known_figures() if names else {}
    for name in names:
        if name not in known:
            raise UserError(f"There is no number {name}.", did_you_mean(name, list(known)))
    return list(names or NUMBERS)


class _Progress:
    """How far it is, on a terminal."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()

    def cell_finished(self, cell: Cell, progress: SweepProgress) -> None:
        """One line that is written over."""
        if not self._shown:
            return
        left = progress.seconds_left
        rest = "" if left is None else f", {_time(left)} left"
        print(f"\r{progress.done:,} of {progress.total:,} cells{rest}    ", end="", file=sys.stderr)
        if progress.done == progress.total:
            print(file=sys.stderr)


def _time(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"


def _wait(sweep: Sweep) -> SweepEnd:
    sweep.start()
    while True:
        try:
            return sweep.wait(_POLL_S)
        except TimeoutError:
            continue
        except KeyboardInterrupt:
            sweep.cancel()


def _cost_line(cost: Estimate) -> str:
    return (
        f"{cost.cells:,} cells, {cost.replies:,} replies: {cost.prompt_tokens:,} prompt tokens and "
        f"at most {cost.reply_tokens:,} reply tokens, "
        + ("time unknown" if cost.seconds is None else f"at most about {_time(cost.seconds)}")
        + (" (one prompt after another: the model is recurrent)" if cost.one_by_one else "")
    )


def _print_estimate(cost: Estimate, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "cells": cost.cells,
                "replies": cost.replies,
                "prompt_tokens": cost.prompt_tokens,
                "reply_tokens": cost.reply_tokens,
                "seconds": cost.seconds,
                "one_by_one": cost.one_by_one,
            }
        )
    else:
        print(_cost_line(cost))


def _document(sweep: Sweep, end: SweepEnd, figures: Figures, more: Sequence[str]) -> dict[str, Any]:
    plan = sweep.plan
    return {
        "sweep": sweep.name,
        "axes": [{"name": a.name, "values": list(a.values)} for a in plan.axes],
        "seed": plan.seed,
        "n_samples": plan.n_samples,
        "n_cells": plan.n_cells,
        "stopped": end.stopped,
        "cells": [
            {
                "index": cell.index,
                "at": dict(cell.at),
                "run_id": cell.run_id,
                "kept": cell.kept,
                "error": cell.error or None,
                "numbers": {
                    **cell.numbers,
                    **{name: figures.of(cell, name).value for name in more},
                },
                "replies": list(cell.texts),
            }
            for cell in end.cells.values()
        ],
    }


def _print(plan: SweepPlan, end: SweepEnd, figures: Figures, numbers: Sequence[str]) -> None:
    if len(plan.axes) == 2 and not plan.is_list:
        for name in numbers:
            unit = figures.all[name].unit
            print(f"{name}{f' ({unit})' if unit else ''}")
            _print_matrix(plan, end.cells, figures, name)
        return
    names = [axis.name for axis in plan.axes]
    rows = [
        [*(cell.at[n] for n in names), *(_figure(cell, figures, number) for number in numbers)]
        for cell in end.cells.values()
    ]
    _print_table([[*names, *numbers], *rows])


def _print_matrix(
    plan: SweepPlan, cells: Mapping[int, Cell], figures: Figures, number: str
) -> None:
    rows_axis, columns_axis = plan.axes
    width = len(columns_axis.values)
    table = [[f"{rows_axis.name} \\ {columns_axis.name}", *columns_axis.values]]
    for row, value in enumerate(rows_axis.values):
        texts = [
            _figure(cells[c], figures, number) if (c := row * width + column) in cells else "-"
            for column in range(width)
        ]
        table.append([value, *texts])
    _print_table(table)


def _print_table(rows: Sequence[Sequence[str]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(text.rjust(width) for text, width in zip(row, widths, strict=True)))


def _figure(cell: Cell, figures: Figures, number: str) -> str:
    if cell.error:
        return "failed"
    value = figures.of(cell, number).value
    return "n/a" if value is None else f"{value:.4g}"


def _code(sweep: Sweep, end: SweepEnd, saved: Saved) -> int:
    failed = [cell for cell in end.cells.values() if cell.error]
    if failed:
        note(f"{len(failed):,} of {sweep.plan.n_cells:,} cells failed: {failed[0].error}")
    saved.tell()
    if end.stopped:
        saved.tell_stopped(f"workbench sweep --resume {sweep.name.split()[-1]}")
        return EXIT_INTERRUPTED
    return EXIT_BAD_INPUT if failed else 0
