"""What the hover card says about one token, as plain values. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.experiments.alternatives import Alternatives, alternatives
from workbench.gui.translate import mark, tr

if TYPE_CHECKING:
    from workbench.core.tokens import TokenRecord

NOT_AVAILABLE = "n/a"
UNKNOWN = "–"


@dataclass(frozen=True, slots=True)
class CardRow:
    """One alternative.

    Attributes:
        text: as shown; spaces at the ends stay.
        p: the model's probability, before any sampler; None when not available.
        p_sampled: after the sampler chain; None when not available.
        chosen: whether this is the token that was said.
        is_rest: whether this stands for every token that is not listed.
        id: of the token; None for the rest.
    """

    text: str
    p: float | None
    p_sampled: float | None = None
    chosen: bool = False
    is_rest: bool = False
    id: int | None = None

    @property
    def percent(self) -> str:
        """The model's probability in percent with one decimal, as it is shown."""
        return percent(self.p)

    @property
    def percent_sampled(self) -> str:
        """The probability after the samplers, as it is shown."""
        return UNKNOWN if self.p_sampled is None else percent(self.p_sampled)


@dataclass(frozen=True, slots=True)
class Card:
    """Everything on the card.

    Attributes:
        facts: number (from 1), id and rank (from 0, as everywhere: 0 is the likeliest token).
        surprise: minus the log-probability, at the right end.
        details: entropy and bytes, and what else is known of the token.
        after_samplers: how likely the token was after the sampler chain; empty if not sampled.
        was_sampled: whether there is a column for what the samplers made of it.
        columns: what the two columns of figures are called.
        is_pair: whether both columns have bars: two sides of equal right.
        hint: stands at the foot; empty for the usual one.
    """

    token: str
    facts: str
    surprise: str
    details: str
    rows: tuple[CardRow, ...]
    after_samplers: str
    was_sampled: bool = False
    columns: tuple[str, str] = (mark("model %"), mark("sampled %"))
    hint: str = ""
    is_pair: bool = False


def make_card(
    record: TokenRecord,
    index: int,
    limit: int = 8,
    *,
    is_control: bool = False,
    others: Alternatives | None = None,
    source: str = "",
) -> Card:
    """The card of token number `index` (0-based; shown from 1) with at most `limit` alternatives.

    The rows add up to 100 %: the chosen token is listed even when it is not among the likeliest,
    and one row holds everything else. Without a distribution (the first token of a scored text)
    there are no rows and the figures say "n/a".
    """
    rank = NOT_AVAILABLE if record.rank is None else f"{record.rank:,}"
    facts = (
        tr("token {index:,} · id {id:,} · rank {rank}", index=index + 1, id=record.id, rank=rank)
        if record.id >= 0
        else tr("token {index:,} · id not told · rank {rank}", index=index + 1, rank=rank)
    )
    surprise = (
        NOT_AVAILABLE
        if record.logprob is None
        else tr("{logprob:.1f} nats", logprob=abs(record.logprob))
    )
    after = (
        ""
        if record.p_sampled is None
        else tr("{p_sampled} % after the samplers", p_sampled=percent(record.p_sampled))
    )
    shown = visible_token(record.text)
    quoted = shown if is_control else f"“{shown}”"
    known = others or alternatives(record, limit)
    was_sampled = record.p_sampled is not None
    return Card(quoted, facts, surprise, _details(record, source), _rows(known), after, was_sampled)


def percent(p: float | None) -> str:
    """A probability as percent with one decimal; tiny ones say "<0.1" instead of nothing."""
    if p is None:
        return NOT_AVAILABLE
    return "<0.1" if 0.0 < p < 0.0005 else f"{100 * p:.1f}"


def visible_token(text: str) -> str:
    """Token text on one line: line breaks and tabs as signs, spaces as they are."""
    return text.replace("\n", "⏎").replace("\t", "→").replace("\r", "␍") or "∅"


def bytes_words(data: bytes, most: int = 8) -> str:
    """The bytes of a token for reading, "bytes f0 9f 8e 89"; long ones are cut."""
    if not data:
        return tr("no bytes")
    cut = " …" if len(data) > most else ""
    return tr("bytes {hex}{cut}", hex=data[:most].hex(" "), cut=cut)


def entropy_words(entropy: float | None) -> str:
    """An entropy for reading: "entropy 1.23 nats"."""
    if entropy is None:
        return tr("entropy n/a")
    return tr("entropy {entropy:.2f} nats", entropy=entropy)


def _details(record: TokenRecord, source: str) -> str:
    parts = [entropy_words(record.entropy), bytes_words(record.bytes), source]
    return " · ".join(part for part in parts if part)


def _rows(known: Alternatives | None) -> tuple[CardRow, ...]:
    if known is None:
        return ()
    rows = [
        CardRow(visible_token(one.text), one.p, one.p_sampled, one.is_said, id=one.id)
        for one in known.rows
    ]
    return (*rows, CardRow(tr("others"), known.rest, known.rest_sampled, is_rest=True))
