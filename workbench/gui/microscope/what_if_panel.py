"""The side panel: settings to try on a past reply, what they make of it, what was forbidden.
GUI thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from workbench.experiments.what_if import Forbidden
from workbench.gui.direction import keep_left_to_right
from workbench.gui.key_hints import keyed
from workbench.gui.microscope.verdict_words import forbidden_line
from workbench.gui.panels.sampling import SamplingPanel
from workbench.gui.parts import EDGE, horizontal_line, label, pane, text_button, wrapping_label
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme
from workbench.gui.translate import mark, tr, tr_n

_MOST_ROWS = 200


class Colouring(StrEnum):
    """What the reply is coloured by while this panel is in front."""

    CHANGE = mark("change")
    FORBIDDEN = mark("forbidden")
    OFF = mark("tint")


_TIPS = {
    Colouring.CHANGE: mark(
        "Colour the reply by how its probabilities change: orange with a minus where "
        "a token gets less likely, the strongest where it could no longer be said."
    ),
    Colouring.FORBIDDEN: mark(
        "Colour the reply by what bans, bias and grammar took from the model."
    ),
    Colouring.OFF: mark("Leave the reply in the tint of the title row."),
}


_KEYS = {
    Colouring.CHANGE: mark(
        "− less likely, + more likely (full at a factor of 10); strongest −: not possible any more"
    ),
    Colouring.FORBIDDEN: mark("+ the model wanted something else here and was held back"),
    Colouring.OFF: mark("as the title row says"),
}


class WhatIfPanel(QScrollArea):
    """Sliders, verdict, list.

    Signals:
        changed(): other settings.
        colouring_chosen(): the reply is to be coloured by something else.
        back_wanted(): the run's own settings again.
        use_wanted(): these settings for the next run.
        token_wanted(index): a row of the list was chosen.
    """

    changed = Signal()
    colouring_chosen = Signal()
    back_wanted = Signal()
    use_wanted = Signal()
    token_wanted = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sampling = SamplingPanel(theme, tr("What if"), with_ends=False)
        self.sampling.changed.connect(self.changed)
        self.back = text_button(tr("Run's settings"), "action")
        self.back.setToolTip(tr("Back to the settings the reply was made with"))
        self.back.clicked.connect(self.back_wanted)
        self.use = text_button(tr("Use for the next run"), "action")
        self.use.setToolTip(tr("Put these settings into the Prompt workspace"))
        self.use.clicked.connect(self.use_wanted)
        self.likely = wrapping_label()
        self.likely.setObjectName("what-if-likely")
        self.likely.setToolTip(
            tr("The sum of the natural logarithms of every token's probability after the samplers.")
        )
        self.fates = wrapping_label("muted")
        self.fates.setObjectName("what-if-fates")
        self.key = wrapping_label("caption")
        self.key.setObjectName("what-if-key")
        self._colourings = QButtonGroup(self)
        self._colourings.buttonClicked.connect(self._show_key)
        self._buttons: dict[Colouring, QPushButton] = {}
        self.list = _ForbiddenList()
        self.list.chosen.connect(self.token_wanted)
        self._forbidden_title = label(tr("Wanted but forbidden"), "title")
        self.forbidden_note = wrapping_label("muted")
        self.forbidden_note.setObjectName("forbidden-note")
        self.setWidget(self._content())
        self.show_forbidden(None)

    @property
    def colouring(self) -> Colouring:
        """What the reply is coloured by."""
        return next(c for c, button in self._buttons.items() if button.isChecked())

    def show_verdict(self, likely: str, fates: str, *, wrong: bool = False) -> None:
        """What the settings make of the reply."""
        self.likely.setText(likely)
        self.fates.setText(keyed(self.fates, fates))
        set_role(self.fates, "warning" if wrong else "muted")

    def show_forbidden(self, rows: Sequence[Forbidden] | None) -> None:
        """List what constraints took; None: the settings have no constraints."""
        self.list.show_rows(rows or ())
        self.list.setVisible(bool(rows))
        if rows is None:
            text = tr("No bans, no bias and no grammar in these settings.")
        elif not rows:
            text = tr("The constraints took nothing worth telling: the model wanted what it said.")
        else:
            shown = (
                ""
                if len(rows) <= _MOST_ROWS
                else tr("; the first {most_rows:,} are listed", most_rows=_MOST_ROWS)
            )
            places = tr_n("1 token", "{n:,} tokens", len(rows))
            text = tr("At {places} the model was held back{shown}.", places=places, shown=shown)
        self.forbidden_note.setText(text)

    def _show_key(self) -> None:
        self.key.setText(tr(_KEYS[self.colouring]))

    def _content(self) -> QWidget:
        holder = pane()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 10)
        column.setSpacing(0)
        column.addWidget(self.sampling)
        actions = _row(self.back, self.use)
        column.addLayout(actions)
        column.addWidget(horizontal_line())
        colours: list[QWidget] = [label(tr("colour the reply by"), "muted")]
        for one in Colouring:
            button = text_button(
                tr(one.value), "toggle", accessible=tr("Colour by {value}", value=tr(one.value))
            )
            button.setCheckable(True)
            button.setToolTip(tr(_TIPS[one]))
            button.clicked.connect(self.colouring_chosen)
            self._colourings.addButton(button)
            self._buttons[one] = button
            colours.append(button)
        self._buttons[Colouring.CHANGE].setChecked(True)
        self._show_key()
        column.addLayout(_row(*colours))
        keys = QVBoxLayout()
        keys.setContentsMargins(EDGE, 0, EDGE, 4)
        keys.addWidget(self.key)
        column.addLayout(keys)
        column.addLayout(_block(self.likely, self.fates))
        column.addWidget(horizontal_line())
        column.addLayout(_block(self._forbidden_title, self.forbidden_note, self.list))
        column.addStretch(1)
        return holder


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(EDGE - 4, 6, EDGE, 6)
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


def _block(*widgets: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(EDGE, 4, EDGE, 8)
    column.setSpacing(4)
    for widget in widgets:
        column.addWidget(widget)
    return column


class _ForbiddenList(QListWidget):
    """One row per token; Enter or a click goes there, Ctrl+C copies the rows.

    Signals:
        chosen(index): a token of the reply.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        keep_left_to_right(self)
        self.setAccessibleName(tr("Wanted but forbidden"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(120)
        self.setWordWrap(True)
        self.itemActivated.connect(self._choose)
        self.itemClicked.connect(self._choose)

    def show_rows(self, rows: Sequence[Forbidden]) -> None:
        """Show these instead."""
        self.clear()
        for one in rows[:_MOST_ROWS]:
            what, how_much = forbidden_line(one)
            item = QListWidgetItem(
                tr(
                    "token {index:,} · {how_much}\n{what}",
                    index=one.index + 1,
                    how_much=how_much,
                    what=what,
                )
            )
            item.setData(Qt.ItemDataRole.UserRole, one.index)
            item.setToolTip(f"{what} ({how_much})")
            self.addItem(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Ctrl+C copies every row."""
        if event.matches(QKeySequence.StandardKey.Copy):
            texts = [self.item(i).text().replace("\n", "\t") for i in range(self.count())]
            QGuiApplication.clipboard().setText("\n".join(texts))
        else:
            super().keyPressEvent(event)

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
