"""Says above a workspace why nothing runs; the Prompt workspace says it beside the mistake."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from workbench.gui.messages import Message, MessageBar
from workbench.gui.page_stack import PageStack
from workbench.gui.panels.rail import Workspace
from workbench.gui.prompt_controller import PromptController
from workbench.gui.run_controller import RunController
from workbench.gui.translate import tr

_KEY = "refused"


class Refusals(QObject):
    """Tells what was refused, and takes it back when it is true no longer. GUI thread."""

    def __init__(
        self,
        runs: RunController,
        prompts: PromptController,
        pages: PageStack,
        notices: MessageBar,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._pages, self._notices = pages, notices
        runs.refused.connect(self._refused)
        runs.started.connect(self._forget)
        prompts.prepared.connect(self._forget)

    def _refused(self, why: str) -> None:
        if self._pages.workspace is Workspace.PROMPT:
            return
        go = (tr("Go to the prompt"), partial(self._pages.open_page, Workspace.PROMPT))
        message = Message(tr("The prompt cannot run as it stands."), why, actions=(go,))
        self._notices.show_message(_KEY, message)

    def _forget(self, _what: object) -> None:
        self._notices.dismiss(_KEY)
