"""How numbers are written: signs, thousands, decimal marks, exponents, fractions; read exactly."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import regex

_MOST_DIGITS = 400
_MOST_EXPONENT = 400

_THIN = "\u00a0\u2009\u202f"
_ENDS = r"(?![.,٫]?\d)"
_ALONE = r"(?<!\d[.,٫])"
_COMMA_GROUPS = rf"{_ALONE}[1-9]\d{{0,2}}(?:,\d{{3}})+(?:\.\d++)?{_ENDS}"
_INDIAN_GROUPS = rf"{_ALONE}[1-9]\d?(?:,\d{{2}})+,\d{{3}}(?:\.\d++)?{_ENDS}"
_POINT_GROUPS = rf"{_ALONE}[1-9]\d{{0,2}}(?:\.\d{{3}})+(?:,\d++)?{_ENDS}"
# Where a point may be the decimal mark, one group of three says nothing: 1.234.
_SURE_POINT_GROUPS = rf"{_ALONE}[1-9]\d{{0,2}}(?:(?:\.\d{{3}})+,\d++|(?:\.\d{{3}}){{2,}}){_ENDS}"
_OTHER_GROUPS = rf"{_ALONE}\d{{1,3}}(?:[{_THIN}'’٬_]\d{{3}})+(?:[.,٫]\d++)?{_ENDS}"


def _pattern(comma: str, point: str, marks: str) -> regex.Pattern[str]:
    """Forms in the order in which they are tried; `marks` may stand before decimals."""
    decimal = rf"{_ALONE}\d++[{marks}]\d++{_ENDS}"
    return regex.compile(
        rf"(?P<sign>(?<![\w)\]}}%.])[-−+])?(?:[$€£¥₹]\s?)?(?P<sign2>(?<=[$€£¥₹]\s?)[-−])?"
        rf"(?:(?P<comma>{comma})|(?P<point>{point})|(?P<other>{_OTHER_GROUPS})"
        rf"|(?P<decimal>{decimal})|(?P<bare>(?<![\d.])\.\d++)|(?P<whole>\d++))"
        r"(?:[eE](?P<exp>[-+−]?\d{1,9})(?!\w)"
        r"|\s?(?:[×x*·]|\\times|\\cdot)\s?10(?:\^|\*\*)\{?(?P<pow>[-+−]?\d{1,9})\}?"
        r"|(?:\^|\*\*)\{?(?P<raised>[-−]?\d{1,4})\}?(?!\d)"
        r"|(?<!/\d{1,4})\s?/\s?(?P<under>\d++)(?![\d/.]))?"
    )


_PATTERNS = {
    "auto": _pattern(f"{_COMMA_GROUPS}|{_INDIAN_GROUPS}", _SURE_POINT_GROUPS, ".,٫"),
    "point": _pattern(f"{_COMMA_GROUPS}|{_INDIAN_GROUPS}", "(?!)", ".٫"),
    "comma": _pattern("(?!)", _POINT_GROUPS, ",٫"),
}
_FRACTION = regex.compile(r"\\[dt]?frac\s*\{\s*(-?\d{1,20})\s*\}\s*\{\s*(\d{1,20})\s*\}")
_LATEX_GAP = regex.compile(r"(?<=\d)(?:\{,\}|\\[,!;:]|\{,\\!\})(?=\d)")
_VULGAR = regex.compile(r"[¼½¾⅐-⅞]")
_MIXED = regex.compile(r"(?<![\d.,/])(\d{1,9})[ \u00a0](\d{1,9})/(\d{1,9})(?![\d/])")
_SPACED = regex.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?!\d)")
_DIGIT = regex.compile(r"[\d¼½¾⅐-⅞]")
_NEAR = 20_000
_GROUPING = regex.compile(rf"[{_THIN}'’٬_]")


@dataclass(frozen=True, slots=True)
class Found:
    """A number in a text: as written, and its exact value."""

    text: str
    value: Fraction


class Written:
    """The numbers of a text.

    `decimal` says which mark is the decimal one: "point", "comma" (thousands may then stand
    apart by common spaces), or "auto", which decides for each number.
    """

    def __init__(self, text: str, decimal: str = "auto") -> None:
        # Most long texts without a digit would otherwise be looked at place by place.
        self._text = _joined(_spelled(text), decimal == "comma") if _DIGIT.search(text) else ""
        self._pattern = _PATTERNS[decimal]

    def __iter__(self) -> Iterator[Found]:
        """In order; those with hundreds of digits are left out."""
        for match in self._pattern.finditer(self._text):
            found = _read(match)
            if found is not None:
                yield found

    def last(self) -> Found | None:
        """The last one; only as many are read as it takes."""
        # Nearly always it stands near the end; a long text is only looked through if not.
        near = self._text.find(" ", len(self._text) - _NEAR) if len(self._text) > _NEAR else 0
        for start in dict.fromkeys((max(near, 0), 0)):
            for match in reversed(list(self._pattern.finditer(self._text, pos=start))):
                found = _read(match)
                if found is not None:
                    return found
        return None


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


def _joined(text: str, always: bool) -> str:
    """Thousands apart by common spaces made one number, where they cannot be several.

    That is 50 000 and 1 234 567; 1 234 only when the text has no other digits.
    """

    if not _SPACED.search(text):
        return text
    digits = sum(map(str.isdecimal, text))

    def join(match: regex.Match[str]) -> str:
        groups = match.group().split(" ")
        alone = sum(map(len, groups)) == digits
        sure = always or len(groups) > 2 or groups[1][0] == "0" or alone
        return _THIN[0].join(groups) if sure else match.group()

    return _SPACED.sub(join, text)


def _read(match: regex.Match[str]) -> Found | None:
    shown = match.group().strip()
    if len(shown) > _MOST_DIGITS:
        return None
    try:
        value = Fraction(_plain(match))
        exponent = _integer(match["exp"] or match["pow"] or "0")
        raised = _integer(match["raised"] or "1")
        under = _integer(match["under"] or "1")
    except ValueError:  # digits of a newer Unicode than this Python's
        return None
    large = abs(raised) * (len(shown) if raised != 1 else 0)
    if abs(exponent) > _MOST_EXPONENT or large > _MOST_DIGITS:
        return None
    if not under or (not value and raised < 0):
        return None
    value = value**raised * Fraction(10) ** exponent / under
    sign = (match["sign"] or match["sign2"] or "").strip()
    return Found(shown, -value if sign in ("-", "−") else value)


def _plain(match: regex.Match[str]) -> str:
    """ASCII digits with at most one point."""
    for form, grouping, mark in (
        ("comma", ",", "."),
        ("point", ".", ","),
        ("other", "", ",٫"),
        ("decimal", "", ",٫"),
        ("bare", "", ""),
        ("whole", "", ""),
    ):
        text = match[form]
        if text is None:
            continue
        text = _GROUPING.sub("", text.replace(grouping, "") if grouping else text)
        for one in mark:
            text = text.replace(one, ".")
        return "".join(_ascii(c) for c in text)
    raise AssertionError("a number has one of the forms")


def _integer(text: str) -> int:
    return int("".join(_ascii(c) for c in text))


def _ascii(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return "-" if character == "−" else character
