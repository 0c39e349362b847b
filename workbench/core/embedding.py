"""Vectors of texts. Values without behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from workbench.core.tokens import Float32


class Pooling(IntEnum):
    """How the vectors of a text's tokens become one; the numbers are llama.cpp's."""

    NONE = 0
    """The model names none: it was not made for vectors."""
    MEAN = 1
    CLS = 2
    """That of the first token."""
    LAST = 3
    RANK = 4
    """A reranker: no vector, but a score of a pair."""


@dataclass(frozen=True, slots=True, eq=False)
class Embeddings:
    """Vectors of texts, in their order, not normalised.

    Attributes:
        vectors: float32 (texts, width).
        pooling: how they were made.
        n_tokens: of each text, the model's own marks included.
        unnamed: whether the model names no pooling, so that MEAN was taken for want of better.
    """

    vectors: Float32
    pooling: Pooling
    n_tokens: tuple[int, ...]
    unnamed: bool
