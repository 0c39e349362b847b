"""The legend of the plots of the Experiments workspace covers nothing that is drawn."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from workbench.core.metric import Aggregate
from workbench.gui.experiments.plot_series import Dots
from workbench.gui.experiments.plots import EvalPlot
from workbench.gui.fonts import Fonts
from workbench.gui.theme import Theme

BEST = Aggregate(1.0, 0.9, 1.0, 10, 0, "wilson")


@pytest.mark.parametrize("upright", [False, True])
@pytest.mark.parametrize("bounded", [False, True])
@pytest.mark.parametrize("n_series", [2, 3, 7])
def test_no_point_lies_under_the_legend(
    qtbot: QtBot, theme: Theme, fonts: Fonts, n_series: int, bounded: bool, upright: bool
) -> None:
    """The best are at the end of the scale everywhere, just where a legend likes to be."""
    plot = EvalPlot(theme, fonts, print)
    qtbot.addWidget(plot)
    plot.resize(520, 360)
    plot.show()
    qtbot.waitExposed(plot)
    low, high = (0.0, 1.0) if bounded else (None, None)
    series = tuple((f"model-{n}", (BEST,) * 5) for n in range(n_series))
    plot.show_drawing(Dots(tuple("abcde"), series, "score", low, high, upright=upright))
    for size in ((520, 360), (520, 240)):
        plot.resize(*size)
        qtbot.waitUntil(lambda: plot.width() == 520)
        view = plot.item.getViewBox()
        legend = plot.item.legend
        under = view.mapSceneToView(legend.mapToScene(0, legend.height())).y()
        _, (a, b) = view.viewRange()
        assert min(a, b) < under < max(a, b)
        if upright:
            assert under > 1.0
        else:
            assert under < -0.35
