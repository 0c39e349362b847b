"""How long a reply took and how fast it came."""

from __future__ import annotations

import math

from workbench.core.metric import Argument, Direction, Evidence, MetricInfo, Need
from workbench.core.types import Timings
from workbench.metrics.base import ItemMetric, Metric, NotScored, Values

_NEEDS = frozenset({Need.TIMINGS})


def metrics() -> list[Metric]:
    """The metrics of this family."""
    return [
        ItemMetric(
            MetricInfo(
                name="latency",
                label="Latency",
                unit="ms",
                direction=Direction.LOWER,
                needs=_NEEDS,
                means="milliseconds from taking up the request to the first token, or to the end "
                "(the other tokens at their mean speed).",
                means_not="a property of the model: machine, settings, cache, other samples and "
                "whatever else runs count.",
                source="the engine's clock",
                low=0,
                arguments=(Argument("to", "choice", "Until when.", "end", ("first_token", "end")),),
            ),
            _latency,
        ),
        ItemMetric(
            MetricInfo(
                name="tokens_per_second",
                label="Tokens per second",
                unit="tokens/s",
                direction=Direction.HIGHER,
                needs=_NEEDS,
                means="tokens made (or prompt tokens read) per second.",
                means_not="words per second: vocabularies differ. With several samples at once "
                "it is of all together.",
                source="the engine's clock",
                low=0,
                arguments=(
                    Argument("of", "choice", "Which tokens.", "reply", ("reply", "prompt")),
                ),
            ),
            _speed,
        ),
    ]


def _timings(evidence: Evidence) -> Timings:
    if evidence.timings is None:
        raise NotScored("There are no timings.")
    return evidence.timings


def _latency(evidence: Evidence, values: Values) -> float:
    timings = _timings(evidence)
    first = _figure(timings.first_token_ms, "No token was made, so none was first.")
    if values["to"] == "first_token":
        return first
    # The first token is there already; the others come at the speed of decoding.
    rest = timings.decode_tokens - 1
    if rest <= 0:
        return first
    speed = _figure(timings.decode_tps, "The speed of decoding was not measured.")
    if speed == 0:
        raise NotScored("The speed of decoding was not measured.")
    return first + 1000 * rest / speed


def _speed(evidence: Evidence, values: Values) -> float:
    timings = _timings(evidence)
    if values["of"] == "prompt":
        return _figure(timings.prefill_tps, "No prompt token was read (all stood in the cache).")
    return _figure(timings.decode_tps, "Too few tokens were made to measure their speed.")


def _figure(value: float | None, reason: str) -> float:
    if value is None:
        raise NotScored(reason)
    if not math.isfinite(value) or value < 0:
        raise NotScored(f"{value} is no measurement.")
    return value
