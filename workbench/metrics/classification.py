"""Labels: accuracy, precision, recall, F1 and Matthews' correlation, as in scikit-learn."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence

from workbench.core.metric import Argument, Direction, Evidence, MetricInfo, Need, Score
from workbench.metrics import normalise
from workbench.metrics.base import ItemMetric, Metric, NotScored, Part, Values, WholeMetric
from workbench.metrics.choice import choice_accuracy
from workbench.metrics.choices import checked_logprobs, chosen, gold_of
from workbench.metrics.texts import reply

_CHOICE = frozenset({Need.CHOICES, Need.GOLD})
_LABEL = frozenset({Need.PREDICTION, Need.REFERENCES})
_IGNORE_CASE = Argument("ignore_case", "boolean", "Labels that differ in case are one.", True)
_AVERAGE = Argument(
    "average",
    "choice",
    "macro: every label counts the same; weighted: by how often it is right; micro: all items "
    "together; binary: only the label given as positive.",
    "macro",
    ("macro", "weighted", "micro", "binary"),
)
_POSITIVE = Argument("positive", "text", "The label that binary is about.", None)


def metrics() -> list[Metric]:
    """The metrics of this family."""
    return [
        ItemMetric(
            _info(
                "accuracy",
                "Accuracy",
                "0 or 1",
                "the likeliest of the weighed answers (highest summed log-probability) is right; "
                "without such answers, that the reply is the right label.",
                "anything about answers outside the list. Exact ties count by halves, thirds and "
                "so on, so that no place in the list is favoured.",
                "the field's acc",
                0,
                (_IGNORE_CASE,),
                whole=False,
            ),
            _accuracy,
        ),
        *(
            WholeMetric(
                _info(
                    name,
                    label,
                    "0 to 1",
                    means,
                    "comparable between averages. Replies that are no label count as wrong; they "
                    "do not become labels of their own. What divides by nothing counts 0.",
                    "scikit-learn's definitions, zero_division=0",
                    0,
                    (_AVERAGE, _POSITIVE, _IGNORE_CASE),
                ),
                _labels,
                _figures(index),
            )
            for index, (name, label, means) in enumerate(
                (
                    (
                        "precision",
                        "Precision",
                        "of the items that were given a label, the part where it is right.",
                    ),
                    (
                        "recall",
                        "Recall",
                        "of the items that have a label, the part where it was given.",
                    ),
                    ("f1", "F1", "the harmonic mean of precision and recall."),
                )
            )
        ),
        WholeMetric(
            _info(
                "mcc",
                "Matthews correlation",
                "-1 to 1",
                "correlation of given and right labels; 0 is what chance gives, however uneven "
                "the labels are.",
                "defined when all replies, or all right answers, are one label: then it is not "
                "scored.",
                "Matthews 1975; several labels as in scikit-learn",
                -1,
                (_IGNORE_CASE,),
            ),
            _labels,
            _mcc,
        ),
    ]


def _info(
    name: str,
    label: str,
    unit: str,
    means: str,
    means_not: str,
    source: str,
    low: float,
    arguments: tuple[Argument, ...],
    whole: bool = True,
) -> MetricInfo:
    return MetricInfo(
        name=name,
        label=label,
        unit=unit,
        direction=Direction.HIGHER,
        needs=_CHOICE,
        or_needs=(_LABEL,),
        means=means,
        means_not=means_not,
        source=source,
        low=low,
        high=1,
        whole=whole,
        arguments=arguments,
    )


def _shaped(label: str, values: Values) -> str:
    return normalise.plain(label, strip=True, ignore_case=bool(values["ignore_case"]))


def _accuracy(evidence: Evidence, values: Values) -> Score:
    if evidence.choices and evidence.gold:
        return choice_accuracy()(evidence, values)
    said = _shaped(reply(evidence), values)
    return Score(float(any(said == _shaped(r, values) for r in evidence.references)))


def _labels(evidence: Evidence, values: Values) -> Part:
    """The right label and the given one."""
    if not (evidence.choices and evidence.gold):
        given = _shaped(reply(evidence), values)
        right = [_shaped(r, values) for r in evidence.references]
        return (given if given in right else right[0], given)
    gold = gold_of(evidence)
    best = chosen(checked_logprobs(evidence.choices))
    if len(best) > 1:
        raise NotScored(f"{len(best)} answers tie exactly, so none is the label that was given.")
    at = best[0] if best[0] in gold else evidence.gold[0]
    texts = [_shaped(choice.text, values) for choice in evidence.choices]
    return (texts[at], texts[best[0]])


def _counted(parts: Sequence[Part]) -> Counter[tuple[str, str]]:
    """How often each right label met each given one."""
    return Counter((str(right), str(given)) for right, given in parts)


def _figures(index: int) -> Callable[[Sequence[Part], Values], Score]:
    def whole(parts: Sequence[Part], values: Values) -> Score:
        pairs = _counted(parts)
        labels = sorted({right for right, _ in pairs})
        given = {said for _, said in pairs}
        average = str(values["average"])
        if average == "binary":
            if values["positive"] is None:
                raise NotScored("Binary needs to be told which label is the positive one.")
            positive = _shaped(str(values["positive"]), values)
            if positive not in labels and positive not in given:
                raise NotScored(f"The label {positive!r:.60} is nowhere, neither right nor given.")
            outside, labels = 0, [positive]
        else:
            outside = sum(n for (_, said), n in pairs.items() if said not in labels)
        figures = averaged(pairs, labels, average)
        detail: dict[str, float | int | str] = {
            **dict(zip(("precision", "recall", "f1"), figures, strict=True)),
            "labels": len(labels),
        }
        never = len(set(labels) - given)
        if never:
            detail["labels_never_given"] = never
        if outside:
            detail["outside_the_labels"] = outside
        return Score(figures[index], detail=detail)

    return whole


def averaged(
    pairs: Counter[tuple[str, str]], labels: Sequence[str], average: str
) -> tuple[float, float, float]:
    """Precision, recall and F1 over `labels`, as scikit-learn defines them with zero_division=0.

    Written out because a bootstrap asks for it a thousand times, and scikit-learn takes 40 ms
    each; a property test holds the two together. `average` is "macro", "weighted", "micro" or
    "binary" (then there is one label).
    """
    hits = {label: pairs[label, label] for label in labels}
    right: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for (wanted, said), n in pairs.items():
        right[wanted] += n
        given[said] += n
    rows = [_row(hits[label], given[label], right[label]) for label in labels]
    if average == "micro":
        sums = (sum(counts[label] for label in labels) for counts in (hits, given, right))
        return _row(*sums)
    weights = [right[label] if average == "weighted" else 1 for label in labels]
    total = sum(weights)
    if not total:
        return (0.0, 0.0, 0.0)
    precision, recall, f1 = (
        math.fsum(w * figure for w, figure in zip(weights, column, strict=True)) / total
        for column in zip(*rows, strict=True)
    )
    return (precision, recall, f1)


def _row(hits: int, given: int, right: int) -> tuple[float, float, float]:
    """What divides by nothing is 0."""
    both = given + right
    return (
        hits / given if given else 0.0,
        hits / right if right else 0.0,
        2 * hits / both if both else 0.0,
    )


def _mcc(parts: Sequence[Part], _: Values) -> Score:
    pairs = _counted(parts)
    right: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for (wanted, said), n in pairs.items():
        right[wanted] += n
        given[said] += n
    if len(right) == 1 or len(given) == 1:
        which = "right answers are" if len(right) == 1 else "replies are"
        raise NotScored(f"All {which} one label, and a correlation needs two.")
    n, hits = len(parts), sum(count for (a, b), count in pairs.items() if a == b)
    shared = n * hits - sum(right[label] * given[label] for label in right)
    spread = (n * n - sum(c * c for c in right.values())) * (
        n * n - sum(c * c for c in given.values())
    )
    return Score(shared / math.sqrt(spread))
