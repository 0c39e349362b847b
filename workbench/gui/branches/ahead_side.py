"""The Ahead tab of the Probabilities workspace. GUI thread."""

from __future__ import annotations

from workbench.gui.branches.ahead_controller import AheadController
from workbench.gui.branches.ahead_panel import AheadPanel
from workbench.gui.current import TokenPlace
from workbench.gui.page import PageTools
from workbench.gui.panels.rail import Workspace
from workbench.gui.probabilities.side import Side
from workbench.gui.probabilities.space import ProbabilitiesSpace
from workbench.gui.translate import tr

NAME = "ahead"


def ahead_side(tools: PageTools, space: ProbabilitiesSpace) -> Side:
    """The tree of likely continuations."""
    panel = AheadPanel(tools.theme, tools.fonts)
    controller = AheadController(tools.session, tools.current, tools.runs, tools.forks, panel)

    def open_side() -> None:
        tools.open_page(Workspace.PROBABILITIES)
        space.side.open_side(NAME)

    def look(place: TokenPlace) -> None:
        open_side()
        tools.current.choose(place)

    tools.forks.ahead_wanted.connect(look)
    return Side(
        NAME,
        tr("Ahead"),
        tr("The likeliest continuations from the chosen token, as a tree with probabilities."),
        panel,
        shown=controller.refresh,
        close=controller.close,
        calls={"ahead": open_side},
    )
