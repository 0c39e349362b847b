"""What a ranking says. Ratings are points of the Elo scale: 400 are ten to one in odds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def points_text(value: float) -> str:
    """Points of a rating with their sign, whole; never "-0"."""
    return f"{round(value) or 0:+,}"


class By(StrEnum):
    """What is ranked: what differs between two replies."""

    MODEL = "model"
    SETTINGS = "settings"
    PROMPT = "prompt"
    ALL = "all"
    """A model with its settings and its prompt."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a value lies in 95 of 100 cases."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Rated:
    """One competitor.

    Attributes:
        name: for reading, unique in its ranking.
        key: what it is told apart by.
        rating: points; the mean of all is 0, or the baseline is.
        strength: the same as natural log-odds.
        interval: of the rating; None with fewer than two items.
        ranks: lowest and highest rank in 95 of 100 resamples; None likewise.
        p_best: share of the resamples in which it stands first; None likewise.
        wins, losses, ties, both_bad: ballots.
    """

    name: str
    key: str
    rating: float
    strength: float
    interval: Interval | None
    ranks: tuple[int, int] | None
    p_best: float | None
    wins: int
    losses: int
    ties: int
    both_bad: int


@dataclass(frozen=True, slots=True)
class OrderBias:
    """Whether the reply that was shown first won more often.

    Attributes:
        first, second: votes for the reply shown first, and second; each order counts.
        share: of the first among them; None when nobody decided.
        interval: of the share (Wilson, 95 %); None likewise.
        p: two-sided exact binomial test against a half; None likewise.
        both_orders: pairings one voter judged in both orders.
        flips: those in which the verdict changed with the order.
    """

    first: int
    second: int
    share: float | None
    interval: Interval | None
    p: float | None
    both_orders: int
    flips: int


@dataclass(frozen=True, slots=True)
class Counted:
    """Which votes a ranking stands on.

    Attributes:
        ballots: decisions that were counted; items: what they were about.
        same: ballots in which a competitor met itself.
        mixed: counted ballots in which something else differed too.
        left_out_mixed: those that were left out because only clean ones were wanted.
        own: ballots of a judge on replies of its own model; left out.
        withdrawn: votes that were taken back; left out.
        revealed: counted ballots whose names the voter had seen before.
        inconsistent: ballots whose orders disagreed; they count as ties.
    """

    ballots: int = 0
    items: int = 0
    same: int = 0
    mixed: int = 0
    left_out_mixed: int = 0
    own: int = 0
    withdrawn: int = 0
    revealed: int = 0
    inconsistent: int = 0


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no ranking.

    Attributes:
        missing: pairings whose votes would join the groups, by name.
        groups: competitors that met, directly or through others, by name.
    """

    reason: str
    hint: str = ""
    missing: tuple[tuple[str, str], ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """A leaderboard with what it stands on; empty with a refusal.

    Attributes:
        rated: the best first.
        wins: [i, j] points i took from j, ties half each; in the order of `rated`.
        counts: [i, j] ballots in which i met j.
        half_widths: [i, j] half of the 95 % interval of the two ratings' difference as these
            direct ballots alone would give it, points; NaN where one side has no points.
        separated: groups, the stronger first, with every vote between two of them for the
            stronger one; more than one group means that the prior decides how far they are apart.
        by_curvature: whether intervals stand on the curvature of the likelihood, because
            resampling items could not show how uncertain they are.
        remarks: what a reader should know, each a sentence.
    """

    by: By
    rated: tuple[Rated, ...]
    wins: Floats
    counts: Floats
    half_widths: Floats
    order: OrderBias
    counted: Counted
    refusal: Refusal | None = None
    baseline: str = ""
    prior: float = 0.5
    resamples: int = 0
    separated: tuple[tuple[str, ...], ...] = ()
    by_curvature: bool = False
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two voters, or kinds of voters, agree on the same pairings.

    Attributes:
        a, b: their names.
        pairings: those that both judged.
        same: share of them with the same verdict; None without any.
        kappa: Cohen's; None when it is undefined (one of them never varied, say).
        alpha: Krippendorff's, nominal, over every voter of both; None likewise.
    """

    a: str
    b: str
    pairings: int
    same: float | None
    kappa: float | None
    alpha: float | None
