"""What a reply is like without a reference: repetition, variety, length, readability."""

from __future__ import annotations

from collections import Counter

import regex

from workbench.core.metric import Argument, Direction, Evidence, MetricInfo, Need, Score
from workbench.metrics.base import ItemMetric, Metric, NotScored, Values
from workbench.metrics.texts import graphemes, ngrams, reply, words

_NEEDS = frozenset({Need.PREDICTION})
# A full stop ends a sentence only where white space follows: 3.5 is one word.
_SENTENCE_END = regex.compile(r"[.!?…]++[\"'”’)\]]*+(?=\s|$)|[。！？]++")
_LATIN = regex.compile(r"\p{Latin}")
_VOWELS = regex.compile(r"[aeiouy]+")
_LONG_WORD = 6


def metrics() -> list[Metric]:
    """The metrics of this family."""
    return [
        ItemMetric(
            MetricInfo(
                name="distinct_n",
                label="Distinct n-grams",
                unit="0 to 1",
                direction=Direction.HIGHER,
                needs=_NEEDS,
                means="different runs of n words, divided by all runs of n words in the reply.",
                means_not="comparable between lengths: longer texts repeat more.",
                source="Li et al. 2016",
                low=0,
                high=1,
                arguments=(Argument("n", "integer", "Words in a run.", 2, low=1, high=20),),
            ),
            _distinct,
        ),
        ItemMetric(
            MetricInfo(
                name="repetition",
                label="Repetition",
                unit="0 to 1",
                direction=Direction.LOWER,
                needs=_NEEDS,
                means="the part of the reply's runs of n words that stood there before; near 1 the "
                "model loops.",
                means_not="badness: lists and verse repeat on purpose.",
                source="seq-rep-n of Welleck et al. 2020",
                low=0,
                high=1,
                arguments=(Argument("n", "integer", "Words in a run.", 4, low=1, high=20),),
            ),
            _repetition,
        ),
        ItemMetric(
            MetricInfo(
                name="length",
                label="Length",
                unit="words, or as asked",
                direction=Direction.NEITHER,
                needs=_NEEDS,
                means="how long the reply is.",
                means_not="quality. Characters are what readers see, not code points.",
                source="Unicode graphemes; words of any script",
                low=0,
                arguments=(
                    Argument(
                        "unit",
                        "choice",
                        "What is counted.",
                        "words",
                        ("words", "characters", "sentences", "lines", "bytes", "tokens"),
                    ),
                ),
            ),
            _length,
        ),
        ItemMetric(
            MetricInfo(
                name="readability",
                label="Readability",
                unit="as the formula has it",
                direction=Direction.NEITHER,
                needs=_NEEDS,
                means="a formula over the lengths of sentences and words: Flesch reading ease "
                "(100 easy, 0 hard), Flesch-Kincaid or ARI (school years), LIX (20 easy, 60 hard).",
                means_not="whether people understand it. The Flesch formulas are for English and "
                "count syllables by its vowels; LIX is for any Latin script.",
                source="Flesch 1948, Kincaid et al. 1975, Senter and Smith 1967, Björnsson 1968",
                arguments=(
                    Argument(
                        "formula",
                        "choice",
                        "Which formula.",
                        "flesch",
                        ("flesch", "flesch_kincaid", "ari", "lix"),
                    ),
                ),
            ),
            _readability,
        ),
    ]


def _runs(evidence: Evidence, values: Values) -> Counter[tuple[str, ...]]:
    n = int(str(values["n"]))
    found = Counter(ngrams(words(reply(evidence)), n))
    if not found:
        raise NotScored(f"The reply has fewer than {n} words.")
    return found


def _distinct(evidence: Evidence, values: Values) -> Score:
    runs = _runs(evidence, values)
    return Score(len(runs) / runs.total(), detail={"distinct": len(runs), "all": runs.total()})


def _repetition(evidence: Evidence, values: Values) -> Score:
    runs = _runs(evidence, values)
    (most, times), *_ = runs.most_common(1)
    detail: dict[str, float | int | str] = {}
    if times > 1:
        detail = {"most_repeated": " ".join(most)[:200], "times": times}
    return Score(1 - len(runs) / runs.total(), detail=detail)


def _length(evidence: Evidence, values: Values) -> float:
    said = reply(evidence)
    match values["unit"]:
        case "characters":
            return len(graphemes(said))
        case "sentences":
            return len(_sentences(said))
        case "lines":
            return len(said.splitlines())
        case "bytes":
            return len(said.encode("utf-8", "surrogatepass"))
        case "tokens":
            if evidence.logprobs is not None and evidence.logprobs.span == "reply":
                return len(evidence.logprobs.logprobs)
            if evidence.timings is not None:
                return evidence.timings.decode_tokens
            raise NotScored("The reply's tokens were not counted.")
        case _:
            return len(words(said))


def _sentences(text: str) -> list[str]:
    return [found for found in _SENTENCE_END.split(text) if words(found)]


def _readability(evidence: Evidence, values: Values) -> Score:
    said = reply(evidence)
    tokens = words(said)
    n_words, n_sentences = len(tokens), len(_sentences(said))
    if not n_words or not n_sentences:
        raise NotScored("The reply has no words.")
    letters = [c for token in tokens for c in token if c.isalpha()]
    if not letters or sum(bool(_LATIN.match(c)) for c in letters) * 2 < len(letters):
        raise NotScored("The formulas are for words in Latin letters.")
    per_sentence = n_words / n_sentences
    match values["formula"]:
        case "ari":
            value = 4.71 * sum(map(len, tokens)) / n_words + 0.5 * per_sentence - 21.43
        case "lix":
            long = sum(len(token) > _LONG_WORD for token in tokens)
            value = per_sentence + 100 * long / n_words
        case "flesch_kincaid":
            value = 0.39 * per_sentence + 11.8 * _syllables(tokens) / n_words - 15.59
        case _:
            value = 206.835 - 1.015 * per_sentence - 84.6 * _syllables(tokens) / n_words
    return Score(value, detail={"words": n_words, "sentences": n_sentences})


def _syllables(tokens: list[str]) -> int:
    """By vowel groups, as is usual for English; a final silent e counts nothing."""
    total = 0
    for token in tokens:
        count = len(_VOWELS.findall(token))
        if token.endswith("e") and not token.endswith(("le", "ee", "ie", "ye")) and count > 1:
            count -= 1
        total += max(count, 1)
    return total
