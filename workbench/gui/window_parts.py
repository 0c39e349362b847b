"""Makes whoever acts behind the window's panels, once the window stands on the screen. GUI thread.

All that is heavy to import is imported from here, so that an empty window need not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from workbench.experiments.session import Session
from workbench.gui.activity import Activity
from workbench.gui.branches.fork_controller import ForkController
from workbench.gui.branches.parts import fork_controller
from workbench.gui.branches.preview_controller import PreviewController
from workbench.gui.chat_template_controller import ChatTemplateController
from workbench.gui.compare_runs.checks import RunChecks, run_checks
from workbench.gui.current import Current, Part
from workbench.gui.document_parts import DocumentParts, document_parts
from workbench.gui.fonts import Fonts
from workbench.gui.history.space import HistoryWorkspace
from workbench.gui.history_controller import HistoryController
from workbench.gui.hover_card import HoverCard
from workbench.gui.launcher import Launcher
from workbench.gui.model_controller import ModelController
from workbench.gui.own_pages import own_pages
from workbench.gui.page import PageTools
from workbench.gui.pages import make_pages
from workbench.gui.panels.rail import Workspace
from workbench.gui.peek_controller import PeekController
from workbench.gui.prompt_controller import PromptController
from workbench.gui.provenance_controller import ProvenanceController
from workbench.gui.refusals import Refusals
from workbench.gui.run_controller import Phase, RunController
from workbench.gui.shown_reply import ShownReply
from workbench.gui.shown_status import ShownStatus
from workbench.gui.state import WindowState
from workbench.gui.stored_runs import StoredRuns
from workbench.gui.theme import Theme
from workbench.gui.title import WindowTitle
from workbench.gui.token_cards import TokenCards
from workbench.gui.token_link import TokenLink
from workbench.gui.token_looks import TokenLooks
from workbench.gui.translate import tr

if TYPE_CHECKING:
    from workbench.gui.main_window import MainWindow


class WindowParts(NamedTuple):
    """Everybody.

    Attributes:
        files: whoever deals with prompt files.
        add_pages: puts the workspaces into the window; called when the rest is connected.
    """

    current: Current
    card: HoverCard
    cards: TokenCards
    shown: ShownReply
    history_space: HistoryWorkspace
    prompts: PromptController
    runs: RunController
    looks: TokenLooks
    peeks: PeekController
    provenance: ProvenanceController
    templates: ChatTemplateController
    models: ModelController
    forks: ForkController
    history: HistoryController
    previews: PreviewController
    files: DocumentParts
    stored: StoredRuns
    checks: RunChecks
    add_pages: Callable[[], None]


def window_parts(
    window: MainWindow, session: Session, state: WindowState, theme: Theme, fonts: Fonts
) -> WindowParts:
    """All of them, connected with the window's panels and with each other."""
    space, notices, pages = window.prompt_space, window.notices, window.pages
    current = Current(window)
    card = HoverCard(theme, fonts, window)
    cards = TokenCards(card)
    past = HistoryWorkspace(theme, fonts)
    shown, stored_shown = ShownReply(space.reply, cards), ShownReply(past.details.reply, cards)
    prompts = PromptController(session, space.editor, space.variables)
    runs = RunController(
        session,
        prompts,
        space.editor,
        space.sampling,
        space.reply,
        shown,
        window.status,
        current,
    )
    Refusals(runs, prompts, pages, notices, window)
    looks = TokenLooks(session, current, runs.is_idle, window)
    runs.phase_changed.connect(looks.phase_changed)
    cards.use_looks(looks)
    peeks = PeekController(session, prompts, runs, space.next_token)
    provenance = ProvenanceController(
        theme, prompts, space.editor, space.variables, space.budget, space.highlights
    )
    templates = ChatTemplateController(
        prompts, space.editor.exact.template_button, theme, fonts, window
    )
    templates.restore(state.chat_templates)
    models = ModelController(session, window.top_bar, notices, window)
    forks = fork_controller(session, current, runs, space, shown, notices, models, card, fonts)
    activity = Activity(window)
    WindowTitle(window, activity, prompts, Launcher())
    _tell_of(activity, runs, models)
    history = HistoryController(session, window.history_model, notices, window)
    previews = PreviewController(session, prompts, current, runs, forks, space, shown, theme, fonts)
    previews.kept.connect(history.open)
    previews.kept.connect(lambda _run: history.refresh())
    files = document_parts(session, prompts, space, notices, theme, fonts, window)
    stored = StoredRuns(pages, history, current, runs, prompts, templates, notices)
    stored.use(space, shown, past, stored_shown)
    shown_in = {Workspace.PROMPT: shown, Workspace.HISTORY: stored_shown}
    told = ShownStatus(window.status, pages, current, runs, history, window.history_model, shown_in)
    checks = run_checks(session, past, history, runs, models, theme, fonts)
    for one, view in ((shown, space.reply.view), (stored_shown, past.details.reply.view)):
        TokenLink(view, current, Part.REPLY, partial(getattr, one, "run_id"))

    def add_pages() -> None:
        tools = PageTools(
            session,
            theme,
            fonts,
            current,
            prompts,
            runs,
            notices,
            cards,
            window,
            window.show_workspace,
            state.pages,
            forks,
            history.open,
            history.refresh,
            models.choose,
            told.note,
            activity,
        )
        for page in (*own_pages(space, past, runs, stored, tools), *make_pages(tools)):
            pages.add_page(page)

    return WindowParts(
        current, card, cards, shown, past, prompts, runs, looks, peeks, provenance, templates,
        models, forks, history, previews, files, stored, checks, add_pages,
    )  # fmt: skip


def _tell_of(activity: Activity, runs: RunController, models: ModelController) -> None:
    """A run and a model that loads are told of in the title."""

    def phase_changed() -> None:
        if runs.phase is Phase.IDLE:
            activity.end("run")
        else:
            activity.show("run", tr("Generating"))

    def loading(on: bool) -> None:
        if on:
            activity.show("model", tr("Loading the model"))
        else:
            activity.end("model")

    runs.phase_changed.connect(phase_changed)
    models.loading.connect(loading)
