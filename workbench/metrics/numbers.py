"""Numbers in words: finding the answer's number, reading it exactly, comparing."""

from __future__ import annotations

from fractions import Fraction

import regex

from workbench.core.metric import Argument, Direction, Evidence, MetricInfo, Need, Score
from workbench.metrics.base import ItemMetric, Metric, NotScored, Values
from workbench.metrics.number_forms import Found, Written
from workbench.metrics.texts import reply

_MARKED = (
    regex.compile(r"####"),
    regex.compile(r"\\boxed\s*\{"),
    regex.compile(r"\b(?:final\s+)?answer\s*(?:is|:|=)", regex.IGNORECASE),
)
_NEXT_QUESTION = regex.compile(
    r"\n[ \t]*+(?:Q|Question|Problem|Exercise)\s*\d*\s*[:.]", regex.IGNORECASE
)


def metrics() -> list[Metric]:
    """The metrics of this family."""
    return [
        ItemMetric(
            MetricInfo(
                name="numeric_match",
                label="Numeric match",
                unit="0 or 1",
                direction=Direction.HIGHER,
                needs=frozenset({Need.PREDICTION, Need.REFERENCES}),
                means="the number that the reply gives as its answer equals a reference's, digit "
                "for digit: signs, points, separators, exponents and fractions are read.",
                means_not="the same unit: currency and percent signs are ignored (50% is 50). "
                "Words for numbers (five, million) are not read. A reply without a number is "
                "wrong, not unscored.",
                source="GSM8K's rule (#### first) with exact arithmetic",
                low=0,
                high=1,
                arguments=(
                    Argument(
                        "take",
                        "choice",
                        "auto: after the first ####, in the last \\boxed{}, after the first "
                        '"answer is", else the last number before a next question; or first, '
                        "last, only.",
                        "auto",
                        ("auto", "first", "last", "only"),
                    ),
                    Argument(
                        "decimal",
                        "choice",
                        "The decimal mark; auto reads 1,234 as thousands and 3,5 as three and a "
                        "half.",
                        "auto",
                        ("auto", "point", "comma"),
                    ),
                    Argument("tolerance", "number", "Allowed difference.", 0.0, low=0),
                    Argument(
                        "relative_tolerance",
                        "number",
                        "Allowed difference as a part of the reference.",
                        0.0,
                        low=0,
                        high=1,
                    ),
                ),
            ),
            _numeric_match,
        )
    ]


def find_numbers(text: str, decimal: str = "auto") -> list[Found]:
    """Every number of a text, in order; those with hundreds of digits are left out.

    `decimal` says which mark is the decimal one: "point", "comma" (thousands may then stand
    apart by common spaces), or "auto", which decides for each number.
    """
    return list(Written(text, decimal))


def answer_number(text: str, take: str = "auto", decimal: str = "auto") -> Found | None:
    """The number that a text gives as its answer; None when it gives none (or, for "only", more).

    `take` is "auto", "first", "last" or "only", as the metric's argument explains.
    """
    if take == "auto":
        return _auto(text, decimal)
    if take == "only":
        numbers = find_numbers(text, decimal)
        return numbers[0] if len(numbers) == 1 else None
    written = Written(text, decimal)
    return written.last() if take == "last" else next(iter(written), None)


def _auto(text: str, decimal: str) -> Found | None:
    # What stands behind an invented next question is not the answer to this one.
    cut = _NEXT_QUESTION.search(text, pos=1)
    text = text[: cut.start()] if cut else text
    hashes, boxed, said = ([m.end() for m in mark.finditer(text)] for mark in _MARKED)
    for start in (*hashes[:1], *boxed[-1:], *said[:1]):
        found = next(iter(Written(text[start:].lstrip().partition("\n")[0], decimal)), None)
        if found is not None:
            return found
    return Written(text, decimal).last()


def _numeric_match(evidence: Evidence, values: Values) -> Score:
    take, decimal = str(values["take"]), str(values["decimal"])
    wanted = []
    for reference in evidence.references:
        number = answer_number(reference, "auto", decimal)
        if number is not None:
            wanted.append(number)
    if not wanted:
        raise NotScored("No reference holds a number.")
    found = answer_number(reply(evidence), take, decimal)
    if found is None:
        return Score(0.0, detail={"found": "no number in the reply"})
    slack = Fraction(str(values["tolerance"]))
    part = Fraction(str(values["relative_tolerance"]))
    right = any(abs(found.value - w.value) <= max(slack, part * abs(w.value)) for w in wanted)
    return Score(float(right), detail={"found": found.text[:80], "wanted": wanted[0].text[:80]})
