"""The heads, ranked for a token or by what they do: chips, the best few, and named kinds.
GUI thread. No logic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from workbench.core.tokens import Float32
from workbench.gui.direction import keep_left_to_right
from workbench.gui.fonts import Fonts
from workbench.gui.panels.colour_scale import ColourScale
from workbench.gui.panels.head_chips import HeadChips
from workbench.gui.parts import EDGE, horizontal_line, label, text_button, title_row, wrapping_label
from workbench.gui.theme import Theme
from workbench.gui.translate import mark, tr

EMPTY = mark("Every head of every layer of a run will stand here, ranked for the token you click.")
_ROWS = 3


@dataclass(frozen=True, slots=True)
class HeadRow:
    """One of the best heads.

    Attributes:
        figure: what it was ranked by, in words.
    """

    layer: int
    head: int
    figure: str


class HeadStripPanel(QWidget):
    """What stands where.

    Signals:
        order_chosen(name): the person wants the heads ordered by something else.
        head_chosen(layer, head): objects, as `Looked.choose_head` takes them.
    """

    order_chosen = Signal(str)
    head_chosen = Signal(object, object)

    def __init__(self, theme: Theme, fonts: Fonts, orders: Sequence[tuple[str, str]]) -> None:
        """`orders`: names with a sentence of help."""
        super().__init__()
        self.order = QComboBox()
        self.order.setAccessibleName(tr("Colour the heads by"))
        for at, (name, help_) in enumerate(orders):
            self.order.addItem(tr(name), name)
            self.order.setItemData(at, tr(help_), Qt.ItemDataRole.ToolTipRole)
        self.order.currentIndexChanged.connect(
            lambda at: self.order_chosen.emit(self.order.itemData(at))
        )
        whole = tr("Show the mean over all layers and heads")
        self.mean = text_button(tr("mean"), accessible=whole)
        self.mean.clicked.connect(lambda: self.head_chosen.emit(None, None))
        self.chips = HeadChips(theme, fonts)
        self.chips.chosen.connect(self.head_chosen.emit)
        self.readout = label("", "caption")
        self.notes = wrapping_label("caption")
        self.reason = wrapping_label("empty")
        self._rows: list[QPushButton] = []
        self._best: tuple[HeadRow, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 10)
        column.setSpacing(4)
        column.addLayout(title_row(tr("Heads"), self.mean, self.order))
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(EDGE, 0, EDGE, 0)
        body.setSpacing(4)
        body.addWidget(self.chips)
        scale = QHBoxLayout()
        scale.setContentsMargins(26, 0, 0, 0)
        scale.addWidget(ColourScale(theme, fonts, tr("no matrix")))
        scale.addStretch(1)
        body.addLayout(scale)
        body.addWidget(self.readout)
        best = QHBoxLayout()
        best.setSpacing(6)
        for at in range(_ROWS):
            button = text_button("", "chip", accessible=tr("Best head {at}", at=at + 1))
            button.clicked.connect(partial(self._choose_best, at))
            keep_left_to_right(button)
            button.hide()
            self._rows.append(button)
            best.addWidget(button)
        best.addStretch(1)
        body.addLayout(best)
        body.addWidget(self.notes)
        column.addWidget(self._body)
        holder = QVBoxLayout()
        holder.setContentsMargins(EDGE, 0, EDGE, 0)
        holder.addWidget(self.reason)
        column.addLayout(holder)
        column.addWidget(horizontal_line())
        self.show_reason(tr(EMPTY))

    def show_reason(self, text: str) -> None:
        """Say why there are no heads."""
        self.reason.setText(text)
        self.reason.setVisible(bool(text))
        self._body.setVisible(not text)

    def show_heads(self, weights: Float32, best: Sequence[HeadRow]) -> None:
        """Colour all heads, float32 (layers, heads) of 0 to 1, NaN for none; name the best."""
        self.show_reason("")
        self.chips.show_weights(weights)
        self._best = tuple(best)
        for at, button in enumerate(self._rows):
            button.setVisible(at < len(best))
            if at < len(best):
                row = best[at]
                button.setText(f"L{row.layer}·H{row.head}  {row.figure}")
                button.setAccessibleName(
                    tr(
                        "Layer {layer}, head {head}: {figure}",
                        layer=row.layer,
                        head=row.head,
                        figure=row.figure,
                    )
                )

    def _choose_best(self, at: int) -> None:
        self.head_chosen.emit(self._best[at].layer, self._best[at].head)
