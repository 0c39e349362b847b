"""How the cells of a sweep stand in heatmaps: which axis goes across, down, and over several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.core.errors import UserError
from workbench.experiments.sweep_plan import SweepPlan


@dataclass(frozen=True, slots=True)
class View:
    """What a person wants to see where.

    Attributes:
        x: the axis across. y: the axis down; empty for one row.
        facet: an axis with a heatmap for each of its values; empty for one heatmap.
        fixed: which value the other axes have; the first where none is named.
    """

    x: str
    y: str = ""
    facet: str = ""
    fixed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Face:
    """One heatmap: the number of the cell at every row and column.

    Attributes:
        title: the value of the axis that makes several heatmaps; empty for one alone.
    """

    title: str
    cells: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Heatmaps of one size beside each other.

    Attributes:
        facet: the axis whose values the heatmaps have; empty for one heatmap.
        fixed: the axes that are not shown, with the value they have here.
    """

    x: str
    y: str
    facet: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    faces: tuple[Face, ...]
    fixed: Mapping[str, str]


def first_view(plan: SweepPlan) -> View:
    """The longest axes across and down, the next one over several heatmaps."""
    if plan.is_list:
        return View(plan.axes[0].name)
    order = sorted(plan.axes, key=lambda axis: -len(axis.values))
    names = [axis.name for axis in order if len(axis.values) > 1] or [order[0].name]
    y, facet = (*names[1:3], "", "")[:2]
    return View(names[0], y, facet)


def grid_of(plan: SweepPlan, view: View) -> Grid:
    """The cells by that view; a list is one row.

    Raises:
        UserError: the view names an axis that the sweep does not have, or one twice.
    """
    if plan.is_list:
        names = tuple(" · ".join(plan.at(cell).values()) for cell in range(plan.n_cells))
        title = " · ".join(axis.name for axis in plan.axes)
        return Grid(title, "", "", names, ("",), (Face("", (tuple(range(plan.n_cells)),)),), {})
    axes = {axis.name: axis.values for axis in plan.axes}
    shown = [name for name in (view.x, view.y, view.facet) if name]
    for name in shown:
        if name not in axes:
            raise UserError(f"The sweep has no axis {name}.")
    if len(set(shown)) < len(shown):
        raise UserError("An axis can be shown at one place only.", "Choose another axis there.")
    fixed = {
        name: view.fixed[name] if view.fixed.get(name) in values else values[0]
        for name, values in axes.items()
        if name not in shown
    }
    steps = _steps(plan)
    held = sum(axes[name].index(value) * steps[name] for name, value in fixed.items())
    columns, rows = axes[view.x], axes[view.y] if view.y else ("",)
    titles = axes[view.facet] if view.facet else ("",)
    faces = []
    for number, title in enumerate(titles):
        first = held + number * steps.get(view.facet, 0)
        cells = []
        for row in range(len(rows)):
            start = first + row * steps.get(view.y, 0)
            stop = start + len(columns) * steps[view.x]
            cells.append(tuple(range(start, stop, steps[view.x])))
        faces.append(Face(title, tuple(cells)))
    return Grid(view.x, view.y, view.facet, columns, rows, tuple(faces), fixed)


def _steps(plan: SweepPlan) -> dict[str, int]:
    """How far apart the cells of neighbouring values of each axis are."""
    steps, step = {}, 1
    for axis in reversed(plan.axes):
        steps[axis.name] = step
        step *= len(axis.values)
    return steps
