"""A picture of the sweep in the Compare workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from screenshots import Stage

PROMPT = "few-shot-story"
SEED = 41


def sweep_pictures(stage: Stage) -> list[Path]:
    """Temperatures, top-p and two models, by how likely the replies are."""
    from workbench.core.sampling import Sampling
    from workbench.gui.compare.space import CompareSpace
    from workbench.gui.panels.rail import Workspace
    from workbench.gui.sweep.controller import SweepController

    window = stage.window
    stage.open(PROMPT)
    window.prompt_space.sampling.set_sampling(Sampling(max_tokens=16))
    window.prompt_space.sampling.set_seed(SEED)
    window.show_workspace(Workspace.COMPARE)
    compare = window.pages.page.widget
    if not isinstance(compare, CompareSpace):
        raise TypeError("the Compare workspace is not in front")
    compare.sheets.turn_to("Sweep")
    controller = compare.findChildren(SweepController)[0]
    stage.until(lambda: bool(controller.form.rows))
    axes = (
        ("temperature", "0.2, 0.4, 0.6, 0.8, 1, 1.2"),
        ("top_p", "0.2, 0.4, 0.6, 0.8, 1"),
        ("model", "demo-2m-q8_0, demo-0.5m-q8_0"),
    )
    controller.form.show_axes(controller.form.choices, axes)
    controller.replies.setValue(8)
    window.pages.press()
    stage.until(lambda: controller.plan is not None and not controller.is_running)
    stage.until(lambda: len(controller.cells) == 60)
    controller.picture.show_figure("logprob")
    controller.picture.choose(26)
    window.setFocus()
    return [stage.shoot("sweep")]
