"""`workbench history backup`, `verify` and `repair`."""

from __future__ import annotations

from pathlib import Path

import click

from workbench.cli.main import EXIT_NO
from workbench.cli.options import json_option, print_json, profile_option, progress_line
from workbench.core.errors import UserError
from workbench.core.paths import Profile


def _file(profile: Profile) -> Path:
    if not profile.history_file.exists():
        raise UserError(
            f"There is no history in {profile.root} yet.", "`workbench run` records one."
        )
    return profile.history_file


@click.command(epilog="Example: workbench history backup -o ~/history-monday.db")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Where to; into the folder backups of the profile if left out.",
)
@json_option
@profile_option
def backup(output: Path | None, as_json: bool, profile: Profile) -> None:
    """Copy the history into one file while it is in use, and check the copy."""
    from workbench.history.backup import back_up

    with progress_line("page") as report:
        made = back_up(_file(profile), output, report)
    if as_json:
        print_json({"path": str(made), "size_bytes": made.stat().st_size})
    else:
        print(made)


@click.command(epilog="Example: workbench history verify --json")
@json_option
@profile_option
def verify(as_json: bool, profile: Profile) -> int:
    """Check the whole history: SQLite's own check, every hash, every blob, no orphans.

    Exit 0: whole; 1: something is damaged.
    """
    from workbench.history.verify import verify as verify_file

    with progress_line("row") as report:
        found = verify_file(_file(profile), report)
    if as_json:
        print_json(
            {
                "ok": found.is_whole,
                "runs": found.runs,
                "texts": found.texts,
                "replies": found.replies,
                "problems": [
                    {"kind": p.kind, "where": p.where, "what": p.what} for p in found.problems
                ],
                "remarks": list(found.remarks),
            }
        )
    else:
        for problem in found.problems:
            where = f"{problem.where}: " if problem.where else ""
            print(f"{problem.kind}: {where}{problem.what}")
        for remark in found.remarks:
            print(f"note: {remark}")
        counts = f"{found.runs:,} runs, {found.texts:,} texts, {found.replies:,} replies"
        if found.is_whole:
            print(f"The history is whole: {counts}.")
        else:
            print(
                f"{len(found.problems):,} problems in {counts}. `workbench history repair` helps."
            )
    return 0 if found.is_whole else EXIT_NO


@click.command(epilog="Example: workbench history repair")
@json_option
@profile_option
def repair(as_json: bool, profile: Profile) -> int:
    """Make a damaged history whole again, with the help of its backups.

    The file as it was is kept first. Exit 0: nothing is lost; 1: something is.
    """
    from workbench.history.repair import repair as repair_file

    found = repair_file(_file(profile))
    if as_json:
        print_json(
            {
                "kept": str(found.kept),
                "done": list(found.done),
                "lost": list(found.lost),
                "ok": found.after.is_whole,
                "runs": found.after.runs,
            }
        )
    else:
        for sentence in found.done:
            print(sentence)
        for sentence in found.lost:
            print(f"lost: {sentence}")
        state = "whole" if found.after.is_whole else "still damaged"
        print(f"The history is {state}: {found.after.runs:,} runs. As it was: {found.kept}")
    return 0 if found.after.is_whole and not found.lost else EXIT_NO
