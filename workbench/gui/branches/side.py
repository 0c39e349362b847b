"""The Branches tab of the Probabilities workspace. GUI thread."""

from __future__ import annotations

from workbench.gui.branches.columns import Columns
from workbench.gui.branches.columns_controller import ColumnsController
from workbench.gui.branches.edit_strip import EditStrip
from workbench.gui.branches.parts import add_strip
from workbench.gui.branches.reply_tools import ReplyTools
from workbench.gui.branches.tree_controller import TreeController
from workbench.gui.branches.tree_panel import TreePanel
from workbench.gui.current import Part
from workbench.gui.page import PageTools
from workbench.gui.panels.rail import Workspace
from workbench.gui.probabilities.side import Side
from workbench.gui.probabilities.space import ProbabilitiesSpace
from workbench.gui.shown_tokens import ShownTokens
from workbench.gui.token_link import TokenLink
from workbench.gui.token_view import TokenView
from workbench.gui.translate import tr

NAME = "branches"
_HEIGHT = 250


def branches_side(tools: PageTools, space: ProbabilitiesSpace) -> Side:
    """The tree at the side, columns under the reply, menu and keys in it."""
    panel = TreePanel(tools.theme, tools.fonts)

    def link(view: TokenView, tokens: ShownTokens) -> TokenLink:
        return TokenLink(
            view, tools.current, Part.REPLY, lambda: tokens.run_id, lambda: tokens.sample
        )

    columns = Columns(tools.theme, tools.fonts, tools.cards, link)
    columns.setMinimumHeight(_HEIGHT)
    space.put_below(columns, _HEIGHT)
    tree = TreeController(
        tools.session,
        tools.current,
        panel,
        tools.open_run,
        tools.history_changed,
        tools.runs.is_idle,
    )
    beside = ColumnsController(tools.session, tools.current, columns, panel)
    strip = EditStrip(tools.fonts)
    add_strip(space.reply, strip)
    shown = space.reply_tokens
    ReplyTools(
        space.reply.view, strip, tools.current, tools.forks, lambda: (shown.run_id, shown.sample)
    )

    def open_side() -> None:
        tools.open_page(Workspace.PROBABILITIES)
        space.side.open_side(NAME)

    def show() -> None:
        tree.refresh()
        beside.refresh()

    def close() -> None:
        tree.close()
        beside.close()

    tools.forks.several_begun.connect(open_side)
    return Side(
        NAME,
        tr("Branches"),
        tr("The forks of this reply as a tree: open, compare, name, delete."),
        panel,
        shown=show,
        close=close,
        calls={"branches": open_side},
    )
