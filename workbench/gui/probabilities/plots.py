"""The three plots, drawn by pyqtgraph. GUI thread.

pyqtgraph is imported when the first plot is made: a window that never shows one starts sooner.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.core.errors import UserError
from workbench.gui.direction import figure_painter, keep_axis_left_to_right, keep_left_to_right
from workbench.gui.fonts import Fonts
from workbench.gui.probabilities.plot_data import Bars, Curves
from workbench.gui.theme import Theme
from workbench.gui.translate import tr

_EXPORT_SCALE = 3
_MOST_SYMBOLS = 200


class Plot(QWidget):
    """A pyqtgraph plot in the window's colours."""

    def __init__(self, theme: Theme, fonts: Fonts, title: str) -> None:
        super().__init__()
        import pyqtgraph

        self._pg: Any = pyqtgraph
        self._theme, self._fonts = theme, fonts
        self.widget: Any = pyqtgraph.PlotWidget()
        keep_left_to_right(self.widget)
        self.item: Any = self.widget.getPlotItem()
        self.item.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        for side in ("left", "bottom", "right"):
            keep_axis_left_to_right(self.item.getAxis(side))
        self.item.setMenuEnabled(False)
        self.item.hideButtons()
        self.widget.setAccessibleName(title)
        self.widget.setFrameShape(self.widget.Shape.NoFrame)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.widget)
        theme.changed.connect(self.recolour)

    def recolour(self) -> None:
        """Take the theme's colours."""
        self.widget.setBackground(self._theme.colour("pane"))
        for side in ("left", "bottom", "right"):
            axis = self.item.getAxis(side)
            axis.setPen(self._theme.colour("line"))
            axis.setTextPen(self._theme.colour("muted"))
            axis.setTickFont(self._fonts.ui(11))

    def pen(self, colour: str, width: float = 1.6) -> Any:
        """A pen in one of the theme's colours."""
        return self._pg.mkPen(self._theme.colour(colour), width=width)

    def save_picture(self, path: Path) -> None:
        """Write the plot as PNG or SVG, by the name's ending.

        Raises:
            UserError: the file cannot be written.
        """
        if path.suffix.lower() == ".svg":
            self._save_svg(path)
            return
        size = self.widget.size() * _EXPORT_SCALE
        image = QImage(size, QImage.Format.Format_RGB32)
        image.fill(self._theme.colour("pane"))
        painter = figure_painter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.widget.render(painter, QRectF(0, 0, size.width(), size.height()))
        painter.end()
        if not image.save(str(path)):
            raise UserError(tr("The picture could not be written to {path}.", path=path))

    def _save_svg(self, path: Path) -> None:
        from PySide6.QtSvg import QSvgGenerator

        generator = QSvgGenerator()
        generator.setFileName(str(path))
        size = QSize(self.widget.width(), self.widget.height())
        generator.setSize(size)
        generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
        generator.setTitle(self.widget.accessibleName())
        painter = QPainter()
        if not painter.begin(generator):
            raise UserError(tr("The picture could not be written to {path}.", path=path))
        painter.fillRect(QRectF(0, 0, size.width(), size.height()), self._theme.colour("pane"))
        self.widget.render(painter, QRectF(0, 0, size.width(), size.height()))
        painter.end()


class CurvePlot(Plot):
    """Probability (left axis, percent) and entropy (right axis, nats) along a text.

    A click chooses the token there.
    """

    def __init__(self, theme: Theme, fonts: Fonts, choose: Callable[[int], object]) -> None:
        super().__init__(theme, fonts, tr("Probability and entropy along the reply"))
        self._choose = choose
        self._count = 0
        self._probability: Any = self.item.plot([], [])
        self._entropy_box: Any = self._pg.ViewBox()
        self.item.showAxis("right")
        self.item.scene().addItem(self._entropy_box)
        self.item.getAxis("right").linkToView(self._entropy_box)
        self._entropy_box.setXLink(self.item)
        self._entropy: Any = self._pg.PlotCurveItem()
        self._entropy_box.addItem(self._entropy)
        self._marker: Any = self._pg.InfiniteLine(angle=90, movable=False)
        self.item.addItem(self._marker)
        self._marker.hide()
        self.item.setLabel("left", tr("probability %"))
        self.item.setLabel("right", tr("entropy, nats"))
        self.item.setYRange(0, 100, padding=0.02)
        self.item.setMouseEnabled(y=False)
        self._entropy_box.setMouseEnabled(y=False)
        self.item.vb.sigResized.connect(self._fit)
        self.item.scene().sigMouseClicked.connect(self._clicked)
        self.recolour()

    def show_curves(self, found: Curves) -> None:
        """Show other curves."""
        self._count = len(found.probability)
        x = np.arange(1, self._count + 1)
        few = self._count <= _MOST_SYMBOLS
        self._probability.setData(x, found.probability, symbol="o" if few else None, symbolSize=4)
        # A gap where it is not known: a server tells no entropies, and 0 would be a lie.
        self._entropy.setData(x, found.entropy, connect="finite")
        known = found.entropy[~np.isnan(found.entropy)]
        self.item.setLabel(
            "right",
            tr("entropy, nats") if len(known) or not self._count else tr("entropy: not available"),
        )
        top = float(known.max()) if len(known) else 1.0
        self._entropy_box.setYRange(0, max(1.0, top), padding=0.02)
        self.item.setXRange(1, max(2, self._count), padding=0.01)
        self._fit()

    def mark(self, index: int) -> None:
        """Mark the token that is kept; -1 marks none."""
        self._marker.setVisible(index >= 0)
        self._marker.setPos(index + 1)

    def recolour(self) -> None:
        """Take the theme's colours; the entropy is dashed, so that it differs without colour."""
        super().recolour()
        self._probability.setPen(self.pen("accent"))
        self._probability.setSymbolBrush(self._theme.colour("accent"))
        self._probability.setSymbolPen(None)
        dashed = self.pen("warning", 1.4)
        from PySide6.QtCore import Qt

        dashed.setStyle(Qt.PenStyle.DashLine)
        self._entropy.setPen(dashed)
        self._marker.setPen(self.pen("ink", 1.0))
        for side, colour in (("left", "accent"), ("right", "warning")):
            self.item.getAxis(side).setTextPen(self._theme.colour(colour))

    def _fit(self) -> None:
        self._entropy_box.setGeometry(self.item.vb.sceneBoundingRect())
        self._entropy_box.linkedViewChanged(self.item.vb, self._entropy_box.XAxis)

    def _clicked(self, event: Any) -> None:
        if self.item.vb.sceneBoundingRect().contains(event.scenePos()):
            index = round(self.item.vb.mapSceneToView(event.scenePos()).x()) - 1
            if 0 <= index < self._count:
                self._choose(index)


class BarPlot(Plot):
    """Bars with names: upright, or lying with the names at the left."""

    def __init__(self, theme: Theme, fonts: Fonts, title: str, *, lying: bool) -> None:
        super().__init__(theme, fonts, title)
        self._lying = lying
        self._bars = Bars((), (), "")
        self._drawn: Any = self._pg.BarGraphItem(x=[], y=[], height=[], width=[])
        self.item.addItem(self._drawn)
        self.item.setMouseEnabled(x=False, y=False)
        if lying:
            self.item.invertY(True)
            self.item.getAxis("left").setWidth(96)
        self.recolour()

    def show_bars(self, bars: Bars) -> None:
        """Show other bars."""
        self._bars = bars
        self._draw()

    def recolour(self) -> None:
        """Take the theme's colours."""
        super().recolour()
        self._draw()

    def _draw(self) -> None:
        bars, count = self._bars, len(self._bars.values)
        places, values = np.arange(count, dtype=float), np.asarray(bars.values, float)
        colours = [self._theme.colour("accent" if i == bars.said else "bar") for i in range(count)]
        if count and bars.names[-1] == tr("others"):
            colours[-1] = self._theme.colour("line")
        ticks = [list(enumerate(bars.names))]
        top = float(values.max()) if count else 1.0
        if self._lying:
            self._drawn.setOpts(
                x0=np.zeros(count), y=places, width=values, height=0.66, brushes=colours, pen=None
            )
            self.item.getAxis("left").setTicks(ticks)
            self.item.setYRange(-0.6, max(1, count) - 0.4, padding=0)
            self.item.setXRange(0, top or 1.0, padding=0.02)
            self.item.setLabel("bottom", tr(bars.unit))
        else:
            self._drawn.setOpts(
                x=places, y0=np.zeros(count), height=values, width=0.7, brushes=colours, pen=None
            )
            self.item.getAxis("bottom").setTicks(ticks)
            self.item.setXRange(-0.6, max(1, count) - 0.4, padding=0)
            self.item.setYRange(0, top or 1.0, padding=0.05)
            self.item.setLabel("left", tr(bars.unit))
