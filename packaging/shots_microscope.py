"""The sampler microscope's pictures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screenshots import Stage

SEED = 41


def microscope_pictures(stage: Stage) -> list[Path]:
    """The samplers at one token, the reply recoloured under other settings; light and dark."""
    from workbench.core.sampling_input import with_values
    from workbench.gui.current import Part, TokenPlace
    from workbench.gui.microscope.controller import MicroscopeController
    from workbench.gui.microscope.side import NAME
    from workbench.gui.microscope.what_if_panel import WhatIfPanel
    from workbench.gui.panels.rail import Workspace
    from workbench.gui.probabilities.space import ProbabilitiesSpace

    window = stage.window
    window.show_workspace(Workspace.PROMPT)
    stage.open("few-shot-story")
    stage.generate(SEED)
    window.show_workspace(Workspace.PROBABILITIES)
    window.findChildren(ProbabilitiesSpace)[0].side.open_side(NAME)
    controller = window.findChildren(MicroscopeController)[0]
    sampling = window.findChildren(WhatIfPanel)[0].sampling
    place = max(0, window.shown.telling_token())
    window.current.choose(TokenPlace(Part.REPLY, 0, place))
    stage.until(lambda: controller.is_settled)
    run = window.current.run
    if run is None:
        raise SystemExit("There is no run to look at.")
    likeliest = int(run.samples[0].top_ids[place][0])
    values = {"top_p": 0.7, "repeat_penalty": 1.2, "banned_tokens": [likeliest]}
    sampling.take_over(with_values(sampling.sampling, values))
    stage.until(lambda: controller.is_settled)
    window.card.hide_card()
    window.setFocus()
    return [stage.shoot("microscope"), stage.dark("microscope-dark")]
