"""Joins the fork controller with the prompt workspace. GUI thread."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QWidget

from workbench.core.types import Loaded
from workbench.experiments.session import Session
from workbench.gui.branches.edit_strip import EditStrip
from workbench.gui.branches.fork_controller import ForkController
from workbench.gui.branches.reply_tools import ReplyTools
from workbench.gui.current import Current
from workbench.gui.fonts import Fonts
from workbench.gui.hover_card import HoverCard
from workbench.gui.messages import MessageBar
from workbench.gui.model_controller import ModelController
from workbench.gui.panels.workspaces import PromptWorkspace
from workbench.gui.run_controller import RunController
from workbench.gui.shown_reply import ShownReply


def fork_controller(
    session: Session,
    current: Current,
    runs: RunController,
    space: PromptWorkspace,
    shown: ShownReply,
    notices: MessageBar,
    models: ModelController,
    card: HoverCard,
    fonts: Fonts,
) -> ForkController:
    """The controller, told about models, the card's clicks and the next token's.

    The reply of the prompt workspace gets its menu, its keys and its edit strip.
    """
    made = ForkController(session, current, runs, space.sampling, notices, models.choose, models)

    def use_model(loaded: Loaded) -> None:
        made.use_model(loaded, models.settings)

    models.loaded.connect(use_model)
    card.alternative_chosen.connect(made.say_instead)
    space.next_token.bars.chosen.connect(runs.generate_from)
    strip = EditStrip(fonts)
    add_strip(space.reply, strip)
    ReplyTools(space.reply.view, strip, current, made, lambda: (shown.run_id, shown.sample))
    return made


def add_strip(under: QWidget, strip: EditStrip) -> None:
    """Put an edit strip at the lower end of a panel."""
    layout = under.layout()
    if isinstance(layout, QLayout):
        layout.addWidget(strip)
