"""What a model would say next, further than one token: a tree of continuations, and a preview."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbench.core.errors import UserError
from workbench.core.tokens import NO_TOKEN, Float32, Int32

MOST_DEPTH = 32
MOST_WIDTH = 20
MOST_FOLLOWED = 60
"""Continuations of one length that are followed further; they stand in the KV cache together."""


@dataclass(frozen=True, slots=True)
class LookaheadRequest:
    """Expand the most likely continuations of a text into a tree.

    Attributes:
        ids: the text, prompt and reply so far.
        n_sampled: how many of its last tokens are the reply so far, as in `GenerateRequest`.
        depth: tokens of the longest continuations, 1 to `MOST_DEPTH`.
        width: next tokens that are listed behind each continuation, 1 to `MOST_WIDTH`.
        followed: continuations of one length that are followed further, the likeliest first,
            1 to `MOST_FOLLOWED`.
        least: continuations less likely than this (0 to 1) are listed and not followed.
    """

    ids: tuple[int, ...]
    n_sampled: int = 0
    depth: int = 3
    width: int = 4
    followed: int = 24
    least: float = 0.001


def check_lookahead(request: LookaheadRequest) -> None:
    """Refuse sizes that are out of range.

    Raises:
        UserError: names the size and its range.
    """
    for name, value, most in (
        ("depth", request.depth, MOST_DEPTH),
        ("width", request.width, MOST_WIDTH),
        ("followed", request.followed, MOST_FOLLOWED),
    ):
        if not 1 <= value <= most:
            raise UserError(f"{name} must be between 1 and {most}, not {value}.")
    if not 0 <= request.least <= 1:
        raise UserError(f"least must be a probability between 0 and 1, not {request.least}.")


@dataclass(frozen=True, slots=True, eq=False)
class Lookahead:
    """Continuations of a text as a tree; node 0 is the text itself.

    Nodes come level by level, on each level the children of one node together, the likeliest
    first. All figures are of the model's raw distributions, before any sampler.

    Attributes:
        parent: int32 (n,), -1 at node 0.
        token: int32 (n,), NO_TOKEN at node 0.
        logprob: float32 (n,), natural logarithm of the token's probability behind its parent.
        total: float64 (n,), the same of the whole continuation up to this token.
        entropy: float32 (n,), nats of the distribution behind the node; NaN if not followed.
        rest: float64 (n,), probability, behind the node, of all tokens that are not listed as
            its children, 0 to 1; NaN if not followed.
        ends: bool (n,), whether the token ends the reply, so that nothing follows.
    """

    parent: Int32
    token: Int32
    logprob: Float32
    total: npt.NDArray[np.float64]
    entropy: Float32
    rest: npt.NDArray[np.float64]
    ends: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.parent)

    def children(self, node: int) -> list[int]:
        """The next tokens behind `node`, the likeliest first; none if it was not followed."""
        return [int(i) for i in np.flatnonzero(self.parent == node)]

    def is_followed(self, node: int) -> bool:
        """Whether the model was asked what comes behind `node`."""
        return not math.isnan(float(self.rest[node]))

    def path(self, node: int) -> tuple[int, ...]:
        """The tokens of the continuation that ends with `node`; none at node 0."""
        return tuple(reversed([int(self.token[i]) for i in self._up(node)]))

    def depth(self, node: int) -> int:
        """How many tokens `path` has."""
        return sum(1 for _ in self._up(node))

    def _up(self, node: int) -> Iterator[int]:
        while int(self.token[node]) != NO_TOKEN:
            yield node
            node = int(self.parent[node])


@dataclass(frozen=True, slots=True)
class PreviewRequest:
    """What would the model most likely say next, token after token?

    Attributes:
        ids, n_sampled: as in `LookaheadRequest`.
        n_tokens: how many tokens at most; an end token or a finished line ends it before.
        top: how many alternatives are recorded per token.
    """

    ids: tuple[int, ...]
    n_sampled: int = 0
    n_tokens: int = 12
    top: int = 20
