"""`workbench history export|import|trash|restore|keep`: handing runs on and clearing up."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import click

from workbench.cli.format_options import format_option, option_values, print_formats
from workbench.cli.history_find import find_ended, find_lines
from workbench.cli.history_open import open_history
from workbench.cli.options import json_option, note, print_json, profile_option, progress_line
from workbench.cli.output_file import OutputFile
from workbench.core.errors import UserError
from workbench.core.paths import Profile


@click.command(epilog='Example: workbench history export --query "tag:good" -o good.jsonl')
@click.argument("run_ids", nargs=-1)
@click.option("--query", default="", help="Export what `history search` finds with this.")
@click.option(
    "--limit",
    default=10_000,
    show_default=True,
    type=click.IntRange(1, 1_000_000),
    help="At most so many runs, the newest ones.",
)
@click.option(
    "--to",
    "to",
    default="jsonl",
    show_default=True,
    metavar="FORMAT",
    help="The format; --list names them.",
)
@format_option
@click.option("--list", "as_list", is_flag=True, help="Name the formats and exit.")
@click.option("-o", "--output", type=OutputFile(), help="A file instead of stdout.")
@click.option("--keep-paths", is_flag=True, help="Leave folders and user names as they are.")
@json_option
@profile_option
def export(
    run_ids: tuple[str, ...],
    query: str,
    limit: int,
    to: str,
    options: tuple[str, ...],
    as_list: bool,
    output: Path | None,
    keep_paths: bool,
    as_json: bool,
    profile: Profile,
) -> None:
    """Write runs in a format of your choice, without paths and user names.

    What the format leaves out is named on stderr, or under "lost" with --json.
    """
    from workbench.experiments.run_export import user_name
    from workbench.experiments.run_files import RunChoice, run_files, write_runs

    if as_list:
        print_formats(list(run_files()), as_json=as_json)
        return
    made = run_files().get(to)
    if bool(run_ids) == bool(query.strip()):
        raise UserError(
            "Name the runs to export, or give a --query, not both.",
            "`--query date:today` exports today's runs.",
        )
    if output is None and as_json:
        raise UserError("--json says what was written to a file.", "Name one with -o.")
    if output is None and not made.is_text and sys.stdout.isatty():
        raise UserError(
            f"{made.title} is no text for a terminal.", "Name a file with -o, or redirect it."
        )
    with closing(open_history(profile)) as store:
        found = list(run_ids)
        if query.strip():
            found = find_ended(store, query, limit)
        choice = RunChoice(found, option_values(made.options, options), user_name(), keep_paths)
        with progress_line("runs") as told:
            write_runs(store, made, choice, output or sys.stdout.buffer, told=told)
        sys.stdout.flush()
    if as_json:
        written = {"format": made.name, "file": str(output), "runs": len(found)}
        print_json({**written, "lost": list(made.leaves_out)})
        return
    if output is not None:
        note(f"{len(found):,} runs written to {output}")
    for loss in made.leaves_out:
        note(f"not in the file: {loss}")


@click.command("import", epilog="Example: workbench history import old/history.sqlite3")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@profile_option
def import_(file: Path, as_json: bool, profile: Profile) -> None:
    """Take in the runs of another history file; it is only read."""
    from workbench.history.bulk import import_history
    from workbench.history.store import HistoryStore

    profile.create()
    store = HistoryStore(profile.history_file)
    try:
        with progress_line("runs") as told:
            done = import_history(
                store, file, progress=lambda p: told(p.added + p.known, p.total or 0)
            )
    finally:
        store.close()
    if as_json:
        print_json({"added": done.added, "known": done.known, "problems": list(done.problems)})
        return
    print(f"{done.added:,} runs added, {done.known:,} were there already")
    for problem in done.problems:
        print(f"left out: {problem}")


@click.command(epilog="Example: workbench history trash 01jd…")
@click.argument("run_ids", nargs=-1)
@click.option("--empty", is_flag=True, help="Delete what lies in the trash for good.")
@profile_option
def trash(run_ids: tuple[str, ...], empty: bool, profile: Profile) -> None:
    """Move runs to the trash, or empty it; `restore` brings them back."""
    from workbench.history import branches, retention

    with closing(open_history(profile)) as store:
        if run_ids:
            branches.trash(store, run_ids).result()
            print(f"{len(run_ids):,} runs in the trash; `workbench history restore` undoes it")
        elif empty:
            gone = 0
            while count := retention.empty_trash(store).result():
                gone += count
            print(f"{gone:,} runs deleted for good")
        else:
            print(f"{retention.trash_count(store):,} runs in the trash")


@click.command(epilog="Example: workbench history restore 01jd…")
@click.argument("run_ids", nargs=-1, required=True)
@profile_option
def restore(run_ids: tuple[str, ...], profile: Profile) -> None:
    """Bring runs back from the trash."""
    from workbench.history import branches

    with closing(open_history(profile)) as store:
        branches.restore(store, run_ids).result()
    print(f"{len(run_ids):,} runs are back")


@click.command(epilog="Example: workbench history keep --days 365 --trash-days 30")
@click.option("--days", type=int, help="Older runs go to the trash; 0 takes the rule away.")
@click.option("--runs", type=int, help="So many of the newest stay; 0 takes the rule away.")
@click.option("--trash-days", type=int, help="After so long in the trash deleted; 0: never.")
@json_option
@profile_option
def keep(
    days: int | None, runs: int | None, trash_days: int | None, as_json: bool, profile: Profile
) -> None:
    """Show or set how long runs are kept, and do what the rules say.

    Runs with a star, tag, rating, note or name stay, and those that others were forked from.
    """
    from workbench.history import retention

    with closing(open_history(profile)) as store:
        now = retention.rules(store)
        wanted = retention.Rules(
            *(old if new is None else new or None
              for old, new in ((now.days, days), (now.runs, runs), (now.trash_days, trash_days)))
        )  # fmt: skip
        if wanted != now:
            retention.set_rules(store, wanted).result()
        done = retention.clear_all(store)
    said = {"days": wanted.days, "runs": wanted.runs, "trash_days": wanted.trash_days}
    if as_json:
        print_json({**said, "trashed": done.trashed, "deleted": done.deleted})
        return
    for name, value in said.items():
        print(f"{name.replace('_', '-'):10}  {'no rule' if value is None else f'{value:,}'}")
    print(f"{done.trashed:,} runs moved to the trash, {done.deleted:,} deleted for good")


@click.command(epilog='Example: workbench history unpack --query "tag:good"')
@click.argument("run_ids", nargs=-1)
@click.option("--query", default="", help="Unpack what `history search` finds with this.")
@click.option(
    "--limit",
    default=1000,
    show_default=True,
    type=click.IntRange(1, 100_000),
    help="At most so many runs, the newest ones.",
)
@click.option("--forget", is_flag=True, help="Delete all such rows; the records stay.")
@profile_option
def unpack(
    run_ids: tuple[str, ...], query: str, limit: int, forget: bool, profile: Profile
) -> None:
    """Write token records as rows that sqlite3 and Datasette can read (tokens_readable)."""
    from workbench.history.unpack import forget_unpacked
    from workbench.history.unpack import unpack as write_rows

    with closing(open_history(profile)) as store:
        if forget:
            print(f"{forget_unpacked(store).result():,} rows deleted")
            return
        chosen = list(run_ids)
        if query.strip():
            chosen += [row.run_id for row in find_lines(store, query, limit)]
        if not chosen:
            raise UserError(
                "There is no run to unpack.", "Name runs, or give a --query that finds some."
            )
        count = write_rows(store, chosen).result()
    print(f"{count:,} tokens of {len(chosen):,} runs in tokens_readable")
