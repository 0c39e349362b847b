"""The Prompt workspace: where their panels stand. No logic. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from workbench.gui.fonts import Fonts
from workbench.gui.highlights import Highlights
from workbench.gui.panels.budget import BudgetLine
from workbench.gui.panels.editor import EditorPanel
from workbench.gui.panels.history import HistoryList, HistoryModel
from workbench.gui.panels.library import LibraryPanel
from workbench.gui.panels.next_token import NextTokenPanel
from workbench.gui.panels.reply import ReplyPanel
from workbench.gui.panels.samplers import SamplersPanel
from workbench.gui.panels.sampling import SamplingPanel
from workbench.gui.panels.variables import VariablesPanel
from workbench.gui.parts import EDGE, horizontal_line, label, pane, text_button, title_row
from workbench.gui.steady_splitter import SteadySplitter
from workbench.gui.theme import Theme
from workbench.gui.translate import mark, tr

_SAMPLING_HEIGHT = 288
_NEXT_HEIGHT = 246
_SAMPLERS_HEIGHT = 152
_FEWEST_RUNS = 110
"""What is left of the list of runs while every parameter is unfolded, in pixels."""
_NO_RUNS = mark("Every run is kept here. Generate a reply to begin.")


def splitter(
    name: str, orientation: Qt.Orientation, sizes: list[int], *parts: QWidget
) -> QSplitter:
    """A splitter that can be found again by `name`; its parts cannot be dragged away."""
    made = SteadySplitter(orientation)
    made.setObjectName(name)
    made.setChildrenCollapsible(False)
    made.setHandleWidth(1)
    for part in parts:
        made.addWidget(part)
    made.setSizes(sizes)
    return made


class PromptWorkspace(QWidget):
    """Library and variables, editor over reply, sampling, next token and recent runs."""

    def __init__(self, theme: Theme, fonts: Fonts, history: HistoryModel) -> None:
        super().__init__()
        self.library = LibraryPanel(theme, fonts)
        self.variables = VariablesPanel()
        self.editor = EditorPanel(theme, fonts)
        self.highlights = Highlights(self)
        self.budget = BudgetLine(theme, fonts, self.highlights)
        self.reply = ReplyPanel(theme, fonts)
        self.sampling = SamplingPanel(theme)
        self.samplers = SamplersPanel(theme, self.sampling)
        self.next_token = NextTokenPanel(theme, fonts)
        self.recent = HistoryList(theme, fonts, history)
        self.recent.setAccessibleName(tr("Recent runs"))
        self.all_runs = text_button(tr("all ▸"), accessible=tr("All runs"))
        vertical, horizontal = Qt.Orientation.Vertical, Qt.Orientation.Horizontal
        left = splitter("left", vertical, [480, 302], self.library, self.variables)
        middle = splitter("middle", vertical, [456, 374], self._writing(), self.reply)
        right = splitter(
            "right",
            vertical,
            [_SAMPLING_HEIGHT, _NEXT_HEIGHT, _SAMPLERS_HEIGHT, 140],
            self._scrolling(self.sampling),
            self.next_token,
            self.samplers,
            self._recent_runs(),
        )
        for part, width in ((left, 180), (middle, 456), (right, 240)):
            part.setMinimumWidth(width)
        self.columns = splitter("columns", horizontal, [231, 870, 285], left, middle, right)
        for column, stretch in enumerate((0, 1, 0)):
            self.columns.setStretchFactor(column, stretch)
        for column, stretch in enumerate((0, 0, 0, 1)):
            right.setStretchFactor(column, stretch)
        for column, stretch in enumerate((0, 1)):
            left.setStretchFactor(column, stretch)
            middle.setStretchFactor(column, stretch)
        self._right = right
        self.sampling.fold.toggled.connect(self._make_room)
        self.samplers.all.toggled.connect(self._make_room_for_samplers)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.columns)

    def show_runs_exist(self, exist: bool) -> None:
        """Show the list of runs, or what will be in it."""
        self.recent.setVisible(exist)
        self._no_runs.setVisible(not exist)

    def _make_room(self, unfolded: bool) -> None:
        """Unfolded parameters take most of the column; folded, they give it back."""
        _, *middle, _ = sizes = self._right.sizes()
        whole, taken = sum(sizes), sum(middle)
        top = max(_SAMPLING_HEIGHT, whole - taken - _FEWEST_RUNS)
        if not unfolded:
            top = _SAMPLING_HEIGHT
        self._right.setSizes([top, *middle, max(0, whole - top - taken)])

    def _make_room_for_samplers(self, everything: bool) -> None:
        """All samplers take what the list of runs can spare."""
        top, look, chain, runs = self._right.sizes()
        wanted = self.samplers.sizeHint().height() if everything else _SAMPLERS_HEIGHT
        change = min(wanted - chain, max(0, runs - _FEWEST_RUNS))
        self._right.setSizes([top, look, chain + change, runs - change])

    def _writing(self) -> QWidget:
        holder = pane()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.editor, 1)
        column.addWidget(horizontal_line())
        column.addWidget(self.budget)
        return holder

    def _recent_runs(self) -> QWidget:
        holder = pane()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(title_row(tr("Recent runs"), self.all_runs))
        self._no_runs = label(tr(_NO_RUNS), "muted")
        self._no_runs.setWordWrap(True)
        self._no_runs.setContentsMargins(EDGE, 0, EDGE, 0)
        column.addWidget(self._no_runs)
        column.addWidget(self.recent, 1)
        column.addStretch(0)
        self.show_runs_exist(False)
        return holder

    def _scrolling(self, part: QWidget) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(part)
        return area
