"""Makes the Compare workspace and joins its parts. GUI thread."""

from __future__ import annotations

from workbench.gui.compare.controller import CompareController
from workbench.gui.compare.sheets import Sheet
from workbench.gui.compare.space import CompareSpace
from workbench.gui.page import Page, PageTools
from workbench.gui.panels.rail import Workspace


def compare_page(tools: PageTools) -> Page:
    """The workspace with all its sheets, connected."""
    space = CompareSpace(tools.theme, tools.fonts)
    sheets = space.sheets
    sheets.add(_columns(tools, space))
    return Page(
        Workspace.COMPARE,
        space,
        sheets.press,
        sheets.escape,
        sheets.shown,
        sheets.close,
        help=sheets.help,
    )


def _columns(tools: PageTools, space: CompareSpace) -> Sheet:
    controller = CompareController(tools, space)

    def escape() -> bool:
        running = controller.is_running
        if running:
            controller.stop()
        return running

    return Sheet(
        "Columns",
        space.tools,
        space.body,
        controller.press,
        escape,
        controller.shown,
        controller.close,
        help="compare",
    )
