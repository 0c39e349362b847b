"""A leaderboard as texts, and the evaluations behind it. No Qt; any thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.experiments.plot_data.board import Board, BoardCell
from workbench.experiments.report.stored import (
    StoredReport,
    board_of,
    evaluation_names,
    stored_report,
)
from workbench.experiments.statistics.words import interval_text, number
from workbench.gui.said import said_error, tr_said
from workbench.gui.translate import tr
from workbench.history.store import HistoryStore


@dataclass(frozen=True, slots=True)
class Standing:
    """The leaderboard of everything in the history.

    Attributes:
        left_out: evaluations that could not be read, each with why.
    """

    board: Board
    reports: tuple[StoredReport, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoardText:
    """A cell: its value, the interval, and whether it stands out."""

    text: str
    level: bool
    tip: str


def standing(
    store: HistoryStore, progress: Callable[[int, int], None], cancel: CancelToken
) -> Standing:
    """Score every evaluation of the history again and arrange them.

    Raises:
        UserError: the history cannot be read.
        Cancelled: somebody asked to stop.
    """
    names = evaluation_names(store)
    reports, left = [], []
    for place, name in enumerate(names):
        cancel.check()
        try:
            reports.append(stored_report(store, name, cancel))
        except UserError as error:
            left.append(f"{name}: {said_error(error)}")
        progress(place + 1, len(names))
    return Standing(board_of(reports), tuple(reports), tuple(left))


def board_text(cell: BoardCell | None) -> BoardText:
    """What a cell shows; a star for the best and what cannot be told from it."""
    if cell is None:
        return BoardText("", False, tr("Not asked."))
    entry, score = cell.entry, cell.entry.score
    if score.value is None:
        return BoardText("–", False, tr_said(score.reason) or tr("Not scored."))
    span = ""
    if score.low is not None and score.high is not None:
        span = tr("   {low} to {high}", low=number(score.low), high=number(score.high))
    star = "★ " if cell.best else "≈ " if cell.level else ""
    runs = tr("{n_runs:,} runs · {source}", n_runs=len(entry.runs), source=entry.source)
    tip = tr(
        "{label} {interval_text}\n{runs}\nEnter opens the evaluation.",
        label=entry.info.label,
        interval_text=tr_said(interval_text(score)),
        runs=runs,
    )
    return BoardText(f"{star}{number(score.value)}{span}", cell.level, tip)
