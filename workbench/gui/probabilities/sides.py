"""Which panels stand beside the tokens, behind Token, Prompt and Plots, in the tabs' order."""

from __future__ import annotations

from collections.abc import Callable

from workbench.gui.branches.ahead_side import ahead_side
from workbench.gui.branches.side import branches_side
from workbench.gui.microscope.side import samplers_side
from workbench.gui.page import PageTools
from workbench.gui.probabilities.side import Side
from workbench.gui.probabilities.space import ProbabilitiesSpace

MAKERS: tuple[Callable[[PageTools, ProbabilitiesSpace], Side], ...] = (
    branches_side,
    ahead_side,
    samplers_side,
)
"""What makes each of them."""
