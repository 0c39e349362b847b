"""What a person reads as the name of an axis; llama.cpp's name stays in files. No widgets."""

from __future__ import annotations

from dataclasses import replace

from workbench.core.sampling import PARAMETERS
from workbench.experiments.sweep_grid import Grid
from workbench.experiments.sweep_plan import MODEL, PROMPT, SEED, VARIABLE
from workbench.gui.translate import mark, tr

_OTHERS = {MODEL: mark("model"), PROMPT: mark("prompt version"), SEED: mark("seed")}


def axis_name(name: str) -> str:
    """A parameter by its label everywhere else ("top-p"), a variable as one ("variable topic")."""
    if name in PARAMETERS:
        return PARAMETERS[name].label
    if name.startswith(VARIABLE):
        return f"{tr('variable')} {name.removeprefix(VARIABLE)}"
    return tr(_OTHERS[name]) if name in _OTHERS else name


def with_names(grid: Grid, axes: tuple[str, ...]) -> Grid:
    """The grid as it is shown; `axes` are those of the sweep, which a list names all at once."""
    is_list = grid.x not in axes
    across = " · ".join(map(axis_name, axes)) if is_list else axis_name(grid.x)
    fixed = {axis_name(name): value for name, value in grid.fixed.items()}
    return replace(grid, x=across, y=axis_name(grid.y), facet=axis_name(grid.facet), fixed=fixed)
