"""Shows the hover card for whatever token view is pointed at. GUI thread."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, QRect

from workbench.core.tokens import TokenRecord
from workbench.gui.card_data import make_card
from workbench.gui.hover_card import HoverCard
from workbench.gui.token_view import TokenView

LIMIT = 8


@dataclass(frozen=True, slots=True)
class CardToken:
    """The token a card is about.

    Attributes:
        index: its number in its text, from 0.
        is_control: whether it is drawn as a chip.
    """

    record: TokenRecord
    index: int
    is_control: bool


class TokenCards(QObject):
    """Every token view points here; the card belongs to the one that did so last."""

    def __init__(self, card: HoverCard) -> None:
        super().__init__(card)
        self._card = card

    def show(self, view: TokenView, token: CardToken | None, anchor: QRect) -> None:
        """Show the card of `token` beside `anchor` (in the viewport of `view`); None hides it."""
        if not view.isVisible():  # another workspace is in front, and the card is its card
            return
        if token is None or not anchor.intersects(view.viewport().rect()):
            self._card.hide_card()
            return
        card = make_card(token.record, token.index, LIMIT, is_control=token.is_control)
        origin = view.viewport().mapTo(self._card.area, QPoint(0, 0))
        locked = view.locked_token == token.index
        self._card.show_card(card, anchor.translated(origin), locked=locked)

    def hide(self) -> None:
        """Take the card away."""
        self._card.hide_card()
