"""The History workspace: where its parts stand. No logic. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from workbench.gui.fonts import Fonts
from workbench.gui.history.model import RunsModel
from workbench.gui.history.remarks import RemarksBar
from workbench.gui.history.table import RunTable
from workbench.gui.panels.run_details import RunDetails
from workbench.gui.panels.workspaces import splitter
from workbench.gui.parts import (
    EDGE,
    horizontal_line,
    label,
    pane,
    text_button,
    title_row,
    wrapping_label,
)
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme
from workbench.gui.translate import mark, tr

GROUPS = (
    ("", mark("No groups")),
    ("prompt", mark("By prompt")),
    ("version", mark("By version")),
    ("model", mark("By model")),
    ("experiment", mark("By experiment")),
    ("tag", mark("By tag")),
)
_EXAMPLE = mark('Search: words, "a phrase", model:demo, tag:good, temp>0.5, date:today …')


class HistoryWorkspace(QWidget):
    """Search and the table of runs on the left, the chosen run on the right.

    Signals:
        history_changed(): runs were added, ended or changed elsewhere.
        rules_wanted(): the person wants to say how long runs are kept.
    """

    history_changed = Signal()
    rules_wanted = Signal()

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self.list = RunTable(theme, fonts, RunsModel())
        self.details = RunDetails(theme, fonts)
        self.remarks = RemarksBar()
        self.details.add_under_head(self.remarks)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr(_EXAMPLE))
        self.search.setAccessibleName(tr("Search the runs"))
        self.search.setClearButtonEnabled(True)
        for button in self.search.findChildren(QToolButton):
            button.setAccessibleName(tr("Clear the search"))
        self.trouble = wrapping_label("warning")
        self.count = label("", "muted")
        self.columns = text_button(tr("Columns ▾"), accessible=tr("Choose columns"))
        self.plot = text_button(tr("Plot"), "tab", accessible=tr("Plot a number over time"))
        self.plot.setCheckable(True)
        self.export = text_button(tr("Export…"), accessible=tr("Export runs"))
        self.more = text_button(tr("More ▾"), accessible=tr("Trash, rules and privacy"))
        self.private = text_button(
            tr("Private"), "toggle", accessible=tr("Private: keep no new runs")
        )
        self.private.setCheckable(True)
        self.private.setToolTip(tr("While this is on, new runs are not written to the history."))
        self.group = QComboBox()
        self.group.setAccessibleName(tr("Group the runs"))
        for key, text in GROUPS:
            self.group.addItem(tr(text), key)
        self.groups = QListWidget()
        self.groups.setAccessibleName(tr("Groups"))
        self.groups.setUniformItemSizes(True)
        set_role(self.groups, "choices")
        self.empty = label("", "muted")
        self.empty.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        self.empty.setWordWrap(True)
        self.parts = QSplitter(Qt.Orientation.Vertical)
        self.parts.setObjectName("history-lower")
        self.parts.setChildrenCollapsible(False)
        self._lay_out()

    def show_count(self, _total: int) -> None:
        """The history is another now."""
        self.history_changed.emit()

    def show_found(self, text: str) -> None:
        """How many runs are shown."""
        self.count.setText(text)

    def show_trouble(self, text: str) -> None:
        """What is wrong with the query; empty when nothing is."""
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))
        set_role(self.search, "wrong" if text else "")

    def show_empty(self, text: str) -> None:
        """Why there is no run to show; empty shows the table."""
        self.empty.setText(text)
        self.empty.setVisible(bool(text))
        self.list.setVisible(not text)

    def _lay_out(self) -> None:
        holder = pane()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(
            title_row(
                tr("Runs"),
                self.private,
                self.plot,
                self.columns,
                self.export,
                self.more,
                left=(self.count,),
            )
        )
        row = QHBoxLayout()
        row.setContentsMargins(EDGE, 0, EDGE, 8)
        row.setSpacing(8)
        row.addWidget(self.search, 1)
        row.addWidget(self.group)
        column.addLayout(row)
        self.trouble.setContentsMargins(EDGE, 0, EDGE, 8)
        column.addWidget(self.trouble)
        column.addWidget(horizontal_line())
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        self.groups.setFixedWidth(190)
        middle.addWidget(self.groups)
        middle.addWidget(self.list, 1)
        middle.addWidget(self.empty, 1, Qt.AlignmentFlag.AlignTop)
        upper = pane()
        upper.setLayout(middle)
        self.parts.addWidget(upper)
        column.addWidget(self.parts, 1)
        columns = splitter("history", Qt.Orientation.Horizontal, [680, 706], holder, self.details)
        columns.setStretchFactor(0, 1)
        columns.setStretchFactor(1, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(columns)
        self.groups.hide()
        self.show_trouble("")
        self.show_empty("")
