"""`workbench report`: evaluations of the history as one HTML file, or as a leaderboard."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench import __version__
from workbench.cli.history_open import open_history
from workbench.cli.options import json_option, note, print_json, profile_option, progress_line
from workbench.cli.output_file import OutputFile
from workbench.core.errors import UserError
from workbench.core.paths import Profile

if TYPE_CHECKING:
    from workbench.experiments.plot_data.board import Board
    from workbench.experiments.report.stored import StoredReport
    from workbench.history.store import HistoryStore


@click.command(epilog="Example: workbench report last -o report.html")
@click.argument("evaluations", nargs=-1)
@click.option("-o", "--output", type=OutputFile(), help="The HTML file to write, or .pdf.")
@click.option(
    "--samples",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Write every item as lm-evaluation-harness logs samples (JSONL).",
)
@click.option("--all", "everything", is_flag=True, help="Every evaluation of the history.")
@json_option
@profile_option
def command(
    evaluations: tuple[str, ...],
    output: Path | None,
    samples: Path | None,
    everything: bool,
    as_json: bool,
    profile: Profile,
) -> int:
    """Report on EVALUATIONS of the history; the last one when none is named.

    The file holds scores with intervals, whether differences are noise, groups, calibration,
    confusion, items and what the numbers mean; it loads nothing from anywhere. Several evaluations
    get a leaderboard of models by suites in front. Without -o the leaderboard is printed.
    """
    from workbench.core.files import write_whole
    from workbench.experiments.report.render import board_html, report_html
    from workbench.experiments.report.stored import board_document, board_of, evaluation_names

    if everything and evaluations:
        raise UserError("--all takes every evaluation: leave the names out.")
    store = open_history(profile)
    try:
        names = evaluation_names(store) if everything else list(evaluations or ("last",))
        if not names:
            raise UserError("There is no evaluation in this history yet.", "workbench eval --help")
        if samples is not None:
            return _write_samples(store, names, samples, output, as_json=as_json)
        reports = _read(store, names, lenient=everything)
    finally:
        store.close()
    found = board_of(reports)
    if output is not None:
        made = f"{datetime.now().astimezone():%Y-%m-%d %H:%M} with workbench {__version__}"
        several = len(reports) > 1
        text = (
            board_html(found, [report.data for report in reports], made)
            if several
            else report_html(reports[0].data, made)
        )
        if output.suffix.lower() == ".pdf":
            _write_pdf(text, "Leaderboard" if several else reports[0].data.task, output)
        else:
            write_whole(output, text.encode("utf-8", "replace").decode("utf-8"))
        note(f"Wrote {output}, {output.stat().st_size / 1024:,.0f} KiB")
    if as_json:
        print_json(board_document(found))
    elif output is None:
        _print(found)
    return 0


def _write_pdf(html: str, title: str, output: Path) -> None:
    from workbench.core.files import file_in_place
    from workbench.experiments.report.pdf import report_pdf

    try:
        with file_in_place(output) as file:
            report_pdf(html, title, file)
    except OSError as error:
        raise UserError(
            f"{output} cannot be written: {error.strerror or error}.", "Choose another place."
        ) from error


def _write_samples(
    store: HistoryStore, names: list[str], folder: Path, output: Path | None, *, as_json: bool
) -> int:
    from workbench.experiments.lm_eval_samples import LEAVES_OUT, write_samples

    if output is not None:
        raise UserError("--samples writes its own files.", "Leave -o out.")
    written = []
    for name in names:
        with progress_line("items") as told:
            written.append(write_samples(store, name, folder, told=told))
    files = [str(path) for done in written for path in done.files]
    lines, left_out = (sum(getattr(done, key) for done in written) for key in ("lines", "left_out"))
    if as_json:
        print_json({"files": files, "lines": lines, "left_out": left_out, "lost": list(LEAVES_OUT)})
        return 0
    for path in files:
        print(path)
    note(f"{lines:,} items written, {left_out:,} left out: they failed or were not asked yet.")
    note(f"not in the files: {LEAVES_OUT[0]}")
    return 0


def _read(store: HistoryStore, names: list[str], *, lenient: bool) -> list[StoredReport]:
    """Every evaluation that can be read; with `lenient` the others are named and left out."""
    from workbench.experiments.report.stored import stored_report

    reports = []
    with progress_line("evaluations") as progress:
        for place, name in enumerate(names):
            try:
                reports.append(stored_report(store, name))
            except UserError as error:
                if not lenient:
                    raise
                note(f"{name} is left out: {error}")
            progress(place + 1, len(names))
    if not reports:
        raise UserError("None of the evaluations can be reported on.")
    return reports


def _print(board: Board) -> None:
    from workbench.experiments.statistics.words import interval_text

    for suite in board.suites:
        print(suite)
        for subject in board.subjects:
            cell = board.cells.get((subject, suite))
            if cell is None:
                continue
            sign = "*" if cell.level else " "
            print(f"  {sign} {subject}: {cell.entry.metric} {interval_text(cell.entry.score)}")
    if not board.why_no_means:
        print("mean over suites")
        for subject in board.subjects:
            mean = board.means[subject]
            print(f"    {subject}: {'n/a' if mean is None else f'{mean:.3g}'}")
    print("* the best of a suite, or a difference from it that may be noise")
