"""How far voters agree: Cohen's kappa, and Krippendorff's alpha for classes, ranks and numbers.

Own numpy code: both are a few lines, and scikit-learn is a hundred megabytes for one of them.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from enum import StrEnum

import numpy as np
import numpy.typing as npt


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


class Level(StrEnum):
    """What the distance of two judgements is."""

    NOMINAL = "nominal"
    """Names of classes: the same or not."""
    ORDINAL = "ordinal"
    """Ranks: as far apart as there are judgements between them."""
    INTERVAL = "interval"
    """Numbers on a scale: the square of their difference."""


def krippendorff_alpha(
    units: Sequence[Sequence[Hashable]], level: Level = Level.NOMINAL
) -> float | None:
    """Agreement of any number of voters: 1 is perfect, 0 is chance.

    `units` has, for everything that was judged, what its voters said (numbers, unless the level is
    nominal); what only one voter judged tells nothing. None when nothing was judged twice, or only
    one value was ever given.
    """
    told = [list(unit) for unit in units if len(unit) > 1]
    labels = list(dict.fromkeys(x for u in told for x in u))
    if level is not Level.NOMINAL:
        labels.sort(key=_number)
    classes = {label: number for number, label in enumerate(labels)}
    if not told or len(classes) < 2:
        return None
    coincidences = np.zeros((len(classes), len(classes)))
    for unit in told:
        counts = np.bincount([classes[x] for x in unit], minlength=len(classes)).astype(float)
        pairs = np.outer(counts, counts) - np.diag(counts)
        coincidences += pairs / (len(unit) - 1)
    totals = coincidences.sum(1)
    apart = _distances(labels, totals, level)
    observed = float((coincidences * apart).sum())
    expected = float((np.outer(totals, totals) * apart).sum()) / (float(totals.sum()) - 1)
    return 1.0 - observed / expected


def _distances(
    labels: Sequence[Hashable], totals: npt.NDArray[np.float64], level: Level
) -> npt.NDArray[np.float64]:
    """The squared distance of every two values; `totals` says how often each was given."""
    if level is Level.NOMINAL:
        return 1.0 - np.eye(len(labels))
    if level is Level.INTERVAL:
        places = np.array([_number(label) for label in labels])
    else:
        places = np.cumsum(totals) - totals / 2
    return np.asarray((places[:, None] - places[None, :]) ** 2, dtype=np.float64)


def _number(label: Hashable) -> float:
    if isinstance(label, int | float):
        return float(label)
    raise ValueError(f"{label!r} is no number")
