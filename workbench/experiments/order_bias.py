"""Whether what is shown first wins more often, and how often a verdict changes with the order."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from workbench.core.ranking import Interval, OrderBias
from workbench.core.votes import Verdict, Vote
from workbench.experiments.ballots import pairing, told_of
from workbench.experiments.bradley_terry import Z95


def order_bias(votes: Sequence[Vote]) -> OrderBias:
    """Counts over single votes: each order of a judge is one."""
    first = sum(vote.verdict is Verdict.A for vote in votes)
    second = sum(vote.verdict is Verdict.B for vote in votes)
    both, flips = _flips(votes)
    decided = first + second
    return OrderBias(
        first=first,
        second=second,
        share=first / decided if decided else None,
        interval=wilson(first, decided),
        p=binomial_p(first, decided) if decided else None,
        both_orders=both,
        flips=flips,
    )


def wilson(count: int, total: int) -> Interval | None:
    """The 95 % interval of a share; None of nothing."""
    if not total:
        return None
    share, z2 = count / total, Z95 * Z95
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = Z95 * math.sqrt(share * (1 - share) / total + z2 / (4 * total * total))
    half /= 1 + z2 / total
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def binomial_p(count: int, total: int) -> float:
    """Two-sided exact test of `count` heads in `total` throws of a fair coin."""
    low = min(count, total - count)
    if 2 * low == total:
        return 1.0
    ways = np.cumsum([0.0, *np.log(total - np.arange(low)) - np.log(1 + np.arange(low))])
    logs = ways - total * math.log(2.0)
    return min(1.0, 2.0 * float(np.exp(logs).sum()))


def _flips(votes: Sequence[Vote]) -> tuple[int, int]:
    """Pairings that one voter judged in both orders, and how many of them turned."""
    said: dict[object, dict[bool, Verdict]] = {}
    for vote in sorted(votes, key=lambda v: v.vote_id):
        key = (vote.voter.kind, vote.voter.name, pairing(vote))
        said.setdefault(key, {})[vote.a.place == pairing(vote)[0]] = told_of(vote)
    both = [verdicts for verdicts in said.values() if len(verdicts) == 2]
    return len(both), sum(verdicts[True] is not verdicts[False] for verdicts in both)
