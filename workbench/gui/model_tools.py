"""Makes the parts that deal with models: opening, dropping, the card, what was open lately."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from workbench.core.recent import RecentKind
from workbench.experiments.session import Session
from workbench.gui.document_parts import DocumentParts
from workbench.gui.drops import Drops
from workbench.gui.fonts import Fonts
from workbench.gui.model_card.controller import ModelCardController
from workbench.gui.open_model.controller import OpenModelController
from workbench.gui.recents import RecentFiles
from workbench.gui.servers.controller import ServerController
from workbench.gui.theme import Theme
from workbench.gui.translate import tr

if TYPE_CHECKING:
    from workbench.gui.main_window import MainWindow


class ModelTools(NamedTuple):
    """Everything about choosing a model and reading about it."""

    opener: OpenModelController
    card: ModelCardController
    recents: RecentFiles
    servers: ServerController
    drops: Drops
    calls: Mapping[str, Callable[[], object]]

    def close(self) -> None:
        """End their threads."""
        self.opener.close()
        self.card.close()
        self.recents.close()
        self.servers.close()


def model_tools(
    window: MainWindow, session: Session, files: DocumentParts, theme: Theme, fonts: Fonts
) -> ModelTools:
    """The parts, connected with each other, the top bar and the library's menu."""
    models, bar, prompts = window.models, window.top_bar, window.prompts
    opener = OpenModelController(session, models, theme, fonts, window)
    card = ModelCardController(session, theme, fonts, window)
    recents = RecentFiles(session.profile, models.choose, files.documents.open, window)

    def show_card() -> None:
        if models.path is not None:
            card.open(models.path)

    card.edit_template.connect(window.templates.edit)
    card.other_wanted.connect(opener.ask)
    servers = ServerController(session, models, window.notices, window)
    window.runs.finished.connect(servers.show_outcome)
    bar.server_wanted.connect(servers.ask)
    bar.open_model.connect(opener.ask)
    bar.card_wanted.connect(show_card)
    recents.offer_in(bar.model_menu, RecentKind.MODELS, tr("Recent models"))
    menu = window.prompt_space.library.new_menu
    recents.offer_in(menu, RecentKind.PROMPTS, tr("Recent prompts"))
    models.loaded.connect(recents.add_model)
    prompts.opened.connect(recents.add_prompt)
    drops = Drops(window, opener.show_dropped, files.imports.take)
    recents.refresh()
    calls = {"open_model": opener.ask, "model_card": show_card, "connect_server": servers.ask}
    return ModelTools(opener, card, recents, servers, drops, calls)
