"""Shows the hover card for whatever token view is pointed at. GUI thread."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, QRect, Signal

from workbench.core.tokens import TokenRecord
from workbench.experiments.alternatives import MOST, Alternatives, alternatives
from workbench.gui.card_data import Card, make_card
from workbench.gui.current import PlaceInRun
from workbench.gui.hover_card import HoverCard
from workbench.gui.token_looks import TokenLooks
from workbench.gui.token_view import TokenView

LIMIT = 8
"""Alternatives at first; the person chooses another number."""


@dataclass(frozen=True, slots=True)
class CardToken:
    """The token a card is about.

    Attributes:
        at: where it stands.
        is_control: whether it is drawn as a chip.
        source: what wrote it, in words; empty when that says nothing.
    """

    record: TokenRecord
    at: PlaceInRun
    is_control: bool
    source: str = ""


class TokenCards(QObject):
    """Every token view points here; the card belongs to the one that did so last.

    Signals:
        changed(): another number of alternatives is wanted, or more is known of a token.
    """

    changed = Signal()

    def __init__(self, card: HoverCard) -> None:
        super().__init__(card)
        self._card = card
        self._looks: TokenLooks | None = None
        self._shown: tuple[TokenView, CardToken, QRect] | None = None
        self._limit = LIMIT

    @property
    def limit(self) -> int:
        """How many alternatives are listed."""
        return self._limit

    def set_limit(self, limit: int) -> None:
        """List another number of alternatives, 1 to 200."""
        limit = min(max(1, limit), MOST)
        if limit != self._limit:
            self._limit = limit
            self._again()
            self.changed.emit()

    def use_looks(self, looks: TokenLooks) -> None:
        """From now on the engine is asked for what was not recorded."""
        self._looks = looks
        looks.arrived.connect(self._again)
        looks.arrived.connect(self.changed)

    def others(self, token: CardToken) -> Alternatives | None:
        """What else could have been said there, as far as it is known now; asks for the rest."""
        looks, record = self._looks, token.record
        wants = record.p_sampled is not None or len(record.top) < self._limit
        if looks is None or not wants or record.logprob is None:
            return alternatives(record, self._limit)
        return alternatives(record, self._limit, looks.get(token.at), looks.pieces)

    def problem(self, token: CardToken) -> str:
        """Why the engine could not be asked about a token; empty when it could."""
        return "" if self._looks is None else self._looks.problem(token.at)

    def choose(self, token_id: int) -> None:
        """The person chose an alternative to the kept token, as by a click on the card."""
        self._card.alternative_chosen.emit(token_id)

    def show(self, view: TokenView, token: CardToken | None, anchor: QRect) -> None:
        """Show the card of `token` beside `anchor` (in the viewport of `view`); None hides it."""
        if not view.isVisible():  # another workspace is in front, and the card is its card
            return
        if token is None or not anchor.intersects(view.viewport().rect()):
            self.hide()
            return
        self._shown = (view, token, anchor)
        index = token.at.place.index
        card = make_card(
            token.record,
            index,
            is_control=token.is_control,
            others=self.others(token),
            source=token.source,
        )
        origin = view.viewport().mapTo(self._card.area, QPoint(0, 0))
        locked = view.locked_token == index
        self._card.show_card(card, anchor.translated(origin), locked=locked)

    def show_made(self, view: TokenView, card: Card | None, token: int, anchor: QRect) -> None:
        """Show a card that somebody else made about token number `token`; None hides it."""
        if not view.isVisible():
            return
        if card is None or not anchor.intersects(view.viewport().rect()):
            self.hide()
            return
        self._shown = None
        origin = view.viewport().mapTo(self._card.area, QPoint(0, 0))
        self._card.show_card(card, anchor.translated(origin), locked=view.locked_token == token)

    def hide(self) -> None:
        """Take the card away."""
        self._shown = None
        self._card.hide_card()

    def _again(self) -> None:
        if self._shown is not None:
            self.show(*self._shown)
