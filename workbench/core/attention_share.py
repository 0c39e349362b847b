"""How much of a token's attention each part of the prompt gets. Attention is not explanation.

A token that lies in two parts is shared out by its bytes. The first token of a text is where
models put attention they have no use for (a sink), and sometimes a few more; their share is named
apart, always.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from workbench.core.attention import Attention
from workbench.core.parts import Part
from workbench.core.rendered import SPECIAL, Rendered
from workbench.core.token_places import byte_spans, token_places
from workbench.core.tokens import Float32

FORMAT = "chat format"
REST = "other words"
REPLY = "the reply so far"
FIRST_TOKEN = "first-token sink"  # noqa: S105  # the name of a share, not a password
SINKS = "sink tokens"
LEARNED = "learned sink"
SINK_FROM = 0.15
"""A token is a sink if all later ones, over all heads, give it this much on average."""
_FEWEST_LOOKERS = 8
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
        sink: what the sink tokens and a learned sink get together, whatever the mode.
        sink_name: what the sink is called.
    """

    shares: tuple[Share, ...]
    sink: float
    mode: SinkMode
    sink_name: str = FIRST_TOKEN


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


def sink_tokens(whole: Attention) -> tuple[int, ...]:
    """The first token, and every other that nearly all later tokens look at whatever they are.

    Args:
        whole: every layer, head, query and key of a text.
    """
    n = len(whole.ids)
    mean = whole.values.mean(axis=(0, 1), dtype=np.float64)
    later = (
        key for key in range(1, n - _FEWEST_LOOKERS) if mean[key + 1 :, key].mean() >= SINK_FROM
    )
    return (0, *later)


def by_source(
    sources: SourceMap,
    row: Float32,
    mode: SinkMode = SinkMode.SHOWN,
    sinks: Sequence[int] = (0,),
) -> BySource:
    """Shares of one row of attention.

    Args:
        row: (n,), weights on the text's first n tokens; it sums to at most 1.
        sinks: positions of sink tokens; those behind the row do not count.
    """
    seen = np.asarray(row, np.float64)
    held = [at for at in sinks if at < len(seen)]
    first = float(seen[held].sum())
    name = FIRST_TOKEN if len(held) < 2 else f"{SINKS} {', '.join(f'({at})' for at in held)}"
    learned = max(0.0, 1.0 - float(seen.sum())) if len(seen) else 0.0
    learned = learned if learned > _SEEN else 0.0
    rest = seen.copy()
    rest[held] = 0.0
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
        shares.append(Share(name, first, None))
        if learned:
            shares.append(Share(LEARNED, learned, None))
    return BySource(tuple(shares), sink, mode, f"{name} and {LEARNED}" if learned else name)
