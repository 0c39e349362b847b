"""The leaderboard of a report: models by suites."""

from __future__ import annotations

from workbench.experiments.plot_data.board import Board, BoardCell
from workbench.experiments.report.page import Cell, Section, table
from workbench.experiments.report.tables import score_cell
from workbench.experiments.statistics.words import number, p_text


def board_section(board: Board) -> Section:
    """The table; bold is the best of a suite and what cannot be told from it."""
    heads: list[Cell | str] = ["model"]
    if not board.why_no_means:
        heads.append(Cell("mean", "n", "every suite counts alike"))
    for suite in board.suites:
        metrics = {c.entry.metric for (_, name), c in board.cells.items() if name == suite}
        heads.append(Cell(f"{suite} ({', '.join(sorted(metrics))})", "n"))
    lines: list[list[Cell | str]] = []
    for subject in board.subjects:
        line: list[Cell | str] = [subject]
        if not board.why_no_means:
            mean = board.means[subject]
            line.append(Cell("n/a" if mean is None else number(mean), "n"))
        line += [_cell(board.cells.get((subject, suite))) for suite in board.suites]
        lines.append(line)
    note = (
        "Bold: the best of a suite, and those whose difference from it may be noise (item by "
        f"item, p of 0.05 or more). {board.why_no_means}"
    ).strip()
    return Section("board", "Leaderboard", table(heads, lines, note))


def _cell(cell: BoardCell | None) -> Cell:
    if cell is None:
        return Cell("not asked", "n")
    shown = score_cell(cell.entry.score, "n best" if cell.level else "n")
    parts = [shown.hint, cell.entry.source]
    if cell.against_best is not None and cell.against_best.p is not None:
        parts.append(f"against the best: {p_text(cell.against_best.p)}")
    if cell.entry.runs:
        parts.append(f"{len(cell.entry.runs):,} runs, {cell.entry.runs[0]} and on")
    return Cell(shown.words, shown.kind, "; ".join(part for part in parts if part), shown.below)
