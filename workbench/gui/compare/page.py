"""Makes the Compare workspace and joins its parts. GUI thread."""

from __future__ import annotations

from workbench.gui.compare.controller import CompareController
from workbench.gui.compare.space import CompareSpace
from workbench.gui.page import Page, PageTools
from workbench.gui.panels.rail import Workspace


def compare_page(tools: PageTools) -> Page:
    """The workspace, connected."""
    space = CompareSpace(tools.theme, tools.fonts)
    controller = CompareController(tools, space)

    def escape() -> bool:
        running = controller.is_running
        if running:
            controller.stop()
        return running

    return Page(
        Workspace.COMPARE,
        space,
        controller.press,
        escape,
        controller.shown,
        controller.close,
        help="compare",
    )
