"""An invented evaluation for reports: two models, two prompts, groups, variants, hostile text."""

from __future__ import annotations

import random

from workbench.core.metric import Direction, MetricInfo, Score
from workbench.experiments.report.values import (
    ReportData,
    ReportItem,
    ReportMetric,
    ReportPair,
    ReportSubject,
)
from workbench.experiments.statistics.aggregate import aggregate
from workbench.experiments.statistics.paired import paired
from workbench.experiments.statistics.words import is_it_noise

NASTY = "</svg></script><img src=http://evil.example/x onerror=alert(1)>\x00\x07&amp;\ud800"


def metric(name: str = "accuracy", *, whole: bool = False) -> MetricInfo:
    """A metric from 0 to 1."""
    return MetricInfo(
        name, name.title(), "0 to 1", Direction.HIGHER, frozenset(), f"what {NASTY} says", "", "me",
        low=0.0, high=1.0, whole=whole,
    )  # fmt: skip


def subject(label: str, size: float | None, prompt: str, items: int, right: float) -> ReportSubject:
    """A model that is right in a share of the items."""
    drawn = random.Random(ascii(label + prompt))
    scores = [Score(float(drawn.random() < right)) for _ in range(items)]
    scores[3] = Score(None, f"The item failed. {NASTY}")
    return ReportSubject(
        label=f"{label}, {prompt}",
        model=label,
        prompt=prompt,
        size=size,
        aggregates={"accuracy": aggregate(metric(), scores[: items // 2])},
        scores={"accuracy": tuple(scores)},
        answers=tuple(f"{NASTY} {n}" if n % 5 else None for n in range(items)),
        confidences=tuple((drawn.random(), s.value or 0.0) for s in scores),
        labels=tuple(("AB"[n % 2], "AB"[drawn.randrange(2)]) for n in range(items)),
        repeats=(tuple(scores), tuple(reversed(scores))) if size else (),
        runs=tuple(f"run{n}" for n in range(items)),
    )


def report(items: int = 40) -> ReportData:
    """Half of the items are variants of the others."""
    half = items // 2
    rows = [ReportItem(f"q{n}", NASTY, "A", f"group {n % 3}", f"c{n % 7}") for n in range(half)]
    rows += [
        ReportItem(f"q{n}v", "again", "A", f"group {n % 3}", f"c{n % 7}", f"q{n}", "typos")
        for n in range(items - half)
    ]
    subjects = (
        subject("small", 1e8, "plain", items, 0.4),
        subject("large", 7e9, "plain", items, 0.8),
        subject("small", 1e8, "polite", items, 0.5),
        subject("large", 7e9, "polite", items, 0.5),
        subject(NASTY, None, "polite", items, 0.5),
    )
    found = paired(subjects[0].scores["accuracy"], subjects[1].scores["accuracy"])
    return ReportData(
        name="evaluation x",
        task=f"quiz {NASTY}",
        kind="choice",
        items=tuple(rows),
        metrics=(ReportMetric("accuracy", metric()),),
        subjects=subjects,
        pairs=(ReportPair("small", "large", "accuracy", found, is_it_noise(found)),),
        facts={"File": NASTY, "Licence": ""},
        notes=(f"One row was left out. {NASTY}",),
    )
