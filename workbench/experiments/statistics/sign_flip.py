"""The sign-flip (paired randomisation) test: could these differences as well be the other way?"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from workbench.experiments.statistics.bootstrap import Resampling
from workbench.experiments.statistics.units import Floats

_ALL_UNITS = 14
"""Up to this many units every way to flip them is looked at: 16,384 at most."""
_CHUNK = 1 << 20
_DRAWS, _FLIPS = 10_000, 50_000_000
"""So many draws, fewer for very many units; never fewer than the resamples asked for."""


def sign_flip_p(differences: Floats, how: Resampling) -> float:
    """Two-sided p that `differences` (one per unit) have a middle of 0.

    Exact for up to 14 units that differ; otherwise (1 + hits) / (1 + draws), never 0. The result
    is 1 when no unit differs.
    """
    values = np.abs(differences[differences != 0.0])
    seen = abs(float(differences.sum()))
    if not len(values):
        return 1.0
    # Sums of the same numbers in another order differ in their last bits.
    seen -= 1e-9 * float(values.sum())
    if len(values) <= _ALL_UNITS:
        flips = (np.arange(1 << len(values))[:, None] >> np.arange(len(values))) & 1
        return float(np.mean(np.abs((2 * flips - 1) @ values) >= seen))
    generator = np.random.default_rng(how.seed)
    sizes, counts = np.unique(values, return_counts=True)
    draws = max(how.resamples, min(_DRAWS, _FLIPS // len(sizes)))
    rows = max(1, _CHUNK // len(sizes))
    whole, hits = float(values.sum()), 0
    for start in range(0, draws, rows):
        shape = (min(rows, draws - start), len(sizes))
        sums = 2.0 * (_kept(generator, counts, shape) @ sizes) - whole
        hits += int((np.abs(sums) >= seen).sum())
    return (1 + hits) / (1 + draws)


def _kept(
    generator: np.random.Generator, counts: npt.NDArray[np.int64], shape: tuple[int, int]
) -> Floats:
    """For each size how many of its units keep their sign, in each draw: (draws, sizes)."""
    if (counts == 1).all():
        draws, n = shape
        packed = generator.integers(0, 256, size=(draws, (n + 7) // 8), dtype=np.uint8)
        return np.unpackbits(packed, axis=1, count=n).astype(np.float64)
    # Of several units of one size the number that keep their sign is binomial.
    return generator.binomial(counts, 0.5, size=shape).astype(np.float64)
