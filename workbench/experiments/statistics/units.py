"""Scores gathered into the things that are drawn at random: items, or clusters of items.

Items that share a passage or a template are right or wrong together, so they are drawn together.
An item without a cluster stands for itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Units:
    """The mean of the items is sum(totals) / sum(weights).

    Attributes:
        totals: for each unit the sum of weight x value over its items.
        weights: for each unit the sum of its items' weights.
        clustered: whether any unit holds more than one item.
    """

    totals: Floats
    weights: Floats
    clustered: bool

    @property
    def n(self) -> int:
        """How many units there are."""
        return len(self.totals)

    @property
    def mean(self) -> float:
        """The weighted mean over all items. Raises ValueError when no weight is above 0."""
        whole = float(self.weights.sum())
        if whole <= 0.0:
            raise ValueError("no item has a weight above 0")
        return float(self.totals.sum()) / whole


def cluster_ids(clusters: Sequence[str], n: int) -> Ints:
    """For each of `n` items the number of its unit, from 0.

    Args:
        clusters: names in the order of the items; "" for an item by itself. Empty: no clusters.

    Raises:
        ValueError: when there are names, but not one for each item.
    """
    if not clusters:
        return np.arange(n, dtype=np.int64)
    if len(clusters) != n:
        raise ValueError(f"{len(clusters)} cluster names for {n} items")
    numbers: dict[str | int, int] = {}
    return np.array(
        [numbers.setdefault(name or place, len(numbers)) for place, name in enumerate(clusters)],
        dtype=np.int64,
    )


def units_of(values: Floats, clusters: Sequence[str] = (), weights: Sequence[float] = ()) -> Units:
    """`values` (n,) gathered by cluster; items weigh 1 each unless `weights` are given.

    Raises:
        ValueError: when counts differ or a weight is negative or not finite.
    """
    ids = cluster_ids(clusters, len(values))
    if len(weights) not in (0, len(values)):
        raise ValueError(f"{len(weights)} weights for {len(values)} items")
    weight = np.asarray(weights, dtype=np.float64) if len(weights) else np.ones(len(values))
    if not np.all(np.isfinite(weight)) or np.any(weight < 0.0):
        raise ValueError("a weight is negative or not a finite number")
    count = int(ids.max()) + 1 if len(ids) else 0
    return Units(
        totals=np.bincount(ids, weights=values * weight, minlength=count).astype(np.float64),
        weights=np.bincount(ids, weights=weight, minlength=count).astype(np.float64),
        clustered=count < len(values),
    )
