"""One token diff on the screen: the text in colours, the cards, the walk over flips. GUI thread."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QGuiApplication

from workbench.core.text import piece_text
from workbench.core.tokens import Float32, TokenTable
from workbench.experiments.compare_diff import ModelDiff
from workbench.experiments.diff_facts import diff_rows, token_facts, word_facts
from workbench.experiments.diff_shades import (
    NAMES,
    WORD_HELP,
    Shades,
    quantity,
    shades,
    word_shades,
)
from workbench.gui.compare.diff_card import token_card, word_card
from workbench.gui.compare.diff_panel import DiffPanel
from workbench.gui.panels.exact_prompt import control_label
from workbench.gui.table_text import write_table
from workbench.gui.tints import Scale, Tint
from workbench.gui.token_cards import TokenCards
from workbench.gui.token_text import Line, Look, Piece
from workbench.gui.translate import tr


class ShownDiff(QObject):
    """Feeds the panel from a diff.

    Attributes:
        diff: what is shown; None for nothing.
        colour: the name of the quantity that colours tokens.
    """

    def __init__(self, panel: DiffPanel, cards: TokenCards) -> None:
        super().__init__(panel)
        self._panel, self._cards = panel, cards
        self.diff: ModelDiff | None = None
        self.colour = quantity("").name
        self._a = self._b = ""
        self._flips: list[int] = []
        panel.view.pointed.connect(self._point)
        panel.colour_chosen.connect(self.set_colour)
        panel.step_wanted.connect(self.step)
        panel.copy.clicked.connect(self._copy)
        panel.copy.hide()

    def clear(self) -> None:
        """Show nothing."""
        self.diff, self._flips = None, []
        self._panel.view.clear()
        self._panel.show_facts(())
        self._panel.show_tint(None)
        self._panel.show_flips(0)
        self._panel.colour.setVisible(False)
        self._panel.copy.hide()

    def show(self, diff: ModelDiff, a: str, b: str) -> None:
        """Show a diff of the columns with these letters."""
        self.clear()
        self.diff, self._a, self._b = diff, a, b
        found, view = diff.tokens, self._panel.view
        self._panel.colour.setVisible(found is not None)
        self._panel.copy.setVisible(found is not None or diff.words is not None)
        if found is not None:
            self._flips = np.flatnonzero(~found.same_top).tolist()
            flips = set(self._flips)
            view.append([self._piece(diff, i, i in flips) for i in range(len(found))])
            self._panel.show_facts(token_facts(found, a, b))
            self._panel.show_flips(len(self._flips))
        elif diff.words is not None:
            view.append([Piece(w.text.encode(errors="surrogatepass")) for w in diff.words])
            self._panel.show_facts(word_facts(diff.words, a, b))
        view.finish()
        view.verticalScrollBar().setValue(0)
        self._recolour()

    def set_colour(self, name: str) -> None:
        """Colour tokens by another quantity."""
        self.colour = quantity(name).name
        self._panel.colour.setCurrentIndex(NAMES.index(self.colour))
        self._recolour()

    def step(self, step: int) -> None:
        """Lock the next flip, or the one before."""
        if not self._flips:
            return
        here = self._panel.view.locked_token
        place = int(np.searchsorted(self._flips, here, side="right" if step > 0 else "left"))
        place = (place if step > 0 else place - 1) % len(self._flips)
        self._panel.view.setFocus()
        self._panel.view.lock(self._flips[place])

    def _copy(self) -> None:
        if self.diff is not None:
            rows = diff_rows(self.diff, self._a, self._b)
            QGuiApplication.clipboard().setText(write_table(rows))

    def _piece(self, diff: ModelDiff, index: int, flip: bool) -> Piece:
        if diff.tokens is None:
            raise RuntimeError("the diff has no tokens")
        token = int(diff.tokens.ids[index])
        data, line = diff.pieces[token], Line.VARIABLE if flip else Line.NONE
        if not diff.tokens.n_bytes[index]:
            return Piece(data, Look.CHIP, control_label(piece_text(data)) or f"#{token}", line=line)
        return Piece(data, line=line)

    def _recolour(self) -> None:
        diff, view = self.diff, self._panel.view
        if diff is None:
            return
        if diff.tokens is not None:
            wanted = quantity(self.colour)
            made = shades(diff.tokens, wanted)
            name, told = tr(wanted.name), tr(wanted.help)
        elif diff.words is not None:
            made = word_shades(diff.words)
            name, told = tr("bits per byte"), tr(WORD_HELP)
        else:
            return
        view.set_strengths(made.strengths, signed=made.signed)
        self._panel.show_tint(_tint(made, name, told))

    def _point(self, token: int, anchor: QRect) -> None:
        diff = self.diff
        card = None
        if diff is not None and token >= 0:
            if diff.words is not None and token < len(diff.words):
                card = word_card(diff.words[token], token, self._a, self._b)
            else:
                card = token_card(diff, token, self._a, self._b)
        self._cards.show_made(self._panel.view, card, token, anchor)
        if self._flips:
            locked = self._panel.view.locked_token
            at = self._flips.index(locked) if locked in self._flips else None
            self._panel.show_flips(len(self._flips), at)


def _tint(made: Shades, name: str, told: str) -> Tint:
    def strength(_table: TokenTable) -> Float32:
        return made.strengths

    scale = Scale.SIGNED if made.signed else Scale.GRADUAL
    return Tint(name, strength, made.low, made.high, told, scale)
