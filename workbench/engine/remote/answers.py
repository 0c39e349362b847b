"""What servers tell of tokens, in either of the two shapes they use, as rows of a table.

Completions: `{"tokens": […], "token_logprobs": […], "top_logprobs": [{text: logprob}]}`.
Chats, and llama.cpp everywhere: `{"content": [{"token", "logprob", "bytes", "top_logprobs"}]}`.
Whatever a server does not tell stays empty: entropies need the whole vocabulary, and a rank is
known only where no likelier token can be missing from the list.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from workbench.core.tokens import NO_RANK, NO_TOKEN, TokenTable
from workbench.engine.remote.events import listed, mapped
from workbench.engine.remote.names import TokenNames

_ROUNDING = 1e-3


@dataclass(frozen=True, slots=True)
class Option:
    """A token as a server tells it; `logprob` is None where it does not, `id` likewise."""

    piece: bytes
    logprob: float | None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A token of a text and the likeliest ones in its place, best first."""

    said: Option
    top: tuple[Option, ...]
    rank: int | None


def rows_of(logprobs: Any, most: int) -> list[Row]:
    """The tokens in a choice's `logprobs`, each with at most `most` alternatives."""
    told = mapped(logprobs)
    if isinstance(told.get("content"), list):
        return [_row(one, most) for one in listed(told["content"])]
    tokens = told.get("tokens")
    if not isinstance(tokens, list):
        return []
    values = _padded(told.get("token_logprobs"), len(tokens))
    tops = _padded(told.get("top_logprobs"), len(tokens))
    ids = _padded(told.get("token_ids"), len(tokens))
    return [
        _plain_row(str(token), value, top, number, most)
        for token, value, top, number in zip(tokens, values, tops, ids, strict=True)
    ]


def table_of(rows: Sequence[Row], most: int, names: TokenNames) -> TokenTable:
    """The rows as columns with `most` alternatives each."""
    n = len(rows)
    top_ids = np.full((n, most), NO_TOKEN, np.int32)
    top_logprob = np.full((n, most), np.nan, np.float32)
    for number, row in enumerate(rows):
        for place, option in enumerate(row.top[:most]):
            top_ids[number, place] = names.number(option.piece, option.id)
            top_logprob[number, place] = np.nan if option.logprob is None else option.logprob
    return TokenTable(
        ids=np.array([names.number(r.said.piece, r.said.id) for r in rows], np.int32),
        logprob=np.array([_or_nan(r.said.logprob) for r in rows], np.float32),
        rank=np.array([NO_RANK if r.rank is None else r.rank for r in rows], np.int32),
        entropy=np.full(n, np.nan, np.float32),
        p_sampled=np.full(n, np.nan, np.float32),
        top_ids=top_ids,
        top_logprob=top_logprob,
    )


def unknown_row(piece: bytes) -> Row:
    """A piece of text of which nothing else is known."""
    return Row(Option(piece, None), (), None)


def _row(told: dict[str, Any], most: int) -> Row:
    said = _option(told)
    top = _best_first([_option(one) for one in listed(told.get("top_logprobs"))])
    return Row(said, tuple(top[:most]), _rank(said, top))


def _plain_row(token: str, value: Any, top: Any, number: Any, most: int) -> Row:
    own = number if isinstance(number, int) else None
    said = Option(token.encode("utf-8", "surrogatepass"), _logprob(value), own)
    options = _best_first(
        [
            Option(str(text).encode("utf-8", "surrogatepass"), _logprob(one))
            for text, one in mapped(top).items()
        ]
    )
    # Texts are the keys here: tokens that look alike have fallen together, so that a place in
    # this list is a rank only at its top.
    best = bool(options) and said.logprob is not None and options[0].logprob == said.logprob
    return Row(said, tuple(options[:most]), 0 if best else None)


def _best_first(options: list[Option]) -> list[Option]:
    """The alternatives whose probability is told, likeliest first."""
    known = [(o.logprob, o) for o in options if o.logprob is not None]
    return [option for _, option in sorted(known, key=lambda pair: pair[0], reverse=True)]


def _option(told: dict[str, Any]) -> Option:
    data, number = told.get("bytes"), told.get("id")
    piece = str(told.get("token", "")).encode("utf-8", "surrogatepass")
    if isinstance(data, list) and all(isinstance(b, int) and 0 <= b < 256 for b in data):
        piece = bytes(data)
    own = number if isinstance(number, int) and not isinstance(number, bool) else None
    return Option(piece, _logprob(told.get("logprob")), own)


def _rank(said: Option, top: Sequence[Option]) -> int | None:
    """The place of what was said among the likeliest; None when it is not listed there."""
    for place, option in enumerate(top):
        if option.piece == said.piece and option.logprob == said.logprob:
            return place
    return None


def _logprob(value: Any) -> float | None:
    """A natural logarithm as a server tells it; None for anything else, positive ones too."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    number = float(value)
    return min(0.0, number) if math.isfinite(number) and number <= _ROUNDING else None


def _or_nan(value: float | None) -> float:
    return math.nan if value is None else value


def _padded(value: Any, count: int) -> list[Any]:
    found = list(value)[:count] if isinstance(value, list) else []
    return found + [None] * (count - len(found))
