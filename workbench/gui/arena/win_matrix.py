"""Who took what share of the points from whom, as an image with numbers. GUI thread."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from workbench.core.ranking import Ranking
from workbench.core.text import elide
from workbench.gui.fonts import Fonts
from workbench.gui.probabilities.plots import Plot
from workbench.gui.theme import Theme, mixed
from workbench.gui.translate import tr

MOST_NUMBERS = 12
"""Competitors up to which every cell says its number."""

_LONGEST = 24
_TICK_ROOM = 18.0


class WinMatrix(Plot):
    """A row is who took points, a column from whom; both in the order of the leaderboard."""

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__(theme, fonts, tr("Win rates"))
        self._ranking: Ranking | None = None
        self._texts: list[Any] = []
        self._image: Any = self._pg.ImageItem(axisOrder="row-major")
        self.item.addItem(self._image)
        self.item.setMouseEnabled(x=False, y=False)
        self.item.vb.setDefaultPadding(0)
        self.item.invertY(True)
        self.item.showAxis("top")
        self.item.hideAxis("bottom")
        self.item.getAxis("left").setStyle(tickLength=0)
        self.item.getAxis("top").setStyle(tickLength=0)
        self._image.hoverEvent = self._hover
        self.recolour()

    def show_ranking(self, ranking: Ranking | None) -> None:
        """Draw another ranking; None or a refusal draws nothing."""
        self._ranking = ranking if ranking is not None and ranking.rated else None
        self._draw()

    def describe(self, row: int, column: int) -> str:
        """What a cell says."""
        if self._ranking is None or row == column:
            return ""
        found = self._ranking
        a, b = found.rated[row].name, found.rated[column].name
        votes = found.counts[row, column]
        if not votes:
            return tr("{a} and {b} never met.", a=a, b=b)
        half = found.half_widths[row, column]
        spread = (
            tr(", ± {half:,.0f} points", half=half)
            if np.isfinite(half)
            else tr(", too one-sided to tell how far")
        )
        return tr(
            "{a} took {wins:.0%} of {votes:,.0f} votes from {b}{spread}",
            a=a,
            wins=found.wins[row, column] / votes,
            votes=votes,
            b=b,
            spread=spread,
        )

    def recolour(self) -> None:
        """Take the theme's colours."""
        super().recolour()
        axis = self.item.getAxis("top")
        axis.setPen(self._theme.colour("line"))
        axis.setTextPen(self._theme.colour("muted"))
        axis.setTickFont(self._fonts.ui(11))
        self._draw()

    def shares(self) -> np.ndarray:
        """[row, column] share of the points, NaN where two never met."""
        if self._ranking is None:
            return np.empty((0, 0))
        counts = self._ranking.counts
        found: np.ndarray = np.divide(
            self._ranking.wins, counts, out=np.full(counts.shape, np.nan), where=counts > 0
        )
        return found

    def _draw(self) -> None:
        for text in self._texts:
            self.item.removeItem(text)
        self._texts = []
        found, c = self._ranking, self._theme.colours
        self.widget.setVisible(found is not None)
        if found is None:
            return
        shares, count = self.shares(), len(found.rated)
        self._image.setImage(self._colours(shares), levels=(0, 255))
        self._image.setRect(QRectF(0, 0, count, count))
        numbers = [(n + 0.5, f"{n + 1}") for n in range(count)]
        names = [f"{n + 1}  {elide(one.name, _LONGEST)}" for n, one in enumerate(found.rated)]
        metrics = QFontMetricsF(self._fonts.ui(11))
        left = self.item.getAxis("left")
        left.setWidth(max(metrics.horizontalAdvance(name) for name in names) + _TICK_ROOM)
        left.setTicks([[(n + 0.5, name) for n, name in enumerate(names)]])
        self.item.getAxis("top").setTicks([numbers])
        self.item.setXRange(0, count, padding=0)
        self.item.setYRange(0, count, padding=0)
        if count > MOST_NUMBERS:
            return
        for row in range(count):
            for column in range(count):
                if row == column:
                    continue
                share = shares[row, column]
                words = "–" if np.isnan(share) else f"{share:.0%}"
                text = self._pg.TextItem(words, color=c.ink, anchor=(0.5, 0.5))
                text.setFont(self._fonts.ui(12))
                text.setPos(column + 0.5, row + 0.5)
                self.item.addItem(text)
                self._texts.append(text)

    def _colours(self, shares: np.ndarray) -> np.ndarray:
        """Towards one colour above a half and the other below; bare where nothing is known."""
        c = self._theme.colours
        made = np.empty((*shares.shape, 3), np.uint8)
        for (row, column), share in np.ndenumerate(shares):
            if row == column:
                colour = mixed(c.pane, c.line, 0.5)
            elif np.isnan(share):
                colour = mixed(c.pane, c.pane, 0.0)
            else:
                over = c.more if share >= 0.5 else c.less
                colour = mixed(c.pane, over, abs(float(share) - 0.5) * 2)
            made[row, column] = colour.red(), colour.green(), colour.blue()
        return made

    def _hover(self, event: Any) -> None:
        if event.isExit() or self._ranking is None:
            self.widget.setToolTip("")
            return
        column, row = int(event.pos().x()), int(event.pos().y())
        count = len(self._ranking.rated)
        inside = 0 <= row < count and 0 <= column < count
        self.widget.setToolTip(self.describe(row, column) if inside else "")
