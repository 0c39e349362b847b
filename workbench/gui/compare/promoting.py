"""Puts what made a column into the prompt workspace. GUI thread."""

from __future__ import annotations

from pathlib import Path

from workbench.core.errors import UserError
from workbench.gui.compare.columns import Shown
from workbench.gui.page import PageTools
from workbench.gui.panels.rail import Workspace
from workbench.gui.translate import tr


def promote(tools: PageTools, column: Shown) -> None:
    """Its model, prompt, values, settings and seed become those of the prompt workspace.

    A column that never ran has no seed yet: the seed of the workspace, or none, with its own
    shift, as it would have been run.

    Raises:
        UserError: its prompt cannot be read.
    """
    open_prompt, wish, made = tools.prompts.prompt, column.wish, column.made
    if open_prompt is None:
        raise UserError(tr("No prompt is open."), tr("Open one in the Prompt workspace."))
    if made is not None:
        prompt, values, sampling = made.prompt, dict(made.values), made.sampling
    else:
        prompt = wish.prompt.prompt(open_prompt)
        values = dict(wish.stored.values) if wish.stored is not None else {}
        sampling = wish.sampling(tools.runs.wanted()[0])
    seed = _seed(tools, column)
    tools.runs.use_sampling(sampling)
    if seed is not None:
        tools.runs.use_seed(seed)
    if prompt.source != open_prompt.source or column.made is None:
        tools.prompts.open_prompt(prompt, values)
    tools.choose_model(Path(wish.model.path))
    tools.open_page(Workspace.PROMPT)


def _seed(tools: PageTools, column: Shown) -> int | None:
    """The seed its reply was made with; None leaves the seed field as it is."""
    if column.end is not None and column.end.outcome is not None:
        return column.end.outcome.start.seed + column.sample  # replies count up from the first
    if column.made is not None:
        return column.made.seed
    if column.wish.stored is not None:
        return column.wish.stored.seed
    own = tools.runs.wanted()[1]
    return None if own is None else own + column.wish.seed_shift
