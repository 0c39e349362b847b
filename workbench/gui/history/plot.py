"""A figure of the found runs over time or over prompt versions. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from workbench.gui.direction import keep_axis_left_to_right
from workbench.gui.fonts import Fonts
from workbench.gui.parts import label, pane, title_row
from workbench.gui.probabilities.plots import Plot
from workbench.gui.theme import Theme
from workbench.gui.translate import tr
from workbench.history.figures import FIGURES, SCORE, OverTime, VersionFigure

_MOST_SYMBOLS = 400


class RunsPlot(Plot):
    """Points over time with a running mean, or one mean for each version."""

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__(theme, fonts, tr("A number of the runs"))
        self._time: Any = self._pg.DateAxisItem()
        keep_axis_left_to_right(self._time)
        self._places: Any = self.item.getAxis("bottom")
        self.item.getAxis("left").enableAutoSIPrefix(False)
        self._points: Any = self.item.plot([], [])
        self._mean: Any = self.item.plot([], [])
        self._errors: Any = self._pg.ErrorBarItem(x=np.empty(0), y=np.empty(0), beam=0.2)
        self.recolour()

    def show_time(self, found: OverTime, name: str) -> None:
        """A figure over time; the line is the mean of the runs around."""
        self._use(self._time)
        many = len(found.mean) > _MOST_SYMBOLS
        self._points.setData(
            found.seconds, found.mean, pen=None, symbol="o", symbolSize=3 if many else 5
        )
        self._mean.setData(found.seconds, running_mean(found.mean, found.count), symbol=None)
        self._show_errors(False)
        self.item.setLabel("left", name)
        self.item.autoRange()

    def show_versions(self, found: Sequence[VersionFigure], name: str) -> None:
        """The mean of each version; the bar is one standard deviation up and down."""
        self._use(self._places)
        x, y = np.arange(len(found), dtype=float), np.array([v.mean for v in found])
        spread = np.array([2 * (v.spread or 0.0) for v in found])
        self._points.setData(x, y, pen=None, symbol="o", symbolSize=7)
        self._mean.setData(x, y, symbol=None)
        self._errors.setData(x=x, y=y, height=spread)
        self._show_errors(True)
        few = len(found) <= 8
        names = [(i, v.label if few else f"{i + 1}") for i, v in enumerate(found)]
        self._places.setTicks([names])
        self.item.setLabel("left", name)
        self.item.autoRange()

    def recolour(self) -> None:
        """Take the theme's colours."""
        super().recolour()
        for axis in (self._time, self._places):
            axis.setPen(self._theme.colour("line"))
            axis.setTextPen(self._theme.colour("muted"))
            axis.setTickFont(self._fonts.ui(11))
        self._points.setSymbolBrush(self._theme.colour("accent"))
        self._points.setSymbolPen(None)
        self._mean.setPen(self.pen("ink", 1.0))
        self._errors.setData(pen=self.pen("muted", 1.0))

    def _show_errors(self, on: bool) -> None:
        """Empty bars would stand at 0 and stretch the time to 1970."""
        there = self._errors in self.item.items
        if on and not there:
            self.item.addItem(self._errors)
        elif there and not on:
            self.item.removeItem(self._errors)

    def _use(self, axis: Any) -> None:
        if self.item.getAxis("bottom") is not axis:
            self.item.setAxisItems({"bottom": axis})


def running_mean(values: np.ndarray, weights: np.ndarray, width: int = 25) -> np.ndarray:
    """The weighted mean of the values around each; at the ends of those that are there."""
    if not len(values):
        return values
    ones = np.ones(min(width, len(values)))
    total = np.convolve(values * weights, ones, "same")
    mean: np.ndarray = total / np.convolve(weights.astype(float), ones, "same")
    return mean


class PlotPanel(QWidget):
    """The plot and what it shows.

    Signals:
        wanted(): another figure, or another kind of plot, was chosen.
    """

    wanted = Signal()

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self.figure = QComboBox()
        self.figure.setAccessibleName(tr("Which number"))
        self.kind = QComboBox()
        self.kind.setAccessibleName(tr("Over what"))
        for key, text in (("time", tr("over time")), ("versions", tr("over prompt versions"))):
            self.kind.addItem(text, key)
        self.said = label("", "caption")
        self._theme, self._fonts = theme, fonts
        self.plot: RunsPlot | None = None
        holder = pane()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(title_row(tr("Plot"), self.said, left=(self.figure, self.kind)))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(holder)
        self.use_metrics(())
        self.figure.activated.connect(lambda _i: self.wanted.emit())
        self.kind.activated.connect(lambda _i: self.wanted.emit())

    def use_metrics(self, metrics: Sequence[str]) -> None:
        """Offer the scores of these metrics too; the chosen one stays."""
        kept = self.figure.currentData()
        self.figure.clear()
        for metric in metrics:
            self.figure.addItem(tr("score {metric}", metric=metric), SCORE + metric)
        for key, text in FIGURES.items():
            self.figure.addItem(tr(text), key)
        self.figure.setCurrentIndex(max(0, self.figure.findData(kept)))

    def drawn(self) -> RunsPlot:
        """The plot; pyqtgraph is imported when the first one is drawn."""
        if self.plot is None:
            self.plot = RunsPlot(self._theme, self._fonts)
            self._column.addWidget(self.plot, 1)
        return self.plot

    def show_found(self, found: OverTime | Sequence[VersionFigure]) -> None:
        """Draw the answer."""
        name = self.figure.currentText()
        if isinstance(found, OverTime):
            self.drawn().show_time(found, name)
            runs = int(found.count.sum())
            without = tr(" · {without:,} without", without=found.without) if found.without else ""
            self.said.setText(tr("{runs:,} runs{without}", runs=runs, without=without))
        else:
            self.drawn().show_versions(found, name)
            self.said.setText(
                tr("{n_found:,} versions · bar: ± 1 standard deviation", n_found=len(found))
            )
