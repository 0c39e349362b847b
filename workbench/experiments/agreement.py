"""How far voters agree: Cohen's kappa and Krippendorff's alpha for names of classes.

Own numpy code: both are a few lines, and scikit-learn is a hundred megabytes for one of them.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np


def cohen_kappa(a: Sequence[Hashable], b: Sequence[Hashable]) -> float | None:
    """Agreement of two voters on the same things beyond chance: 1 is perfect, 0 is chance.

    None when nothing was judged, or when both always said one and the same.
    """
    if len(a) != len(b):
        raise ValueError("both must have judged the same things")
    if not a:
        return None
    classes = {label: number for number, label in enumerate(dict.fromkeys([*a, *b]))}
    table = np.zeros((len(classes), len(classes)))
    for x, y in zip(a, b, strict=True):
        table[classes[x], classes[y]] += 1
    table /= len(a)
    expected = float(table.sum(1) @ table.sum(0))
    if expected >= 1.0:
        return None
    return (float(np.trace(table)) - expected) / (1.0 - expected)


def krippendorff_alpha(units: Sequence[Sequence[Hashable]]) -> float | None:
    """Agreement of any number of voters, nominal: 1 is perfect, 0 is chance.

    `units` has, for everything that was judged, what its voters said; what only one voter judged
    tells nothing. None when nothing was judged twice, or only one class was ever named.
    """
    told = [list(unit) for unit in units if len(unit) > 1]
    classes = {
        label: number for number, label in enumerate(dict.fromkeys(x for u in told for x in u))
    }
    if not told or len(classes) < 2:
        return None
    coincidences = np.zeros((len(classes), len(classes)))
    for unit in told:
        counts = np.bincount([classes[x] for x in unit], minlength=len(classes)).astype(float)
        pairs = np.outer(counts, counts) - np.diag(counts)
        coincidences += pairs / (len(unit) - 1)
    totals = coincidences.sum(1)
    n = float(totals.sum())
    observed = n - float(np.trace(coincidences))
    expected = (n * n - float(totals @ totals)) / (n - 1)
    return 1.0 - observed / expected
