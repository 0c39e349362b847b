"""The Prompt and History workspaces as pages. GUI thread."""

from __future__ import annotations

from functools import partial

from workbench.gui.page import Page
from workbench.gui.panels.rail import Workspace
from workbench.gui.panels.workspaces import HistoryWorkspace, PromptWorkspace
from workbench.gui.run_controller import RunController
from workbench.gui.stored_runs import StoredRuns
from workbench.gui.token_view import release


def own_pages(
    space: PromptWorkspace, past: HistoryWorkspace, runs: RunController, stored: StoredRuns
) -> tuple[Page, Page]:
    """Both, in the order of the rail."""
    prompt = Page(
        Workspace.PROMPT,
        space,
        runs.generate,
        partial(release, space.reply.view, space.editor.exact.view),
    )
    history = Page(
        Workspace.HISTORY,
        past,
        stored.restore,
        partial(release, past.details.reply.view, past.details.exact.view),
    )
    return prompt, history
