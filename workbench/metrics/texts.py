"""Texts as metrics see them: words of any script, graphemes, the best of several references."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable

import regex

from workbench.core.metric import Evidence, Score
from workbench.metrics.base import NotScored

# Scripts that put no spaces between words: every character counts as a word.
_UNSPACED = (
    r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}\p{Javanese}"
)
_WORD = regex.compile(rf"[{_UNSPACED}]\p{{M}}*|[[\p{{L}}\p{{M}}\p{{N}}]--[{_UNSPACED}]]+", regex.V1)
_GRAPHEME = regex.compile(r"\X")


def words(text: str, *, keep_case: bool = False) -> list[str]:
    """Letters and digits of any script, in runs; a character each where scripts have no spaces.

    On ASCII text the same as rouge-score's own tokenizer.
    """
    text = unicodedata.normalize("NFC", text)
    return _WORD.findall(text if keep_case else text.lower())


def graphemes(text: str) -> list[str]:
    """What a reader calls characters; composed and decomposed accents are the same."""
    if text.isascii():
        return list(text.replace("\r\n", "\n"))
    return _GRAPHEME.findall(unicodedata.normalize("NFC", text))


def reply(evidence: Evidence) -> str:
    """The prediction.

    Raises:
        NotScored: there is none.
    """
    if evidence.prediction is None:
        raise NotScored("There is no reply.")
    return evidence.prediction


def best(
    evidence: Evidence,
    measure: Callable[[str, str], Score | float],
    lower_is_better: bool = False,
) -> Score:
    """`measure(reply, reference)` at the reference where it is best.

    A reference that cannot be measured is left out.

    Raises:
        NotScored: no reference could be measured; the reason is the first one's.
    """
    said, reasons, scores = reply(evidence), [], []
    for reference in dict.fromkeys(evidence.references):
        try:
            found = measure(said, reference)
        except NotScored as why:
            reasons.append(why.reason)
            continue
        scores.append(found if isinstance(found, Score) else Score(float(found)))
    if not scores:
        raise NotScored(reasons[0] if reasons else "There is no reference answer.")
    return (min if lower_is_better else max)(scores, key=_value)


def ngrams(items: list[str], n: int) -> Iterable[tuple[str, ...]]:
    """All runs of `n` neighbours, in order."""
    return zip(*(items[i:] for i in range(n)), strict=False)


def _value(score: Score) -> float:
    return 0.0 if score.value is None else score.value
