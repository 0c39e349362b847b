"""The panel of the look ahead: how far, the tree, what is pointed at. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpinBox, QVBoxLayout, QWidget

from workbench.core.branching import MOST_DEPTH, MOST_WIDTH
from workbench.gui.branches.ahead_view import AheadRow, AheadView
from workbench.gui.fonts import Fonts
from workbench.gui.parts import (
    EDGE,
    horizontal_line,
    label,
    number_field,
    text_button,
    title_row,
    wrapping_label,
)
from workbench.gui.theme import Theme
from workbench.gui.translate import mark, tr

_DEPTH, _WIDTH = 4, 4
_EMPTY = mark(
    "The likeliest continuations stand here as a tree, with the probability of each, once a reply "
    "or one of its tokens is chosen."
)


class AheadPanel(QWidget):
    """What stands where.

    Signals:
        changed(): the person wants another depth or width.
        stop_wanted(): the person stops the look that goes on.
        say_wanted(): the person wants the line that is pointed at to be said.
    """

    changed = Signal()
    stop_wanted = Signal()
    say_wanted = Signal()

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self.note = label("", "muted")
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.length = _spin(_DEPTH, MOST_DEPTH, tr("Depth in tokens"))
        self.breadth = _spin(_WIDTH, MOST_WIDTH, tr("Tokens listed at each place"))
        self.stop = text_button(tr("Stop"), "action")
        self.stop.clicked.connect(self.stop_wanted)
        self.stop.hide()
        self.say = text_button(tr("Say this ↵"), "action")
        self.say.setToolTip(tr("Fork the reply: it goes on behind this continuation."))
        self.say.clicked.connect(self.say_wanted)
        self.view = AheadView(theme, fonts)
        self.reason = wrapping_label("muted")
        self.facts = wrapping_label("caption")
        controls = QHBoxLayout()
        controls.setContentsMargins(EDGE, 0, EDGE, 8)
        controls.setSpacing(6)
        for part in (
            label(tr("depth"), "muted"),
            self.length,
            label(tr("width"), "muted"),
            self.breadth,
        ):
            controls.addWidget(part)
        controls.addStretch(1)
        legend = label(tr("together · own %"), "muted")
        legend.setToolTip(
            tr(
                "Left: how likely the whole continuation is. Right: how likely its last token is "
                "behind the ones before. Before any sampler."
            )
        )
        controls.addWidget(legend)
        head = title_row(tr("Look ahead"), self.stop, self.say)
        where = QVBoxLayout()
        where.setContentsMargins(EDGE, 0, EDGE, 6)
        where.addWidget(self.note)
        foot = QVBoxLayout()
        foot.setContentsMargins(EDGE, 6, EDGE, 10)
        foot.addWidget(self.facts)
        why = QVBoxLayout()
        why.setContentsMargins(EDGE, 8, EDGE, 0)
        why.addWidget(self.reason)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(where)
        column.addLayout(controls)
        column.addWidget(horizontal_line())
        column.addLayout(why)
        column.addWidget(self.view, 1)
        column.addLayout(foot)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(400)
        self._slow.timeout.connect(self.stop.show)
        self.length.valueChanged.connect(self.changed)
        self.breadth.valueChanged.connect(self.changed)
        self.view.pointed.connect(self._point)
        self.show_reason(tr(_EMPTY))

    def show_reason(self, text: str = _EMPTY) -> None:
        """Say why there is no tree."""
        self.reason.setText(text)
        self.reason.show()
        self.view.hide()
        self.facts.setText("")
        self.say.setEnabled(False)

    def show_tree(self) -> None:
        """The view is filled."""
        self.reason.hide()
        self.view.show()
        self.facts.setText("")
        self.say.setEnabled(False)

    def show_looking(self, on: bool) -> None:
        """A look goes on; one that lasts can be stopped."""
        if on:
            self._slow.start()
        else:
            self._slow.stop()
            self.stop.hide()

    def _point(self, row: AheadRow) -> None:
        self.facts.setText(row.facts.replace("\n", "⏎"))
        self.say.setEnabled(row.node is not None)


def _spin(value: int, most: int, name: str) -> QSpinBox:
    made = number_field()
    made.setRange(1, most)
    made.setAlignment(Qt.AlignmentFlag.AlignRight)
    made.setValue(value)
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made
