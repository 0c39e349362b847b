"""Makes the panels that stand beside the workspace's own. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from workbench.gui.attention.heads import ORDERS, HeadsController
from workbench.gui.attention.hosted import Hosted, Place
from workbench.gui.attention.looked import Looked
from workbench.gui.attention.matrix import MatrixController
from workbench.gui.page import PageTools
from workbench.gui.panels.attention_matrix import AttentionMatrixPanel
from workbench.gui.panels.head_strip import HeadStripPanel


def matrix(tools: PageTools, looked: Looked) -> Hosted:
    """The matrix of the chosen head."""
    panel = AttentionMatrixPanel(tools.theme, tools.fonts)
    controller = MatrixController(tools, looked, panel)
    return Hosted(Place.BELOW, panel, close=controller.close)


def heads(tools: PageTools, looked: Looked) -> Hosted:
    """All heads, ranked."""
    panel = HeadStripPanel(tools.theme, tools.fonts, ORDERS)
    controller = HeadsController(tools, looked, panel)
    return Hosted(Place.FIRST, panel, close=controller.close)


MAKERS: tuple[Callable[[PageTools, Looked], Hosted], ...] = (heads, matrix)
"""What makes each of them."""
