"""The reply on the screen: its tokens as records, its colours, and the card over it. GUI thread."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
from PySide6.QtCore import QObject, QPoint, QRect

from workbench.core.text import piece_text
from workbench.core.tokens import TokenRecord, TokenTable
from workbench.gui.card_data import make_card
from workbench.gui.hover_card import HoverCard
from workbench.gui.panels.exact_prompt import control_label
from workbench.gui.panels.reply import ReplyPanel
from workbench.gui.tints import TINTS
from workbench.gui.token_text import Look, Piece


class ShownReply(QObject):
    """Feeds one reply panel and its hover card from tables of tokens.

    Attributes:
        run_id: of the run that is shown; empty when there is none.
    """

    def __init__(self, panel: ReplyPanel, card: HoverCard) -> None:
        super().__init__(panel)
        self._panel, self._card = panel, card
        self._tables: list[TokenTable] = []
        self._pieces: dict[int, bytes] = {}
        self._control: frozenset[int] = frozenset()
        self._tint = TINTS.get("surprise")
        self.run_id = ""
        panel.view.pointed.connect(self._point)
        panel.tint_chosen.connect(self.set_tint)

    def begin(self, control: Collection[int], run_id: str = "") -> None:
        """Show an empty reply; `control` holds the ids that are drawn as chips."""
        self.run_id = run_id
        self._tables, self._pieces = [], {}
        self._control = frozenset(control)
        self._card.hide_card()
        self._panel.view.clear()
        self._panel.show_reply()

    def clear(self) -> None:
        """Show the empty state."""
        self.begin(())
        self._panel.show_empty()

    def add(self, table: TokenTable, pieces: Mapping[int, bytes]) -> None:
        """The reply grew by the rows of `table`."""
        self._pieces.update(pieces)
        if not len(table):
            return
        self._tables.append(table)
        shown = [self._piece(int(token)) for token in table.ids]
        self._panel.view.append(shown, self._tint.strength(table))

    def add_text(self, text: str) -> None:
        """Show text of which no token records are kept (an interrupted run)."""
        self._panel.view.append([Piece(text.encode("utf-8", "surrogatepass"))])

    def finish(self) -> None:
        """The reply is complete."""
        self._panel.view.finish()

    @property
    def table(self) -> TokenTable:
        """Every token of the reply so far."""
        if len(self._tables) > 1:
            self._tables = [TokenTable.concat(self._tables)]
        return self._tables[0] if self._tables else TokenTable.empty()

    @property
    def tint(self) -> str:
        """The name of what colours the tokens."""
        return self._tint.name

    def record(self, token: int) -> TokenRecord:
        """Token number `token` (0-based) with its alternatives."""
        return self.table.record(token, self._pieces)

    def set_tint(self, name: str) -> None:
        """Colour by another quantity; an unknown name is surprise."""
        self._tint = TINTS.get(name if name in TINTS.names() else "surprise")
        self._panel.show_tint(self._tint)
        if self._tables:
            self._panel.view.set_strengths(self._tint.strength(self.table))

    def telling_token(self) -> int:
        """The token worth looking at first: a word said where others were likely too; -1: none."""
        table = self.table
        close = (table.logprob > -3.2) & (table.logprob < -0.8)
        worth = np.where(close, np.nan_to_num(table.entropy), -50.0)
        for index in range(len(table)):
            text = piece_text(self._pieces[int(table.ids[index])]).strip()
            if len(text) < 2 or int(table.ids[index]) in self._control or table.rank[index] < 1:
                worth[index] -= 100.0
        return int(worth.argmax()) if len(table) else -1

    def _piece(self, token: int) -> Piece:
        data = self._pieces[token]
        if token in self._control or not data:
            return Piece(data, Look.CHIP, control_label(piece_text(data)) or f"#{token}")
        return Piece(data)

    def _point(self, token: int, anchor: QRect) -> None:
        view = self._panel.view
        if not view.isVisible():  # another workspace is in front, and the card is its card
            return
        visible = anchor.intersects(view.viewport().rect())
        if not 0 <= token < len(self.table) or not visible:
            self._card.hide_card()
            return
        record = self.record(token)
        card = make_card(record, token, is_control=record.id in self._control)
        origin = view.viewport().mapTo(self._card.area, QPoint(0, 0))
        self._card.show_card(card, anchor.translated(origin), locked=view.locked_token == token)
