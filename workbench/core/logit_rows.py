"""A request for raw logits of a given text, some positions at a time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RowsRequest:
    """Raw logits behind tokens of a text.

    Attributes:
        ids: the text up to the last token whose row is wanted.
        start: the first token whose row is wanted; row i is what follows ids[start + i].
    """

    ids: tuple[int, ...]
    start: int

    @property
    def n_rows(self) -> int:
        """How many rows the answer has."""
        return len(self.ids) - self.start
