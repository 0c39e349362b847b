"""Makes the sheet of the arena and joins its parts. GUI thread."""

from __future__ import annotations

from workbench.gui.arena.controller import ArenaController
from workbench.gui.arena.fresh import Columns
from workbench.gui.arena.space import ArenaSpace
from workbench.gui.compare.sheets import Sheet
from workbench.gui.messages import MessageBar
from workbench.gui.page import PageTools
from workbench.gui.translate import mark, tr

NAME = mark("Arena")


def arena_sheet(tools: PageTools, messages: MessageBar, columns: Columns) -> Sheet:
    """The sheet, connected; `messages` are those of its workspace."""
    parts = ArenaSpace(tools.theme, tools.fonts)
    controller = ArenaController(tools, parts, messages, columns)
    return Sheet(
        tr(NAME),
        parts.tools,
        parts.body,
        controller.press,
        controller.escape,
        controller.shown,
        controller.close,
        help="arena",
    )
