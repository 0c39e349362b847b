"""The sweep's sheet: what changes at the left, the cells in the middle, one cell at the right.

No logic. GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QScrollArea,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from workbench.gui.compare.sheets import tool_row
from workbench.gui.direction import keep_left_to_right
from workbench.gui.fonts import Fonts
from workbench.gui.messages import MessageBar
from workbench.gui.panels.workspaces import splitter
from workbench.gui.parts import (
    EDGE,
    horizontal_line,
    label,
    number_field,
    pane,
    text_button,
    title_row,
    wrapping_label,
)
from workbench.gui.primary_button import PrimaryButton
from workbench.gui.style_sheet import set_role
from workbench.gui.sweep.axes_form import AxesForm
from workbench.gui.sweep.cell_panel import CellPanel
from workbench.gui.sweep.cell_table import CellTable
from workbench.gui.sweep.heatmap import Heatmap
from workbench.gui.sweep.progress import ProgressBar
from workbench.gui.theme import Theme
from workbench.gui.translate import mark, tr

_MOST_REPLIES = 1024
_NARROWEST = 64
"""Pixels of a list box in a small window; its tooltip says what it is."""
_SHORT = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
_EMPTY = mark(
    "A sweep runs the prompt once for every combination of some settings, models or variables, "
    "and shows the cells as a heatmap: how long the replies are, how sure the model was, how "
    "often they agree, or any metric."
)


class SweepSpace:
    """The widgets of the sheet.

    Attributes:
        tools, body: for `compare.sheets.Sheet`.
    """

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        self.messages = MessageBar(theme)
        self.past = text_button(tr("Sweeps"), "", accessible=tr("Sweeps of the history"))
        self.past_menu = QMenu(self.past)
        self.past.setMenu(self.past_menu)
        self.export = text_button(tr("Export…"), "", accessible=tr("Export the sweep"))
        self.export_menu = QMenu(self.export)
        self.export.setMenu(self.export_menu)
        self.button = PrimaryButton(theme, fonts)
        self.tools = tool_row(self.past, self.export, self.button)
        self.form = AxesForm()
        self.add = text_button(tr("+ axis"), "action", accessible=tr("Add an axis"))
        self.replies = number_field()
        self.replies.setRange(1, _MOST_REPLIES)
        self.replies.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.replies.setAccessibleName(tr("Replies per cell"))
        self.is_list = QComboBox()
        self.is_list.addItem(tr("every combination"), False)  # the item's data
        self.is_list.addItem(tr("side by side (a list)"), True)  # as above
        self.is_list.setSizeAdjustPolicy(_SHORT)
        self.is_list.setMinimumContentsLength(10)
        self.is_list.setAccessibleName(tr("How the axes go together"))
        self.base = wrapping_label("muted")
        self.cost = wrapping_label()
        self.figure, self.x, self.y, self.facet = (QComboBox() for _ in range(4))
        for box, name in (
            (self.figure, tr("What the cells show")),
            (self.x, tr("Axis across")),
            (self.y, tr("Axis down")),
            (self.facet, tr("Axis with a heatmap for each value")),
        ):
            box.setAccessibleName(name)
            box.setToolTip(name)
            box.setMaxVisibleItems(20)
        self.figure.setMinimumWidth(150)
        self.as_map = text_button(tr("Heatmap"), "tab")
        self.as_table = text_button(tr("Table"), "tab")
        self.heatmap = Heatmap(theme, fonts)
        self.rows = CellTable()
        self.table = QTableView()
        keep_left_to_right(self.table)
        self.cell = CellPanel(fonts)
        self.bar = ProgressBar(theme)
        self.state = label("", "muted")
        self.note = wrapping_label("muted")
        self.body = self._lay_out()
        self.show_plan(False)

    def show_plan(self, exists: bool) -> None:
        """Show the cells of a sweep, or what will be there."""
        self._middle.setCurrentIndex(1 if exists else 0)
        self.export.setEnabled(exists)

    def show_table(self, on: bool) -> None:
        """The table, or the heatmap."""
        (self.as_table if on else self.as_map).setChecked(True)
        self._views.setCurrentIndex(1 if on else 0)
        for box in self._places:
            box.setVisible(not on)

    def _lay_out(self) -> QWidget:
        columns = splitter(
            "sweep",
            Qt.Orientation.Horizontal,
            [280, 760, 320],
            self._wishes(),
            self._cells(),
            self.cell,
        )
        for column, stretch in enumerate((0, 1, 0)):
            columns.setStretchFactor(column, stretch)
        holder = QWidget()
        column_box = QVBoxLayout(holder)
        column_box.setContentsMargins(0, 0, 0, 0)
        column_box.setSpacing(0)
        column_box.addWidget(self.messages)
        column_box.addWidget(columns, 1)
        return holder

    def _wishes(self) -> QWidget:
        inside = pane()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addLayout(title_row(tr("What changes"), self.add))
        column.addWidget(self.form)
        column.addWidget(horizontal_line())
        column.addLayout(title_row(tr("Each cell")))
        words = (tr("replies"), tr("axes"))
        for text, field in zip(words, (self.replies, self.is_list), strict=True):
            row = QHBoxLayout()
            row.setContentsMargins(EDGE, 0, EDGE, 6)
            name = label(text, "muted")
            name.ensurePolished()
            name.setFixedWidth(
                6 + max(60, *(name.fontMetrics().horizontalAdvance(t) for t in words))
            )
            row.addWidget(name)
            row.addWidget(field, 1)
            column.addLayout(row)
        for note in (self.base, self.cost):
            note.setContentsMargins(EDGE, 4, EDGE, 4)
            column.addWidget(note)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        area.setMinimumWidth(272)
        return area

    def _cells(self) -> QWidget:
        holder = pane()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._middle = QStackedWidget()
        self._middle.addWidget(self._nothing_yet())
        self._middle.addWidget(self._filled())
        column.addWidget(self._middle, 1)
        return holder

    def _nothing_yet(self) -> QWidget:
        holder = pane()
        column = QVBoxLayout(holder)
        column.setContentsMargins(48, 48, 48, 48)
        text = wrapping_label("empty")
        text.setText(tr(_EMPTY))
        column.addStretch(1)
        column.addWidget(text)
        column.addStretch(2)
        return holder

    def _filled(self) -> QWidget:
        holder = pane()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._choosers())
        column.addWidget(horizontal_line())
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.heatmap)
        set_role(self.table, "runs")
        self.table.setModel(self.rows)
        self.table.setSortingEnabled(True)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setWordWrap(False)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.setAccessibleName(tr("Cells of the sweep"))
        self._views = QStackedWidget()
        self._views.addWidget(area)
        self._views.addWidget(self.table)
        column.addWidget(self._views, 1)
        self.note.setContentsMargins(EDGE, 4, EDGE, 4)
        column.addWidget(self.note)
        column.addWidget(horizontal_line())
        foot = QHBoxLayout()
        foot.setContentsMargins(EDGE, 8, EDGE, 8)
        foot.setSpacing(12)
        foot.addWidget(self.bar, 1)
        foot.addWidget(self.state)
        column.addLayout(foot)
        return holder

    def _choosers(self) -> QVBoxLayout:
        row, axes = QHBoxLayout(), QHBoxLayout()
        for one in (row, axes):
            one.setSpacing(6)
        row.addWidget(self.figure)
        self._places: list[QWidget] = []
        for text, box in (
            (tr("across"), self.x),
            (tr("down"), self.y),
            (tr("facets"), self.facet),
        ):
            name = label(text, "muted")
            box.setMinimumWidth(_NARROWEST)
            self._places += [name, box]
            axes.addWidget(name)
            axes.addWidget(box)
            axes.addSpacing(6)
        axes.addStretch(1)
        row.addStretch(1)
        self._group = QButtonGroup(self.as_map)
        for button in (self.as_map, self.as_table):
            button.setCheckable(True)
            self._group.addButton(button)
            row.addWidget(button)
        self.as_map.setChecked(True)
        # Two rows: beside each other they would be wider than a small window.
        rows = QVBoxLayout()
        rows.setContentsMargins(EDGE, 6, EDGE, 6)
        rows.setSpacing(4)
        rows.addLayout(row)
        rows.addLayout(axes)
        return rows
