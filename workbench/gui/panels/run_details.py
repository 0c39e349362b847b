"""A stored run to read: what made it, the exact prompt and the reply. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.gui.cut_label import CutLabel
from workbench.gui.fonts import Fonts
from workbench.gui.panels.exact_prompt import ExactPrompt
from workbench.gui.panels.reply import ReplyPanel
from workbench.gui.parts import (
    EDGE,
    horizontal_line,
    pane,
    text_button,
    title_bar,
    wrapping_label,
)
from workbench.gui.primary_button import PrimaryButton
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme
from workbench.gui.translate import tr

_NARROWEST_TITLE, _NARROWEST_CHIP = 90, 110
"""Pixels that are left of a run's name and of its facts where there is no room for more."""


class RunDetails(QWidget):
    """Header, prompt and reply of one run.

    Signals:
        restore_wanted(): the person wants this run's prompt, values and settings back.
        compare_wanted(): …to see it beside another run.
        replay_wanted(): …to have it made again and compared.
    """

    restore_wanted = Signal()
    compare_wanted = Signal()
    replay_wanted = Signal()

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self.title = CutLabel("title", _NARROWEST_TITLE)
        self.chip = CutLabel("chip", _NARROWEST_CHIP)
        self.button = PrimaryButton(theme, fonts)
        self.button.show_text(tr("Open in Prompt"), "Ctrl ↵")
        self.button.clicked.connect(self.restore_wanted)
        self.compare = text_button(tr("Compare…"), accessible=tr("Compare with another run"))
        self.compare.setToolTip(
            tr("Beside another run; two chosen in the list stand side by side.")
        )
        self.compare.clicked.connect(self.compare_wanted)
        self.replay = text_button(tr("Replay"), accessible=tr("Make this run again and compare"))
        self.replay.setToolTip(tr("Make this run again and say whether it comes out the same."))
        self.replay.clicked.connect(self.replay_wanted)
        self.exact = ExactPrompt(theme, fonts)
        self.reply = ReplyPanel(theme, fonts)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setObjectName("history-run")
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._prompt_page())
        self.splitter.addWidget(self.reply)
        self.splitter.setSizes([360, 420])
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty_state())
        self._stack.addWidget(self.splitter)
        self._under: list[QWidget] = []
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        column.addWidget(horizontal_line())
        column.addWidget(self._stack, 1)
        self.show_empty()

    def add_under_head(self, widget: QWidget) -> None:
        """A row between the head and the run; hidden while no run is chosen."""
        self._under.append(widget)
        self._column.insertWidget(1, widget)
        widget.setVisible(self._stack.currentIndex() == 1)

    def show_empty(self) -> None:
        """No run is chosen."""
        for widget in self._under:
            widget.hide()
        self.title.setText(tr("History"))
        self.chip.hide()
        for button in (self.button, self.compare, self.replay):
            button.hide()
        self._stack.setCurrentIndex(0)

    def show_head(self, title: str, chip: str) -> None:
        """Which run is shown."""
        for widget in self._under:
            widget.show()
        self.title.setText(title)
        self.chip.setText(chip)
        self.chip.show()
        for button in (self.button, self.compare, self.replay):
            button.show()
        self._stack.setCurrentIndex(1)

    def _header(self) -> QWidget:
        holder, row = title_bar(self.title, self.chip)
        for button in (self.replay, self.compare, self.button):
            row.addWidget(button)
        return holder

    def _prompt_page(self) -> QWidget:
        page = pane("well")
        column = QVBoxLayout(page)
        column.setContentsMargins(EDGE, 9, EDGE, 12)
        column.addWidget(self.exact)
        column.addStretch(1)
        area = QScrollArea()
        set_role(area, "well")
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        return area

    def _empty_state(self) -> QWidget:
        holder = pane("well")
        column = QVBoxLayout(holder)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        text = tr("Choose a run on the left to read its exact prompt and its reply.")
        words = wrapping_label()
        words.setText(text)
        column.addWidget(words)
        column.addStretch(1)
        return holder
