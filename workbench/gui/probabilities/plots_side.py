"""Feeds the Plots tab from the reply on show, at most once per frame. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.gui.current import Part, TokenPlace
from workbench.gui.page import PageTools
from workbench.gui.probabilities.plot_data import curves, curves_csv, next_bars, rank_bars
from workbench.gui.probabilities.plots_panel import PlotsPanel
from workbench.gui.probabilities.run_view import RunView
from workbench.gui.probabilities.side import Side
from workbench.gui.probabilities.space import ProbabilitiesSpace
from workbench.gui.translate import tr

_FRAME_MS = 50


class PlotsSide(QObject):
    """Makes the plots when the tab is first shown, and keeps them in step."""

    def __init__(self, tools: PageTools, space: ProbabilitiesSpace, views: RunView) -> None:
        self.holder = QWidget()
        super().__init__(self.holder)
        self._theme, self._fonts = tools.theme, tools.fonts
        self._tokens, self._views, self._current = space.reply_tokens, views, tools.current
        self._panel: PlotsPanel | None = None
        self._column = QVBoxLayout(self.holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self.draw)
        views.reply_shown.connect(self._later)
        tools.current.token_changed.connect(self._later)

    def shown(self) -> None:
        """The tab came to the front."""
        if self._panel is None:
            self._panel = PlotsPanel(self._theme, self._fonts)
            self._panel.token_chosen.connect(self._choose)
            self._column.addWidget(self._panel)
        self.draw()

    def close(self) -> None:
        """Draw nothing any more."""
        self._timer.stop()

    @property
    def panel(self) -> PlotsPanel | None:
        """The plots; None before the tab was shown."""
        return self._panel

    def draw(self) -> None:
        """Draw the reply as it stands now."""
        panel = self._panel
        if panel is None or not self.holder.isVisible():
            return
        table, pieces = self._tokens.table, self._tokens.pieces
        found = curves(table)
        panel.show_curves(found, lambda: curves_csv(found, table, pieces))
        panel.show_ranks(rank_bars(table))
        token, run = self._current.token, self._views.shown
        kept = token is not None and token.part is Part.REPLY
        index = token.index if token is not None and kept else len(table) - 1
        panel.curves.mark(index if kept else -1)
        is_live = run is not None and not run.finished and not kept
        note = (
            tr("token {index:,}", index=index + 1) + (tr(" · live") if is_live else "")
            if index >= 0
            else ""
        )
        panel.show_next(next_bars(table, index, pieces), note)

    def _later(self) -> None:
        if self._panel is not None and self.holder.isVisible() and not self._timer.isActive():
            self._timer.start()

    def _choose(self, index: int) -> None:
        self._current.choose(TokenPlace(Part.REPLY, self._tokens.sample, index))


def plots_side(tools: PageTools, space: ProbabilitiesSpace, views: RunView) -> Side:
    """The tab."""
    side = PlotsSide(tools, space, views)
    tip = tr("Probability and entropy along the reply, the next token, ranks.")
    return Side("plots", tr("Plots"), tip, side.holder, side.shown, close=side.close)
