"""Two runs beside each other: prompt, reply, settings, numbers. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QSizePolicy,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from workbench.experiments.run_diff import RunDiff, run_diff
from workbench.experiments.session import Session
from workbench.gui.compare_runs.rows import number_rows, setting_rows, token_facts
from workbench.gui.diff_rows import Difference, difference
from workbench.gui.diff_view import DiffView
from workbench.gui.direction import keep_left_to_right
from workbench.gui.fonts import Fonts
from workbench.gui.history_controller import headline
from workbench.gui.lane import Lane
from workbench.gui.messages import MessageBar, from_error
from workbench.gui.panels.history import caption
from workbench.gui.parts import EDGE, horizontal_line, label, pane, text_button, wrapping_label
from workbench.gui.said import tr_parts
from workbench.gui.theme import Theme
from workbench.gui.translate import mark, tr
from workbench.gui.value_editors import Choice
from workbench.history.load import RunRow

_OFFERED = 200
"""How many of the newest runs can be chosen to compare with."""

_PAGES = (mark("Reply"), mark("Prompt"), mark("Settings"), mark("Numbers"))


class _Read(NamedTuple):
    """What the disk says; the texts of each reply and of the prompt are laid out already."""

    found: RunDiff
    prompt: Difference
    replies: list[Difference]
    rows: list[RunRow]


class CompareRunsDialog(QDialog):
    """The run on the left can be exchanged for any of the newest ones.

    Signals:
        shown(a, b): this pair stands on the screen now.
    """

    shown = Signal(str, str)

    def __init__(self, parent: QWidget, theme: Theme, fonts: Fonts, session: Session) -> None:
        super().__init__(parent)
        self._session = session
        self._lane = Lane("compare-runs", self)
        self._a = self._b = ""
        self._read: _Read | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Compare runs"))
        self.base = Choice()
        self.base.setAccessibleName(tr("Compare with"))
        self.base.activated.connect(self._choose)
        self.target = label("", "title")
        self.sentence = wrapping_label()
        self.sentence.setAccessibleName(tr("What changed"))
        self.facts = label("", "muted")
        self.facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.sample = Choice()
        self.sample.setAccessibleName(tr("Which reply"))
        self.sample.currentIndexChanged.connect(self._show_reply)
        self.messages = MessageBar(theme)
        self.reply, self.prompt = DiffView(theme, fonts), DiffView(theme, fonts)
        self.reply.setAccessibleName(tr("Replies"))
        self.prompt.setAccessibleName(tr("Prompts"))
        self.settings = _Table(tr("Settings that differ"))
        self.numbers = _Table(tr("Scores and timings"))
        self.stack = QStackedWidget()
        for page in (self.reply, self.prompt, self.settings, self.numbers):
            self.stack.addWidget(page)
        self.tabs = [text_button(tr(name), "tab") for name in _PAGES]
        self._group = QButtonGroup(self)
        for number, tab in enumerate(self.tabs):
            tab.setCheckable(True)
            tab.setAutoDefault(False)
            self._group.addButton(tab, number)
        self._group.idClicked.connect(self._show_page)
        self.next_button = text_button("↓", "", accessible=tr("Next change (n)"))
        self.next_button.clicked.connect(lambda: self._step(1))
        self.back_button = text_button("↑", "", accessible=tr("Previous change (p)"))
        self.back_button.clicked.connect(lambda: self._step(-1))
        for button in (self.next_button, self.back_button):
            button.setAutoDefault(False)
            button.setToolTip(button.accessibleName())
        self._lay_out()
        self.tabs[0].setChecked(True)
        self._show_page(0)
        self.resize(1040, 660)
        self.finished.connect(lambda _result: self._lane.close())

    def compare(self, a: str, b: str) -> None:
        """Show what makes run `b` of run `a`."""
        self._a, self._b = a, b
        store = self._session.store

        def work() -> _Read:
            found = run_diff(store, a, b)
            return _Read(
                found,
                difference(found.prompt.a, found.prompt.b),
                [difference(r.text.a, r.text.b) for r in found.replies],
                store.recent(_OFFERED),
            )

        self._lane.submit(work, self._show, self._failed)

    def _show(self, read: _Read) -> None:
        self.messages.dismiss("compare")
        self._read, found = read, read.found
        self.sentence.setText(found.sentence)
        self.target.setText(f"{found.b.prompt_name} · {headline(found.b)}")
        self._offer(read.rows)
        self.prompt.show_difference(read.prompt)
        self.settings.show_rows(setting_rows(found), tr("The same settings."))
        self.numbers.show_rows(number_rows(found), tr("No run has ended yet."))
        counts = ("", "", f" {len(setting_rows(found))}", "")
        for tab, name, count in zip(self.tabs, _PAGES, counts, strict=True):
            tab.setText(name + count)
        self.sample.blockSignals(True)
        self.sample.clear()
        for reply in found.replies:
            self.sample.addItem(tr("Reply {sample}", sample=reply.sample + 1))
        self.sample.blockSignals(False)
        self._show_reply()
        self.shown.emit(self._a, self._b)

    def _offer(self, rows: Sequence[RunRow]) -> None:
        """Every run that can stand on the left, the one that does among them."""
        self.base.clear()
        for row in rows:
            if row.run_id != self._b:
                self.base.addItem(caption(row), row.run_id)
        at = self.base.findData(self._a)
        if at < 0 and self._read is not None:
            start = self._read.found.a
            self.base.insertItem(0, f"{start.prompt_name} · {headline(start)}", self._a)
            at = 0
        self.base.setCurrentIndex(at)

    def _choose(self) -> None:
        chosen = self.base.currentData()
        if isinstance(chosen, str) and chosen != self._a:
            self.compare(chosen, self._b)

    def _show_reply(self) -> None:
        if self._read is None:
            return
        at = self.sample.currentIndex()
        self.sample.setVisible(self.stack.currentIndex() == 0 and self.sample.count() > 1)
        if not 0 <= at < len(self._read.replies):
            self.reply.show_difference(None)
            self.facts.setText(tr("One of them has no reply yet."))
            return
        self.reply.show_difference(self._read.replies[at])
        self._show_page(self.stack.currentIndex())

    def _show_page(self, number: int) -> None:
        self.stack.setCurrentIndex(number)
        read, at = self._read, self.sample.currentIndex()
        facts = ""
        if read is not None and number == 0 and 0 <= at < len(read.replies):
            words = tr_parts(read.replies[at].summary)
            facts = f"{words} · {token_facts(read.found.replies[at])}"
        elif read is not None and number == 1:
            facts = tr_parts(read.prompt.summary)
        self.facts.setText(facts)
        self.facts.setToolTip(facts)
        self.sample.setVisible(number == 0 and self.sample.count() > 1)
        for button in (self.next_button, self.back_button):
            button.setVisible(number < 2)

    def _step(self, by: int) -> None:
        (self.reply if self.stack.currentIndex() == 0 else self.prompt).step(by)

    def _failed(self, error: Exception) -> None:
        self.messages.show_message("compare", from_error(error))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(EDGE, 10, EDGE, 0)
        head.setSpacing(8)
        self.base.setMinimumWidth(300)
        self.base.setMaximumWidth(440)
        for part in (self.base, label("→", "muted"), self.target):
            head.addWidget(part)
        head.addStretch(1)
        said = QHBoxLayout()
        said.setContentsMargins(EDGE, 8, EDGE, 8)
        said.addWidget(self.sentence)
        bar = QHBoxLayout()
        bar.setContentsMargins(EDGE - 6, 5, EDGE, 5)
        bar.setSpacing(4)
        for tab in self.tabs:
            bar.addWidget(tab)
        bar.addSpacing(8)
        bar.addWidget(self.sample)
        bar.addSpacing(6)
        bar.addWidget(self.facts, 1)
        bar.addWidget(self.back_button)
        bar.addWidget(self.next_button)
        holder = pane()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.messages)
        column.addLayout(head)
        column.addLayout(said)
        column.addWidget(horizontal_line())
        column.addLayout(bar)
        column.addWidget(horizontal_line())
        column.addWidget(self.stack, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(holder)


class _Table(QTableWidget):
    """What differs, one row each; long values are whole in the tooltip."""

    def __init__(self, name: str) -> None:
        super().__init__(0, 4)
        keep_left_to_right(self)
        self.setAccessibleName(name)
        self.setFrameShape(QTableWidget.Shape.NoFrame)
        self.setHorizontalHeaderLabels([tr("Part"), tr("Name"), "Left", "Right"])
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in (0, 1):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        for column in (2, 3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def show_rows(self, rows: Sequence[tuple[str, str, str, str]], nothing: str) -> None:
        """Show `rows`; `nothing` says what it means that there are none."""
        shown = rows or [("", nothing, "", "")]
        self.setRowCount(len(shown))
        for number, row in enumerate(shown):
            for column, text in enumerate(row):
                item = QTableWidgetItem(text)
                item.setToolTip(text if len(text) > 40 else "")
                self.setItem(number, column, item)
