"""Puts what made a column into the prompt workspace. GUI thread."""

from __future__ import annotations

from pathlib import Path

from workbench.core.errors import UserError
from workbench.gui.compare.columns import Shown
from workbench.gui.page import PageTools
from workbench.gui.panels.rail import Workspace


def promote(tools: PageTools, column: Shown) -> None:
    """Its model, prompt, values and settings become those of the prompt workspace.

    Raises:
        UserError: its prompt cannot be read.
    """
    open_prompt, wish, made = tools.prompts.prompt, column.wish, column.made
    if open_prompt is None:
        raise UserError("No prompt is open.", "Open one in the Prompt workspace.")
    if made is not None:
        prompt, values, sampling = made.prompt, dict(made.values), made.sampling
    else:
        prompt = wish.prompt.prompt(open_prompt)
        values = dict(wish.stored.values) if wish.stored is not None else {}
        sampling = wish.sampling(tools.runs.wanted()[0])
    tools.runs.use_sampling(sampling)
    if prompt.source != open_prompt.source or column.made is None:
        tools.prompts.open_prompt(prompt, values)
    tools.choose_model(Path(wish.model.path))
    tools.open_page(Workspace.PROMPT)
