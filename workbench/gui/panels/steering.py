"""Steering (experimental): two texts, a strength, and the reply with and without. GUI thread."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workbench.core.sampling import Group, Kind, Parameter
from workbench.core.tokens import Float32
from workbench.gui.fonts import EDITOR_PIXELS, Fonts
from workbench.gui.number_row import NumberRow
from workbench.gui.parts import EDGE, label, text_button, title_row, wrapping_label
from workbench.gui.theme import Theme
from workbench.gui.token_canvas import TokenCanvas
from workbench.gui.token_text import Piece
from workbench.gui.translate import mark, tr

STRENGTH = Parameter(
    name="strength",
    label=mark("strength"),
    kind=Kind.FLOAT,
    group=Group.MAIN,
    help=mark(
        "What the direction is multiplied with. 1 moves the mean of the second text onto the "
        "first's; below zero steers the other way. Large values break the model."
    ),
    neutral=0.0,
    low=-4.0,
    high=4.0,
    step=0.25,
    minimum=-100.0,
    maximum=100.0,
)
_WHAT = mark(
    "Adds the difference of two texts' mean residuals while the model reads and writes. A blunt "
    "tool: what it moves besides is not shown. The run itself is not changed or recorded."
)


class SteeringPanel(QWidget):
    """Hidden behind one button until it is wanted.

    Signals:
        wanted(): steer with the texts and the strength that stand there.
        stop_wanted(): stop what is under way.
        save_wanted(): save the vector as a file.
        opened_changed(bool): the person shows or hides it.
    """

    wanted = Signal()
    stop_wanted = Signal()
    save_wanted = Signal()
    opened_changed = Signal(bool)

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self._body = QWidget()
        self._is_busy = False
        self.chip = label(tr("experimental"), "chip")
        self.toggle = text_button(tr("show"), accessible=tr("Show steering"))
        self.toggle.clicked.connect(lambda: self.open(on=self._body.isHidden()))
        self.toward = _field(tr("towards, such as: I love it."), tr("Steer towards"))
        self.away = _field(tr("away from, such as: I hate it."), tr("Steer away from"))
        self.strength = NumberRow(theme, replace(STRENGTH, label=tr(STRENGTH.label)), 0.0)
        self.strength.set_value(1.0)
        self.button = text_button(tr("Steer"), "action")
        self.save = text_button(tr("Save vector…"), accessible=tr("Save the control vector"))
        self.save.setEnabled(False)
        self.progress = label("", "muted")
        self.problem = wrapping_label("warning")
        self.plain, self.steered = (
            TokenCanvas(theme, fonts, pixels=EDITOR_PIXELS, spacing=1.65, margin=6, grows=True)
            for _ in range(2)
        )
        self.plain.setAccessibleName(tr("Reply without steering"))
        self.steered.setAccessibleName(tr("Steered reply"))
        self.plain_note, self.steered_note = label("", "caption"), label("", "caption")
        self.strength.changed.connect(lambda _value: self._changed())
        self.button.clicked.connect(self._pressed)
        self.save.clicked.connect(self.save_wanted)
        for field in (self.toward, self.away):
            field.returnPressed.connect(self.wanted)
        self._assemble()
        self.open(on=False)
        self.clear()

    def open(self, *, on: bool) -> None:
        """Show or hide everything but the title."""
        self._body.setVisible(on)
        self.toggle.setText(tr("hide") if on else tr("show"))
        self.toggle.setAccessibleName(tr("Hide steering") if on else tr("Show steering"))
        self.opened_changed.emit(on)

    @property
    def is_open(self) -> bool:
        """Whether it is shown."""
        return not self._body.isHidden()

    def clear(self) -> None:
        """No replies to show."""
        for part in (self.plain, self.steered, self.plain_note, self.steered_note, self.problem):
            part.hide()

    def show_busy(self, on: bool) -> None:
        """Something is under way."""
        self._is_busy = on
        self.button.setText(tr("Stop") if on else tr("Steer"))
        if not on:
            self.progress.setText("")

    def show_problem(self, text: str) -> None:
        """What went wrong."""
        self.clear()
        self.problem.setText(text)
        self.problem.show()

    def show_replies(
        self,
        plain: tuple[Sequence[Piece], Float32, str],
        steered: tuple[Sequence[Piece], Collection[int], str],
    ) -> None:
        """Show both replies.

        Args:
            plain: tokens, how each one's log-probability changes (-1 to 1), and a line of facts.
            steered: tokens, which of them differ from the plain reply, and a line of facts.
        """
        self.problem.hide()
        pieces, changes, note = plain
        self.plain.replace(pieces)
        self.plain.set_strengths(np.asarray(changes, np.float32), signed=True)
        self.plain_note.setText(note)
        pieces, other, note = steered
        self.steered.replace(pieces)
        self.steered.set_lit(other)
        self.steered_note.setText(note)
        for part in (self.plain, self.steered, self.plain_note, self.steered_note):
            part.show()

    def _pressed(self) -> None:
        (self.stop_wanted if self._is_busy else self.wanted).emit()

    def _changed(self) -> None:
        """Another strength is tried at once when there is something to compare with."""
        if self.save.isEnabled():
            self.wanted.emit()

    def _assemble(self) -> None:
        what = wrapping_label("caption")
        what.setText(tr(_WHAT))
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.button)
        tools.addWidget(self.progress)
        tools.addStretch(1)
        tools.addWidget(self.save)
        inner = QVBoxLayout(self._body)
        inner.setContentsMargins(EDGE, 0, EDGE, 10)
        inner.setSpacing(6)
        for part in (what, self.toward, self.away, self.strength):
            inner.addWidget(part)
        inner.addLayout(tools)
        inner.addWidget(self.problem)
        for reply in (self.plain_note, self.plain, self.steered_note, self.steered):
            inner.addWidget(reply)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(title_row(tr("Steering"), self.toggle, left=(self.chip,)))
        column.addWidget(self._body)


def _field(hint: str, name: str) -> QLineEdit:
    made = QLineEdit()
    made.setPlaceholderText(hint)
    made.setAccessibleName(name)
    return made
