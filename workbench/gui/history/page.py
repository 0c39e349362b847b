"""Makes the History workspace's page and joins its parts. GUI thread."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from workbench.gui.history.columns import DEFAULT, columns_of
from workbench.gui.history.exporter import Exporter
from workbench.gui.history.finder import Finder
from workbench.gui.history.keeper import Keeper
from workbench.gui.history.plot import PlotPanel
from workbench.gui.history.plotter import Plotter
from workbench.gui.history.space import HistoryWorkspace
from workbench.gui.page import Page, PageTools
from workbench.gui.panels.rail import Workspace
from workbench.gui.stored_runs import StoredRuns
from workbench.gui.token_view import release
from workbench.history.load import StoredRun


def history_page(space: HistoryWorkspace, stored: StoredRuns, tools: PageTools) -> Page:
    """The workspace, connected."""
    finder = Finder(tools.session, space, tools.notices)
    keeper = Keeper(tools.session, space, tools.notices, tools.history_changed)
    exporter = Exporter(tools.session, space, finder, tools.notices, tools.fonts)
    panel = PlotPanel(tools.theme, tools.fonts)
    panel.hide()
    space.parts.addWidget(panel)
    space.parts.setSizes([520, 240])
    plotter = Plotter(tools.session, space, finder, panel, tools.notices)
    remembered = tools.remembered.get(Workspace.HISTORY, {})
    keys = remembered.get("columns")
    space.list.show_columns(columns_of(keys if isinstance(keys, list | tuple) else DEFAULT))
    group = space.group.findData(remembered.get("group", ""))
    space.group.setCurrentIndex(max(0, group))
    space.groups.setVisible(bool(space.group.currentData()))
    space.columns.clicked.connect(
        lambda: space.list.columns_menu().exec(
            space.columns.mapToGlobal(space.columns.rect().bottomLeft())
        )
    )

    def opened(run: StoredRun) -> None:
        keeper.show(run.start.run_id)

    stored.shown.connect(opened)

    def shown() -> None:
        finder.shown()

    def escape() -> bool:
        kept = release(space.details.reply.view, space.details.exact.view)
        if not kept and space.search.text():
            space.search.clear()
            return True
        return kept

    def close() -> None:
        exporter.close()
        plotter.close()
        finder.close()
        keeper.close()

    def remember() -> Mapping[str, object]:
        return {"columns": space.list.keys(), "group": space.group.currentData()}

    return Page(
        Workspace.HISTORY,
        space,
        stored.restore,
        escape,
        shown=shown,
        first=space.search,
        close=close,
        calls={"find_runs": partial(_search, tools, space)},
        remember=remember,
        help="history",
    )


def _search(tools: PageTools, space: HistoryWorkspace) -> None:
    tools.open_page(Workspace.HISTORY)
    space.search.setFocus()
    space.search.selectAll()
