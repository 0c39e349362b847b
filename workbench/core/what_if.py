"""A past reply under other sampler settings: what could still have been said, and how likely.

Everything is about the reply's own tokens, each seen from the tokens before it. Nothing is
sampled anew.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from workbench.core.sampling import Sampling
from workbench.core.tokens import NO_TOKEN, Float32, Int32


class Fate(IntEnum):
    """What the settings do to one token of the reply."""

    POSSIBLE = 0
    """It can be drawn."""
    IMPOSSIBLE = 1
    """A sampler drops it."""
    CHANCE = 2
    """XTC, which acts now and then, drops it with this seed; with another it may stay."""
    UNDECIDED = 3
    """A sampler's state cannot be known here: these settings would not have come this way."""


@dataclass(frozen=True, slots=True)
class WhatIfRequest:
    """Ask what other settings would have made of a reply.

    Attributes:
        reply_ids: the tokens of the reply, at least one.
        seed: the one its sample was made with; XTC's coins are tossed with it again.
        begun: how many tokens of the reply stood before its run began (a fork); the samplers'
            state began there.
        wanted: how many of the tokens that constraints removed are listed.
    """

    prompt_ids: tuple[int, ...]
    reply_ids: tuple[int, ...]
    sampling: Sampling
    seed: int
    begun: int = 0
    wanted: int = 3


@dataclass(frozen=True, slots=True, eq=False)
class WhatIf:
    """One row per token of a reply, under the settings that were asked about.

    Attributes:
        stages: names of the samplers, in the order in which they ran.
        fate: int8 (n,), values of `Fate`.
        p: float32 (n,), probability after the chain; 0 where it was dropped, NaN where undecided.
        cut_by: int8 (n,), number of the stage that dropped the token; -1 for none.
        n_left: int32 (n,), candidates left at the end; -1 where undecided.
        mass: float32 (n,), what part of the raw distribution they hold; NaN where undecided.
        best_id: int32 (n,), the likeliest token after the chain; NO_TOKEN when nothing is left.
        best_p: float32 (n,), its probability; NaN when there is none.
        banned: float32 (n,), raw mass of the tokens that bans and ignored ends took away.
        grammar: float32 (n,), raw mass that the grammar took away from what was left then.
        biased: float32 (n,), probability that finite biases moved to other tokens, among those
            that are not banned.
        wanted_ids: int32 (n, k), what constraints took most from; NO_TOKEN fills up.
        wanted_p: float32 (n, k), the model's own probability of those; NaN fills up.
    """

    stages: tuple[str, ...]
    fate: npt.NDArray[np.int8]
    p: Float32
    cut_by: npt.NDArray[np.int8]
    n_left: Int32
    mass: Float32
    best_id: Int32
    best_p: Float32
    banned: Float32
    grammar: Float32
    biased: Float32
    wanted_ids: Int32
    wanted_p: Float32

    def __len__(self) -> int:
        return len(self.fate)

    @classmethod
    def undecided(cls, stages: tuple[str, ...], n: int, wanted: int) -> WhatIf:
        """`n` rows of which nothing is known yet."""
        return cls(
            stages,
            np.full(n, Fate.UNDECIDED, np.int8),
            np.full(n, np.nan, np.float32),
            np.full(n, -1, np.int8),
            np.full(n, -1, np.int32),
            np.full(n, np.nan, np.float32),
            np.full(n, NO_TOKEN, np.int32),
            np.full(n, np.nan, np.float32),
            np.full(n, np.nan, np.float32),
            np.full(n, np.nan, np.float32),
            np.full(n, np.nan, np.float32),
            np.full((n, wanted), NO_TOKEN, np.int32),
            np.full((n, wanted), np.nan, np.float32),
        )

    def part(self, start: int, stop: int) -> WhatIf:
        """Copies of rows start..stop."""
        columns = [getattr(self, name)[start:stop].copy() for name in WhatIf.__slots__[1:]]
        return WhatIf(self.stages, *columns)

    @classmethod
    def joined(cls, parts: Sequence[WhatIf]) -> WhatIf:
        """All rows of `parts`, at least one part, in order."""
        columns = [
            np.concatenate([getattr(part, name) for part in parts]) for name in cls.__slots__[1:]
        ]
        return cls(parts[0].stages, *columns)

    def cutter(self, index: int) -> str:
        """The sampler that dropped token `index`; empty when none did."""
        stage = int(self.cut_by[index])
        return self.stages[stage] if stage >= 0 else ""

    def forbidden(self, index: int) -> float | None:
        """Raw mass that bans and the grammar took at token `index`; None where undecided."""
        total = float(self.banned[index]) + float(self.grammar[index])
        return None if math.isnan(total) else min(1.0, total)


@dataclass(frozen=True, slots=True)
class Likelihood:
    """How likely exactly this reply is, once its prompt is given.

    Attributes:
        logprob: summed natural logarithm over the tokens that can be drawn.
        n_counted: how many those are.
        n_impossible, n_chance, n_undecided: the others, by fate.
    """

    logprob: float
    n_counted: int
    n_impossible: int
    n_chance: int
    n_undecided: int

    @property
    def is_possible(self) -> bool | None:
        """Whether the whole reply can be drawn with this seed's coins; None if undecided."""
        if self.n_impossible or self.n_chance:
            return False
        return None if self.n_undecided else True


def likelihood(found: WhatIf) -> Likelihood:
    """The sums over a whole reply."""
    counted = found.fate == Fate.POSSIBLE
    logs = np.log(found.p[counted].astype(np.float64))
    return Likelihood(
        float(logs.sum()),
        int(counted.sum()),
        *(int((found.fate == f).sum()) for f in (Fate.IMPOSSIBLE, Fate.CHANCE, Fate.UNDECIDED)),
    )
