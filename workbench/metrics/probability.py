"""A text under a model: perplexity, bits per byte, entropy, log-probability."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from workbench.core.metric import (
    Argument,
    Direction,
    Evidence,
    MetricInfo,
    Need,
    Score,
    TextLogprobs,
)
from workbench.metrics.base import ItemMetric, Measure, Metric, NotScored, Part, Values, WholeMetric

_NEEDS = frozenset({Need.LOGPROBS})
_ROUNDING = 1e-3
_POOLS = ("tokens", "texts", "mean")


def metrics() -> list[Metric]:
    """The metrics of this family."""
    return [
        WholeMetric(
            MetricInfo(
                name="perplexity",
                label="Perplexity",
                unit="1 and more",
                direction=Direction.LOWER,
                needs=_NEEDS,
                means="e to the mean surprise per token: among how many equally likely tokens the "
                "model seemed to choose. Counted span, BOS and window stand beside the number.",
                means_not="comparable between vocabularies (see bits_per_byte), nor with "
                "llama-perplexity, which counts only the second half of each window.",
                source="exp of the mean negative log-likelihood; pooling as inspect names it",
                low=1,
                whole=True,
                arguments=(
                    Argument(
                        "pool",
                        "choice",
                        "Over many texts: every token counts the same, every text does (geometric "
                        "mean), or the mean of the texts' perplexities.",
                        "tokens",
                        _POOLS,
                    ),
                ),
            ),
            _sums,
            _perplexity,
            _single(_perplexity),
        ),
        WholeMetric(
            MetricInfo(
                name="bits_per_byte",
                label="Bits per byte",
                unit="bits/byte",
                direction=Direction.LOWER,
                needs=_NEEDS,
                means="bits that the model needs for a byte of the original text in UTF-8; "
                "comparable between vocabularies.",
                means_not="comparable between texts of different scripts: theirs have other bytes.",
                source="lm-evaluation-harness bits_per_byte",
                low=0,
                whole=True,
            ),
            _sums,
            _bits_per_byte,
            _single(_bits_per_byte),
        ),
        ItemMetric(
            MetricInfo(
                name="entropy",
                label="Entropy",
                unit="nats per token",
                direction=Direction.NEITHER,
                needs=_NEEDS,
                means="how undecided the model was at the counted tokens: mean entropy of its "
                "distribution over the full vocabulary.",
                means_not="surprise at what was said: a sure model can be sure of something else.",
                source="Shannon 1948",
                low=0,
            ),
            _entropy,
        ),
        ItemMetric(
            MetricInfo(
                name="logprob",
                label="Log-probability",
                unit="nats",
                direction=Direction.HIGHER,
                needs=_NEEDS,
                means="natural logarithm of the probability of the whole counted text; minus this "
                "is the inverse-scaling loss of a sequence.",
                means_not="comparable between texts: every further token lowers it.",
                source="sum of token log-probabilities",
                high=0,
            ),
            lambda evidence, _: Score(
                math.fsum(_checked(evidence)), detail=_facts(_text(evidence))
            ),
        ),
        ItemMetric(
            MetricInfo(
                name="logprob_per_token",
                label="Log-probability per token",
                unit="nats per token",
                direction=Direction.HIGHER,
                needs=_NEEDS,
                means="mean log-probability of the counted tokens.",
                means_not="comparable between vocabularies.",
                source="mean of token log-probabilities",
                high=0,
            ),
            _per_token,
        ),
        ItemMetric(
            MetricInfo(
                name="perplexity_score",
                label="Perplexity score",
                unit="0 to 0.5",
                direction=Direction.HIGHER,
                needs=_NEEDS,
                means="1 / (1 + perplexity), as promptfoo reports it.",
                means_not="quality: short, sure replies score well.",
                source="promptfoo perplexity-score",
                low=0,
                high=0.5,
            ),
            _perplexity_score,
        ),
    ]


def _text(evidence: Evidence) -> TextLogprobs:
    if evidence.logprobs is None:
        raise NotScored("There are no log-probabilities.")
    return evidence.logprobs


def _checked(evidence: Evidence) -> list[float]:
    """The token log-probabilities; sums of float32 a hair above 0 are 0."""
    found = _text(evidence).logprobs
    for at, logprob in enumerate(found):
        if logprob == -math.inf:
            raise NotScored(f"Token {at + 1} of those counted has probability 0.")
        if not math.isfinite(logprob) or logprob > _ROUNDING:
            raise NotScored(f"{logprob} is no log-probability (token {at + 1}).")
    return [min(logprob, 0.0) for logprob in found]


def _facts(text: TextLogprobs) -> dict[str, float | int | str]:
    return {
        "tokens": len(text.logprobs),
        "bytes": text.n_bytes,
        "span": text.span,
        "bos": "with BOS" if text.bos else "without BOS",
        "window": "all that came before" if text.window is None else text.window,
    }


def _sums(evidence: Evidence, _: Values) -> Part:
    text = _text(evidence)
    return (math.fsum(_checked(evidence)), len(text.logprobs), text.n_bytes)


def _single(whole: Callable[[Sequence[Part], Values], Score]) -> Measure:
    """The same of one text, with the facts that make it comparable."""

    def measure(evidence: Evidence, values: Values) -> Score:
        found = whole([_sums(evidence, values)], values)
        return Score(found.value, detail=_facts(_text(evidence)))

    return measure


def _perplexity(parts: Sequence[Part], values: Values) -> Score:
    rows = [(float(total), int(n)) for total, n, _ in parts]
    match values.get("pool", "tokens"):
        case "texts":
            mean = math.fsum(total / n for total, n in rows) / len(rows)
        case "mean":
            return Score(math.fsum(_exp(-total / n) for total, n in rows) / len(rows))
        case _:
            mean = math.fsum(total for total, _ in rows) / sum(n for _, n in rows)
    return Score(_exp(-mean), detail={"tokens": sum(n for _, n in rows)})


def _exp(value: float) -> float:
    try:
        return math.exp(value)
    except OverflowError:
        raise NotScored("The perplexity is too large for a number.") from None


def _bits_per_byte(parts: Sequence[Part], _: Values) -> Score:
    n_bytes = sum(int(part[2]) for part in parts)
    if n_bytes <= 0:
        raise NotScored("The counted text has no bytes.")
    return Score(
        -math.fsum(float(part[0]) for part in parts) / (n_bytes * math.log(2)),
        detail={"bytes": n_bytes},
    )


def _entropy(evidence: Evidence, _: Values) -> Score:
    entropies = _text(evidence).entropies
    if not entropies:
        raise NotScored("No entropies were recorded for this text.")
    if any(not math.isfinite(e) or e < -_ROUNDING for e in entropies):
        raise NotScored("An entropy is not a number of nats.")
    return Score(math.fsum(max(e, 0.0) for e in entropies) / len(entropies))


def _per_token(evidence: Evidence, _: Values) -> Score:
    found = _checked(evidence)
    return Score(math.fsum(found) / len(found), detail=_facts(_text(evidence)))


def _perplexity_score(evidence: Evidence, values: Values) -> Score:
    perplexity = _perplexity([_sums(evidence, values)], {}).value
    return Score(None if perplexity is None else 1 / (1 + perplexity))
