"""The Compare workspace: where its parts stand. No logic. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from workbench.gui.compare.column_view import ColumnView
from workbench.gui.compare.divergence_bars import DivergenceBars
from workbench.gui.compare.sheets import Sheets, tool_row
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
    vertical_line,
    wrapping_label,
)
from workbench.gui.primary_button import PrimaryButton
from workbench.gui.theme import Theme


class CompareSpace(QWidget):
    """Header, and below it the sheet in front: the columns and how their models differ, first.

    Attributes:
        sheets: what else compares; `compare.page` adds them.
        tools, body: of the columns' own sheet.

    Signals:
        wanted(column, action): something was chosen in a column's menu.
    """

    wanted = Signal(int, str)

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self._theme, self._fonts = theme, fonts
        self.views: list[ColumnView] = []
        self._scrolling = False
        self.chip = label("", "chip")
        self.chip.hide()
        self.different = text_button("different only", accessible="Show only what differs")
        self.different.setCheckable(True)
        self.add = text_button("+ column", "", accessible="Add a column")
        self.menu = QMenu(self)
        self.add.setMenu(self.menu)
        self.button = PrimaryButton(theme, fonts)
        self.messages = MessageBar(theme)
        self.sheets = Sheets()
        head, row = title_bar(label("Compare", "title"), self.sheets.tabs)
        row.addWidget(self.sheets.tools)
        self.tools = tool_row(self.chip, self.different, self.add, self.button)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.diff_title = label("Token by token", "title")
        self.diff_facts = label("", "muted")
        self.bars = DivergenceBars(theme)
        self.diff_note = wrapping_label("muted")
        self.body = splitter(
            "compare", Qt.Orientation.Vertical, [560, 220], self._area, self._difference()
        )
        self.body.setStretchFactor(0, 1)
        self.body.setStretchFactor(1, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(horizontal_line())
        column.addWidget(self.messages)
        column.addWidget(self.sheets.bodies, 1)

    def make_columns(self, count: int) -> None:
        """Put that many empty columns beside each other."""
        holder = pane()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.views = []
        for number in range(count):
            if number:
                row.addWidget(vertical_line())
            view = ColumnView(self._theme, self._fonts)
            view.wanted.connect(lambda action, n=number: self.wanted.emit(n, action))
            bar = view.text.verticalScrollBar()
            bar.valueChanged.connect(lambda value, n=number: self._follow(n, value))
            row.addWidget(view, 1)
            self.views.append(view)
        self._area.setWidget(holder)

    def show_running(self, running: bool) -> None:
        """What the button does."""
        self.button.show_text("Stop" if running else "Run all", "Esc" if running else "Ctrl ↵")

    def _difference(self) -> QWidget:
        holder = pane()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        head = title_row("", self.diff_facts)
        head.insertWidget(0, self.diff_title)
        column.addLayout(head)
        column.addWidget(self.bars, 1)
        self.diff_note.setContentsMargins(EDGE, 6, EDGE, 0)
        column.addWidget(self.diff_note)
        return holder

    def _follow(self, number: int, value: int) -> None:
        """The other columns scroll along."""
        if self._scrolling:
            return
        self._scrolling = True
        own = self.views[number].text.verticalScrollBar()
        for view in self.views:
            bar = view.text.verticalScrollBar()
            if bar is not own and own.maximum():
                bar.setValue(min(bar.maximum(), value))
        self._scrolling = False
