"""How much of a token's attention each part of the prompt gets. Attention is not explanation.

A token that lies in two parts is shared out by its bytes. The first token of a text is where
models put attention they have no use for (a sink); its share is named apart, always.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from workbench.core.parts import Part
from workbench.core.rendered import SPECIAL, Rendered
from workbench.core.token_places import byte_spans, token_places
from workbench.core.tokens import Float32

FORMAT = "chat format"
REST = "other words"
REPLY = "the reply so far"
FIRST_TOKEN = "first-token sink"  # noqa: S105  # the name of a share, not a password
LEARNED = "learned sink"
_SEEN = 1e-3
"""A row that sums to this much less than 1 has a learned sink."""


class SinkMode(StrEnum):
    """What becomes of the sink's share."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    """It is not listed; the other shares stay as they are."""
    RENORMALISED = "hidden, the rest to 100 %"
    """The other shares are of what is left without it."""


@dataclass(frozen=True, slots=True, eq=False)
class SourceMap:
    """Which part every token of a prompt and its reply belongs to.

    Attributes:
        labels: of the groups: the parts in their order, then other words, the chat format, and
            the reply; groups without a token are left out.
        parts: the part behind each group; None for the last three.
        weights: float32 (groups, tokens): how much of each token lies in each group. Every column
            sums to 1.
    """

    labels: tuple[str, ...]
    parts: tuple[Part | None, ...]
    weights: Float32

    def tokens(self, group: int) -> tuple[int, ...]:
        """The tokens that lie mostly in a group."""
        mostly = self.weights.argmax(axis=0) == group
        return tuple(np.flatnonzero(mostly).tolist())


@dataclass(frozen=True, slots=True)
class Share:
    """One row: 0 to 1.

    Attributes:
        group: its number in the map; None for a sink.
    """

    label: str
    share: float
    group: int | None


@dataclass(frozen=True, slots=True)
class BySource:
    """All shares of one row, in the order of the prompt, sinks last.

    Attributes:
        sink: what the first token and a learned sink get together, whatever the mode.
    """

    shares: tuple[Share, ...]
    sink: float
    mode: SinkMode


def source_map(
    rendered: Rendered, pieces: Sequence[bytes], parts: Sequence[Part], n_reply: int
) -> SourceMap:
    """Where every token of the prompt comes from; `n_reply` tokens of the reply follow.

    Args:
        pieces: bytes of the prompt's tokens.
        parts: must not overlap.
    """
    text = rendered.text
    total = len(text.encode("utf-8", "surrogatepass"))
    owner = np.full(total, len(parts), np.intp)
    special = [(s.start, s.end) for s in rendered.spans if s.source == SPECIAL]
    for start, end in byte_spans(text, special):
        owner[start:end] = len(parts) + 1
    for number, part in enumerate(parts):
        for start, end in byte_spans(text, part.spans):
            owner[start:end] = number
    n_groups = len(parts) + 3
    weights = np.zeros((n_groups, len(pieces) + n_reply), np.float32)
    for token, (start, end) in enumerate(token_places(text, pieces)):
        if start == end:
            weights[len(parts) + 1, token] = 1.0
        else:
            counts = np.bincount(owner[start:end], minlength=n_groups)
            weights[:, token] = counts / (end - start)
    weights[-1, len(pieces) :] = 1.0
    labels = [*(p.label for p in parts), REST, FORMAT, REPLY]
    homes: list[Part | None] = [*parts, None, None, None]
    used = [g for g in range(n_groups) if weights[g].any()]
    return SourceMap(tuple(labels[g] for g in used), tuple(homes[g] for g in used), weights[used])


def by_source(sources: SourceMap, row: Float32, mode: SinkMode = SinkMode.SHOWN) -> BySource:
    """Shares of one row of attention.

    Args:
        row: (n,), weights on the text's first n tokens; it sums to at most 1.
    """
    seen = np.asarray(row, np.float64)
    first = float(seen[0]) if len(seen) else 0.0
    learned = max(0.0, 1.0 - float(seen.sum())) if len(seen) else 0.0
    learned = learned if learned > _SEEN else 0.0
    rest = seen.copy()
    rest[:1] = 0.0
    sums = sources.weights[:, : len(rest)].astype(np.float64) @ rest
    sink = first + learned
    scale = 1.0
    if mode is SinkMode.RENORMALISED:
        scale = 1.0 / (1.0 - sink) if sink < 1.0 - 1e-9 else 0.0
    shares = [
        Share(label, float(total) * scale, group)
        for group, (label, total) in enumerate(zip(sources.labels, sums, strict=True))
    ]
    if mode is SinkMode.SHOWN:
        shares.append(Share(FIRST_TOKEN, first, None))
        if learned:
            shares.append(Share(LEARNED, learned, None))
    return BySource(tuple(shares), sink, mode)
