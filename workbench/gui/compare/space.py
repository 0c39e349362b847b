"""The Compare workspace: where its parts stand. No logic. GUI thread."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from workbench.core.text import elide
from workbench.gui.compare.column_view import ColumnView
from workbench.gui.compare.diff_panel import DiffPanel
from workbench.gui.compare.sheets import Sheets, tool_row
from workbench.gui.compare.votes_panel import VotesPanel
from workbench.gui.cut_label import CutLabel
from workbench.gui.fonts import Fonts
from workbench.gui.messages import MessageBar
from workbench.gui.panels.workspaces import splitter
from workbench.gui.parts import (
    horizontal_line,
    label,
    pane,
    text_button,
    title_bar,
    vertical_line,
)
from workbench.gui.primary_button import PrimaryButton
from workbench.gui.theme import Theme
from workbench.gui.tight_scroll import TightScroll
from workbench.gui.translate import tr


class CompareSpace(QWidget):
    """Header, and below it the sheet in front: the columns and how their models differ, first.

    Attributes:
        sheets: what else compares; `compare.page` adds them.
        tools, body: of the columns' own sheet.

    Signals:
        running(on): columns run, or do not any more.
        wanted(column, action): something was chosen in a column's menu.
        stepped(column, step): another reply of a column is wanted.
    """

    running = Signal(bool)
    wanted = Signal(int, str)
    stepped = Signal(int, int)

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self._theme, self._fonts = theme, fonts
        self.views: list[ColumnView] = []
        self.chip = CutLabel("chip", 60)
        self.chip.hide()
        self.different = text_button(
            tr("different only"), "tab", accessible=tr("Only what differs")
        )
        self.different.setCheckable(True)
        self.choose = text_button(
            tr("Columns…"), "", accessible=tr("Choose columns (Ctrl+Shift+C)")
        )
        self.choose.setToolTip(self.choose.accessibleName())
        self.add = text_button(tr("+ column"), "", accessible=tr("Add a column"))
        self.menu = QMenu(self)
        self.add.setMenu(self.menu)
        self.button = PrimaryButton(theme, fonts)
        self.messages = MessageBar(theme)
        self.sheets = Sheets()
        head, row = title_bar(label(tr("Compare"), "title"), self.sheets.tabs)
        row.addWidget(self.sheets.tools)
        self.tools = tool_row(self.chip, self.different, self.choose, self.add, self.button)
        self._area = TightScroll(Qt.Orientation.Horizontal)
        self.diff = DiffPanel(theme, fonts)
        self.votes = VotesPanel(theme)
        vertical = Qt.Orientation.Vertical
        self.body = splitter("compare", vertical, [520, 300], self._area, self._lower())
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
        had_keyboard = self._area.isAncestorOf(self.focusWidget())
        holder = pane()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.views = []
        for number in range(count):
            if number:
                row.addWidget(vertical_line())
            view = ColumnView(self._theme, self._fonts)
            view.wanted.connect(partial(self.wanted.emit, number))
            view.stepped.connect(partial(self.stepped.emit, number))
            view.scrolled.connect(partial(self._follow, number))
            row.addWidget(view, 1)
            self.views.append(view)
        self._area.setWidget(holder)
        self._area.updateGeometry()
        if had_keyboard and self.views:
            self.views[0].text.setFocus()

    def show_chip(self, name: str, variables: Mapping[str, object], seed: int) -> None:
        """What all columns run on."""
        values = " · ".join(f"{k} = {v}" for k, v in variables.items())
        parts = [name, tr("seed {seed}", seed=seed), values]  # a seed cut short is another seed
        self.chip.setText(elide(" · ".join(p for p in parts if p), 400))
        self.chip.show()

    def show_column(self, number: int) -> None:
        """Bring a column into view and give it the keyboard."""
        view = self.views[number]
        self._area.ensureWidgetVisible(view, 0, 0)
        if view.isVisible():  # another sheet may have come to the front meanwhile
            view.text.setFocus()

    def focused(self) -> int | None:
        """The column that has the keyboard."""
        inside = self.focusWidget()
        if inside is None:
            return None
        return next((n for n, view in enumerate(self.views) if view.isAncestorOf(inside)), None)

    def show_running(self, running: bool) -> None:
        """What the button does."""
        self.running.emit(running)
        self.button.show_text(
            tr("Stop") if running else tr("Run all"), "Esc" if running else "Ctrl ↵"
        )

    def _lower(self) -> QWidget:
        holder = pane()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(
            splitter("compare-lower", Qt.Orientation.Horizontal, [900, 420], self.diff, self.votes)
        )
        return holder

    def _follow(self, number: int, value: int, at_end: bool) -> None:
        """The other columns scroll along with the person."""
        for other, view in enumerate(self.views):
            if other != number:
                view.scroll_to(value, at_end)
