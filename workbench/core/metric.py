"""What a metric is told, what it says, and how it describes itself. Values without behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from workbench.core.types import Timings


class Direction(StrEnum):
    """Which way a metric is better."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"
    """A description (length, say): neither way is better."""


class Need(StrEnum):
    """What a metric must be told to say anything."""

    PREDICTION = "prediction"
    REFERENCES = "references"
    WRONG = "wrong"
    CHOICES = "choices"
    GOLD = "gold"
    LOGPROBS = "logprobs"
    TIMINGS = "timings"
    ATTEMPTS = "attempts"
    CALLS = "calls"
    EMBEDDINGS = "embeddings"
    JUDGE = "judge"
    GUARD = "guard"
    PREFERENCE = "preference"
    RATING = "rating"


@dataclass(frozen=True, slots=True)
class Argument:
    """One thing a user may set on a metric.

    Attributes:
        kind: "text", "number", "integer", "boolean" or "choice" (then `choices` lists them).
        default: as JSON would hold it; None for none.
        required: must be given.
        low, high: bounds of a number, both allowed; None where there is none.
    """

    name: str
    kind: str
    description: str
    default: str | float | int | bool | None = None
    choices: tuple[str, ...] = ()
    required: bool = False
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class MetricInfo:
    """A metric as lists, forms, tables and reports show it.

    Attributes:
        unit: what the number counts: "0 to 1", "0 to 100", "nats", "bits/byte", "tokens/s"...
        low, high: the bounds of the value; None where there is none.
        needs: all of these. `or_needs`: other sets that do as well.
        version: raised whenever the same evidence could give another number.
        whole: whether the value over many items is not the mean of the items' own values
            (corpus BLEU, macro F1, ECE); such a metric may have no value for one item.
        means: one sentence: what the number says. `means_not`: what it does not.
        source: paper, library or benchmark that defines it.
    """

    name: str
    label: str
    unit: str
    direction: Direction
    needs: frozenset[Need]
    means: str
    means_not: str
    source: str
    version: int = 1
    low: float | None = None
    high: float | None = None
    whole: bool = False
    arguments: tuple[Argument, ...] = ()
    or_needs: tuple[frozenset[Need], ...] = ()


@dataclass(frozen=True, slots=True)
class ChoiceEvidence:
    """One answer that a model weighed.

    Attributes:
        logprob: natural logarithm, summed over the answer's tokens after the prompt.
        unconditional: the same after an empty prompt, for mutual information; None when not asked.
    """

    text: str
    logprob: float
    n_tokens: int
    n_bytes: int
    unconditional: float | None = None


@dataclass(frozen=True, slots=True)
class CallEvidence:
    """One function call. As a gold answer each argument lists all values that are right."""

    name: str
    arguments: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class TextLogprobs:
    """A text under a model, for perplexity and its kin.

    Attributes:
        logprobs: natural logarithm of every counted token; the first token of a text without a
            BOS has none and is not among them.
        n_bytes: UTF-8 bytes of the original text that those tokens spell.
        entropies: nats over the full vocabulary at each of them; empty when not recorded.
        span: which part was counted: "reply", "text", "completion".
        bos: whether a BOS stood in front.
        window: tokens of context each token could see at most; None for all that came before.
    """

    logprobs: tuple[float, ...]
    n_bytes: int
    entropies: tuple[float, ...] = ()
    span: str = "text"
    bos: bool = False
    window: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything known of one item's answer. None or empty: not known.

    Attributes:
        prediction: the reply, or the label that was chosen.
        references: every right answer; any of them counts.
        wrong: answers that are known to be wrong (TruthfulQA).
        choices, gold: the answers weighed and the indices of the right ones.
        logprobs: of the reply or of the given text.
        attempts: for each attempt at the item whether it passed (pass@k).
        calls, gold_calls: function calls made and wanted; None when the reply held none to read.
        functions: JSON schemas of the functions that could be called.
        embeddings: vectors of prediction, of each reference and of each wrong answer, in that
            order. In a retrieval item the prediction is the query.
        verdict: what a judge gave, on the judge's own scale; `verdict_range` is that scale.
        judge_choices: the ratings a judge model weighed; their texts are numbers.
        guard_choices: the classes a guard model weighed for the reply ("safe", "unsafe").
        preference: the part of comparisons that this reply won, ties half, 0 to 1.
        rating: what a person gave, 1 to 5.
        prompt: the item's own text to continue, for user metrics; empty where a prompt file is
            filled with its variables.
        variables: of the item, for user metrics.
    """

    prediction: str | None = None
    references: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    choices: tuple[ChoiceEvidence, ...] = ()
    gold: tuple[int, ...] = ()
    logprobs: TextLogprobs | None = None
    timings: Timings | None = None
    attempts: tuple[bool, ...] = ()
    calls: tuple[CallEvidence, ...] | None = None
    gold_calls: tuple[CallEvidence, ...] = ()
    functions: tuple[Mapping[str, object], ...] = ()
    embeddings: tuple[tuple[float, ...], ...] = ()
    verdict: float | None = None
    verdict_range: tuple[float, float] | None = None
    judge_choices: tuple[ChoiceEvidence, ...] = ()
    guard_choices: tuple[ChoiceEvidence, ...] = ()
    preference: float | None = None
    rating: float | None = None
    prompt: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Score:
    """What a metric says.

    Attributes:
        value: None when it was not scored; `reason` then says why in one sentence.
        detail: figures behind the value (precision and recall of an F1, a signature), for people.
    """

    value: float | None
    reason: str = ""
    detail: Mapping[str, float | int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A metric over many items.

    Attributes:
        value: None when no item was scored; `reason` then says why.
        low, high: 95 % interval; None where it means nothing (one item, one cluster).
        n, unscored: items that count and items that were not scored; never mixed.
        interval: how it was made: "wilson", "bootstrap", "cluster bootstrap"; "" for none.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    unscored: int
    interval: str = ""
    reason: str = ""
