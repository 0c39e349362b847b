"""A picture of the Compare workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from screenshots import Stage

PROMPT = "few-shot-story"
SEED = 41


def compare_pictures(stage: Stage) -> list[Path]:
    """Two quantizations and a smaller model, held against the first."""
    from workbench.gui.compare.column_view import TO_BASE
    from workbench.gui.compare.space import CompareSpace
    from workbench.gui.panels.rail import Workspace

    window = stage.window
    stage.open(PROMPT)
    window.prompt_space.sampling.set_seed(SEED)
    window.show_workspace(Workspace.COMPARE)
    space = window.pages.page.widget
    if not isinstance(space, CompareSpace):
        raise TypeError("the Compare workspace is not in front")
    stage.until(lambda: len(space.views) == 2)
    smaller = next(action for action in space.menu.actions() if "0.5m" in action.text())
    smaller.trigger()
    window.pages.press()
    stage.until(lambda: "forced" in space.diff.note.text())
    stage.until(lambda: space.views[2].fact(TO_BASE) != "–")
    window.setFocus()
    made = [stage.shoot("compare"), stage.dark("compare-dark")]
    space.diff.step_wanted.emit(1)
    made.append(stage.shoot("compare-token"))
    space.diff.view.lock(-1)
    return made
