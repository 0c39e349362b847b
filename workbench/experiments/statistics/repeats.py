"""The same questions asked again with another seed, or with other prompts: how much moves?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from workbench.core.metric import Score
from workbench.experiments.statistics.aggregate import scored_values


@dataclass(frozen=True, slots=True)
class RepeatSpread:
    """One prompt asked several times.

    Attributes:
        means: the score of each repeat over the items that all repeats scored.
        low, high, spread: smallest and largest of them, and their standard deviation (None with
            one repeat).
        changed: share of items whose score is not the same in every repeat; None without items.
        within: standard deviation of one item's score from repeat to repeat, pooled; None with
            one repeat. `share`: how much of the variance of single scores that is, 0 to 1; None
            when nothing varies.
        n, left_out: items that all repeats scored, and items that one or more did not.
    """

    means: tuple[float, ...]
    low: float | None
    high: float | None
    spread: float | None
    changed: float | None
    within: float | None
    share: float | None
    n: int
    left_out: int


def repeat_spread(repeats: Sequence[Sequence[Score | float | None]]) -> RepeatSpread:
    """How scores move from repeat to repeat.

    Args:
        repeats: for each repeat the scores of the same items in the same order.

    Raises:
        ValueError: when there is no repeat or their lengths differ.
    """
    if not repeats or len({len(one) for one in repeats}) != 1:
        raise ValueError("repeats need scores of the same items")
    table = np.stack([scored_values(one) for one in repeats])
    there = np.isfinite(table).all(axis=0)
    table = table[:, there]
    n, left = int(there.sum()), int((~there).sum())
    if not n:
        return RepeatSpread((), None, None, None, None, None, None, 0, left)
    means = table.mean(axis=1)
    several = len(table) > 1
    within = float(table.var(axis=0, ddof=1).mean()) if several else None
    whole = float(table.var())
    inside = float(table.var(axis=0).mean())
    return RepeatSpread(
        means=tuple(means.tolist()),
        low=float(means.min()),
        high=float(means.max()),
        spread=float(means.std(ddof=1)) if several else None,
        changed=float((table != table[0]).any(axis=0).mean()),
        within=None if within is None else within**0.5,
        share=inside / whole if several and whole > 0.0 else None,
        n=n,
        left_out=left,
    )


@dataclass(frozen=True, slots=True)
class RankFlips:
    """Whether the order of models depends on how they were asked.

    Attributes:
        pairs: pairs of subjects with different scores under the first condition.
        flipped: share of (pair, other condition) in which the other one leads; None without any.
        agreement: Kendall's tau-b of each further condition's order with the first one's; None
            where a condition has only ties.
        ranks: for each subject its best and its worst rank, 1 for the best.
    """

    pairs: int
    flipped: float | None
    agreement: tuple[float | None, ...]
    ranks: tuple[tuple[int, int], ...]


def rank_flips(conditions: Sequence[Sequence[float]]) -> RankFlips:
    """Compare the order of the same subjects under several prompts or perturbations.

    Args:
        conditions: for each the subjects' scores, higher better; the first is the base.

    Raises:
        ValueError: when there is no condition, lengths differ, or a score is not finite.
    """
    table = np.asarray(conditions, dtype=np.float64)
    if table.ndim != 2 or not np.isfinite(table).all():
        raise ValueError("conditions need the same subjects and finite scores")
    signs = np.array(
        [np.sign(table[:, i] - table[:, j]) for i, j in combinations(range(table.shape[1]), 2)]
    ).reshape(-1, len(table))
    base, others = signs[:, :1], signs[:, 1:]
    led = (base != 0).ravel()
    count = int(led.sum()) * others.shape[1]
    flips = int((others[led] == -base[led]).sum())
    best = (table[:, None, :] > table[:, :, None]).sum(axis=2) + 1
    return RankFlips(
        pairs=int(led.sum()),
        flipped=flips / count if count else None,
        agreement=tuple(_tau_b(base.ravel(), others[:, k]) for k in range(others.shape[1])),
        ranks=tuple(
            (int(low), int(high))
            for low, high in zip(best.min(axis=0), best.max(axis=0), strict=True)
        ),
    )


def _tau_b(
    one: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    two: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> float | None:
    weight = float((one != 0).sum()) * float((two != 0).sum())
    return float((one * two).sum()) / weight**0.5 if weight else None
