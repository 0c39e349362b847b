"""One text of a run on the screen: its tokens with what is known of them, and their colours.
GUI thread.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from PySide6.QtCore import QObject, QRect, Signal

from workbench.core.text import piece_text
from workbench.core.tokens import Float32, PromptToken, TokenRecord, TokenTable
from workbench.gui.current import Part, PlaceInRun, TokenPlace
from workbench.gui.panels.exact_prompt import control_label
from workbench.gui.prompt_facts import source_words
from workbench.gui.tints import TINTS, Scale
from workbench.gui.token_cards import CardToken, TokenCards
from workbench.gui.token_text import Look, Piece
from workbench.gui.token_view import TokenView


class ShownTokens(QObject):
    """Feeds one token view from tables of tokens.

    Attributes:
        run_id: of the run that is shown; empty when there is none.
        sample: which of its replies.

    Signals:
        began(): the text of another run, or none, stands there from now on.
        scored(): something else is known of the tokens now.
    """

    began = Signal()
    scored = Signal()

    def __init__(
        self, view: TokenView, cards: TokenCards, parent: QObject, part: Part = Part.REPLY
    ) -> None:
        super().__init__(parent)
        self.view = view
        self._cards, self._part = cards, part
        self.run_id = ""
        self.sample = 0
        self._tables: list[TokenTable] = []
        self._pieces: dict[int, bytes] = {}
        self._control: frozenset[int] = frozenset()
        self._tint = TINTS.get("surprise")
        self._override: Float32 | None = None
        self._sources: tuple[str, ...] = ()
        view.pointed.connect(self._point)

    def begin(self, control: Collection[int], run_id: str = "", sample: int = 0) -> None:
        """Show an empty text; `control` holds the ids that are drawn as chips."""
        self.run_id, self.sample = run_id, sample
        self._tables, self._pieces, self._override = [], {}, None
        self._sources = ()
        self._control = frozenset(control)
        self._cards.hide()
        self.view.clear()
        self.began.emit()

    def add(self, table: TokenTable, pieces: Mapping[int, bytes]) -> None:
        """The text grew by the rows of `table`."""
        self._pieces.update(pieces)
        if not len(table):
            return
        self._tables.append(table)
        shown = [self._piece(int(token)) for token in table.ids]
        self.view.append(shown, self._tint.strength(table))

    def show_pieces(
        self, tokens: Sequence[PromptToken], pieces: Sequence[Piece], table: TokenTable | None
    ) -> None:
        """Show tokens that are drawn as `pieces`, with what is known of them (None: nothing)."""
        self.view.replace(pieces)
        self._sources = tuple(source_words(token.source) for token in tokens)
        self.score(table, {token.id: token.bytes for token in tokens})

    def score(self, table: TokenTable | None, pieces: Mapping[int, bytes]) -> None:
        """Something else is known now of the tokens that are shown."""
        self._pieces.update(pieces)
        self._tables = [] if table is None else [table]
        self._recolour()
        self.scored.emit()

    def finish(self) -> None:
        """The text is complete."""
        self.view.finish()

    @property
    def table(self) -> TokenTable:
        """What is known of every token so far."""
        if len(self._tables) > 1:
            self._tables = [TokenTable.concat(self._tables)]
        return self._tables[0] if self._tables else TokenTable.empty()

    @property
    def pieces(self) -> Mapping[int, bytes]:
        """Bytes of every token that `table` mentions."""
        return self._pieces

    @property
    def tint(self) -> str:
        """The name of what colours the tokens."""
        return self._tint.name

    def record(self, token: int) -> TokenRecord | None:
        """Token number `token` (0-based) with its alternatives; None when nothing is known."""
        table = self.table
        return table.record(token, self._pieces) if 0 <= token < len(table) else None

    def selected_records(self) -> tuple[int, list[TokenRecord]]:
        """The number of the first selected token and the records from there; of all when none is
        selected, of none when nothing is known."""
        low, high = self.view.selected_tokens or (0, len(self.view) - 1)
        chosen = range(low, min(high + 1, len(self.table)))
        records = [self.table.record(index, self._pieces) for index in chosen]
        return (chosen[0] if chosen else 0), records

    def is_control(self, token: int) -> bool:
        """Whether an id is drawn as a chip."""
        return token in self._control

    def set_tint(self, name: str) -> None:
        """Colour by another quantity; an unknown name is surprise."""
        self._tint = TINTS.get(name if name in TINTS.names() else "surprise")
        self._recolour()

    def override(self, strengths: Float32 | None) -> None:
        """Colour by these instead of the tint, float32 from -1 to 1, one per token; None ends it.

        A text that begins anew or grows ends it too.
        """
        self._override = strengths
        self._recolour()

    @property
    def override_values(self) -> Float32 | None:
        """What colours the tokens instead of the tint; None when the tint does."""
        return self._override

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

    def _recolour(self) -> None:
        count = len(self.view)
        if self._override is not None and len(self._override) == count:
            self.view.set_strengths(self._override, signed=True)
            return
        strengths = np.full(count, np.nan, np.float32)
        known = self._tint.strength(self.table)
        strengths[: len(known)] = known
        self.view.set_strengths(strengths, signed=self._tint.scale is Scale.SIGNED)

    def _piece(self, token: int) -> Piece:
        data = self._pieces[token]
        # Shown while marks are: bytes a reader cannot tell from the characters.
        note = "" if data.isascii() and data else data.hex()
        if token in self._control or not data:
            return Piece(data, Look.CHIP, control_label(piece_text(data)) or f"#{token}", note)
        return Piece(data, note=note)

    def card_token(self, index: int) -> CardToken | None:
        """What a card about token number `index` must know; None when nothing is known of it."""
        record = self.record(index)
        if record is None:
            return None
        at = PlaceInRun(self.run_id, TokenPlace(self._part, self.sample, index))
        source = self._sources[index] if index < len(self._sources) else ""
        return CardToken(record, at, record.id in self._control, source)

    def _point(self, token: int, anchor: QRect) -> None:
        self._cards.show(self.view, self.card_token(token), anchor)
