"""A metric's description as JSON."""

from __future__ import annotations

from typing import Any

from workbench.core.metric import MetricInfo


def info_document(info: MetricInfo) -> dict[str, Any]:
    """Everything a metric says of itself; bounds are None where there is none."""
    return {
        "name": info.name,
        "label": info.label,
        "unit": info.unit,
        "direction": str(info.direction),
        "needs": sorted(info.needs),
        "or_needs": [sorted(needs) for needs in info.or_needs],
        "version": info.version,
        "low": info.low,
        "high": info.high,
        "whole": info.whole,
        "means": info.means,
        "means_not": info.means_not,
        "source": info.source,
        "arguments": [
            {
                "name": a.name,
                "kind": a.kind,
                "description": a.description,
                "default": a.default,
                "choices": list(a.choices),
                "required": a.required,
                "low": a.low,
                "high": a.high,
            }
            for a in info.arguments
        ],
    }
