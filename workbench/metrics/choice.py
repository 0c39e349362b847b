"""Multiple choice: accuracies by what lengths are divided by, TruthfulQA's, inverse scaling's."""

from __future__ import annotations

import math
from collections.abc import Callable

from workbench.core.metric import ChoiceEvidence, Direction, Evidence, MetricInfo, Need, Score
from workbench.metrics.base import ItemMetric, Metric, NotScored, Values
from workbench.metrics.choices import (
    Weight,
    checked_logprobs,
    chosen,
    credit,
    gold_of,
    per_choice,
    softmax,
)

_NEEDS = frozenset({Need.CHOICES, Need.GOLD})


def metrics() -> list[Metric]:
    """The metrics of this family."""
    return [
        _accuracy(
            "acc_norm",
            "Accuracy per character",
            "the right answer has the highest log-probability per character.",
            "lm-evaluation-harness acc_norm",
            _per(lambda choice: len(choice.text)),
        ),
        _accuracy(
            "acc_norm_bytes",
            "Accuracy per byte",
            "the right answer has the highest log-probability per UTF-8 byte.",
            "lm-evaluation-harness acc_bytes",
            _per(lambda choice: choice.n_bytes),
        ),
        _accuracy(
            "acc_norm_tokens",
            "Accuracy per token",
            "the right answer has the highest log-probability per token.",
            "HELM, separate original",
            _per(lambda choice: choice.n_tokens),
        ),
        _accuracy(
            "acc_mutual_info",
            "Accuracy by mutual information",
            "the right answer gains most from the question: its log-probability after the prompt "
            "less that after nothing.",
            "lm-evaluation-harness acc_mutual_info; Holtzman et al. 2021",
            _gain,
        ),
        ItemMetric(
            _info(
                "gold_probability",
                "Probability of the right answer",
                "0 to 1",
                Direction.HIGHER,
                "the right answers' part of the probability of all answers given.",
                "how likely the model is to say it: answers that are not in the list count "
                "nothing (see total_choice_probability).",
                "HELM",
                1,
            ),
            _gold_probability,
        ),
        ItemMetric(
            _info(
                "choice_loss",
                "Inverse-scaling loss",
                "nats",
                Direction.LOWER,
                "minus the logarithm of the right class's probability among the classes.",
                "a loss over the vocabulary. Chance is ln 2 = 0.693 for two classes.",
                "Inverse Scaling Prize, classification",
            ),
            _choice_loss,
        ),
        ItemMetric(
            MetricInfo(
                name="total_choice_probability",
                label="Probability of all answers",
                unit="0 to 1",
                direction=Direction.HIGHER,
                needs=frozenset({Need.CHOICES}),
                means="how likely the model is to give any of the listed answers at all. Low: it "
                "is not answering, and the other numbers say little.",
                means_not="correctness. When one answer begins with another, both count.",
                source="Inverse Scaling Prize",
                low=0,
                high=1,
            ),
            _total,
        ),
        ItemMetric(
            _info(
                "mc1",
                "TruthfulQA MC1",
                "0 or 1",
                Direction.HIGHER,
                "the best answer (the first that is marked right) is more likely than every wrong "
                "one.",
                "the harness's accuracy, where another true answer must not win either.",
                "Lin et al. 2022",
                1,
            ),
            _mc1,
        ),
        ItemMetric(
            _info(
                "mc2",
                "TruthfulQA MC2",
                "0 to 1",
                Direction.HIGHER,
                "the true answers' part of the probability of all answers.",
                "accuracy; long answers weigh little because theirs are sums of logarithms.",
                "Lin et al. 2022, with the largest subtracted first (no underflow)",
                1,
            ),
            _gold_probability,
        ),
        ItemMetric(
            _info(
                "mc3",
                "TruthfulQA MC3",
                "0 to 1",
                Direction.HIGHER,
                "the share of true answers that are more likely than every wrong one.",
                "anything about how likely they are.",
                "Lin et al. 2022",
                1,
            ),
            _mc3,
        ),
    ]


def _info(
    name: str,
    label: str,
    unit: str,
    direction: Direction,
    means: str,
    means_not: str,
    source: str,
    high: float | None = None,
) -> MetricInfo:
    return MetricInfo(
        name=name,
        label=label,
        unit=unit,
        direction=direction,
        needs=_NEEDS,
        means=means,
        means_not=means_not,
        source=source,
        low=0,
        high=high,
    )


def _accuracy(name: str, label: str, means: str, source: str, weigh: Weight) -> Metric:
    return ItemMetric(
        _info(
            name,
            label,
            "0 or 1",
            Direction.HIGHER,
            means,
            "the same as accuracy: dividing by another length chooses another answer. Exact ties "
            "count by halves, thirds and so on.",
            source,
            1,
        ),
        choice_accuracy(weigh),
    )


def choice_accuracy(weigh: Weight | None = None) -> Callable[[Evidence, Values], Score]:
    """Accuracy of the likeliest answer, by its summed log-probability or by `weigh` of it."""

    def measure(evidence: Evidence, _: Values) -> Score:
        weights = per_choice(evidence, weigh)
        best = chosen(weights)
        names = " / ".join(evidence.choices[i].text.strip()[:60] for i in best)
        detail: dict[str, float | int | str] = {"chosen": names}
        if len(best) > 1:
            detail["tied"] = len(best)
        return Score(credit(weights, gold_of(evidence)), detail=detail)

    return measure


def _per(length: Weight) -> Weight:
    def weigh(choice: ChoiceEvidence) -> float:
        n = length(choice)
        if n <= 0:
            raise NotScored("An answer is empty and has no length to divide by.")
        return choice.logprob / n

    return weigh


def _gain(choice: ChoiceEvidence) -> float:
    alone = choice.unconditional
    if alone is None:
        raise NotScored("The answers were not scored after an empty prompt.")
    if not math.isfinite(alone) or alone > 0:
        raise NotScored(f"{alone} is no log-probability (answer {choice.text!r:.40}).")
    return choice.logprob - alone


def _gold_probability(evidence: Evidence, _: Values) -> float:
    gold = gold_of(evidence)
    p = softmax(checked_logprobs(evidence.choices))
    return math.fsum(p[i] for i in gold)


def _choice_loss(evidence: Evidence, _: Values) -> Score:
    (gold,) = gold_of(evidence, at_most=1)
    logprobs = checked_logprobs(evidence.choices)
    if logprobs[gold] == -math.inf:
        raise NotScored("The right answer has probability 0, so its loss is infinite.")
    top = max(logprobs)
    total = top + math.log(math.fsum(math.exp(logprob - top) for logprob in logprobs))
    return Score(max(0.0, total - logprobs[gold]))


def _total(evidence: Evidence, _: Values) -> float:
    total = math.fsum(math.exp(logprob) for logprob in checked_logprobs(evidence.choices))
    if total > 1 + len(evidence.choices) * 1e-3:
        raise NotScored(f"The answers' probabilities add up to {total:.3g}: they overlap.")
    return min(total, 1.0)


def _true_and_best_false(evidence: Evidence) -> tuple[frozenset[int], list[float], float]:
    gold = gold_of(evidence)
    logprobs = checked_logprobs(evidence.choices)
    false = [logprob for i, logprob in enumerate(logprobs) if i not in gold]
    if not false:
        raise NotScored("No answer is wrong, so there is nothing to be more likely than.")
    return gold, logprobs, max(false)


def _mc1(evidence: Evidence, _: Values) -> float:
    _gold, logprobs, false = _true_and_best_false(evidence)
    return float(logprobs[evidence.gold[0]] > false)


def _mc3(evidence: Evidence, _: Values) -> float:
    gold, logprobs, false = _true_and_best_false(evidence)
    return sum(logprobs[i] > false for i in gold) / len(gold)
