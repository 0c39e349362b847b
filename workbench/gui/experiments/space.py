"""The Experiments workspace: where its parts stand. No logic. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from workbench.experiments.suites import Suite
from workbench.gui.compare.sheets import Sheets, tool_row
from workbench.gui.experiments.items_panel import ItemsPanel
from workbench.gui.experiments.plot_panel import PlotPanel
from workbench.gui.experiments.setup_panel import SetupPanel
from workbench.gui.experiments.tables import ROW_HEIGHT, ScoresModel, plain_table
from workbench.gui.experiments.task_list import TaskList
from workbench.gui.fonts import Fonts
from workbench.gui.messages import MessageBar
from workbench.gui.panels.workspaces import splitter
from workbench.gui.parts import (
    EDGE,
    horizontal_line,
    label,
    pane,
    text_button,
    title_bar,
    title_row,
    wrapping_label,
)
from workbench.gui.primary_button import PrimaryButton
from workbench.gui.theme import Theme
from workbench.gui.translate import mark, tr

_WIDEST, _MOST_ROWS = 300, 8
_SOON = mark("Scores stand here as soon as some items are done.")
_NO_SCORES = mark(
    "Choose a task at the left and press Run. Scores stand here, each with its interval."
)


class ExperimentSpace(QWidget):
    """Task and form at the left; scores, plot and items at the right.

    Attributes:
        sheets: what else measures; `experiments.page` adds them.
        tools, body: of the evaluation's own sheet.

    Signals:
        running(on): an evaluation runs, or does not any more.
    """

    running = Signal(bool)

    def __init__(self, theme: Theme, fonts: Fonts, suites: Sequence[Suite]) -> None:
        super().__init__()
        self.messages = MessageBar(theme)
        self.sheets = Sheets()
        self.chip = label("", "chip")
        self.chip.hide()
        self.earlier = text_button(tr("Earlier ▾"), accessible=tr("Earlier evaluations"))
        self.earlier_menu = QMenu(self)
        self.earlier.setMenu(self.earlier_menu)
        self.report = text_button(tr("Report…"), "", accessible=tr("Write an HTML report"))
        self.pause = text_button(tr("Pause"), "", accessible=tr("Pause or go on"))
        self.button = PrimaryButton(theme, fonts)
        self.tools = tool_row(self.chip, self.earlier, self.report, self.pause, self.button)
        self.tasks = TaskList(suites)
        self.setup = SetupPanel()
        self.cost = wrapping_label("caption")
        self.estimate = text_button(tr("Estimate"), "", accessible=tr("Estimate tokens and time"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress of the evaluation"))
        self.progress = label("", "muted")
        self.scores = ScoresModel()
        self.table = plain_table(tr("Scores"), fonts, self.scores)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.scores.modelReset.connect(self._widths)
        self.no_scores = wrapping_label("empty")
        self.no_scores.setContentsMargins(EDGE, 6, EDGE, EDGE)
        self.no_scores.setText(tr(_NO_SCORES))
        self.words = wrapping_label("")
        self.words.setContentsMargins(EDGE, 8, EDGE, 8)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.verdict = QScrollArea()
        self.verdict.setWidgetResizable(True)
        self.verdict.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verdict.setAccessibleName(tr("Whether differences are noise"))
        self.verdict.setWidget(self.words)
        self.plots = PlotPanel(theme, fonts)
        self.items = ItemsPanel(theme, fonts)
        head, row = title_bar(label(tr("Experiments"), "title"), self.sheets.tabs)
        row.addWidget(self.sheets.tools)
        self.body = self._body()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(horizontal_line())
        column.addWidget(self.messages)
        column.addWidget(self.sheets.bodies, 1)

    def show_running(self, running: bool, *, paused: bool = False) -> None:
        """What the buttons do."""
        self.running.emit(running)
        self.button.show_text(tr("Stop") if running else tr("Run"), "Esc" if running else "Ctrl ↵")
        self.pause.setVisible(running)
        self.pause.setText(tr("Go on") if paused else tr("Pause"))
        self.bar.setVisible(running)
        self.estimate.setEnabled(not running)
        self.no_scores.setText(tr(_SOON) if running else tr(_NO_SCORES))

    def show_scores(self, there: bool) -> None:
        """The table, or what will be in it."""
        self.table.setVisible(there)
        self.verdict.setVisible(there and bool(self.words.text()))
        self.no_scores.setVisible(not there)
        self.report.setEnabled(there)

    def _body(self) -> QWidget:
        vertical, horizontal = Qt.Orientation.Vertical, Qt.Orientation.Horizontal
        left = splitter("experiment-left", vertical, [330, 470], self.tasks, self._form())
        top = splitter("experiment-top", horizontal, [560, 560], self._scores(), self.plots)
        right = splitter("experiment-right", vertical, [400, 400], top, self.items)
        whole = splitter("experiment", horizontal, [270, 1110], left, right)
        left.setMinimumWidth(230)
        for part in (left, right):
            part.setStretchFactor(1, 1)
        whole.setStretchFactor(0, 0)
        whole.setStretchFactor(1, 1)
        return whole

    def _form(self) -> QWidget:
        holder = pane()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.setup, 1)
        column.addWidget(horizontal_line())
        row = QHBoxLayout()
        row.setContentsMargins(EDGE, 8, EDGE, 8)
        row.addWidget(self.cost, 1)
        row.addWidget(self.estimate, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        return holder

    def _scores(self) -> QWidget:
        holder = pane()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(title_row(tr("Scores"), self.progress))
        self.bar.setFixedHeight(3)
        column.addWidget(self.bar)
        column.addWidget(self.table, 1)
        column.addWidget(self.no_scores)
        column.addWidget(self.verdict, 1)
        column.addStretch(0)
        return holder

    def _widths(self) -> None:
        rows = self.scores.rowCount()
        self.table.setMaximumHeight(ROW_HEIGHT * (min(rows, _MOST_ROWS) + 1) + 22)
        self.table.resizeColumnsToContents()
        for section in range(self.scores.columnCount()):
            wide = self.table.columnWidth(section)
            self.table.setColumnWidth(section, min(_WIDEST, wide + 12))
