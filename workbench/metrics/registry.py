"""Every built-in metric, in the order in which people are shown them."""

from __future__ import annotations

from workbench.core.registry import Registry
from workbench.metrics import (
    answer,
    attempts,
    calibration,
    choice,
    classification,
    edits,
    embedding,
    judged,
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
    "Labels": classification,
    "Multiple choice": choice,
    "Calibration": calibration,
    "Translation": translation,
    "Summaries": rouge,
    "METEOR": meteor,
    "Edits": edits,
    "Probability": probability,
    "Structure": structure,
    "Attempts": attempts,
    "Style": style,
    "Speed": timing,
    "Embeddings": embedding,
    "Judges and people": judged,
}
"""Modules with a function `metrics`, by the heading that lists show."""


def built_in_metrics() -> Registry[Metric]:
    """A new registry of all built-in metrics; making one is cheap and imports no library."""
    registry: Registry[Metric] = Registry("metric")
    for family in FAMILIES.values():
        for metric in family.metrics():
            registry.add(metric.info.name, metric)
    return registry
