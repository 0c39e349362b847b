"""The window: puts the panels together and the controllers beside them. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import (
    QMainWindow,
)

from workbench.core.presets import Presets
from workbench.gui.actions import add_actions
from workbench.gui.focus_calls import focus_calls
from workbench.gui.focus_order import put_in_order
from workbench.gui.fonts import Fonts
from workbench.gui.icons import save_pictures
from workbench.gui.messages import Message, MessageBar
from workbench.gui.page_stack import PageStack
from workbench.gui.panels.history import HistoryModel
from workbench.gui.panels.rail import Rail, Workspace
from workbench.gui.panels.status_bar import StatusBar
from workbench.gui.panels.top_bar import TopBar
from workbench.gui.panels.workspaces import PromptWorkspace
from workbench.gui.remembering import Remembering
from workbench.gui.reveal_focus import RevealFocus
from workbench.gui.state import WindowState
from workbench.gui.style_sheet import style_sheet
from workbench.gui.theme import Theme
from workbench.gui.window_layout import window_layout

if TYPE_CHECKING:
    # Whoever acts is imported by `window_parts` once the window stands on the screen.
    from workbench.core.types import Loaded
    from workbench.experiments.live_run import RunOutcome
    from workbench.experiments.session import Prepared, Session
    from workbench.gui.settings.preferences import Preferences
    from workbench.templates.prompt_file import PromptFile


class MainWindow(QMainWindow):
    """Everything on the screen.

    It can be shown before it is complete: its panels stand there, and nobody acts behind them.

    Signals:
        closing(WindowState): the window is about to close and this is to be remembered.
        appeared(): it was painted for the first time.
    """

    closing = Signal(object)
    appeared = Signal()

    def __init__(
        self,
        session: Session | None,
        state: WindowState,
        theme: Theme,
        fonts: Fonts,
        scratch: Path,
        preferences: Preferences | None = None,
    ) -> None:
        """Without a `session`, `complete` has to follow.

        `scratch`: an existing folder for the few pictures that style rules need as files.
        `preferences`: shared by the windows of a program; without them the window reads its own.
        """
        super().__init__()
        self._state, self._theme = state, theme
        self._fonts, self._scratch, self._preferences = fonts, scratch, preferences
        self._has_appeared = self._is_complete = False
        self.setWindowTitle("Prompt Workbench")
        self.history_model = HistoryModel()
        self.top_bar = TopBar(theme)
        self.rail = Rail(theme)
        self.status = StatusBar(theme)
        self.notices = MessageBar(theme)
        self.prompt_space = PromptWorkspace(theme, fonts, self.history_model)
        self.pages = PageStack(self.rail)
        self.pages.addWidget(self.prompt_space)
        self.setCentralWidget(
            window_layout(self.top_bar, self.notices, self.rail, self.pages, self.status)
        )
        self.memory = Remembering(self, state, theme)
        theme.changed.connect(self._apply_theme)
        self._apply_theme()
        if session is not None:
            self.complete(session)

    def complete(self, session: Session) -> None:
        """Make everybody who acts behind the panels, and the other workspaces."""
        from workbench.gui.desktop import Desktop
        from workbench.gui.model_tools import model_tools
        from workbench.gui.welcome.controller import WelcomeController
        from workbench.gui.window_parts import window_parts

        self._session = session
        self.prompt_space.sampling.use_presets(Presets(session.profile.presets_file))
        made = window_parts(self, session, self._state, self._theme, self._fonts)
        self.current, self.history_space = made.current, made.history_space
        self.card, self.cards, self.shown = made.card, made.cards, made.shown
        self.prompts, self.runs, self.models = made.prompts, made.runs, made.models
        self.looks, self.peeks, self.templates = made.looks, made.peeks, made.templates
        self.provenance, self.forks, self.previews = made.provenance, made.forks, made.previews
        self.history, self.stored, self.checks = made.history, made.stored, made.checks
        files = made.files
        self.desk, self.documents, self.files = files.desk, files.documents, files.files
        self.library, self.versions, self.disk = files.library, files.versions, files.disk
        self.exports, self.imports = files.exports, files.imports
        self.tools = model_tools(self, session, files, self._theme, self._fonts)
        self._is_complete = True
        self._connect()
        made.add_pages()
        self.memory.restore_pages()
        self.desktop = Desktop(self, session.profile, self._preferences, self._theme, self._fonts)
        self.desktop.settings.still_changed.connect(self._apply_theme)
        if self.desktop.settings.is_still:
            self._apply_theme()
        self._reveal_focus = RevealFocus(self)
        self.welcome = WelcomeController(self, self._theme, self._state)
        self.actions_by_name = add_actions(self, self._calls())
        self.desktop.use_actions(self.actions_by_name)

    @property
    def is_complete(self) -> bool:
        """Whether everybody who acts is there."""
        return self._is_complete

    def start(self, model: Path | None, prompt: Path | None = None) -> None:
        """Load the model, the library and the history; nothing of it keeps the window waiting."""
        self.memory.start(model, prompt)

    def show_notice(self, key: str, message: Message) -> None:
        """A sentence above every workspace, instead of the one under the same key."""
        self.notices.show_message(key, message)

    def state(self) -> WindowState:
        """What to remember."""
        return self.memory.state()

    def show_workspace(self, workspace: Workspace) -> None:
        """Bring `workspace` to the front."""
        self.pages.open_page(workspace)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        """Stop the run, end the engines and every thread of the window."""
        if not self._is_complete:
            super().closeEvent(event)
            return
        self.closing.emit(self.state())
        self.desktop.close()
        self.versions.close()
        self.exports.close()
        self.imports.close()
        self.checks.close()
        self.tools.close()
        self.runs.close()
        # What is not saved is kept while everything it needs is still there.
        self.disk.close()
        self.documents.close()
        self.previews.close()
        # Whatever reads the history ends before it is closed; whatever waits for an engine is
        # freed by the engine's end.
        self.history.close()
        self._session.close()
        self.pages.close_pages()
        for part in (
            self.forks, self.templates, self.looks, self.peeks, self.prompts, self.models,
            self.library,
        ):  # fmt: skip
            part.close()
        self.runs.bridge.drain()
        self.runs.bridge.unexpect()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """Whoever comes back from another program may have changed the file there."""
        super().changeEvent(event)
        came = event.type() is QEvent.Type.ActivationChange and self.isActiveWindow()
        if came and self._is_complete:
            self.disk.look()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Tell of the first one."""
        super().paintEvent(event)
        if not self._has_appeared:
            self._has_appeared = True
            QTimer.singleShot(0, self, self.appeared.emit)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802  # Qt's name
        """Tab goes on as one reads."""
        put_in_order(self)
        return super().focusNextPrevChild(forward)

    def _connect(self) -> None:
        space = self.prompt_space
        self.models.loaded.connect(self._use_model)
        self.prompts.prepared.connect(self._show_prepared)
        self.prompts.failed.connect(lambda _why: self.status.show_prompt(None, 0))
        self.prompts.opened.connect(self._prompt_opened)
        self.runs.finished.connect(self._run_finished)
        self.runs.started.connect(lambda _run: space.recent.to_newest())
        self.history.listed.connect(self._show_history)
        space.all_runs.clicked.connect(lambda: self.show_workspace(Workspace.HISTORY))
        self.pages.turning.connect(self.card.hide_card)
        self.top_bar.help_wanted.connect(self._help)

    def _calls(self) -> dict[str, Callable[[], object]]:
        space = self.prompt_space
        return {
            **self.pages.calls(),
            "generate": self.pages.press,
            "stop": self._escape,
            "retry": self.runs.retry,
            "preview": self.previews.toggle,
            **self.tools.calls,
            "open_prompt": self.library.ask_prompt,
            "new_prompt": self.documents.new,
            "save": self.documents.save,
            "save_as": self.documents.save_as,
            "versions": self.versions.open,
            "export": self.exports.open,
            "import": self.imports.ask,
            "refresh": self._refresh,
            **focus_calls(space, lambda: self.show_workspace(Workspace.PROMPT)),
            "chat_template": self.templates.edit,
            "help": self._help,
            **self.desktop.calls(),
            **self.welcome.calls(),
        }

    def _apply_theme(self) -> None:
        colours = self._theme.colours
        pictures = save_pictures(self._scratch, self._theme.colour)
        self.setPalette(self._theme.palette())
        still = self._is_complete and self.desktop.settings.is_still
        self.setStyleSheet(style_sheet(colours, self._fonts, pictures, still=still))

    def _refresh(self) -> None:
        self.models.refresh()
        self.history.refresh()
        self.library.read()
        self.disk.look()

    def _use_model(self, loaded: Loaded) -> None:
        self.history.use_vocab(loaded)
        self.looks.forget_problems()
        if self.models.path is not None:
            choice = self.templates.use_model(loaded)
            self.prompts.set_model(self.models.path, self.models.settings, choice.read)

    def _prompt_opened(self, prompt: PromptFile) -> None:
        space = self.prompt_space
        space.library.mark(prompt.path)
        if self.focusWidget() is None or self.focusWidget() is self.top_bar.model_chip:
            space.editor.blocks[-1].edit.setFocus()

    def _show_prepared(self, prepared: Prepared) -> None:
        self.status.show_prompt(prepared.n_tokens, prepared.loaded.engine.n_ctx)

    def _run_finished(self, outcome: RunOutcome) -> None:
        self.stored.opened = None
        self.status.show_reply(sum(len(s.tokens) for s in outcome.end.result.samples[:1]))
        self.history.refresh()

    def _show_history(self, total: int) -> None:
        self.prompt_space.show_runs_exist(total > 0)
        self.history_space.show_count(total)

    def _escape(self) -> None:
        if not self.pages.page.escape() and not self.welcome.escape():
            self.runs.stop()

    def _help(self) -> None:
        from workbench.gui.help_dialog import HelpDialog

        HelpDialog(self, self.pages.page.help_page).open()
