"""Where the token diff stands: what is compared, the text in colours, its numbers. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from workbench.experiments.compare_facts import Fact
from workbench.experiments.diff_shades import NAMES
from workbench.gui.fonts import Fonts
from workbench.gui.panels.workspaces import splitter
from workbench.gui.parts import EDGE, label, pane, text_button, title_row, wrapping_label
from workbench.gui.said import tr_said
from workbench.gui.theme import Theme
from workbench.gui.tint_legend import TintLegend
from workbench.gui.tints import Tint
from workbench.gui.token_view import TokenView
from workbench.gui.translate import tr
from workbench.gui.value_editors import Choice

_WIDEST_FACTS = 420


class Text(IntEnum):
    """Which text both sides read; rows of the choice."""

    BASE = 0
    OTHER = 1
    GIVEN = 2
    FILE = 3


class DiffPanel(QWidget):
    """The lower half of the Compare workspace. It decides nothing.

    Signals:
        pair_chosen(column): hold this column against the base.
        text_chosen(Text): look at another text.
        colour_chosen(name): colour by this quantity.
        step_wanted(step): go to the next (1) or the last (-1) flip.
    """

    pair_chosen = Signal(int)
    text_chosen = Signal(object)
    colour_chosen = Signal(str)
    step_wanted = Signal(int)

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self.title = label(tr("Token by token"), "title")
        self.pair = _choice(tr("Which column is held against the base"))
        self.text = _choice(tr("Which text both sides read"))
        self.colour = _choice(tr("What colours the tokens"))
        self.colour.addItems([tr(name) for name in NAMES])
        self.legend = TintLegend(theme)
        self.low, self.high = label("", "caption"), label("", "caption")
        self.flip = label("", "caption")
        self.back = text_button("↑", "small", accessible=tr("The flip before (P)"))
        self.next = text_button("↓", "small", accessible=tr("Next flip (N)"))
        self.copy = text_button(tr("Copy table"), "small")
        self.copy.setToolTip(tr("Copy every token with its numbers, for a spreadsheet"))
        self.view = TokenView(theme, fonts, pixels=14, spacing=1.9, margin=EDGE)
        self.view.setAccessibleName(tr("The text both sides read, coloured by how they differ"))
        self.note = wrapping_label("muted")
        self._facts = QGridLayout()
        self._side = QScrollArea()
        self.pair.activated.connect(lambda row: self.pair_chosen.emit(self.pair.itemData(row)))
        self.text.activated.connect(lambda row: self.text_chosen.emit(Text(row)))
        self.colour.activated.connect(lambda row: self.colour_chosen.emit(NAMES[row]))
        self.back.clicked.connect(lambda: self.step_wanted.emit(-1))
        self.next.clicked.connect(lambda: self.step_wanted.emit(1))
        for button in (self.back, self.next):
            button.setToolTip(button.accessibleName())
        self.view.installEventFilter(_FlipKeys(self))
        self._assemble()
        self.show_tint(None)
        self.show_flips(0)

    def show_pairs(self, letters: Sequence[tuple[int, str]], chosen: int | None) -> None:
        """The columns that can be held against the base, by number and letter."""
        self.pair.clear()
        for number, letter in letters:
            self.pair.addItem(letter, number)
        self.pair.setCurrentIndex(self.pair.findData(chosen))
        self.pair.setVisible(len(letters) > 1)

    def show_texts(self, base: str, other: str, chosen: Text) -> None:
        """Whose reply can be looked at, by their letters."""
        self.text.clear()
        self.text.addItems(
            [
                tr("{base}'s reply", base=base),
                tr("{other}'s reply", other=other),
                tr("a text…"),
                tr("a file…"),
            ]
        )
        self.text.setCurrentIndex(chosen)

    def show_tint(self, tint: Tint | None) -> None:
        """The legend of what colours the tokens; None hides it."""
        for part, said in ((self.low, tint and tint.low), (self.high, tint and tint.high)):
            part.setText(said or "")
            part.setVisible(bool(said))
        self.legend.setVisible(tint is not None)
        if tint is not None:
            self.legend.show_tint(tint)

    def show_flips(self, count: int, at: int | None = None) -> None:
        """How many flips there are, and on which of them (from 0) one stands."""
        self.flip.setText(
            ""
            if not count
            else tr("{count:,} flips", count=count)
            if at is None
            else tr("flip {at:,} of {count:,}", at=at + 1, count=count)
        )
        for button in (self.back, self.next):
            button.setVisible(count > 0)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """The summary at the side."""
        while (item := self._facts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row, fact in enumerate(facts):
            value = label(tr_said(fact.value))
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._facts.addWidget(label(tr_said(fact.name), "muted"), row, 0)
            self._facts.addWidget(value, row, 1)
        wide = self._facts.sizeHint().width() + 3 * EDGE
        self._side.setMinimumWidth(min(_WIDEST_FACTS, wide) if facts else 0)

    def facts(self) -> dict[str, str]:
        """What the summary says."""
        labels = [
            item.widget()
            for place in range(self._facts.count())
            if (item := self._facts.itemAt(place)) is not None
        ]
        texts = [part.text() for part in labels if isinstance(part, QLabel)]
        return dict(zip(texts[::2], texts[1::2], strict=True))

    def _assemble(self) -> None:
        head = title_row("")
        head.insertWidget(0, self.title)
        for part in (
            self.pair, self.text, self.colour, self.low, self.legend, self.high, self.flip,
            self.back, self.next, self.copy,
        ):  # fmt: skip
            head.addWidget(part)
        side = pane()
        lines = QVBoxLayout(side)
        lines.setContentsMargins(EDGE, 2, EDGE, 8)
        self._facts.setHorizontalSpacing(16)
        self._facts.setVerticalSpacing(3)
        lines.addLayout(self._facts)
        lines.addStretch(1)
        area = self._side
        area.setWidgetResizable(True)
        area.setWidget(side)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = splitter("compare-diff", Qt.Orientation.Horizontal, [1000, 330], self.view, area)
        body.setStretchFactor(0, 1)
        body.setStretchFactor(1, 0)
        self.note.setContentsMargins(EDGE, 4, EDGE, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(body, 1)
        column.addWidget(self.note)


class _FlipKeys(QObject):
    """N and P in the text walk over the flips."""

    def __init__(self, panel: DiffPanel) -> None:
        super().__init__(panel)
        self._panel = panel

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        steps = {Qt.Key.Key_N: 1, Qt.Key.Key_P: -1}
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = steps.get(Qt.Key(event.key()))
            if step is not None and not event.modifiers():
                self._panel.step_wanted.emit(step)
                return True
        return super().eventFilter(watched, event)


def _choice(name: str) -> Choice:
    made = Choice()
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
    return made
