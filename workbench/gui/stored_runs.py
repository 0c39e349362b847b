"""Shows stored runs where they were asked for, and brings one back into the editor. GUI thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from workbench.core.errors import UserError
from workbench.gui.chat_template_controller import ChatTemplateController
from workbench.gui.current import Current
from workbench.gui.history.space import HistoryWorkspace
from workbench.gui.history_controller import HistoryController, headline
from workbench.gui.messages import MessageBar, from_error
from workbench.gui.page_stack import PageStack
from workbench.gui.panels.rail import Workspace
from workbench.gui.panels.workspaces import PromptWorkspace
from workbench.gui.prompt_controller import PromptController
from workbench.gui.run_controller import RunController
from workbench.gui.shown_reply import ShownReply
from workbench.history.load import StoredRun
from workbench.templates.prompt_file import parse_prompt, raw_prompt


class StoredRuns(QObject):
    """Reacts to a run that was read from the history.

    Signals:
        shown(StoredRun): a run stands in the History workspace now.

    Attributes:
        opened: the run that was read last; None when a newer one was generated.
    """

    shown = Signal(object)

    def __init__(
        self,
        stack: PageStack,
        history: HistoryController,
        current: Current,
        runs: RunController,
        prompts: PromptController,
        templates: ChatTemplateController,
        notices: MessageBar,
    ) -> None:
        super().__init__(stack)
        self._stack, self._history, self._current = stack, history, current
        self._runs, self._prompts, self._templates = runs, prompts, templates
        self._notices = notices
        self.opened: StoredRun | None = None

    def use(
        self, space: PromptWorkspace, shown: ShownReply, past: HistoryWorkspace, stored: ShownReply
    ) -> None:
        """Show runs in these: `shown` is the reply of `space`, `stored` the one of `past`."""
        self._space, self._shown, self._past, self._stored = space, shown, past, stored
        self._history.opened.connect(self.show)
        space.recent.opened.connect(self._history.open)
        past.list.opened.connect(self._history.open)
        past.details.restore_wanted.connect(self.restore)

    def show(self, run: StoredRun) -> None:
        """Put a run on show; in the prompt workspace not while another is under way."""
        self.opened = run
        past, start = self._past, run.start
        in_history = self._stack.workspace is Workspace.HISTORY
        if not in_history and not self._runs.is_idle():
            if self._stack.workspace is not Workspace.PROMPT:
                self._current.open(start, run.end, self._history.control_ids(start))
            return
        self._current.open(start, run.end, self._history.control_ids(start))
        if in_history:
            past.details.show_head(start.prompt_name, headline(start))
            self._history.show(run, past.details.reply, self._stored, past.details.exact)
            past.list.mark(start.run_id)
            self.shown.emit(run)
            return
        self._history.show(run, self._space.reply, self._shown)
        self._space.recent.mark(start.run_id)

    def restore(self) -> None:
        """Put the run's prompt, values, template, settings and seed back into the editor."""
        run, space = self.opened, self._space
        if run is None:
            return
        start = run.start
        path = Path(start.prompt_path) if start.prompt_path else None
        is_raw = start.chat_template is None and start.prompt_source.strip() == start.prompt_source
        try:
            prompt = parse_prompt(start.prompt_source, start.prompt_name, path)
        except UserError as error:
            if not is_raw:
                self._notices.show_message("restore", from_error(error))
                return
            prompt = raw_prompt(start.prompt_source, start.prompt_name)
        self._stack.open_page(Workspace.PROMPT)
        self._templates.use_recorded(start.chat_template, start.model.path)
        self._prompts.open_prompt(prompt, start.variables)
        space.sampling.set_sampling(start.sampling)
        space.sampling.set_seed(start.seed)
        if self._runs.is_idle():
            self._current.open(start, run.end, self._history.control_ids(start))
            self._history.show(run, space.reply, self._shown)
