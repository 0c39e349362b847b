"""What the hover card says about one token, as plain values. No Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass

from workbench.core.tokens import TokenRecord

NOT_AVAILABLE = "n/a"


@dataclass(frozen=True, slots=True)
class CardRow:
    """One alternative.

    Attributes:
        text: as shown; spaces at the ends stay.
        p: the model's probability, before any sampler; None when not available.
        chosen: whether this is the token that was said.
        is_rest: whether this stands for every token that is not listed.
        id: of the token; None for all others together.
    """

    text: str
    p: float | None
    chosen: bool = False
    is_rest: bool = False
    id: int | None = None

    @property
    def percent(self) -> str:
        """The probability in percent with one decimal, as it is shown."""
        return percent(self.p)


@dataclass(frozen=True, slots=True)
class Card:
    """Everything on the card.

    Attributes:
        facts: number (from 1), id and rank (from 0, as everywhere: 0 is the likeliest token).
        surprise: minus the log-probability, at the right end.
        after_samplers: how likely the token was after the sampler chain; empty if not sampled.
    """

    token: str
    facts: str
    surprise: str
    rows: tuple[CardRow, ...]
    after_samplers: str


def make_card(record: TokenRecord, index: int, limit: int = 8, *, is_control: bool = False) -> Card:
    """The card of token number `index` (0-based; shown from 1) with at most `limit` alternatives.

    The rows add up to 100 %: the chosen token is listed even when it is not among the likeliest,
    and one row holds everything else. Without a distribution (the first token of a scored text)
    there are no rows and the figures say "n/a".
    """
    rank = NOT_AVAILABLE if record.rank is None else f"{record.rank:,}"
    facts = f"token {index + 1:,} · id {record.id:,} · rank {rank}"
    surprise = NOT_AVAILABLE if record.logprob is None else f"{abs(record.logprob):.1f} nats"
    after = "" if record.p_sampled is None else f"{percent(record.p_sampled)} % after the samplers"
    shown = visible_token(record.text)
    quoted = shown if is_control else f"“{shown}”"
    return Card(quoted, facts, surprise, _rows(record, limit), after)


def percent(p: float | None) -> str:
    """A probability as percent with one decimal; tiny ones say "<0.1" instead of nothing."""
    if p is None:
        return NOT_AVAILABLE
    return "<0.1" if 0.0 < p < 0.0005 else f"{100 * p:.1f}"


def visible_token(text: str) -> str:
    """Token text on one line: line breaks and tabs as signs, spaces as they are."""
    return text.replace("\n", "⏎").replace("\t", "→").replace("\r", "␍") or "∅"


def _rows(record: TokenRecord, limit: int) -> tuple[CardRow, ...]:
    if record.logprob is None or not record.top:
        return ()
    rows = [
        CardRow(visible_token(c.text), math.exp(c.logprob), c.id == record.id, id=c.id)
        for c in record.top[:limit]
    ]
    if not any(row.chosen for row in rows):
        own = math.exp(record.logprob)
        rows.append(CardRow(visible_token(record.text), own, chosen=True, id=record.id))
    rest = max(0.0, 1.0 - sum(row.p or 0.0 for row in rows))
    rows.append(CardRow("others", rest, is_rest=True))
    return tuple(rows)
