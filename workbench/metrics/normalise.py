"""How texts are made comparable before they are compared, each way under a name."""

from __future__ import annotations

import string
import unicodedata

import regex

_ARTICLES = regex.compile(r"\b(a|an|the)\b")
_PUNCTUATION = frozenset(string.punctuation)
# A point, comma or apostrophe between digits, a sign or a point in front of one, and any other
# mark between digits, which keeps them apart.
_IN_NUMBER = regex.compile(
    r"(?<=\d)(?P<group>[,'’](?=\d{3}(?!\d)))|(?<=\d)(?P<point>[.,'’](?=\d))"
    r"|(?<![\w)\]])(?P<sign>[-−+](?=[.,]?\d))|(?<!\w)(?P<bare>\.(?=\d))"
    r"|(?<=\d)(?P<apart>[^\w\s](?=\d))"
)
_LOOSE = regex.compile(r"[\p{P}\p{S}]")


def plain(text: str, *, strip: bool, ignore_case: bool) -> str:
    """Unicode NFC; outer white space and case as asked."""
    text = unicodedata.normalize("NFC", text)
    if strip:
        text = text.strip()
    return unicodedata.normalize("NFC", text.casefold()) if ignore_case else text


def squad(text: str) -> str:
    """SQuAD's own: lower case, without ASCII punctuation and a/an/the, single spaces.

    As published it deletes signs and points of numbers too: "-5" is "5" and "1.5" is "15".
    """
    text = "".join(c for c in text.lower() if c not in _PUNCTUATION)
    return " ".join(_ARTICLES.sub(" ", text).split())


def quasi(text: str) -> str:
    """As `squad`, for all scripts' punctuation, but signs and points of numbers stay."""
    text = unicodedata.normalize("NFKC", text).casefold()
    kept: list[str] = []
    at = 0
    for match in _IN_NUMBER.finditer(text):
        kept += [_LOOSE.sub("", text[at : match.start()]), _number_mark(match)]
        at = match.end()
    kept.append(_LOOSE.sub("", text[at:]))
    return " ".join(_ARTICLES.sub(" ", "".join(kept)).split())


def _number_mark(match: regex.Match[str]) -> str:
    """What stands for a mark of a number: nothing for thousands, a point for decimals."""
    match match.lastgroup:
        case "sign":
            return "" if match.group() == "+" else "-"
        case "point" | "bare":
            return "."
        case "apart":
            return " "
        case _:
            return ""
