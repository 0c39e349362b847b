"""Whether a metric has been told what it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from workbench.core.metric import Evidence, MetricInfo, Need

_PRESENT: Mapping[Need, Callable[[Evidence], bool]] = {
    Need.PREDICTION: lambda e: e.prediction is not None,
    Need.REFERENCES: lambda e: bool(e.references),
    Need.WRONG: lambda e: bool(e.wrong),
    Need.CHOICES: lambda e: bool(e.choices),
    Need.GOLD: lambda e: bool(e.gold),
    Need.LOGPROBS: lambda e: e.logprobs is not None and bool(e.logprobs.logprobs),
    Need.TIMINGS: lambda e: e.timings is not None and not e.timings.beside,
    Need.ATTEMPTS: lambda e: bool(e.attempts),
    # A reply in which no call could be read has made none.
    Need.CALLS: lambda e: e.calls is not None or e.prediction is not None,
    Need.EMBEDDINGS: lambda e: len(e.embeddings) > 1,
    Need.JUDGE: lambda e: e.verdict is not None or bool(e.judge_choices),
    Need.GUARD: lambda e: bool(e.guard_choices),
    Need.PREFERENCE: lambda e: e.preference is not None,
    Need.RATING: lambda e: e.rating is not None,
}

WORDS: Mapping[Need, str] = {
    Need.PREDICTION: "a reply",
    Need.REFERENCES: "a reference answer",
    Need.WRONG: "known wrong answers",
    Need.CHOICES: "answers that the model weighed",
    Need.GOLD: "which of the answers is right",
    Need.LOGPROBS: "log-probabilities of the text's tokens",
    Need.TIMINGS: "timings",
    Need.ATTEMPTS: "attempts that passed or failed",
    Need.CALLS: "the function calls that were made",
    Need.EMBEDDINGS: "embeddings of the reply and the references",
    Need.JUDGE: "a judge's verdict",
    Need.GUARD: "a guard model's classes",
    Need.PREFERENCE: "a comparison with another reply",
    Need.RATING: "a person's rating",
}
"""What each need is called in a sentence that says what is missing."""


def missing(info: MetricInfo, evidence: Evidence) -> str:
    """A sentence that says what is not there; empty when the metric has all it needs."""
    sets = (info.needs, *info.or_needs)
    gaps = [[need for need in sorted(needs) if not _PRESENT[need](evidence)] for needs in sets]
    if not all(gaps):
        return ""
    if Need.TIMINGS in gaps[0] and evidence.timings is not None:
        return "Its time was shared with other replies in one batch."
    return f"There is no {_list(WORDS[need].removeprefix('a ') for need in gaps[0])}."


def _list(words: Iterable[str]) -> str:
    return " and no ".join(words)
