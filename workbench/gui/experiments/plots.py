"""The plots of the workspace, drawn by pyqtgraph. GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, Qt

from workbench.core.metric import Aggregate
from workbench.experiments.statistics.words import number as figure
from workbench.gui.cividis import colour_of
from workbench.gui.experiments.plot_series import (
    Cloud,
    Diagram,
    Dots,
    Drawing,
    Grid,
    Matrix,
    Nothing,
    Trend,
)
from workbench.gui.fonts import Fonts
from workbench.gui.probabilities.plots import Plot
from workbench.gui.theme import Theme
from workbench.gui.translate import tr

_MARKS = ("o", "s", "t", "d", "t1", "p", "h", "star")
_COLOURS = ("accent", "warning", "good", "syntax", "muted", "ink")
_WIDEST_NAME = 180
"""Room for the names at the left, in pixels."""
_LEGEND_COLUMNS, _LEGEND_EDGE = 3, 20
"""Names in a line of the legend; pixels above and below it."""


class EvalPlot(Plot):
    """Draws one drawing at a time."""

    def __init__(self, theme: Theme, fonts: Fonts, choose: Callable[[int], object]) -> None:
        """`choose` is told the place of an item that was clicked."""
        super().__init__(theme, fonts, tr("A plot of the evaluation"))
        self._choose = choose
        self._drawing: Drawing = Nothing("")
        self._legend: Any = None
        self._heights: tuple[float, float] | None = None
        self._cloud: Any = None
        self.item.scene().sigMouseClicked.connect(self._clicked)
        self.item.getViewBox().sigResized.connect(lambda *_: self._make_room())
        self.recolour()

    def show_drawing(self, found: Drawing) -> None:
        """Draw another one."""
        self._drawing = found
        self._draw()

    def recolour(self) -> None:
        """Take the theme's colours."""
        super().recolour()
        if hasattr(self, "_drawing"):
            self._draw()

    def _draw(self) -> None:
        self._clean()
        match self._drawing:
            case Dots() as dots:
                (self._draw_upright if dots.upright else self._draw_lying)(dots)
            case Diagram() as diagram:
                self._draw_diagram(diagram)
            case Matrix() as matrix:
                self._draw_matrix(matrix)
            case Grid() as grid:
                self._draw_grid(grid)
            case Cloud() as cloud:
                self._draw_cloud(cloud)
            case Trend() as trend:
                self._draw_trend(trend)

    def _clean(self) -> None:
        self.item.clear()
        self._cloud = None
        if self._legend is not None:
            self.item.scene().removeItem(self._legend)
            self._legend = self.item.legend = None
        self._heights = None
        self.item.getViewBox().invertY(False)
        self.item.setAspectLocked(False)
        self.item.setLogMode(False, False)
        self.item.showGrid(x=False, y=False)
        for side in ("left", "bottom"):
            axis = self.item.getAxis(side)
            axis.setTicks(None)
            axis.enableAutoSIPrefix(False)
            axis.setLabel("")
            axis.showLabel(False)
            axis.label.setFont(self._fonts.ui(12))
        self.item.getAxis("left").setWidth(None)
        self.item.enableAutoRange()
        self.item.setMouseEnabled(x=False, y=False)

    def _series(self, number: int) -> tuple[Any, str]:
        return self._theme.colour(_COLOURS[number % len(_COLOURS)]), _MARKS[number % len(_MARKS)]

    def _add_legend(self) -> None:
        self._legend = self.item.addLegend(
            offset=(-8, 6), labelTextColor=self._theme.colour("ink"), colCount=_LEGEND_COLUMNS
        )
        self._legend.setLabelTextSize("11px")
        self._legend.setBrush(self._pg.mkBrush(self._theme.colour("pane")))

    def _show_heights(self, low: float, high: float) -> None:
        """What the vertical axis shows, from the bottom to the top as the plot stands."""
        self._heights = (low, high)
        self._make_room()

    def _make_room(self) -> None:
        """Keep the legend off the points: the axis goes on above them as far as it is high."""
        if self._heights is None:
            return
        low, high = self._heights
        view = self.item.getViewBox()
        band = 0.0
        if self._legend is not None and view.height() > 0:
            share = min(0.5, (self._legend.height() + _LEGEND_EDGE) / view.height())
            band = (high - low) * share / (1 - share)
        view.setYRange(min(low, high + band), max(low, high + band), padding=0)

    def _points(self, x: Any, y: Any, number: int, name: str | None) -> Any:
        colour, mark = self._series(number)
        return self.item.plot(
            x, y, pen=None, symbol=mark, symbolSize=8, symbolBrush=colour, symbolPen=None, name=name
        )

    def _draw_lying(self, dots: Dots) -> None:
        """Places under each other, the first one at the top; each series on a line of its own."""
        several = len(dots.series) > 1
        if several:
            self._add_legend()
        step = 0.6 / max(1, len(dots.series))
        for number, (name, values) in enumerate(dots.series):
            shift = (number - (len(dots.series) - 1) / 2) * step
            x, y, left, right = _where(values, shift)
            colour, _ = self._series(number)
            spans = self._pg.ErrorBarItem(
                x=x, y=y, left=left, right=right, beam=0.0, pen=self._pg.mkPen(colour, width=2)
            )
            self.item.addItem(spans)
            self._points(x, y, number, name if several else None)
        self.item.getViewBox().invertY(True)
        axis = self.item.getAxis("left")
        axis.setTicks([[(i, _short(n)) for i, n in enumerate(dots.names)]])
        axis.setWidth(min(_WIDEST_NAME, 24 + 7 * max(len(_short(n)) for n in dots.names)))
        self._show_heights(len(dots.names) - 0.4, -0.6)
        self.item.setLabel("bottom", dots.label)
        self.item.showGrid(x=True, alpha=0.15)
        if dots.low is not None and dots.high is not None:
            self.item.setXRange(dots.low, dots.high, padding=0.03)

    def _draw_upright(self, dots: Dots) -> None:
        if len(dots.series) > 1:
            self._add_legend()
        for number, (name, values) in enumerate(dots.series):
            y, x, below, above = _where(values, 0.06 * number)
            colour, _ = self._series(number)
            pen = self._pg.mkPen(colour, width=1.6)
            self.item.addItem(
                self._pg.ErrorBarItem(x=x, y=y, bottom=below, top=above, beam=0.0, pen=pen)
            )
            self.item.plot(x, y, pen=pen)
            self._points(x, y, number, name if len(dots.series) > 1 else None)
        ticks = [(i, _short(n, 22)) for i, n in enumerate(dots.names)]
        self.item.getAxis("bottom").setTicks([ticks])
        self.item.setXRange(-0.4, len(dots.names) - 0.6, padding=0)
        self.item.setLabel("left", dots.label)
        self.item.showGrid(y=True, alpha=0.15)
        if dots.low is not None and dots.high is not None:
            edge = 0.03 * (dots.high - dots.low)
            self._show_heights(dots.low - edge, dots.high + edge)
        elif (bounds := self.item.getViewBox().childrenBounds()[1]) is not None:
            edge = 0.05 * (bounds[1] - bounds[0]) or 1.0
            self._show_heights(bounds[0] - edge, bounds[1] + edge)

    def _draw_diagram(self, diagram: Diagram) -> None:
        dashed = self.pen("muted", 1.0)
        dashed.setStyle(Qt.PenStyle.DashLine)
        self.item.plot([0, 1], [0, 1], pen=dashed)
        self._add_legend()
        for number, (name, found) in enumerate(diagram.subjects):
            x = np.array([b.confidence for b in found.bins])
            y = np.array([b.right for b in found.bins])
            below = np.array([b.right - (b.right if b.low is None else b.low) for b in found.bins])
            above = np.array(
                [(b.right if b.high is None else b.high) - b.right for b in found.bins]
            )
            colour, mark = self._series(number)
            pen = self._pg.mkPen(colour, width=1.2)
            self.item.addItem(
                self._pg.ErrorBarItem(x=x, y=y, bottom=below, top=above, beam=0.0, pen=pen)
            )
            most = max((b.n for b in found.bins), default=1)
            sizes = [6 + 12 * (b.n / most) ** 0.5 for b in found.bins]
            self.item.plot(
                x, y, pen=pen, symbol=mark, symbolSize=sizes, symbolBrush=colour, symbolPen=None,
                name=name,
            )  # fmt: skip
        self.item.setLabel("bottom", tr("how sure it was"))
        self.item.setLabel("left", tr("share that was right"))
        self.item.setXRange(0, 1, padding=0.03)
        self._show_heights(-0.03, 1.03)

    def _draw_matrix(self, matrix: Matrix) -> None:
        counts = np.array(matrix.counts.counts, dtype=float)
        texts = [[f"{count:,.0f}" for count in row] for row in counts]
        self._draw_cells(counts / (counts.max() or 1.0), texts)
        self._name_cells(matrix.counts.rows, matrix.counts.columns)
        self.item.setLabel("left", tr("right answer"))
        self.item.setLabel("bottom", tr("given answer"))

    def _draw_grid(self, grid: Grid) -> None:
        span = grid.high - grid.low or 1.0
        texts = [["" if np.isnan(v) else figure(v) for v in row.tolist()] for row in grid.values]
        self._draw_cells(np.clip((grid.values - grid.low) / span, 0.0, 1.0), texts)
        self._name_cells(grid.rows, grid.columns)

    def _draw_cells(self, shares: Any, texts: list[list[str]]) -> None:
        """Cells coloured by a share of 0 to 1, with a text each; one without a share is empty."""
        picture = _cividis(np.nan_to_num(shares))
        pane = self._theme.colour("pane")
        picture[np.isnan(shares)] = (pane.red(), pane.green(), pane.blue())
        self.item.addItem(self._pg.ImageItem(picture, axisOrder="row-major"))
        for (row, column), share in np.ndenumerate(shares):
            ink = "#101010" if share > 0.5 else "#ffffff"
            text = self._pg.TextItem(texts[row][column], color=ink, anchor=(0.5, 0.5))
            text.setFont(self._fonts.ui(12))
            text.setPos(column + 0.5, row + 0.5)
            self.item.addItem(text)
        gap = self.pen("pane", 2.0)
        for angle, count in ((0, shares.shape[0]), (90, shares.shape[1])):
            for place in range(1, count):
                self.item.addItem(self._pg.InfiniteLine(pos=place, angle=angle, pen=gap))
        self.item.getViewBox().invertY(True)
        self.item.setXRange(0, shares.shape[1], padding=0)
        self.item.setYRange(0, shares.shape[0], padding=0)

    def _name_cells(self, rows: Sequence[str], columns: Sequence[str]) -> None:
        left = self.item.getAxis("left")
        named = [(i + 0.5, _short(n)) for i, n in enumerate(rows)]
        left.setTicks([named])
        left.setWidth(min(_WIDEST_NAME, 44 + 7 * max(len(n) for _, n in named)))
        ticks = [(i + 0.5, _short(n, 14)) for i, n in enumerate(columns)]
        self.item.getAxis("bottom").setTicks([ticks])

    def _draw_cloud(self, cloud: Cloud) -> None:
        dashed = self.pen("muted", 1.0)
        dashed.setStyle(Qt.PenStyle.DashLine)
        self.item.addItem(self._pg.InfiniteLine(pos=(0, 0), angle=45, pen=dashed))
        dots = cloud.points.dots
        most = max((d.count for d in dots), default=1)
        self._cloud = self._pg.ScatterPlotItem(
            x=[d.x for d in dots],
            y=[d.y for d in dots],
            size=[7 + 26 * (d.count / most) ** 0.5 if most > 1 else 8 for d in dots],
            data=list(dots),
            brush=self._theme.colour("bar"),
            pen=self.pen("accent", 1.2),
        )
        self.item.addItem(self._cloud)
        labels = self._theme.colour("ink")
        for dot in dots if len(dots) <= 30 else ():
            text = self._pg.TextItem(f"{dot.count:,}", color=labels, anchor=(0.5, 0.5))
            text.setFont(self._fonts.ui(11))
            text.setPos(dot.x, dot.y)
            self.item.addItem(text)
        self.item.setLabel("bottom", f"{cloud.x}: {cloud.metric}")
        self.item.setLabel("left", f"{cloud.y}: {cloud.metric}")
        values = [v for d in dots for v in (d.x, d.y)] or [0.0, 1.0]
        low, high = min(values), max(values)
        room = (high - low or 1.0) * 0.18
        self.item.setXRange(low - room, high + room, padding=0)
        self.item.setYRange(low - room, high + room, padding=0)

    def _draw_trend(self, trend: Trend) -> None:
        x = np.log10([size for size, _ in trend.trend.points])
        y = np.array([score for _, score in trend.trend.points])
        slope = trend.trend.slope
        if slope is not None and slope.difference is not None and trend.trend.at_one is not None:
            ends = np.array([x.min(), x.max()])
            dashed = self.pen("muted", 1.2)
            dashed.setStyle(Qt.PenStyle.DashLine)
            self.item.plot(ends, trend.trend.at_one + slope.difference * ends, pen=dashed)
        self._points(x, y, 0, None)
        ink = self._theme.colour("ink")
        for place, name in enumerate(trend.names[: len(x)]):
            # Two models of one size would write over each other.
            below = any(abs(x[place] - x[other]) < 0.05 for other in range(place))
            text = self._pg.TextItem(
                _short(name, 24), color=ink, anchor=(0.5, -0.4 if below else 1.4)
            )
            text.setFont(self._fonts.ui(11))
            text.setPos(x[place], y[place])
            self.item.addItem(text)
        ticks = [(float(v), _parameters(10**v)) for v in x]
        self.item.getAxis("bottom").setTicks([ticks])
        self.item.setLabel("bottom", tr("parameters"))
        self.item.setLabel("left", trend.metric)
        span = float(x.max() - x.min()) or 1.0
        self.item.setXRange(x.min() - 0.25 * span, x.max() + 0.25 * span, padding=0)
        room = float(y.max() - y.min()) or 0.1
        self.item.setYRange(y.min() - room * 0.3, y.max() + room * 0.5, padding=0)

    def _clicked(self, event: Any) -> None:
        if self._cloud is None or not isinstance(self._drawing, Cloud):
            return
        at: QPointF = self._cloud.mapFromScene(event.scenePos())
        hit = self._cloud.pointsAt(at)
        if len(hit):
            self._choose(hit[0].data().items[0])


def _where(values: tuple[Aggregate | None, ...], shift: float) -> tuple[Any, Any, Any, Any]:
    """Values, places, and how far the intervals reach below and above; what is none is left out."""
    rows = [
        (
            v.value,
            place + shift,
            v.value if v.low is None else v.low,
            v.value if v.high is None else v.high,
        )
        for place, v in enumerate(values)
        if v is not None and v.value is not None
    ]
    found = np.array(rows, dtype=float).reshape(-1, 4)
    value, place, low, high = found.T
    return value, place, np.maximum(0.0, value - low), np.maximum(0.0, high - value)


def _cividis(shares: Any) -> Any:
    """Shares of 0 to 1 as bytes of red, green and blue."""
    found = [colour_of(float(share)) for share in shares.ravel()]
    colours = [(c.red(), c.green(), c.blue()) for c in found]
    return np.array(colours, np.uint8).reshape(*shares.shape, 3)


def _short(name: str, most: int = 26) -> str:
    flat = " ".join(name.split())
    return flat if len(flat) <= most else f"{flat[: most - 1]}…"


def _parameters(count: float) -> str:
    for size, unit in ((1e9, "B"), (1e6, "M"), (1e3, "K")):
        if count >= size:
            return f"{count / size:.3g}{unit}"
    return f"{count:.0f}"
