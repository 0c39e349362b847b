"""Numbers in words: finding the answer's number, reading it exactly, comparing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

import regex

from workbench.core.metric import Argument, Direction, Evidence, MetricInfo, Need, Score
from workbench.metrics.base import ItemMetric, Metric, NotScored, Values
from workbench.metrics.texts import reply

_MOST_DIGITS = 400
_MOST_EXPONENT = 400

# Digit-anchored: a number begins and ends with a digit, so "Hope that helps..." holds none.
_SPACES = "\u00a0\u2009\u202f"
_COMMON_SPACE = regex.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_DIGITS = rf"\d++(?:[.,'’٬٫_](?=\d)\d++|[{_SPACES}](?=\d{{3}}(?!\d))\d{{3}})*+"
_NUMBER = regex.compile(
    rf"(?P<sign>(?<![\w)\]}}%.])[-−+])?"
    rf"(?:[$€£¥₹]\s?)?(?P<sign2>(?<=[$€£¥₹]\s?)[-−])?"
    rf"(?P<digits>(?<![\d.])\.\d++|{_DIGITS})"
    rf"(?:[eE](?P<exp>[-+−]?\d{{1,9}})(?![\w])|\s?(?:[×x*·]|\\times|\\cdot)\s?10(?:\^|\*\*)\{{?(?P<pow>[-+−]?\d{{1,9}})\}}?"
    rf"|(?<!/\d{{1,4}})\s?/\s?(?P<under>\d++)(?![\d/.]))?"
)
_FRACTION = regex.compile(r"\\[dt]?frac\s*\{\s*(-?\d{1,20})\s*\}\s*\{\s*(\d{1,20})\s*\}")
_LATEX_GAP = regex.compile(r"(?<=\d)(?:\{,\}|\\[,!;:]|\{,\\!\})(?=\d)")
_VULGAR = regex.compile(r"[¼½¾⅐-⅞]")
_MIXED = regex.compile(r"(?<![\d.,/])(\d{1,9})[ \u00a0](\d{1,9})/(\d{1,9})(?![\d/])")
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


@dataclass(frozen=True, slots=True)
class Found:
    """A number in a text: as written, and its exact value."""

    text: str
    value: Fraction


def find_numbers(text: str, decimal: str = "auto") -> list[Found]:
    """Every number of a text, in order; those with hundreds of digits are left out.

    `decimal` says which mark is the decimal one: "point", "comma" (thousands may then stand
    apart by common spaces), or "auto", which decides for each number.
    """
    found = (_read(match, decimal) for match in _matches(text, decimal))
    return [number for number in found if number is not None]


def answer_number(text: str, take: str = "auto", decimal: str = "auto") -> Found | None:
    """The number that a text gives as its answer; None when it gives none (or, for "only", more).

    `take` is "auto", "first", "last" or "only", as the metric's argument explains.
    """
    if take == "auto":
        return _auto(text, decimal)
    if take == "only":
        numbers = find_numbers(text, decimal)
        return numbers[0] if len(numbers) == 1 else None
    return _one(text, decimal, last=take == "last")


def _spelled(text: str) -> str:
    """LaTeX's fractions and gaps, ½ and 2 1/2 as plain fractions and digits."""
    if "\\" in text or "{" in text:
        text = _LATEX_GAP.sub("", _FRACTION.sub(r" \1/\2 ", text))
    if "/" in text or _VULGAR.search(text):
        text = _VULGAR.sub(_vulgar, text)
        text = _MIXED.sub(_mixed, text)
    return text


def _vulgar(match: regex.Match[str]) -> str:
    """½ as " 1/2"."""
    found = Fraction(unicodedata.numeric(match.group())).limit_denominator(10)
    return f" {found.numerator}/{found.denominator} "


def _mixed(match: regex.Match[str]) -> str:
    """2 1/2 as 5/2; 2 5/3 is no mixed number."""
    whole, over, under = (int(match[n]) for n in (1, 2, 3))
    return f"{whole * under + over}/{under}" if 0 < over < under else match.group()


def _matches(text: str, decimal: str) -> Iterator[regex.Match[str]]:
    text = _spelled(text)
    if decimal == "comma":
        text = _COMMON_SPACE.sub(_SPACES[0], text)
    return _NUMBER.finditer(text)


def _one(text: str, decimal: str, last: bool) -> Found | None:
    matches: Iterable[regex.Match[str]] = _matches(text, decimal)
    for match in reversed(list(matches)) if last else matches:
        found = _read(match, decimal)
        if found is not None:
            return found
    return None


def _auto(text: str, decimal: str) -> Found | None:
    # What stands behind an invented next question is not the answer to this one.
    cut = _NEXT_QUESTION.search(text, pos=1)
    text = text[: cut.start()] if cut else text
    hashes, boxed, said = ([m.end() for m in mark.finditer(text)] for mark in _MARKED)
    for start in (*hashes[:1], *boxed[-1:], *said[:1]):
        found = _one(text[start:].lstrip().partition("\n")[0], decimal, last=False)
        if found is not None:
            return found
    return _one(text, decimal, last=True)


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


def _read(match: regex.Match[str], decimal: str) -> Found | None:
    digits = "".join(_ascii(c) for c in match["digits"])
    if len(digits) > _MOST_DIGITS or len(match["under"] or "") > _MOST_DIGITS:
        return None
    value = Fraction(_plain(digits, decimal))
    exponent = int("".join(_ascii(c) for c in match["exp"] or match["pow"] or "0"))
    if abs(exponent) > _MOST_EXPONENT:
        return None
    value *= Fraction(10) ** exponent
    if match["under"]:
        under = int("".join(_ascii(c) for c in match["under"]))
        if not under:
            return None
        value /= under
    sign = (match["sign"] or match["sign2"] or "").strip()
    return Found(match.group().strip(), -value if sign in ("-", "−") else value)


def _ascii(character: str) -> str:
    if character.isdigit():
        return str(unicodedata.digit(character))
    return {"−": "-", "٫": ".", "٬": "'", "’": "'", "_": "'"}.get(
        character, "'" if character in _SPACES else character
    )


def _plain(digits: str, decimal: str) -> str:
    """Digits with at most one point; marks that group thousands are gone."""
    digits = digits.replace("'", "")
    points, commas = digits.count("."), digits.count(",")
    mark = {"point": ".", "comma": ","}.get(decimal) or _decimal_mark(digits, points, commas)
    other = "," if mark == "." else "."
    whole, _, part = digits.replace(other, "").partition(mark)
    return (
        f"{whole or '0'}.{part.replace(mark, '') or '0'}"
        if part.count(mark) == 0
        else (whole + part.replace(mark, ""))
    )


def _decimal_mark(digits: str, points: int, commas: int) -> str:
    if points and commas:
        return max(".,", key=digits.rfind)
    if commas == 1:
        # 1,234 is a thousand in most of the field's data; 0,234 and 3,5 can be no thousands.
        before, _, after = digits.partition(",")
        grouped = len(after) == 3 and 0 < len(before) <= 3 and before[0] != "0"  # thousands
        return "." if grouped else ","
    if commas > 1:
        return "."
    # 1.234.567 has no decimal mark: its points group.
    return "," if points > 1 else "."
