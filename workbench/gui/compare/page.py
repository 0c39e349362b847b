"""Makes the Compare workspace and joins its parts. GUI thread."""

from __future__ import annotations

from workbench.gui.arena.sheet import NAME as ARENA
from workbench.gui.arena.sheet import arena_sheet
from workbench.gui.compare.controller import CompareController
from workbench.gui.compare.sheets import Sheet
from workbench.gui.compare.space import CompareSpace
from workbench.gui.page import Page, PageTools
from workbench.gui.panels.rail import Workspace
from workbench.gui.sweep.sheet import sweep_sheet
from workbench.gui.token_view import release
from workbench.gui.translate import mark, tr

COLUMNS = mark("Columns")


def compare_page(tools: PageTools) -> Page:
    """The workspace with all its sheets, connected."""
    space = CompareSpace(tools.theme, tools.fonts)
    sheets = space.sheets
    controller = CompareController(tools, space)
    sheets.add(_columns(controller, space))
    sheets.add(sweep_sheet(tools))
    sheets.add(arena_sheet(tools, space.messages, controller))

    space.running.connect(
        lambda on: (
            tools.activity.show("compare", tr("Comparing")) if on else tools.activity.end("compare")
        )
    )

    def vote() -> None:
        sheets.turn_to(tr(ARENA))

    controller.votes.on_vote(vote)

    def choose_columns() -> None:
        tools.open_page(Workspace.COMPARE)
        sheets.turn_to(tr(COLUMNS))
        controller.choose()

    def open_arena() -> None:
        sheets.turn_to(tr(ARENA))
        tools.open_page(Workspace.COMPARE)

    return Page(
        Workspace.COMPARE,
        space,
        sheets.press,
        sheets.escape,
        sheets.shown,
        sheets.close,
        {"columns": choose_columns, "arena": open_arena},
        help=sheets.help,
    )


def _columns(controller: CompareController, space: CompareSpace) -> Sheet:
    def escape() -> bool:
        return release(space.diff.view) or controller.stop()

    return Sheet(
        tr(COLUMNS),
        space.tools,
        space.body,
        controller.press,
        escape,
        controller.shown,
        controller.close,
        help="compare",
    )
