"""Answers that a model weighed: probabilities over them, and which one it chose."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from workbench.core.metric import ChoiceEvidence, Evidence
from workbench.metrics.base import NotScored

_ROUNDING = 1e-3
"""Sums of float32 log-probabilities may end up this far above 0."""


def checked_logprobs(choices: Sequence[ChoiceEvidence]) -> list[float]:
    """The summed log-probabilities; -inf is allowed where an answer is impossible.

    Raises:
        NotScored: one is no number or above 0, or all are impossible.
    """
    found = [choice.logprob for choice in choices]
    for choice, logprob in zip(choices, found, strict=True):
        if math.isnan(logprob) or logprob > _ROUNDING:
            raise NotScored(f"{logprob} is no log-probability (answer {choice.text!r:.40}).")
    if all(logprob == -math.inf for logprob in found):
        raise NotScored("Every answer has probability 0.")
    return [min(logprob, 0.0) for logprob in found]


def softmax(logprobs: Sequence[float]) -> list[float]:
    """Probabilities over the answers; the largest is subtracted first, so long ones are no 0/0."""
    top = max(logprobs)
    weights = [math.exp(logprob - top) for logprob in logprobs]
    total = math.fsum(weights)
    return [weight / total for weight in weights]


def gold_of(evidence: Evidence, at_most: int | None = None) -> frozenset[int]:
    """Indices of the right answers.

    Raises:
        NotScored: one points at no answer, or there are more than `at_most`.
    """
    n = len(evidence.choices)
    for index in evidence.gold:
        if not 0 <= index < n:
            raise NotScored(f"Answer {index} is called right, but there are only {n}.")
    gold = frozenset(evidence.gold)
    if at_most is not None and len(gold) > at_most:
        raise NotScored(f"{len(gold)} answers are right, and this needs exactly one.")
    return gold


Weight = Callable[[ChoiceEvidence], float]


def per_choice(evidence: Evidence, weigh: Weight | None = None) -> list[float]:
    """What the choice goes by: the summed log-probability, or `weigh` of it."""
    sums = checked_logprobs(evidence.choices)
    return sums if weigh is None else [weigh(choice) for choice in evidence.choices]


def chosen(weights: Sequence[float]) -> list[int]:
    """Indices of the best; several when they tie exactly."""
    top = max(weights)
    return [i for i, weight in enumerate(weights) if weight == top]


def credit(weights: Sequence[float], gold: frozenset[int]) -> float:
    """1 for a right choice, 0 for a wrong one; a tie counts by the share of right ones in it.

    The place of an answer in the list never matters.
    """
    best = chosen(weights)
    return sum(i in gold for i in best) / len(best)
