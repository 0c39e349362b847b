"""Prompt and reply as one text; the tint says where a token looked. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from workbench.core.tokens import Float32
from workbench.gui.attention.looked import Direction
from workbench.gui.card_data import percent
from workbench.gui.fonts import MODEL_PIXELS, Fonts
from workbench.gui.key_hints import keyed
from workbench.gui.parts import EDGE, label, pane, text_button
from workbench.gui.theme import Theme
from workbench.gui.token_text import Piece
from workbench.gui.token_view import TokenView
from workbench.gui.translate import mark, tr

EMPTY = mark(
    "The prompt and the reply of a run will stand here; click a token to see where the model "
    "looked. Generate a reply (Ctrl+Enter in Prompt), or open a run."
)
_HELP = {
    Direction.CHOOSING: mark(
        "Where the model looked when it said the token: the row of the token before it."
    ),
    Direction.READING: mark("Where the model looks when it reads the token itself."),
    Direction.SEEN: mark("Which later tokens look at the token."),
}


class AttentionText(QWidget):
    """A row of choices, the text, and a line that says what the colours mean.

    Attributes:
        pieces, strengths, signed: the tokens that are shown, and their tints.

    Signals:
        direction_chosen(Direction): another row, or the column.
        head_chosen(layer, head): objects: numbers, or None for a mean.
    """

    direction_chosen = Signal(object)
    head_chosen = Signal(object, object)

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self.view = TokenView(theme, fonts, pixels=MODEL_PIXELS, spacing=2.0, tint="more")
        self.view.setAccessibleName(tr("Prompt and reply"))
        self.layer_button = text_button("", accessible=tr("Layer"))
        self.head_button = text_button("", accessible=tr("Head"))
        self.caption = label("", "caption")
        self.problem = label("", "warning")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.empty = label(tr(EMPTY), "empty")
        self.empty.setWordWrap(True)
        self.pieces: tuple[Piece, ...] = ()
        self.strengths = np.empty(0, np.float32)
        self.signed = False
        self._choices = QButtonGroup(self)
        self._model: tuple[int, int] = (0, 0)
        self._menus_for: tuple[int, int, int | None] | None = None
        row = QHBoxLayout()
        row.setContentsMargins(EDGE, 8, EDGE, 4)
        row.setSpacing(4)
        for direction in Direction:
            button = text_button(tr(direction.value), "tab")
            button.setCheckable(True)
            button.setToolTip(tr(_HELP[direction]))
            button.clicked.connect(partial(self.direction_chosen.emit, direction))
            self._choices.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        for part in (self.layer_button, self.head_button):
            row.addWidget(part)
            row.addSpacing(8)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty_state())
        self._stack.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.problem)
        self.problem.setContentsMargins(EDGE, 0, EDGE, 2)
        column.addWidget(self._stack, 1)
        column.addWidget(self.caption)
        self.caption.setContentsMargins(EDGE, 4, EDGE, 8)
        self.show_view(Direction.CHOOSING, None, None)

    def show_text(self, pieces: Sequence[Piece], n_layer: int, n_head: int) -> None:
        """Show the tokens of a text of a model with so many layers and heads."""
        self.pieces = tuple(pieces)
        self.view.replace(pieces)
        self._tint(np.full(len(pieces), np.nan, np.float32))
        if (n_layer, n_head) != self._model:
            self._model = (n_layer, n_head)
        self._stack.setCurrentIndex(1)

    def show_reason(self, text: str) -> None:
        """Say why there is no text."""
        self.pieces = ()
        self.view.replace([])
        self.empty.setText(text)
        self.caption.setText("")
        self.show_problem("")
        self._stack.setCurrentIndex(0)

    def show_view(self, direction: Direction, layer: int | None, head: int | None) -> None:
        """What is chosen now."""
        for button, which in zip(self._choices.buttons(), Direction, strict=True):
            button.setChecked(which is direction)
        self.layer_button.setText(
            tr("all layers ▾") if layer is None else tr("layer {layer} ▾", layer=layer)
        )
        self.head_button.setText(
            tr("mean of heads ▾") if head is None else tr("head {head} ▾", head=head)
        )
        self.head_button.setEnabled(layer is not None)
        wanted = (*self._model, layer)
        if wanted != self._menus_for:
            self._menus_for = wanted
            self._fill_menus(layer)

    def show_weights(self, weights: Float32, asked: str, hidden: Sequence[int]) -> None:
        """Tint by weights over the text; NaN where nothing can be seen.

        Args:
            asked: which row or column it is, in words.
            hidden: positions that are not drawn, and whose weights do not set the scale.
        """
        scaled, full = tint_strengths(weights, hidden)
        self._tint(scaled)
        self.caption.setText(tr("{asked} · full colour: {full} %", asked=asked, full=percent(full)))

    def show_changes(self, changes: Float32, what: str) -> None:
        """Tint by signed changes over the text, -1 to 1; NaN where there is none."""
        self._tint(changes, signed=True)
        self.caption.setText(what)

    def show_nothing(self, why: str) -> None:
        """No tint, and the reason."""
        self._tint(np.full(len(self.pieces), np.nan, np.float32))
        self.caption.setText(keyed(self.caption, why))

    def show_problem(self, text: str) -> None:
        """What went wrong; empty takes it away."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def _tint(self, strengths: Float32, *, signed: bool = False) -> None:
        self.strengths, self.signed = strengths, signed
        self.view.set_strengths(strengths, signed=signed)

    def _fill_menus(self, layer: int | None) -> None:
        n_layer, n_head = self._model
        layers = QMenu(self)
        layers.addAction(tr("all layers"), partial(self.head_chosen.emit, None, None))
        for number in range(n_layer):
            layers.addAction(
                tr("layer {number}", number=number), partial(self.head_chosen.emit, number, None)
            )
        heads = QMenu(self)
        heads.addAction(tr("mean of heads"), partial(self.head_chosen.emit, layer, None))
        for number in range(n_head):
            heads.addAction(
                tr("head {number}", number=number), partial(self.head_chosen.emit, layer, number)
            )
        for button, menu in ((self.layer_button, layers), (self.head_button, heads)):
            old = button.menu()
            button.setMenu(menu)
            if old is not None:
                old.deleteLater()

    def _empty_state(self) -> QWidget:
        holder = pane()
        column = QVBoxLayout(holder)
        column.setContentsMargins(EDGE + 2, 6, EDGE, EDGE)
        column.addWidget(self.empty)
        column.addStretch(1)
        return holder


_LEAST_FULL = 0.05
"""Full colour never means less than this share: nearly nothing must not look like something."""


def tint_strengths(weights: Float32, hidden: Sequence[int]) -> tuple[Float32, float]:
    """How strongly each token is tinted, float32 (n,) from 0 to 1, and which weight is full.

    The strongest weight has full colour; what is hidden is NaN and sets no scale.
    """
    shown = np.array(weights, np.float32)
    shown[list(hidden)] = np.nan
    known = shown[~np.isnan(shown)]
    full = max(_LEAST_FULL, float(known.max())) if len(known) else _LEAST_FULL
    return np.asarray(np.clip(shown / np.float32(full), 0.0, 1.0), np.float32), full


def query_name(labels: Sequence[str], token: int, direction: Direction) -> str:
    """Which row or column is shown, in words."""
    if direction is Direction.CHOOSING:
        return tr(
            "choosing {labels}: row {labels_2}", labels=labels[token], labels_2=labels[token - 1]
        )
    if direction is Direction.READING:
        return tr("reading {labels}: its own row", labels=labels[token])
    return tr("who looks at {labels}: its column", labels=labels[token])
