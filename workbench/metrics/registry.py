"""Every built-in metric, in the order in which people are shown them."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.core.errors import UserError
from workbench.core.registry import Registry
from workbench.metrics import (
    answer,
    attempts,
    bias,
    calibration,
    calls,
    choice,
    classification,
    edits,
    embedding,
    judged,
    maths,
    meteor,
    numbers,
    probability,
    rouge,
    structure,
    style,
    timing,
    translation,
)
from workbench.metrics.base import Metric

FAMILIES = {
    "Right answers": answer,
    "Numbers": numbers,
    "Mathematics": maths,
    "Labels": classification,
    "Multiple choice": choice,
    "Calibration": calibration,
    "Bias and truth": bias,
    "Translation": translation,
    "Summaries": rouge,
    "METEOR": meteor,
    "Edits": edits,
    "Probability": probability,
    "Structure": structure,
    "Function calls": calls,
    "Attempts": attempts,
    "Style": style,
    "Speed": timing,
    "Embeddings": embedding,
    "Judges and people": judged,
}
"""Modules with a function `metrics`, by the heading that lists show."""


def built_in_metrics() -> Registry[Metric]:
    """A new registry of all built-in metrics; making one is cheap and imports no library."""
    return all_metrics()


def all_metrics(own: Iterable[Metric] = ()) -> Registry[Metric]:
    """The built-in metrics and a user's own.

    Raises:
        UserError: one of the user's has the name of another metric.
    """
    registry: Registry[Metric] = Registry("metric")
    for family in FAMILIES.values():
        for metric in family.metrics():
            registry.add(metric.info.name, metric)
    for metric in own:
        name = metric.info.name
        if name in registry.names():
            raise UserError(
                f"There is a metric named {name} already.",
                'Rename the file, or give it another name in its INFO: {"name": …}.',
            )
        registry.add(name, metric)
    return registry
