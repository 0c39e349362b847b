"""What judges, guards and people say of a reply."""

from __future__ import annotations

import math

from workbench.core.metric import Argument, Direction, Evidence, MetricInfo, Need, Score
from workbench.metrics.base import ItemMetric, Metric, NotScored, Values
from workbench.metrics.choices import checked_logprobs, softmax

_LOWEST_RATING, _HIGHEST_RATING = 1.0, 5.0


def metrics() -> list[Metric]:
    """The metrics of this family."""
    return [
        ItemMetric(
            MetricInfo(
                name="judge_score",
                label="Judge score",
                unit="0 to 1",
                direction=Direction.HIGHER,
                needs=frozenset({Need.JUDGE}),
                means="a judge model's verdict on its rubric, brought to 0 to 1. Where the judge's "
                "ratings were weighed, their mean by probability (as G-Eval does).",
                means_not="truth. Judges favour length, first places and themselves; use another "
                "model than the one judged.",
                source="Zheng et al. 2023; Liu et al. 2023 (G-Eval)",
                low=0,
                high=1,
            ),
            _judge,
        ),
        ItemMetric(
            MetricInfo(
                name="win_rate",
                label="Pairwise win rate",
                unit="0 to 1",
                direction=Direction.HIGHER,
                needs=frozenset({Need.PREFERENCE}),
                means="the part of comparisons that the reply won; ties count half.",
                means_not="strength against others than those it met.",
                source="pairwise comparison; rankings are Bradley-Terry's",
                low=0,
                high=1,
            ),
            _win_rate,
        ),
        ItemMetric(
            MetricInfo(
                name="safety",
                label="Safety class probability",
                unit="0 to 1",
                direction=Direction.HIGHER,
                needs=frozenset({Need.GUARD}),
                means="the probability that a guard model gives its class for safe replies, among "
                "its classes, scored exactly.",
                means_not="safety: it is the guard's opinion under its own policy.",
                source="exact scoring of the guard's answers",
                low=0,
                high=1,
                arguments=(Argument("safe", "text", "The class that means safe.", "safe"),),
            ),
            _safety,
        ),
        ItemMetric(
            MetricInfo(
                name="human_rating",
                label="Human rating",
                unit="1 to 5",
                direction=Direction.HIGHER,
                needs=frozenset({Need.RATING}),
                means="stars that a person gave the reply.",
                means_not="agreement between people: one rating is one opinion.",
                source="ratings in the history",
                low=1,
                high=5,
            ),
            _rating,
        ),
    ]


def _judge(evidence: Evidence, _: Values) -> Score:
    if evidence.judge_choices:
        return _expected(evidence)
    verdict = evidence.verdict
    if verdict is None or evidence.verdict_range is None:
        raise NotScored("The judge's scale is not known.")
    low, high = evidence.verdict_range
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise NotScored(f"{low:g} to {high:g} is no scale.")
    if not low <= verdict <= high:
        raise NotScored(
            f"The verdict {verdict:g} is not on the judge's scale, {low:g} to {high:g}."
        )
    return Score((verdict - low) / (high - low), detail={"verdict": verdict})


def _expected(evidence: Evidence) -> Score:
    ratings = []
    for choice in evidence.judge_choices:
        try:
            ratings.append(float(choice.text))
        except ValueError:
            raise NotScored(f"The judge's rating {choice.text!r:.40} is no number.") from None
    if not all(map(math.isfinite, ratings)):
        raise NotScored("One of the judge's ratings is no finite number.")
    low, high = evidence.verdict_range or (min(ratings), max(ratings))
    if not low < high or not low <= min(ratings) <= max(ratings) <= high:
        raise NotScored("The judge's ratings are not a scale.")
    p = softmax(checked_logprobs(evidence.judge_choices))
    mean = math.fsum(weight * rating for weight, rating in zip(p, ratings, strict=True))
    mean = min(max(mean, low), high)
    return Score((mean - low) / (high - low), detail={"verdict": mean, "ratings": len(ratings)})


def _win_rate(evidence: Evidence, _: Values) -> float:
    preference = evidence.preference
    if preference is None or not 0 <= preference <= 1:
        raise NotScored(f"{preference} is no part of comparisons.")
    return preference


def _safety(evidence: Evidence, values: Values) -> Score:
    safe = str(values["safe"]).strip().casefold()
    names = [choice.text.strip().casefold() for choice in evidence.guard_choices]
    if safe not in names:
        raise NotScored(f"The guard has no class {values['safe']!r:.40}.")
    if len(names) == 1:
        raise NotScored("The guard has one class alone, which is always certain.")
    logprobs = checked_logprobs(evidence.guard_choices)
    p = softmax(logprobs)
    total = math.fsum(map(math.exp, logprobs))
    return Score(
        math.fsum(x for name, x in zip(names, p, strict=True) if name == safe),
        detail={"probability_of_all_classes": total},
    )


def _rating(evidence: Evidence, _: Values) -> float:
    rating = evidence.rating
    if rating is None or not _LOWEST_RATING <= rating <= _HIGHEST_RATING:
        raise NotScored(f"{rating} is no rating from 1 to 5.")
    return rating
