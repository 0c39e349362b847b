"""What the plots show, as plain values: curves along a reply, ranks, the next token. No Qt."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from workbench.core.text import piece_text
from workbench.core.tokens import NO_RANK, NO_TOKEN, Float32, TokenTable
from workbench.gui.card_data import visible_token
from workbench.gui.tints import RANK_BUCKETS, rank_bucket
from workbench.gui.translate import mark, tr

BARS = 10
BUCKET_NAMES = (
    mark("1st"),
    mark("to 10th"),
    mark("to 100th"),
    mark("to 1,000th"),
    mark("beyond"),
)


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """Along a text, one value per token.

    Attributes:
        probability: float32 (n,), percent, the model's own; NaN where not available.
        entropy: float32 (n,), nats; NaN where not available.
    """

    probability: Float32
    entropy: Float32


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars with their names.

    Attributes:
        values: in `unit`; as many as names.
        said: which bar is the token that was said; -1 when none is.
    """

    names: tuple[str, ...]
    values: tuple[float, ...]
    unit: str
    said: int = -1


def curves(table: TokenTable) -> Curves:
    """Probability and entropy along a text."""
    percent = np.float32(100.0) * np.exp(table.logprob)
    return Curves(np.asarray(percent, np.float32), table.entropy)


def rank_bars(table: TokenTable) -> Bars:
    """How many tokens fall into each bucket of ranks."""
    ranks = table.rank[table.rank != NO_RANK]
    counts = np.bincount(rank_bucket(ranks), minlength=len(RANK_BUCKETS) + 1)
    return Bars(tuple(map(tr, BUCKET_NAMES)), tuple(float(c) for c in counts), mark("tokens"))


def next_bars(table: TokenTable, index: int, pieces: Mapping[int, bytes]) -> Bars:
    """The likeliest tokens at place `index`, and everything else; none when nothing is known."""
    if not 0 <= index < len(table) or math.isnan(table.logprob[index]):
        return Bars((), (), mark("percent"))
    said = int(table.ids[index])
    ids = [int(i) for i in table.top_ids[index][:BARS] if i != NO_TOKEN]
    values = [100.0 * math.exp(lp) for lp in table.top_logprob[index][: len(ids)].tolist()]
    if said not in ids:
        ids.append(said)
        values.append(100.0 * math.exp(float(table.logprob[index])))
    names = [_name(pieces[i]) for i in ids]
    rest = max(0.0, 100.0 - math.fsum(values))
    return Bars((*names, tr("others")), (*values, rest), mark("percent"), ids.index(said))


def curves_csv(found: Curves, table: TokenTable, pieces: Mapping[int, bytes]) -> str:
    """The curves as CSV under a head line; probabilities from 0 to 1, what is unknown empty."""
    lines = ["index,id,text,p,entropy_nats,rank"]
    for index, token in enumerate(table.ids.tolist()):
        p = _cell(float(found.probability[index]) / 100.0)
        rank = "" if table.rank[index] == NO_RANK else str(int(table.rank[index]))
        text = _quoted(piece_text(pieces[token]))
        lines.append(f"{index},{token},{text},{p},{_cell(float(found.entropy[index]))},{rank}")
    return "\n".join(lines) + "\n"


def bars_csv(bars: Bars) -> str:
    """Bars as CSV under a head line."""
    pairs = zip(bars.names, bars.values, strict=True)
    return "\n".join([f"name,{bars.unit}", *(f"{_quoted(n)},{v:.9g}" for n, v in pairs)]) + "\n"


def _name(piece: bytes) -> str:
    text = visible_token(piece_text(piece))
    return text if text.strip() else f"“{text}”"


def _cell(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.9g}"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
