"""Makes the Samplers panel beside the tokens and the microscope under them. GUI thread."""

from __future__ import annotations

from workbench.gui.microscope.controller import MicroscopeController
from workbench.gui.microscope.exporting import MicroscopeExport
from workbench.gui.microscope.what_if_panel import WhatIfPanel
from workbench.gui.page import PageTools
from workbench.gui.panels.microscope import MicroscopePanel
from workbench.gui.panels.rail import Workspace
from workbench.gui.probabilities.side import Side
from workbench.gui.probabilities.space import ProbabilitiesSpace
from workbench.gui.translate import tr

NAME = "samplers"
_HEIGHT = 350


def samplers_side(tools: PageTools, space: ProbabilitiesSpace) -> Side:
    """The panel, connected; the microscope stands under the reply while it is in front."""
    panel = MicroscopePanel(tools.theme, tools.fonts)
    side = WhatIfPanel(tools.theme)
    MicroscopeExport(panel, tools.theme, tools.notices, tools.window)
    panel.hide()
    space.put_below(panel, _HEIGHT)

    def is_in_front() -> bool:
        return side.isVisible()

    controller = MicroscopeController(
        tools.session, tools.current, space.reply_tokens, panel, side, is_in_front
    )

    def shown() -> None:
        panel.show()
        # A view that is moved points at its locked token again.
        space.settle()
        tools.cards.hide()
        controller.refresh()

    def turned(name: str) -> None:
        if name != NAME and panel.isVisible():
            panel.hide()
            controller.left()

    def use() -> None:
        tools.runs.use_sampling(side.sampling.sampling)

    # The card of a locked token would lie over the picture that is looked at now.
    side.changed.connect(tools.cards.hide)
    panel.picture.pointed.connect(lambda facts: tools.cards.hide() if facts else None)

    def open_side() -> None:
        tools.open_page(Workspace.PROBABILITIES)
        space.side.open_side(NAME)

    space.side.turned.connect(turned)
    space.sample_chosen.connect(lambda _sample: controller.follow())
    side.use_wanted.connect(use)
    return Side(
        NAME,
        tr("Samplers"),
        tr(
            "What every sampler leaves at the chosen token, and the whole reply under other "
            "settings."
        ),
        side,
        shown,
        escape=controller.stop,
        calls={"samplers": open_side},
        close=controller.close,
    )
