"""The workspaces beside Prompt and History, in one list. Each is made in a file of its own."""

from __future__ import annotations

from collections.abc import Callable

from workbench.gui.attention.page import attention_page
from workbench.gui.compare.page import compare_page
from workbench.gui.experiments.page import experiments_page
from workbench.gui.page import Page, PageTools
from workbench.gui.probabilities.page import probabilities_page

MAKERS: tuple[Callable[[PageTools], Page], ...] = (
    probabilities_page,
    attention_page,
    compare_page,
    experiments_page,
)
"""What makes each of them. The rail sorts them by `Workspace`."""


def make_pages(tools: PageTools) -> list[Page]:
    """Every one of them."""
    return [make(tools) for make in MAKERS]
