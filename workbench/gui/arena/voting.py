"""Where one votes: what was asked, the two replies, and the verdicts. No logic. GUI thread."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.core.votes import Verdict
from workbench.gui.arena.keys import SHOWN, ArenaKeys, Step
from workbench.gui.arena.reply_pane import ReplyPane, side_by_side
from workbench.gui.direction import keep_left_to_right
from workbench.gui.key_hints import keyed
from workbench.gui.parts import EDGE, horizontal_line, label, pane, text_button, wrapping_label
from workbench.gui.style_sheet import set_role
from workbench.gui.translate import mark, tr

_ASKED_HEIGHT = 84
_EMPTY_WIDTH = 460
_WORDS = {
    Verdict.A: mark("A is better"),
    Verdict.B: mark("B is better"),
    Verdict.TIE: mark("Tie"),
    Verdict.BOTH_BAD: mark("Both bad"),
}


class Voting(QWidget):
    """Shows a pairing.

    Signals:
        wanted(what): a `Verdict` or a `Step`, by key or button.
        fill(): the action of the empty state.
    """

    wanted = Signal(object)
    fill = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.asked = QPlainTextEdit()
        self.asked.setReadOnly(True)
        self.asked.setFrameShape(QFrame.Shape.NoFrame)
        self.asked.setMaximumHeight(_ASKED_HEIGHT)
        set_role(self.asked, "reading")
        self.asked.setAccessibleName(tr("What was asked"))
        self.asked.setTabChangesFocus(True)
        # What was asked last matters most; the examples before it can be scrolled to.
        bar = self.asked.verticalScrollBar()
        bar.rangeChanged.connect(lambda _low, high: bar.setValue(high))
        self.panes = (ReplyPane("A"), ReplyPane("B"))
        self.said = wrapping_label("muted")
        self.buttons = {verdict: self._button(verdict) for verdict in _WORDS}
        self.undo = text_button(tr("Undo  U"), accessible=tr("Undo the last vote"))
        self.skip = text_button(tr("Skip  S"), accessible=tr("Skip this pairing"))
        self.undo.clicked.connect(partial(self.wanted.emit, Step.UNDO))
        self.skip.clicked.connect(partial(self.wanted.emit, Step.SKIP))
        self.empty = wrapping_label("muted")
        self.fill_button = text_button("", "", accessible=tr("Fill the arena"))
        self.fill_button.clicked.connect(self.fill)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._nothing())
        self._stack.addWidget(self._pairing())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        keys = ArenaKeys(self, self.wanted.emit)
        texts = [part.text for part in self.panes]
        keys.watch(self, self.asked, *texts, self.undo, self.skip, *self.buttons.values())

    def show_nothing(self, why: str, action: str) -> None:
        """The empty state, with the one action that fills it; empty for none."""
        self.empty.setText(keyed(self.empty, why))
        self.fill_button.setText(action)
        self.fill_button.setAccessibleName(action)
        self.fill_button.setVisible(bool(action))
        self._stack.setCurrentIndex(0)

    def show_pairing(self, asked: str, a: str, b: str) -> None:
        """Two replies, and nothing that tells who wrote them."""
        self.asked.setPlainText(asked)
        bar = self.asked.verticalScrollBar()
        bar.setValue(bar.maximum())
        for one, text in zip(self.panes, (a, b), strict=True):
            one.show_text(text)
        self._stack.setCurrentIndex(1)

    def allow(self, *, verdicts: bool, undo: bool) -> None:
        """What can be done now."""
        for button in (*self.buttons.values(), self.skip):
            button.setEnabled(verdicts)
        self.undo.setEnabled(undo)

    def turn_page(self, pages: int) -> None:
        """Read on in both replies, or back."""
        for one in self.panes:
            one.turn_page(pages)

    @property
    def is_empty(self) -> bool:
        """Whether no pairing is shown."""
        return self._stack.currentIndex() == 0

    def _button(self, verdict: Verdict) -> QPushButton:
        words = tr(_WORDS[verdict])
        made = text_button(f"{words}  {SHOWN[verdict]}", "", accessible=words)
        made.clicked.connect(partial(self.wanted.emit, verdict))
        return made

    def _pairing(self) -> QWidget:
        holder = pane()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = label(tr("asked"), "caption")
        head.setContentsMargins(EDGE, 8, EDGE, 2)
        column.addWidget(head)
        column.addWidget(self.asked)
        column.addWidget(horizontal_line())
        pair = side_by_side(*self.panes)
        keep_left_to_right(pair)  # ← is A in every language
        column.addWidget(pair, 1)
        column.addWidget(horizontal_line())
        self.said.setContentsMargins(EDGE, 8, EDGE, 0)
        column.addWidget(self.said)
        below = QWidget()
        keep_left_to_right(below)
        row = QHBoxLayout(below)
        row.setContentsMargins(EDGE, 8, EDGE, 12)
        row.setSpacing(8)
        for button in self.buttons.values():
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.skip)
        row.addWidget(self.undo)
        column.addWidget(below)
        return holder

    def _nothing(self) -> QWidget:
        holder = pane()
        self.empty.setMaximumWidth(_EMPTY_WIDTH)
        self.empty.setMinimumWidth(_EMPTY_WIDTH)
        inner = QVBoxLayout()
        inner.setSpacing(12)
        inner.addStretch(1)
        inner.addWidget(self.empty)
        button = QHBoxLayout()
        button.addWidget(self.fill_button)
        button.addStretch(1)
        inner.addLayout(button)
        inner.addStretch(2)
        row = QHBoxLayout(holder)
        row.addStretch(1)
        row.addLayout(inner)
        row.addStretch(1)
        return holder
