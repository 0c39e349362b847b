"""Ranking from votes: Bradley-Terry strengths with intervals from resampled items.

Several votes on one item are no independent evidence, so whole items are drawn, with all their
votes. The prior belongs to every pair that met in all votes, in every resample: no resample falls
apart. Where every vote between two groups went one way, or there are only a few items, resampling
cannot show how uncertain that is; there the curvature of the likelihood gives the spread.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.ranking import (
    By,
    Counted,
    Floats,
    Interval,
    OrderBias,
    Ranking,
    Rated,
    Refusal,
)
from workbench.core.registry import did_you_mean
from workbench.core.votes import Verdict, Vote
from workbench.experiments.ballots import Ballot, Box, gather
from workbench.experiments.bradley_terry import (
    POINTS,
    covariance,
    groups,
    half_width,
    prior_points,
    strengths,
    strengths_of_many,
    strong_groups,
)
from workbench.experiments.contestants import Identities
from workbench.experiments.order_bias import order_bias
from workbench.experiments.ranking_remarks import FEW_ITEMS, remarks

PRIOR = 0.5
RESAMPLES = 1000
_BATCH = 100
_LOW, _HIGH = 2.5, 97.5
_EQUAL = 1e-9


@dataclass(frozen=True, slots=True)
class RankOptions:
    """How to rank.

    Attributes:
        baseline: name of the competitor whose rating is 0; empty puts the mean there.
        prior: points each way for every pair that met.
        clean_only: count only votes in which nothing else differs.
        skip_both_bad: leave out "both bad" instead of counting it as a tie.
    """

    by: By = By.MODEL
    baseline: str = ""
    prior: float = PRIOR
    resamples: int = RESAMPLES
    seed: int = 0
    clean_only: bool = False
    skip_both_bad: bool = False


def rank(
    votes: Sequence[Vote],
    identities: Identities,
    options: RankOptions | None = None,
    cancel: CancelToken | None = None,
) -> Ranking:
    """The ranking of the votes of one voter, or kind of voters. Their order does not matter.

    Without votes, with one competitor, or with groups that never met, the answer is a refusal.

    Raises:
        UserError: there is no competitor with the baseline's name, or an option makes no sense.
        Cancelled: somebody asked to stop.
    """
    wish = options or RankOptions()
    if not 0 < wish.prior < math.inf:
        raise UserError("The prior must be more than 0.", "0.5 is usual.")
    box = gather(votes, identities, wish.by, clean_only=wish.clean_only)
    ballots = [b for b in box.ballots if not (wish.skip_both_bad and b.verdict is Verdict.BOTH_BAD)]
    order = order_bias([vote for ballot in box.ballots for vote in ballot.votes])
    names = identities.names(wish.by)
    table = _Table.of(ballots)
    refusal = _refusal(table, names, box, wish.by)
    if refusal is not None:
        return _refused(wish, order, box.counted, refusal)
    baseline = _baseline(wish.baseline, table, names)
    return _ranked(table, names, wish, baseline, order, box.counted, cancel or CancelToken())


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """Ballots as arrays.

    Attributes:
        keys: competitors.
        verdicts: how often x and y ended so, by (x, y, verdict).
        x, y, item: of each ballot; share: what x got.
        n_items: different items.
    """

    keys: tuple[str, ...]
    ballots: tuple[Ballot, ...]
    x: np.ndarray
    y: np.ndarray
    item: np.ndarray
    share: Floats
    n_items: int

    @classmethod
    def of(cls, ballots: Sequence[Ballot]) -> _Table:
        """Competitors and items in a fixed order, so that equal votes give equal numbers."""
        keys = sorted({key for b in ballots for key in (b.x, b.y)})
        items = sorted({b.item for b in ballots})
        number = {key: i for i, key in enumerate(keys)}
        place = {item: i for i, item in enumerate(items)}
        return cls(
            tuple(keys),
            tuple(ballots),
            np.array([number[b.x] for b in ballots], np.int64),
            np.array([number[b.y] for b in ballots], np.int64),
            np.array([place[b.item] for b in ballots], np.int64),
            np.array([b.verdict.share for b in ballots]),
            len(items),
        )

    def wins(self, weight: Floats | None = None) -> Floats:
        """Points (k, k) each took from each."""
        k = len(self.keys)
        weights = np.ones(len(self.x)) if weight is None else weight
        flat = np.zeros(k * k)
        flat += np.bincount(self.x * k + self.y, self.share * weights, k * k)
        flat += np.bincount(self.y * k + self.x, (1.0 - self.share) * weights, k * k)
        return flat.reshape(k, k)

    def is_flat(self) -> bool:
        """Whether every pair got the same share on every item: resampling changes nothing."""
        k = len(self.keys)
        pair = self.x * k + self.y
        cell = pair * self.n_items + self.item
        cells, at = np.unique(cell, return_inverse=True)
        mean = np.bincount(at, self.share) / np.bincount(at)
        _, of = np.unique(cells // self.n_items, return_inverse=True)
        low, high = np.full(of.max() + 1, np.inf), np.full(of.max() + 1, -np.inf)
        np.minimum.at(low, of, mean)
        np.maximum.at(high, of, mean)
        return bool((high - low < _EQUAL).all())


def _ranked(
    table: _Table,
    names: dict[str, str],
    wish: RankOptions,
    baseline: int | None,
    order: OrderBias,
    counted: Counted,
    cancel: CancelToken,
) -> Ranking:
    wins = table.wins()
    found = strengths(wins, wish.prior)
    separated = strong_groups(wins)
    samples, by_curvature = _samples(table, found, wins, separated, wish, cancel)
    shift = 0.0 if baseline is None else found[baseline]
    shifts = 0.0 if baseline is None or samples is None else samples[:, [baseline]]
    best = sorted(range(len(found)), key=lambda i: (-found[i], names[table.keys[i]]))
    rated = _rated(table, names, found - shift, None if samples is None else samples - shifts)
    ordered = np.ix_(best, best)
    made = Ranking(
        by=wish.by,
        rated=tuple(rated[i] for i in best),
        wins=wins[ordered],
        counts=(wins + wins.T)[ordered],
        half_widths=_half_widths(wins)[ordered],
        order=order,
        counted=replace(counted, ballots=len(table.ballots), items=table.n_items),
        baseline="" if baseline is None else names[table.keys[baseline]],
        prior=wish.prior,
        resamples=0 if samples is None else len(samples),
        separated=_named(separated, table, names) if len(separated) > 1 else (),
        by_curvature=by_curvature,
    )
    return replace(made, remarks=remarks(made))


def _samples(
    table: _Table,
    found: Floats,
    wins: Floats,
    separated: list[list[int]],
    wish: RankOptions,
    cancel: CancelToken,
) -> tuple[Floats | None, bool]:
    """Strengths (resamples, k) as they could have been, and whether the curvature was needed.

    None of one item: nothing tells how the next one would be judged.
    """
    if table.n_items < 2:
        return None, False
    pseudo = prior_points(wins, wish.prior)
    samples = _resampled(table, pseudo, wish, cancel)
    noise = _noise(found, wins + wins.T + pseudo + pseudo.T, len(samples), wish.seed)
    if table.is_flat():
        return samples + noise, True
    if len(separated) > 1:
        samples = samples + _of_groups(noise, separated)
    # A handful of items cannot show the spread of all; the wider of the two is nearer the truth.
    if table.n_items < FEW_ITEMS and noise.std(0).mean() > samples.std(0).mean():
        return found + noise, True
    return samples, len(separated) > 1


def _resampled(table: _Table, pseudo: Floats, wish: RankOptions, cancel: CancelToken) -> Floats:
    """Strengths (resamples, k) when items are drawn with all their ballots."""
    random = np.random.default_rng(wish.seed)
    even = np.full(table.n_items, 1.0 / table.n_items)
    made = []
    for at in range(0, wish.resamples, _BATCH):
        cancel.check()
        drawn = random.multinomial(table.n_items, even, min(_BATCH, wish.resamples - at))
        made.append(
            strengths_of_many(np.stack([table.wins(row[table.item]) + pseudo for row in drawn]))
        )
    return np.concatenate(made)


def _noise(found: Floats, games: Floats, count: int, seed: int) -> Floats:
    """Strengths drawn around 0 with the spread that the curvature tells."""
    values, vectors = np.linalg.eigh(covariance(found, games))
    half = np.random.default_rng(seed + 1).standard_normal((-(-count // 2), len(found)))
    drawn = np.concatenate([half, -half])[:count]  # as much to one side as to the other
    made: Floats = (drawn * np.sqrt(np.maximum(values, 0.0))) @ vectors.T
    return made


def _of_groups(noise: Floats, separated: list[list[int]]) -> Floats:
    """Only what moves whole groups against each other; inside them resampling tells enough."""
    moved = np.empty_like(noise)
    for group in separated:
        moved[:, group] = noise[:, group].mean(1, keepdims=True)
    return moved


def _rated(
    table: _Table, names: dict[str, str], found: Floats, samples: Floats | None
) -> list[Rated]:
    intervals: list[Interval | None] = [None] * len(found)
    ranks: list[tuple[int, int] | None] = [None] * len(found)
    best: list[float | None] = [None] * len(found)
    if samples is not None:
        low, high = np.percentile(samples * POINTS, [_LOW, _HIGH], axis=0)
        intervals = [Interval(float(a), float(b)) for a, b in zip(low, high, strict=True)]
        apart = samples[:, None, :] - samples[:, :, None]  # [r, i, j]: j above i
        places = 1 + (apart > _EQUAL).sum(2)
        lows, highs = np.percentile(places, [_LOW, _HIGH], axis=0, method="inverted_cdf")
        ranks = [(int(a), int(b)) for a, b in zip(lows, highs, strict=True)]
        first = (places == 1).astype(float)
        best = [float(v) for v in (first / first.sum(1, keepdims=True)).mean(0)]
    said = _verdicts(table)
    return [
        Rated(
            name=names[key],
            key=key,
            rating=float(found[i] * POINTS),
            strength=float(found[i]),
            interval=intervals[i],
            ranks=ranks[i],
            p_best=best[i],
            wins=said[i][0],
            losses=said[i][1],
            ties=said[i][2],
            both_bad=said[i][3],
        )
        for i, key in enumerate(table.keys)
    ]


def _verdicts(table: _Table) -> list[list[int]]:
    """Wins, losses, ties and "both bad" of each."""
    said = [[0, 0, 0, 0] for _ in table.keys]
    for ballot, x, y in zip(table.ballots, table.x.tolist(), table.y.tolist(), strict=True):
        of_x, of_y = {
            Verdict.A: (0, 1),
            Verdict.B: (1, 0),
            Verdict.TIE: (2, 2),
            Verdict.BOTH_BAD: (3, 3),
        }[ballot.verdict]
        said[x][of_x] += 1
        said[y][of_y] += 1
    return said


def _half_widths(wins: Floats) -> Floats:
    k = len(wins)
    made = np.full((k, k), np.nan)
    for i in range(k):
        for j in range(k):
            width = half_width(wins[i, j], wins[j, i])
            if i != j and np.isfinite(width):
                made[i, j] = width
    return made


def _refusal(table: _Table, names: dict[str, str], box: Box, by: By) -> Refusal | None:
    if not table.ballots:
        c = box.counted
        if c.left_out_mixed:
            return Refusal(
                f"In all {c.left_out_mixed:,} decisions something else than the {by} differs too.",
                "Count them as well, or rank by all.",
            )
        if c.same:
            return Refusal(
                f"In all {c.same:,} decisions a {by} met itself: there is only one.",
                "Rank by something that differs, or vote on replies of others.",
            )
        if c.own:
            return Refusal(
                f"All {c.own:,} decisions are a judge's on replies of its own model.",
                "Let another model judge.",
            )
        if box.ballots:
            return Refusal(
                f"All {len(box.ballots):,} decisions say that both are bad.", "Count them as ties."
            )
        return Refusal("There are no votes yet.", "Vote in the arena, or let a model judge.")
    found = groups((table.wins() + table.wins().T) > 0)
    if len(found) == 1:
        return None
    played = (table.wins() + table.wins().T).sum(1)
    heads = [max(group, key=lambda i: (played[i], -i)) for group in found]
    missing = tuple((names[table.keys[heads[0]]], names[table.keys[h]]) for h in heads[1:])
    listed = "; ".join(f"{a} against {b}" for a, b in missing)
    return Refusal(
        f"{len(found)} groups never met, directly or through others, so nothing can rank them"
        f" together: {_listed(found, table, names)}.",
        f"Vote on {'these pairings' if len(missing) > 1 else 'this pairing'}: {listed}.",
        missing,
        _named(found, table, names),
    )


def _listed(found: list[list[int]], table: _Table, names: dict[str, str]) -> str:
    return " | ".join(", ".join(group) for group in _named(found, table, names))


def _named(
    found: list[list[int]], table: _Table, names: dict[str, str]
) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(names[table.keys[i]] for i in group) for group in found)


def _refused(wish: RankOptions, order: OrderBias, counted: Counted, why: Refusal) -> Ranking:
    empty = np.empty((0, 0))
    return Ranking(wish.by, (), empty, empty, empty, order, counted, why, prior=wish.prior)


def _baseline(name: str, table: _Table, names: dict[str, str]) -> int | None:
    if not name:
        return None
    known = [names[key] for key in table.keys]
    wanted = [i for i, one in enumerate(known) if one.casefold() == name.casefold()]
    if not wanted:
        raise UserError(f"There is no competitor {name}.", did_you_mean(name, known))
    return wanted[0]
