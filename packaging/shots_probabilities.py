"""Pictures of the Probabilities workspace: the heatmap with its card, the prompt, the plots."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screenshots import Stage

    from workbench.gui.main_window import MainWindow
    from workbench.gui.probabilities.space import ProbabilitiesSpace

SEED = 41


def probabilities_pictures(stage: Stage) -> list[Path]:
    """The workspace over a story: a kept token in both themes, the prompt's summary, the plots."""
    from workbench.gui.panels.rail import Workspace

    window = stage.window
    stage.open("few-shot-story")
    stage.generate(SEED)
    window.show_workspace(Workspace.PROBABILITIES)
    space = _space(window)
    space.side.open_side("token")
    view = space.reply.view
    view.setFocus()
    view.lock(space.reply_tokens.telling_token())
    made = [stage.shoot("probabilities"), stage.dark("probabilities-dark")]
    window.card.hide_card()
    window.setFocus()
    for side in ("prompt", "plots"):
        space.side.open_side(side)
        made.append(stage.shoot(f"probabilities-{side}"))
    view.lock(-1)
    window.show_workspace(Workspace.PROMPT)
    return made


def _space(window: MainWindow) -> ProbabilitiesSpace:
    from workbench.gui.probabilities.space import ProbabilitiesSpace

    space = window.pages.page.widget
    assert isinstance(space, ProbabilitiesSpace)
    return space
