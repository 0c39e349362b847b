"""A template with its variables still open, free of any template language. Values only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hole:
    """The value of a variable; inside a loop also of its item, or of a field of the item.

    Attributes:
        field: which field of the item; empty for the value itself.
    """

    name: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Loop:
    """A body for each row of a list; inside it `item` is the row."""

    over: str
    item: str
    body: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """One text where a variable is true (filled, not zero), another where it is not."""

    name: str
    then: tuple[Piece, ...]
    otherwise: tuple[Piece, ...]


Piece = str | Hole | Loop | Branch
OpenText = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class OpenPrompt:
    """All messages of a prompt with open variables.

    Attributes:
        flat: texts and holes only: loops, conditions and filters are worked out with the present
            values, so that `fixed` variables no longer stand open.
        outlines: with loops and branches, nothing fixed; None for a message that holds more.
        fixed: names and what uses them ("a loop", "the filter upper").
        uses: for each message the names it is made with.
    """

    flat: tuple[OpenText, ...]
    outlines: tuple[OpenText | None, ...]
    fixed: tuple[tuple[str, str], ...]
    uses: tuple[frozenset[str], ...]


def names_in(text: OpenText) -> Iterator[str]:
    """The variables that stand open, in order, each as often as it stands; no loop's items."""
    yield from _names(text, frozenset())


def _names(text: OpenText, items: frozenset[str]) -> Iterator[str]:
    for piece in text:
        if isinstance(piece, Hole):
            if piece.name not in items:
                yield piece.name
        elif isinstance(piece, Loop):
            yield piece.over
            yield from _names(piece.body, items | {piece.item})
        elif isinstance(piece, Branch):
            yield piece.name
            yield from _names(piece.then, items)
            yield from _names(piece.otherwise, items)
