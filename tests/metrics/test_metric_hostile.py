"""Odd texts, numbers that are none, and a megabyte: every metric gives a number or a sentence."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from support.metric_contract import FULL, METRICS, NAMES, SENTENCE, holds

from workbench.core.metric import Evidence, Need, TextLogprobs
from workbench.core.types import Timings
from workbench.metrics.base import Metric
from workbench.metrics.scoring import aggregate, score


@pytest.fixture(params=NAMES)
def metric(request: pytest.FixtureRequest) -> Metric:
    """Every registered metric in turn."""
    return METRICS.get(request.param)


TEXTS = {
    "empty": "",
    "white space": " \n\t\u2003",
    "lone surrogate": "a \ud800 b \udfff 1",
    "control": "\x00\x01\x7f\x1b[31m",
    "emoji": "👨‍👩‍👧 🏳️‍🌈 é",
    "right to left": "שלום עולם ١٢٣ مرحبا",
    "no spaces": "日本語の文章です。ภาษาไทย",
    "punctuation": "!!! ... ---",
    "not a number": "nan inf -inf NaN",
    "combining": "e" + "\u0301" * 500,
    "percent": "%s %(x)s {0} {x} \\1 $1",
    "null": "null",
}


@pytest.mark.parametrize("kind", TEXTS)
def test_odd_texts(metric: Metric, kind: str) -> None:
    """Alone, as the reference, and as both."""
    odd = TEXTS[kind]
    for said, reference in ((odd, SENTENCE), (SENTENCE, odd), (odd, odd)):
        evidence = replace(FULL, prediction=said, references=(reference,), wrong=(odd,))
        assert holds(metric, score(metric, evidence))
    named = tuple(replace(choice, text=odd) for choice in FULL.choices)
    assert holds(metric, score(metric, replace(FULL, choices=named, guard_choices=named)))


def hostile_numbers() -> Iterator[Evidence]:
    """The full evidence with a number in it that is none, or is absurd."""
    for bad in (math.nan, math.inf, -math.inf, 1e308, -1e308, 5.0):
        choices = (replace(FULL.choices[0], logprob=bad), FULL.choices[1])
        every = tuple(replace(choice, logprob=bad) for choice in FULL.choices)
        alone = tuple(replace(choice, unconditional=bad) for choice in FULL.choices)
        yield replace(FULL, choices=choices, judge_choices=every, guard_choices=every)
        yield replace(FULL, choices=every)
        yield replace(FULL, choices=alone)
        yield replace(FULL, logprobs=TextLogprobs((bad, -1.0), 2, (bad, 1.0)))
        yield replace(FULL, embeddings=((bad, 1.0), (0.5, bad), (1.0, 1.0), (0.0, 1.0)))
        yield replace(FULL, verdict=bad, judge_choices=())
        yield replace(FULL, verdict_range=(0.0, bad), judge_choices=())
        yield replace(FULL, rating=bad, preference=bad)
        yield replace(FULL, timings=Timings(1, 0, bad, 3, bad, bad))
    yield replace(FULL, embeddings=((0.0, 0.0), (0.0, 0.0), (0.0, 0.0), (0.0, 0.0)))
    yield replace(FULL, embeddings=((1.0,), (0.5, 0.5)))
    yield replace(FULL, embeddings=((), ()))
    yield replace(FULL, gold=(7,))
    yield replace(FULL, gold=(-1,))
    yield replace(FULL, gold=(0, 1))
    yield replace(FULL, choices=FULL.choices[:1])
    yield replace(FULL, logprobs=TextLogprobs((), 0))
    yield replace(FULL, logprobs=TextLogprobs((-1.0,), 0))
    yield replace(FULL, logprobs=TextLogprobs((-1.0,), -5))
    yield replace(FULL, timings=Timings(0, 0, 0.0, 5, 0.0, 0.0))
    yield replace(FULL, verdict_range=(3.0, 3.0))
    yield replace(FULL, choices=tuple(replace(c, text="", n_tokens=0, n_bytes=0)
                                      for c in FULL.choices))  # fmt: skip


def test_numbers_that_are_none(metric: Metric) -> None:
    for evidence in hostile_numbers():
        assert holds(metric, score(metric, evidence))
        assert holds(metric, aggregate(metric, [FULL, evidence]))


MEGABYTE = 1_000_000
HUGE = {
    "one word": "a" * MEGABYTE,
    "words": SENTENCE * (MEGABYTE // len(SENTENCE)),
    "numbers": "1 " * (MEGABYTE // 2),
    "lines": "\n" * MEGABYTE,
    "braces": "{[" * (MEGABYTE // 2),
    "spaces": "```json\n" + " " * MEGABYTE,
    "random": "".join(random.Random(7).choices("abcdefghijkl   \n.", k=MEGABYTE)),
}
TEXT_METRICS = [
    name
    for name in NAMES
    if any(Need.PREDICTION in needs for needs in (METRICS.get(name).info.needs,
                                                  *METRICS.get(name).info.or_needs))
]  # fmt: skip


@pytest.mark.timing
@pytest.mark.parametrize("name", TEXT_METRICS)
def test_a_megabyte_ends_in_time(name: str) -> None:
    """A number or a refusal within ten seconds; refusals are what quadratic metrics give."""
    for kind, huge in HUGE.items():
        other = huge[:-9] + "the end"
        began = time.perf_counter()
        evidence = Evidence(prediction=huge, references=(other,), wrong=(other,))
        assert holds(METRICS.get(name), score(METRICS.get(name), evidence))
        assert time.perf_counter() - began < 10, kind
