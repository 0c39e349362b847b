"""A sweep as a table for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from workbench.experiments.sweep import Cell
from workbench.experiments.sweep_plan import SweepPlan
from workbench.experiments.sweep_scores import Figures

_LEADS = ("=", "+", "-", "@", "\t", "\r")


def sweep_csv(
    plan: SweepPlan, cells: Mapping[int, Cell], figures: Figures, names: Sequence[str]
) -> str:
    """One line per cell: its values, its run, the figures of these names, its replies.

    An empty field is a figure that means nothing there. A reply that a spreadsheet would take for
    a formula begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    n_replies = max((len(cell.texts) for cell in cells.values()), default=0)
    axes = [axis.name for axis in plan.axes]
    replies = [f"reply_{number}" for number in range(1, n_replies + 1)]
    writer.writerow(["cell", *axes, "run_id", "error", *names, *replies])
    for index, cell in sorted(cells.items()):
        values = [figures.of(cell, name).value for name in names]
        writer.writerow(
            [
                index,
                *(_plain(cell.at[axis]) for axis in axes),
                cell.run_id or "",
                _plain(cell.error),
                *("" if value is None else repr(value) for value in values),
                *map(_plain, cell.texts),
                *([""] * (n_replies - len(cell.texts))),
            ]
        )
    return out.getvalue()


def _plain(text: str) -> str:
    if not text.startswith(_LEADS):
        return text
    try:
        float(text)
    except ValueError:
        return f"'{text}"
    return text
