"""Pictures of the Experiments workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from screenshots import Stage

SUITE = "robustness"
PROMPT = "few-shot-story"


def experiments_pictures(stage: Stage) -> list[Path]:
    """Three models on a suite in both themes, and the leaderboard."""
    from workbench.gui.experiments.board_sheet import Leaderboard
    from workbench.gui.experiments.plot_series import Kind
    from workbench.gui.experiments.space import ExperimentSpace
    from workbench.gui.panels.rail import Workspace

    window = stage.window
    stage.open(PROMPT)
    window.show_workspace(Workspace.EXPERIMENTS)
    space = window.pages.page.widget
    if not isinstance(space, ExperimentSpace):
        raise TypeError("the Experiments workspace is not in front")
    for name in ("demo-choice", "calibration", SUITE):
        space.tasks.choose(name)
        stage.until(lambda: space.items.model.rowCount() > 0 and space.setup.models.count() >= 3)
        stage.until(lambda: bool(space.setup.prompts.ticked_keys()))
        models = space.setup.models
        models.tick([str(models.item(row).data(0x100)) for row in range(models.count())])
        space.progress.clear()
        window.pages.press()
        stage.until(lambda: space.progress.text().endswith(" done"))
    space.plots.choose(Kind.VARIANTS)
    stage.until(lambda: "Worst case" in space.plots.note.text())
    space.items.table.setCurrentIndex(space.items.model.index(8, 3))
    space.items.table.setFocus()
    made = [stage.shoot("experiments"), stage.dark("experiments-dark")]
    space.sheets.turn_to("Leaderboard")
    board = space.findChild(Leaderboard)
    stage.until(lambda: board.model.rowCount() > 0)
    made.append(stage.shoot("leaderboard"))
    return made
