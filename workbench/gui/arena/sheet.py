"""Makes the sheet of the arena and joins its parts. GUI thread."""

from __future__ import annotations

from workbench.gui.arena.controller import ArenaController
from workbench.gui.arena.fresh import Columns
from workbench.gui.arena.space import ArenaSpace
from workbench.gui.compare.sheets import Sheet
from workbench.gui.messages import MessageBar
from workbench.gui.page import PageTools

NAME = "Arena"


def arena_sheet(tools: PageTools, messages: MessageBar, columns: Columns) -> Sheet:
    """The sheet, connected; `messages` are those of its workspace."""
    parts = ArenaSpace(tools.theme, tools.fonts)
    controller = ArenaController(tools, parts, messages, columns)
    return Sheet(
        NAME,
        parts.tools,
        parts.body,
        controller.press,
        controller.escape,
        controller.shown,
        controller.close,
        help="arena",
    )
