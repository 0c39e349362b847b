"""Makes the panels that stand beside the workspace's own. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from workbench.gui.attention.heads import ORDERS, HeadsController
from workbench.gui.attention.hosted import Hosted, Place
from workbench.gui.attention.lens import LensController
from workbench.gui.attention.looked import Looked
from workbench.gui.attention.matrix import MatrixController
from workbench.gui.page import PageTools
from workbench.gui.panels.attention_matrix import AttentionMatrixPanel
from workbench.gui.panels.head_strip import HeadStripPanel
from workbench.gui.panels.lens import LensPanel
from workbench.gui.panels.matrix_or_lens import MatrixOrLens


def heads(tools: PageTools, looked: Looked) -> Hosted:
    """All heads, ranked."""
    panel = HeadStripPanel(tools.theme, tools.fonts, ORDERS)
    controller = HeadsController(tools, looked, panel)
    return Hosted(Place.FIRST, panel, close=controller.close)


def matrix_and_lens(tools: PageTools, looked: Looked) -> Hosted:
    """The matrix of the chosen head, and the logit lens behind it."""
    matrix = AttentionMatrixPanel(tools.theme, tools.fonts)
    lens = LensPanel(tools.theme, tools.fonts)
    matrix_controller = MatrixController(tools, looked, matrix)
    lens_controller = LensController(tools, looked, lens)

    def close() -> None:
        matrix_controller.close()
        lens_controller.close()

    return Hosted(Place.BELOW, MatrixOrLens(matrix, lens), close=close)


MAKERS: tuple[Callable[[PageTools, Looked], Hosted], ...] = (heads, matrix_and_lens)
"""What makes each of them."""
