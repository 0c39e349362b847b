"""Shows what an evaluation says: scores, words, plot and items, all by one metric. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QModelIndex, QObject
from PySide6.QtWidgets import QFileDialog

from workbench import __version__
from workbench.core.errors import UserError
from workbench.core.files import write_whole
from workbench.core.task import BadRow
from workbench.experiments.report.render import report_html
from workbench.experiments.report.values import ReportData, ReportItem
from workbench.gui.experiments.plot_series import NOTHING_YET, Nothing, drawing
from workbench.gui.experiments.rows import Show, verdicts
from workbench.gui.experiments.space import ExperimentSpace
from workbench.gui.lane import Lane
from workbench.gui.messages import Level, Message, from_error
from workbench.gui.page import PageTools
from workbench.gui.panels.rail import Workspace
from workbench.gui.translate import tr

_KEY = "experiment-results"


class Results(QObject):
    """Owns what is on show."""

    def __init__(self, tools: PageTools, space: ExperimentSpace) -> None:
        super().__init__(space)
        self._tools, self._space = tools, space
        self._drawings, self._files = Lane("eval-plot", self), Lane("eval-report", self)
        self.data: ReportData | None = None
        self.metric = ""
        space.table.selectionModel().currentChanged.connect(self._metric_chosen)
        space.plots.wanted.connect(self._draw)
        space.plots.item_wanted.connect(space.items.go_to)
        space.plots.picture_wanted.connect(self._ask_picture)
        space.items.run_wanted.connect(self._open_run)
        space.report.clicked.connect(self._ask_report)

    def show_task(self, items: Sequence[ReportItem], bad: Sequence[BadRow], name: str) -> None:
        """A task that was not run; earlier results go."""
        self.data = None
        self._space.chip.setText(name)
        self._space.chip.show()
        self._space.scores.show_data(None)
        self._space.words.clear()
        self._space.show_scores(False)
        self._space.progress.clear()
        self._space.items.show_items(items, bad)
        self._space.plots.use_subjects(None)
        self._draw()

    def show_bad_rows(self) -> None:
        """The rows that were left out, in the table of items."""
        self._space.items.show_only(Show.BAD_ROWS)

    def show(self, data: ReportData) -> None:
        """Results; while a run goes on, again and again."""
        names = [m.name for m in data.metrics]
        self.metric = self.metric if self.metric in names else (names[0] if names else "")
        self.data = data
        self._space.chip.setText(data.task)
        self._space.chip.show()
        current = self._space.table.currentIndex()
        row = max(0, current.row())
        blocked = self._space.table.selectionModel().blockSignals(True)
        self._space.scores.show_data(data)
        if names:
            at = self._space.scores.index(row, 1 + names.index(self.metric))
            self._space.table.setCurrentIndex(at)
        self._space.table.selectionModel().blockSignals(blocked)
        self._space.plots.use_subjects(data)
        self._by_metric()

    def write_report(self, path: Path) -> None:
        """Write the HTML report of what is on show."""
        data = self.data
        if data is None:
            return
        made = tr(
            "{astimezone:%Y-%m-%d %H:%M} with workbench {version}",
            astimezone=datetime.now().astimezone(),
            version=__version__,
        )

        def write() -> Path:
            text = report_html(data, made)
            write_whole(path, text.encode("utf-8", "replace").decode("utf-8"))
            return path

        self._files.submit(write, self._written, self._failed)

    def close(self) -> None:
        """End the threads."""
        self._drawings.close()
        self._files.close()

    def _metric_chosen(self, current: QModelIndex, _before: QModelIndex) -> None:
        column = current.column() - 1
        names = self._space.scores.names
        if 0 <= column < len(names) and names[column] != self.metric:
            self.metric = names[column]
            self._by_metric()

    def _by_metric(self) -> None:
        if self.data is None or not self.metric:
            return
        self._space.words.setText(verdicts(self.data, self.metric))
        self._space.show_scores(True)
        self._space.items.show_result(self.data, self.metric)
        self._draw()

    def _draw(self) -> None:
        plots, data, metric = self._space.plots, self.data, self.metric
        if data is None:
            self._drawings.forget()
            plots.show_drawing(Nothing(tr(NOTHING_YET)))
            return
        kind, a, b = plots.chosen, plots.a.currentIndex(), plots.b.currentIndex()
        self._drawings.submit(
            lambda: drawing(data, kind, metric, max(0, a), max(0, b)),
            plots.show_drawing,
            self._failed,
        )

    def _open_run(self, run_id: str, in_history: bool) -> None:
        self._tools.open_run(run_id)
        self._tools.open_page(Workspace.HISTORY if in_history else Workspace.PROBABILITIES)

    def _ask_report(self) -> None:
        if self.data is None:
            return
        chosen, _ = QFileDialog.getSaveFileName(
            self._tools.window, tr("Write a report"), f"{self.data.task}.html", "HTML (*.html)"
        )
        if chosen:
            path = Path(chosen)
            self.write_report(path if path.suffix else path.with_suffix(".html"))

    def _ask_picture(self) -> None:
        name = f"{self.data.task if self.data is not None else 'plot'}.png"
        chosen, _ = QFileDialog.getSaveFileName(
            self._tools.window, tr("Write the plot"), name, "PNG (*.png);;SVG (*.svg)"
        )
        if chosen:
            path = Path(chosen)
            try:
                self._space.plots.save_picture(path if path.suffix else path.with_suffix(".png"))
            except UserError as error:
                self._failed(error)

    def _written(self, path: Path) -> None:
        size = path.stat().st_size / 1024
        message = Message(
            tr("The report is in {path} ({size:,.0f} KiB).", path=path, size=size), level=Level.INFO
        )
        self._space.messages.show_message(_KEY, message)

    def _failed(self, error: Exception) -> None:
        self._space.messages.show_message(_KEY, from_error(error))
