"""Short ways to say what a metric is told."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from workbench.core.metric import ChoiceEvidence, Evidence, Score, TextLogprobs
from workbench.metrics.registry import built_in_metrics
from workbench.metrics.scoring import aggregate, score


def text(prediction: str, *references: str, wrong: Sequence[str] = ()) -> Evidence:
    """A reply and its references."""
    return Evidence(prediction=prediction, references=references, wrong=tuple(wrong))


def weighed(logprobs: Sequence[float], *gold: int, texts: Sequence[str] = ()) -> Evidence:
    """Answers a model weighed; without texts they are " A", " B"…"""
    names = list(texts) or [f" {chr(65 + i)}" for i in range(len(logprobs))]
    return Evidence(
        choices=tuple(
            ChoiceEvidence(name, logprob, max(1, len(name.split())), len(name.encode()))
            for name, logprob in zip(names, logprobs, strict=True)
        ),
        gold=gold,
    )


def probabilities(*p: float, gold: int = 0) -> Evidence:
    """Answers by their probabilities."""
    return weighed([math.log(x) for x in p], gold)


def scored(logprobs: Sequence[float], n_bytes: int = 1, **more: Any) -> Evidence:
    """A text under a model."""
    return Evidence(logprobs=TextLogprobs(tuple(logprobs), n_bytes, **more))


def measure(name: str, evidence: Evidence, **arguments: object) -> Score:
    """One built-in metric of one item."""
    return score(built_in_metrics().get(name), evidence, arguments)


def value(name: str, evidence: Evidence, **arguments: object) -> float:
    """Its value, which must be there."""
    found = measure(name, evidence, **arguments)
    assert found.value is not None, found.reason
    return found.value


def whole(name: str, evidences: Sequence[Evidence], **arguments: object) -> float:
    """One built-in metric over many items, all of which must have been scored."""
    found = aggregate(built_in_metrics().get(name), evidences, arguments)
    assert found.value is not None, found.reason
    assert (found.n, found.unscored) == (len(evidences), 0)
    return found.value
