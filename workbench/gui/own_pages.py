"""The Prompt and History workspaces as pages. GUI thread."""

from __future__ import annotations

from functools import partial

from workbench.gui.history.page import history_page
from workbench.gui.history.space import HistoryWorkspace
from workbench.gui.page import Page, PageTools
from workbench.gui.panels.rail import Workspace
from workbench.gui.panels.workspaces import PromptWorkspace
from workbench.gui.run_controller import RunController
from workbench.gui.stored_runs import StoredRuns
from workbench.gui.token_view import release


def own_pages(
    space: PromptWorkspace,
    past: HistoryWorkspace,
    runs: RunController,
    stored: StoredRuns,
    tools: PageTools,
) -> tuple[Page, Page]:
    """Both, in the order of the rail."""
    prompt = Page(
        Workspace.PROMPT,
        space,
        runs.generate,
        partial(release, space.reply.view, space.editor.exact.view),
        help="prompt-editor",
    )
    return prompt, history_page(past, stored, tools)
