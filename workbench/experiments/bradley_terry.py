"""Bradley-Terry strengths from points that competitors took from each other.

`wins[i, j]` are the points i took from j, a tie half a point each way. A competitor's strength is
the logarithm of its odds; i beats j with probability 1 / (1 + exp(strength_j - strength_i)).

Without a prior a competitor that won everything has no finite strength; half a point each way for
every pair that met (the default elsewhere) keeps all strengths finite. Own numpy code: the fit is
forty lines, and the libraries that have it (choix, evalica) resample comparisons, not items.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from workbench.core.errors import UserError
from workbench.core.ranking import Floats

Bools = npt.NDArray[np.bool_]

POINTS = 400.0 / math.log(10.0)
"""Points of the Elo scale for one unit of log-odds."""

Z95 = 1.959963984540054

_MOST_STEPS = 200
_SMALL = 1e-10
_MOST_NUMBERS = 4_000_000
"""Numbers in one array of a batch, so that many competitors do not fill the memory."""


def strengths(wins: Floats, prior: float = 0.0) -> Floats:
    """Maximum-likelihood strengths (k,), their mean 0.

    Args:
        wins: (k, k); the diagonal is ignored.
        prior: points added each way for every pair that met.

    Raises:
        UserError: without a prior some competitors never lost to, or never beat, the others, so
            that there is no finite answer; or they did not all meet.
    """
    clean = np.array(wins, np.float64)
    np.fill_diagonal(clean, 0.0)
    with_prior = clean + prior_points(clean, prior)
    if len(strong_groups(with_prior)) > 1:
        raise UserError(
            "Strengths cannot be told: some competitors never lost to the others, or never met"
            " them.",
            "Use a prior, or let them meet.",
        )
    found: Floats = strengths_of_many(with_prior[None])[0]
    return found


def prior_points(wins: Floats, prior: float) -> Floats:
    """`prior` at every ordered pair that met, 0 elsewhere."""
    met = (wins + wins.T) > 0
    np.fill_diagonal(met, val=False)
    points: Floats = np.where(met, float(prior), 0.0)
    return points


def strengths_of_many(wins: Floats) -> Floats:
    """Strengths (b, k) of many tables (b, k, k), each strongly connected."""
    size = wins.shape[1]
    step = max(1, _MOST_NUMBERS // max(1, size * size))
    parts = [_newton(wins[at : at + step]) for at in range(0, len(wins), step)]
    return np.concatenate(parts) if parts else np.empty((0, size))


def _newton(wins: Floats) -> Floats:
    """Newton's method with steps so damped that the likelihood always rises."""
    games = wins + wins.transpose(0, 2, 1)
    points = wins.sum(2)
    found = np.zeros(wins.shape[:2])
    level = 1.0 / wins.shape[1]  # fills the direction in which the likelihood is flat
    for _ in range(_MOST_STEPS):
        chance = _chance(found)
        gradient = points - (games * chance).sum(2)
        weight = games * chance * (1.0 - chance)
        hessian = _laplacian(weight) + level
        step = np.linalg.solve(hessian, gradient[..., None])[..., 0]
        spread = np.ptp(step, axis=1)
        # The logistic function's third derivative is bounded by its second times the spread;
        # a step of ln(1 + spread) / spread never overshoots and becomes 1 at the end.
        damping = np.divide(np.log1p(spread), spread, out=np.ones_like(spread), where=spread > 0)
        found += step * damping[:, None]
        if spread.max(initial=0.0) < _SMALL:
            break
    centred: Floats = found - found.mean(1, keepdims=True)
    return centred


def covariance(found: Floats, games: Floats) -> Floats:
    """Covariance (k, k) of centred strengths, from the curvature of the likelihood at `found`.

    `games[i, j]` are the points i and j played for, the prior's included.
    """
    chance = _chance(found[None])[0]
    level = 1.0 / len(found)
    inverse: Floats = np.linalg.inv(_laplacian((games * chance * (1 - chance))[None])[0] + level)
    return inverse - level


def half_width(won: float, lost: float) -> float:
    """Half of the 95 % interval of a difference that stands on won and lost points alone, in
    points of the scale; infinite when one of them is 0."""
    if won <= 0 or lost <= 0:
        return math.inf
    return Z95 * POINTS * math.sqrt(1.0 / won + 1.0 / lost)


def groups(met: Bools) -> list[list[int]]:
    """Competitors that met, directly or through others; the largest group first."""
    reach = _reachable(met | met.T)
    return _classes(reach)


def strong_groups(wins: Floats) -> list[list[int]]:
    """Groups inside which everybody took a point from everybody, directly or through others.

    The stronger come first: no group took a point from one before it.
    """
    reach = _reachable(wins > 0)
    found = _classes(reach & reach.T)
    return sorted(found, key=lambda group: (-int(reach[group[0]].sum()), group))


def _chance(found: Floats) -> Floats:
    """P(i beats j), (b, k, k)."""
    apart = found[:, :, None] - found[:, None, :]
    # exp of a negative number only: it cannot overflow.
    small = np.exp(-np.abs(apart))
    chance: Floats = np.where(apart >= 0, 1.0, small) / (1.0 + small)
    return chance


def _laplacian(weight: Floats) -> Floats:
    made = -weight
    at = np.arange(weight.shape[1])
    made[:, at, at] = weight.sum(2) - weight[:, at, at]
    return made


def _reachable(steps: Bools) -> Bools:
    """Who is reached from whom in any number of steps, oneself included."""
    reach = steps | np.eye(len(steps), dtype=bool)
    for _ in range(max(1, len(steps)).bit_length()):
        reach = (reach.astype(np.float32) @ reach.astype(np.float32)) > 0
    return reach


def _classes(same: Bools) -> list[list[int]]:
    found: dict[bytes, list[int]] = {}
    for number, row in enumerate(same):
        found.setdefault(row.tobytes(), []).append(number)
    return sorted(found.values(), key=lambda group: (-len(group), group))
