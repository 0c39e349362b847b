"""Tokens with what the model thought of them: columns for speed, records for reading.

Log-probabilities are natural logarithms under the full softmax of the raw logits. Ranks are
0-based. Entropies are in nats over the full vocabulary.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbench.core.text import piece_text

Int32 = npt.NDArray[np.int32]
Float32 = npt.NDArray[np.float32]

NO_RANK = -1
NO_TOKEN = -1


@dataclass(frozen=True, slots=True)
class Candidate:
    """One token the model could have said. `logprob`: natural log, full softmax, raw logits."""

    id: int
    text: str
    logprob: float


@dataclass(frozen=True, slots=True)
class PromptToken:
    """One token of the prompt and what produced it.

    Attributes:
        source: "special", "literal", "variable:NAME" or "example:N".
        message: 0-based index of the message it belongs to; None outside every message.
    """

    id: int
    text: str
    bytes: bytes
    source: str
    message: int | None = None


@dataclass(frozen=True, slots=True)
class TokenRecord:
    """One token of a reply (or a scored text), expanded for reading.

    Attributes:
        logprob: natural log under the full softmax of the raw logits; None when nothing
            precedes the token.
        rank: 0-based place among all tokens by logit; None like `logprob`.
        entropy: nats over the full vocabulary; None like `logprob`.
        p_sampled: probability after the whole sampler chain; None for a scored token that
            nobody sampled.
        top: the most likely tokens, best first.
    """

    id: int
    text: str
    bytes: bytes
    logprob: float | None
    rank: int | None
    entropy: float | None
    p_sampled: float | None
    top: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True, eq=False)
class TokenTable:
    """Records of n tokens as columns, k alternatives each; what streams and what is stored.

    Attributes:
        ids: int32 (n,).
        logprob: float32 (n,), natural log; NaN where not available.
        rank: int32 (n,), 0-based; NO_RANK where not available.
        entropy: float32 (n,), nats; NaN where not available.
        p_sampled: float32 (n,); NaN where not available.
        top_ids: int32 (n, k), most likely first; NO_TOKEN where not available.
        top_logprob: float32 (n, k), natural log.
    """

    ids: Int32
    logprob: Float32
    rank: Int32
    entropy: Float32
    p_sampled: Float32
    top_ids: Int32
    top_logprob: Float32

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def empty(cls, k: int = 0) -> TokenTable:
        """A table of no tokens with `k` alternatives each."""
        return cls(
            np.empty(0, np.int32),
            np.empty(0, np.float32),
            np.empty(0, np.int32),
            np.empty(0, np.float32),
            np.empty(0, np.float32),
            np.empty((0, k), np.int32),
            np.empty((0, k), np.float32),
        )

    @classmethod
    def concat(cls, tables: Sequence[TokenTable]) -> TokenTable:
        """All rows of `tables`, in order. All must have the same k; no tables give none."""
        parts = [t for t in tables if len(t)]
        if not parts:
            return tables[0] if tables else cls.empty()
        if len(parts) == 1:
            return parts[0]
        return cls(
            *(np.concatenate([getattr(t, name) for t in parts]) for name in TokenTable.__slots__)
        )

    def slice(self, start: int, stop: int | None = None) -> TokenTable:
        """Rows start..stop as a view."""
        return TokenTable(*(getattr(self, name)[start:stop] for name in TokenTable.__slots__))

    def record(self, index: int, pieces: Mapping[int, bytes]) -> TokenRecord:
        """Row `index`, with texts from `pieces` (token id to bytes)."""
        token = int(self.ids[index])
        piece = pieces[token]
        logprob = float(self.logprob[index])
        rank = int(self.rank[index])
        return TokenRecord(
            id=token,
            text=piece_text(piece),
            bytes=piece,
            logprob=None if np.isnan(logprob) else logprob,
            rank=None if rank == NO_RANK else rank,
            entropy=_or_none(self.entropy[index]),
            p_sampled=_or_none(self.p_sampled[index]),
            top=tuple(
                Candidate(int(i), piece_text(pieces[int(i)]), float(lp))
                for i, lp in zip(self.top_ids[index], self.top_logprob[index], strict=True)
                if i != NO_TOKEN
            ),
        )

    def records(self, pieces: Mapping[int, bytes]) -> list[TokenRecord]:
        """Every row as a record."""
        return [self.record(i, pieces) for i in range(len(self))]


def _or_none(value: np.float32) -> float | None:
    return None if np.isnan(value) else float(value)
