"""Makes the sweep's sheet and joins its parts. GUI thread."""

from __future__ import annotations

from workbench.gui.compare.sheets import Sheet
from workbench.gui.page import PageTools
from workbench.gui.sweep.controller import SweepController
from workbench.gui.sweep.space import SweepSpace
from workbench.gui.translate import mark, tr

NAME = mark("Sweep")


def sweep_sheet(tools: PageTools) -> Sheet:
    """The sheet, connected."""
    space = SweepSpace(tools.theme, tools.fonts)
    controller = SweepController(tools, space)

    def escape() -> bool:
        if controller.picture.release():
            return True
        running = controller.is_running
        if running:
            controller.pause()
        return running

    return Sheet(
        tr(NAME),
        space.tools,
        space.body,
        controller.press,
        escape,
        controller.shown,
        controller.close,
        help="sweep",
    )
