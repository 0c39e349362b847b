"""What the tests of all metrics share: evidence that holds everything, and the two outcomes."""

from __future__ import annotations

import math

from workbench.core.metric import (
    Aggregate,
    CallEvidence,
    ChoiceEvidence,
    Evidence,
    Score,
    TextLogprobs,
)
from workbench.core.types import Timings
from workbench.metrics.base import Metric
from workbench.metrics.registry import built_in_metrics

METRICS = built_in_metrics()
NAMES = METRICS.names()
SENTENCE = "the quick brown fox jumps over the lazy dog"

FULL = Evidence(
    prediction="4",
    references=("4", '{"type": "integer"}'),
    wrong=("5",),
    choices=(
        ChoiceEvidence(" 4", -0.5, 1, 2, unconditional=-2.0),
        ChoiceEvidence(" five", -2.0, 2, 5, unconditional=-3.0),
    ),
    gold=(0,),
    logprobs=TextLogprobs((-0.5, -0.25), 2, (0.75, 0.5), span="reply"),
    timings=Timings(9, 0, 900.0, 12, 40.0, 20.0),
    attempts=(True, False),
    calls=(CallEvidence("f", {"x": 1}),),
    gold_calls=(CallEvidence("f", {"x": [1]}),),
    embeddings=((1.0, 0.0), (0.5, 0.5), (0.0, 1.0), (0.2, 0.9)),
    verdict=7.0,
    verdict_range=(0.0, 10.0),
    judge_choices=(ChoiceEvidence("1", -1.0, 1, 1), ChoiceEvidence("5", -0.5, 1, 1)),
    guard_choices=(ChoiceEvidence("safe", -0.1, 1, 4), ChoiceEvidence("unsafe", -3.0, 1, 6)),
    preference=0.5,
    rating=4.0,
)


def holds(metric: Metric, found: Score | Aggregate) -> bool:
    """A number within the bounds, or a sentence; never both missing."""
    info = metric.info
    if found.value is None:
        return found.reason.strip() != ""
    low = -math.inf if info.low is None else info.low
    high = math.inf if info.high is None else info.high
    return math.isfinite(found.value) and low <= found.value <= high and type(found.value) is float
