"""A picture of the sweep in the Compare workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from screenshots import Stage

PROMPT = """name: Backwards
messages:
  - role: user
    content: Write {{ word }} backwards.
variables:
  word: {type: text, default: chestnut, description: The word}
"""
"""Something the models do not know for sure, so that it matters how they are sampled."""
SEED = 41


def sweep_pictures(stage: Stage) -> list[Path]:
    """Temperatures, top-p and two models, by how much the replies of a cell are alike."""
    from workbench.core.sampling import Sampling
    from workbench.gui.compare.space import CompareSpace
    from workbench.gui.panels.rail import Workspace
    from workbench.gui.sweep.controller import SweepController

    window = stage.window
    file = stage.scratch / "backwards.prompt.yml"
    file.write_text(PROMPT, encoding="utf-8")
    stage.open_file(file)
    window.prompt_space.sampling.set_sampling(Sampling(max_tokens=64))
    window.prompt_space.sampling.set_seed(SEED)
    window.show_workspace(Workspace.COMPARE)
    compare = window.pages.page.widget
    if not isinstance(compare, CompareSpace):
        raise TypeError("the Compare workspace is not in front")
    compare.sheets.turn_to("Sweep")
    controller = compare.findChildren(SweepController)[0]
    stage.until(lambda: bool(controller.form.rows))
    axes = (
        ("temperature", "0.1, 0.2, 0.4, 0.6, 0.8, 1"),
        ("top_p", "0.2, 0.4, 0.6, 0.8, 1"),
        ("model", "demo-2m-q8_0, demo-0.5m-q8_0"),
    )
    controller.form.show_axes(controller.form.choices, axes)
    controller.replies.setValue(8)
    window.pages.press()
    stage.until(lambda: controller.plan is not None and not controller.is_running)
    stage.until(lambda: len(controller.cells) == 60)
    controller.picture.show_figure("agreement")
    controller.picture.choose(26)
    window.setFocus()
    return [stage.shoot("sweep"), stage.dark("sweep-dark")]
