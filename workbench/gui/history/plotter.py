"""Keeps the plot equal to the runs that were found, while it is shown. GUI thread."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from workbench.experiments.session import Session
from workbench.gui.history.finder import Finder
from workbench.gui.history.plot import PlotPanel
from workbench.gui.history.space import HistoryWorkspace
from workbench.gui.lane import Lane
from workbench.gui.messages import MessageBar, from_error
from workbench.history.figures import OverTime, VersionFigure, over_time, over_versions

LIMIT_S = 30.0
"""How long the numbers of a million runs may take."""

_KEY = "history-plot"


class Plotter(QObject):
    """Reads a figure of the found runs and draws it."""

    def __init__(
        self,
        session: Session,
        space: HistoryWorkspace,
        finder: Finder,
        panel: PlotPanel,
        messages: MessageBar,
    ) -> None:
        super().__init__(space)
        self._session, self._space, self._finder = session, space, finder
        self._panel, self._messages = panel, messages
        self._lane = Lane("history-plot", self)
        space.plot.toggled.connect(self._toggle)
        panel.wanted.connect(self.draw)
        finder.found.connect(self._again)
        finder.metrics_known.connect(panel.use_metrics)

    def draw(self) -> None:
        """Read the numbers of the found runs."""
        figure, kind = self._panel.figure.currentData(), self._panel.kind.currentData()
        ids = self._finder.ids

        def work() -> OverTime | list[VersionFigure]:
            store = self._session.store
            if kind == "time":
                return store.read(partial(over_time, figure=figure, ids=ids), limit_s=LIMIT_S)
            return store.read(partial(over_versions, figure=figure, ids=ids), limit_s=LIMIT_S)

        self._lane.submit(work, self._panel.show_found, self._failed)

    def close(self) -> None:
        """End the thread."""
        self._lane.close()

    def _toggle(self, on: bool) -> None:
        self._panel.setVisible(on)
        if on:
            self.draw()

    def _again(self) -> None:
        if self._space.plot.isChecked():
            self.draw()

    def _failed(self, error: Exception) -> None:
        self._messages.show_message(_KEY, from_error(error))
