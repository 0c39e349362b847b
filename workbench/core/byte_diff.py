"""One text as two models with different vocabularies see it: bits per byte, word by word.

Probabilities of single tokens cannot be compared when the tokens differ; what a stretch of bytes
cost can. A token's bits are spread evenly over its bytes, so that no bit is lost where a token
reaches across two words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Float64 = npt.NDArray[np.float64]

_WORD = re.compile(rb"\s*\S+|\s+$")


@dataclass(frozen=True, slots=True)
class WordBits:
    """A word with the space before it.

    Attributes:
        start, end: bytes of the text.
        bits_a, bits_b: what the word cost each model, in bits.
    """

    text: str
    start: int
    end: int
    bits_a: float
    bits_b: float

    @property
    def bits_per_byte_a(self) -> float:
        """Bits per byte under the first model."""
        return self.bits_a / (self.end - self.start)

    @property
    def bits_per_byte_b(self) -> float:
        """Bits per byte under the second model."""
        return self.bits_b / (self.end - self.start)


def byte_bits(pieces: Sequence[bytes], logprobs: Sequence[float]) -> Float64:
    """Bits of each byte of a text, (n_bytes,), from its tokens and their log-probabilities.

    A token without bytes has no place to leave its bits at and is left out.
    """
    lengths = np.array([len(p) for p in pieces], np.int64)
    bits = -np.array(logprobs, np.float64) / math.log(2)
    has_bytes = lengths > 0
    shares = bits[has_bytes] / lengths[has_bytes]
    return np.repeat(shares, lengths[has_bytes])


def word_bits(text: bytes, bits_a: Float64, bits_b: Float64) -> tuple[WordBits, ...]:
    """The words of a text with what they cost; together they cover it.

    Raises:
        ValueError: a side has another number of bytes than the text.
    """
    if not len(text) == len(bits_a) == len(bits_b):
        raise ValueError(
            f"the text has {len(text)} bytes, the sides {len(bits_a)} and {len(bits_b)}"
        )
    return tuple(
        WordBits(
            found[0].decode("utf-8", "replace"),
            found.start(),
            found.end(),
            float(bits_a[found.start() : found.end()].sum()),
            float(bits_b[found.start() : found.end()].sum()),
        )
        for found in _WORD.finditer(text)
    )
