"""The window: puts the panels together and the controllers beside them. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QMainWindow,
    QSplitter,
)

from workbench.core.errors import UserError
from workbench.core.paths import demo_model_path
from workbench.core.presets import Presets
from workbench.core.sampling import Sampling
from workbench.core.sampling_input import with_values
from workbench.core.types import Loaded
from workbench.experiments.live_run import RunOutcome
from workbench.experiments.session import Prepared, Session
from workbench.gui.actions import add_actions
from workbench.gui.branches.parts import fork_controller
from workbench.gui.branches.preview_controller import PreviewController
from workbench.gui.chat_template_controller import ChatTemplateController
from workbench.gui.compare_runs.checks import run_checks
from workbench.gui.current import Current, Part
from workbench.gui.document_parts import document_parts
from workbench.gui.focus_calls import focus_calls
from workbench.gui.fonts import Fonts
from workbench.gui.help_dialog import HelpDialog
from workbench.gui.history.space import HistoryWorkspace
from workbench.gui.history_controller import HistoryController
from workbench.gui.hover_card import HoverCard
from workbench.gui.icons import save_pictures
from workbench.gui.messages import Message, MessageBar, from_error
from workbench.gui.model_controller import ModelController
from workbench.gui.own_pages import own_pages
from workbench.gui.page import PageTools
from workbench.gui.page_stack import PageStack
from workbench.gui.pages import make_pages
from workbench.gui.panels.history import HistoryModel
from workbench.gui.panels.rail import Rail, Workspace
from workbench.gui.panels.status_bar import StatusBar
from workbench.gui.panels.top_bar import TopBar
from workbench.gui.panels.workspaces import PromptWorkspace
from workbench.gui.peek_controller import PeekController
from workbench.gui.prompt_controller import PromptController
from workbench.gui.provenance_controller import ProvenanceController
from workbench.gui.refusals import Refusals
from workbench.gui.reveal_focus import RevealFocus
from workbench.gui.run_controller import RunController
from workbench.gui.shown_reply import ShownReply
from workbench.gui.state import WindowState
from workbench.gui.stored_runs import StoredRuns
from workbench.gui.style_sheet import style_sheet
from workbench.gui.theme import Theme
from workbench.gui.token_cards import TokenCards
from workbench.gui.token_link import TokenLink
from workbench.gui.token_looks import TokenLooks
from workbench.gui.translate import tr
from workbench.gui.window_layout import window_layout
from workbench.templates.prompt_file import PromptFile

SIZE = QSize(1440, 900)


class MainWindow(QMainWindow):
    """Everything on the screen.

    Signals:
        closing(WindowState): the window is about to close and this is to be remembered.
    """

    closing = Signal(object)

    def __init__(
        self, session: Session, state: WindowState, theme: Theme, fonts: Fonts, scratch: Path
    ) -> None:
        """`scratch`: an existing folder for the few pictures that style rules need as files."""
        super().__init__()
        self._session, self._state, self._theme = session, state, theme
        self._fonts, self._scratch = fonts, scratch
        self.setWindowTitle("Prompt Workbench")
        self._history_model = HistoryModel()
        self.top_bar = TopBar(theme)
        self.rail = Rail(theme)
        self.status = StatusBar(theme)
        self.notices = MessageBar(theme)
        self.prompt_space = PromptWorkspace(theme, fonts, self._history_model)
        self.history_space = HistoryWorkspace(theme, fonts)
        self.current = Current(self)
        self.pages = PageStack(self.rail)
        self.setCentralWidget(
            window_layout(self.top_bar, self.notices, self.rail, self.pages, self.status)
        )
        self.card = HoverCard(theme, fonts, self)
        self.cards = TokenCards(self.card)
        self.shown = ShownReply(self.prompt_space.reply, self.cards)
        self._stored = ShownReply(self.history_space.details.reply, self.cards)
        self.prompt_space.sampling.use_presets(Presets(session.profile.presets_file))
        self._make_controllers()
        self._connect()
        self._add_pages()
        self._restore()
        self._apply_theme()
        self._reveal_focus = RevealFocus(self)
        self.actions_by_name = add_actions(self, self._calls())

    def start(self, model: Path | None, prompt: Path | None = None) -> None:
        """Load the model, the library and the history; nothing of it keeps the window waiting."""
        remembered = Path(self._state.model) if self._state.model else None
        if remembered is not None and not remembered.is_file():
            remembered = None
        self.models.refresh()
        self.models.choose(model or remembered or demo_model_path())
        remembered_prompt = Path(self._state.prompt) if self._state.prompt else None
        self.library.begin(prompt or remembered_prompt)
        self.history.refresh()

    def show_notice(self, key: str, message: Message) -> None:
        """A sentence above every workspace, instead of the one under the same key."""
        self.notices.show_message(key, message)

    def state(self) -> WindowState:
        """What to remember."""
        prompt, space = self.prompts.prompt, self.prompt_space
        defaults, sampling = Sampling().to_dict(), space.sampling.sampling.to_dict()
        try:
            seed = space.sampling.seed()
        except UserError:
            seed = None
        return replace(
            self._state,
            theme=self._theme.mode.value,
            model=str(self.models.path or self._state.model),
            prompt=str(prompt.path) if prompt is not None and prompt.path is not None else "",
            sampling={k: v for k, v in sampling.items() if v != defaults[k]},
            seed=seed,
            tint=self.shown.tint,
            chat_templates=self.templates.remembered(),
            splitters={s.objectName(): tuple(s.sizes()) for s in self._splitters()},
            size=(self.width(), self.height()),
            pages={**self._state.pages, **self.pages.remember()},
        )

    def show_workspace(self, workspace: Workspace) -> None:
        """Bring `workspace` to the front."""
        self.pages.open_page(workspace)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        """Stop the run, end the engines and every thread of the window."""
        self.closing.emit(self.state())
        self.versions.close()
        self.exports.close()
        self.imports.close()
        self.checks.close()
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
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self.disk.look()

    def _make_controllers(self) -> None:
        space = self.prompt_space
        self.prompts = PromptController(self._session, space.editor, space.variables)
        self.runs = RunController(
            self._session,
            self.prompts,
            space.editor,
            space.sampling,
            space.reply,
            self.shown,
            self.status,
            self.current,
        )
        Refusals(self.runs, self.prompts, self.pages, self.notices, self)
        self.looks = TokenLooks(self._session, self.current, self.runs.is_idle, self)
        self.runs.phase_changed.connect(self.looks.phase_changed)
        self.cards.use_looks(self.looks)
        self.peeks = PeekController(self._session, self.prompts, self.runs, space.next_token)
        self.provenance = ProvenanceController(
            self._theme,
            self.prompts,
            space.editor,
            space.variables,
            space.budget,
            space.highlights,
        )
        self.templates = ChatTemplateController(
            self.prompts, space.editor.exact.template_button, self._theme, self._fonts, self
        )
        self.templates.restore(self._state.chat_templates)
        self.models = ModelController(self._session, self.top_bar, self.notices, self)
        self.forks = fork_controller(
            self._session,
            self.current,
            self.runs,
            space,
            self.shown,
            self.notices,
            self.models,
            self.card,
            self._fonts,
        )
        self.history = HistoryController(self._session, self._history_model, self.notices, self)
        self.previews = PreviewController(
            self._session, self.prompts, self.current, self.runs, self.forks, space, self.shown,
            self._theme, self._fonts,
        )  # fmt: skip
        made = document_parts(
            self._session,
            self.prompts,
            space,
            self.notices,
            self._theme,
            self._fonts,
            self.models,
            self,
        )
        self.desk, self.documents, self.files = made.desk, made.documents, made.files
        self.library, self.versions, self.disk = made.library, made.versions, made.disk
        self.exports, self.imports = made.exports, made.imports
        self.stored = StoredRuns(
            self.pages,
            self.history,
            self.current,
            self.runs,
            self.prompts,
            self.templates,
            self.notices,
        )

    def _add_pages(self) -> None:
        space, past = self.prompt_space, self.history_space
        tools = PageTools(
            self._session,
            self._theme,
            self._fonts,
            self.current,
            self.prompts,
            self.runs,
            self.notices,
            self.cards,
            self,
            self.show_workspace,
            self._state.pages,
            self.forks,
            self.history.open,
            self.history.refresh,
            self.models.choose,
            self.status.show_saved,
        )
        own = own_pages(space, past, self.runs, self.stored, tools)
        for page in (*own, *make_pages(tools)):
            self.pages.add_page(page)

    def _connect(self) -> None:
        space, past = self.prompt_space, self.history_space
        self.models.loaded.connect(self._use_model)
        self.prompts.prepared.connect(self._show_prepared)
        self.prompts.failed.connect(lambda _why: self.status.show_prompt(None, 0))
        self.prompts.opened.connect(self._prompt_opened)
        self.runs.finished.connect(self._run_finished)
        self.runs.started.connect(lambda _run: space.recent.clearSelection())
        self.history.listed.connect(self._show_history)
        self.previews.kept.connect(self.history.open)
        self.previews.kept.connect(lambda _run: self.history.refresh())
        self.stored.use(space, self.shown, past, self._stored)
        self.checks = run_checks(
            self._session, past, self.history, self.runs, self.models, self._theme, self._fonts
        )
        space.all_runs.clicked.connect(lambda: self.show_workspace(Workspace.HISTORY))
        for shown, view in (
            (self.shown, space.reply.view),
            (self._stored, past.details.reply.view),
        ):
            TokenLink(view, self.current, Part.REPLY, partial(getattr, shown, "run_id"))
        self.pages.turning.connect(self.card.hide_card)
        self.top_bar.theme_chosen.connect(self._theme.set_mode)
        self.top_bar.help_wanted.connect(self._help)
        self._theme.changed.connect(self._apply_theme)

    def _calls(self) -> dict[str, Callable[[], object]]:
        space = self.prompt_space
        return {
            **self.pages.calls(),
            "generate": self.pages.press,
            "stop": self._escape,
            "retry": self.runs.retry,
            "preview": self.previews.toggle,
            "open_model": self.models.ask,
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
            "quit": self.close,
        }

    def _restore(self) -> None:
        state, space = self._state, self.prompt_space
        self.resize(QSize(*state.size) if len(state.size) == 2 else SIZE)
        for part in self._splitters():
            sizes = state.splitters.get(part.objectName())
            if sizes is not None and len(sizes) == part.count() and sum(sizes) > 0:
                part.setSizes(list(sizes))
        try:
            space.sampling.set_sampling(with_values(Sampling(), state.sampling))
        except UserError as error:
            self.show_notice("settings", from_error(error))
        space.sampling.set_seed(state.seed)
        self.shown.set_tint(state.tint)

    def _apply_theme(self) -> None:
        colours = self._theme.colours
        pictures = save_pictures(self._scratch, self._theme.colour)
        self.setPalette(self._theme.palette())
        self.setStyleSheet(style_sheet(colours, self._fonts, pictures))

    def _splitters(self) -> list[QSplitter]:
        return [s for s in self.findChildren(QSplitter) if s.objectName()]

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
        self.status.show_prompt(len(prepared.tokens), prepared.loaded.engine.n_ctx)

    def _run_finished(self, outcome: RunOutcome) -> None:
        self.stored.opened = None
        self.status.show_reply(sum(len(s.tokens) for s in outcome.end.result.samples[:1]))
        self.history.refresh()

    def _show_history(self, total: int) -> None:
        self.prompt_space.show_runs_exist(total > 0)
        self.history_space.show_count(total)
        if self.status.saved.text().startswith(tr("saved")):
            self.status.show_saved(tr("saved · run {total:,}", total=total))

    def _escape(self) -> None:
        if not self.pages.page.escape():
            self.runs.stop()

    def _help(self) -> None:
        HelpDialog(self, self.pages.page.help_page).open()
