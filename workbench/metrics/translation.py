"""BLEU, chrF and TER through sacrebleu, without the ways in which it is commonly misused.

References travel with their item, so they cannot be transposed; one item is scored as a sentence
(with effective order), many as a corpus from summed counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbench.core.metric import Argument, Direction, Evidence, MetricInfo, Need, Score
from workbench.metrics.base import Metric, NotScored, Part, Values, WholeMetric
from workbench.metrics.library import library
from workbench.metrics.texts import reply

_NEEDS = frozenset({Need.PREDICTION, Need.REFERENCES})
_LOWERCASE = Argument("lowercase", "boolean", "Ignore upper and lower case.", False)
_MOST_CHARACTERS = 250_000
"""BLEU and chrF of a longer text take several seconds; no reply is that long."""
_TER_WORDS = 1_000
"""TER tries every shift of a run of words; past this many words it would take minutes."""


def metrics() -> list[Metric]:
    """The metrics of this family."""
    return [
        WholeMetric(
            MetricInfo(
                name="bleu",
                label="BLEU",
                unit="0 to 100",
                direction=Direction.HIGHER,
                needs=_NEEDS,
                means="share of the replies' runs of one to four words that stand in a reference, "
                "with a penalty for short replies; over many items from summed counts.",
                means_not="a mean of sentences, and nothing across tokenizers: compare only equal "
                "signatures. One item is scored with effective order (short texts are not 0).",
                source="Papineni et al. 2002, sacrebleu (Post 2018)",
                low=0,
                high=100,
                whole=True,
                arguments=(
                    Argument(
                        "tokenize",
                        "choice",
                        "How words are found; zh and char for scripts without spaces.",
                        "13a",
                        ("13a", "intl", "char", "zh", "none"),
                    ),
                    _LOWERCASE,
                    Argument(
                        "smooth",
                        "choice",
                        "What replaces an n-gram order without a match.",
                        "exp",
                        ("exp", "floor", "add-k", "none"),
                    ),
                    Argument(
                        "smooth_value",
                        "number",
                        "Of floor (0.1 when left out) and add-k (1 when left out).",
                        low=0,
                        high=1000,
                    ),
                    Argument("max_order", "integer", "Longest run of words.", 4, low=1, high=16),
                ),
            ),
            _bleu_part,
            _bleu_whole,
            _bleu_sentence,
        ),
        WholeMetric(
            MetricInfo(
                name="chrf",
                label="chrF",
                unit="0 to 100",
                direction=Direction.HIGHER,
                needs=_NEEDS,
                means="how many runs of one to six characters reply and reference share (F2: "
                "recall counts twice); needs no tokenizer.",
                means_not="chrF++ unless word_order is 2; signatures must be equal to compare.",
                source="Popović 2015, sacrebleu",
                low=0,
                high=100,
                whole=True,
                arguments=(
                    Argument("word_order", "integer", "2 makes it chrF++.", 0, low=0, high=4),
                    Argument("char_order", "integer", "Longest run.", 6, low=1, high=16),
                    Argument("beta", "integer", "How much recall counts.", 2, low=1, high=10),
                    _LOWERCASE,
                    Argument("keep_spaces", "boolean", "White space counts as characters.", False),
                    Argument("eps_smoothing", "boolean", "Smooth as chrF++.py and NLTK do.", False),
                ),
            ),
            _chrf_part,
            _chrf_whole,
        ),
        WholeMetric(
            MetricInfo(
                name="ter",
                label="TER",
                unit="0 to 100 and more",
                direction=Direction.LOWER,
                needs=_NEEDS,
                means="edits (words inserted, deleted, replaced, runs of words moved) that turn "
                "the reply into the nearest reference, per 100 words of the references.",
                means_not=f"a percentage of errors: a long wrong reply passes 100. Texts over "
                f"{_TER_WORDS:,} words are not scored.",
                source="Snover et al. 2006, sacrebleu (tercom)",
                low=0,
                whole=True,
                arguments=(
                    Argument("case_sensitive", "boolean", "Case counts.", False),
                    Argument("normalized", "boolean", "Tercom's own normalisation.", False),
                    Argument("no_punct", "boolean", "Leave punctuation out.", False),
                    Argument("asian_support", "boolean", "Split Chinese and Japanese.", False),
                ),
            ),
            _ter_part,
            _ter_whole,
        ),
    ]


def _texts(evidence: Evidence) -> tuple[str, list[str]]:
    references = [text for text in evidence.references if text.strip()]
    if not references:
        raise NotScored("Every reference is empty.")
    said = reply(evidence)
    longest = max(map(len, (said, *references)))
    if longest > _MOST_CHARACTERS:
        raise NotScored(f"{longest:,} characters are too many; {_MOST_CHARACTERS:,} are the most.")
    return said, references


def _bleu(values: Values, effective_order: bool) -> Any:
    return library("sacrebleu.metrics.bleu").BLEU(
        lowercase=values["lowercase"],
        tokenize=values["tokenize"],
        smooth_method=values["smooth"],
        smooth_value=values["smooth_value"],
        max_ngram_order=values["max_order"],
        effective_order=effective_order,
    )


def _bleu_sentence(evidence: Evidence, values: Values) -> Score:
    said, references = _texts(evidence)
    bleu = _bleu(values, effective_order=True)
    found = bleu.sentence_score(said, references)
    return Score(float(found.score), detail={"signature": str(bleu.get_signature())})


def _bleu_part(evidence: Evidence, values: Values) -> Part:
    said, references = _texts(evidence)
    found = _bleu(values, effective_order=True).sentence_score(said, references)
    counts = (*found.counts, *found.totals)
    return (int(found.sys_len), int(found.ref_len), *map(int, counts), len(references))


def _bleu_whole(parts: Sequence[Part], values: Values) -> Score:
    sums = _sums(parts)
    order = int(str(values["max_order"]))
    sys_len, ref_len = int(sums[0]), int(sums[1])
    correct = [int(c) for c in sums[2 : 2 + order]]
    total = [int(t) for t in sums[2 + order : 2 + 2 * order]]
    if sys_len and not total[-1]:
        raise NotScored(
            f"No reply has {order} words in a row, so corpus BLEU would be 0 whatever they say; "
            "use chrf, or a smaller max_order."
        )
    bleu = _bleu(values, effective_order=False)
    found = bleu.compute_bleu(
        correct,
        total,
        sys_len,
        ref_len,
        smooth_method=values["smooth"],
        smooth_value=values["smooth_value"],
        effective_order=False,
        max_ngram_order=order,
    )
    references = {part[-1] for part in parts}
    bleu.num_refs = references.pop() if len(references) == 1 else -1
    return Score(
        float(found.score),
        detail={"signature": str(bleu.get_signature()), "brevity_penalty": float(found.bp)},
    )


def _chrf(values: Values) -> Any:
    return library("sacrebleu.metrics.chrf").CHRF(
        char_order=values["char_order"],
        word_order=values["word_order"],
        beta=values["beta"],
        lowercase=values["lowercase"],
        whitespace=values["keep_spaces"],
        eps_smoothing=values["eps_smoothing"],
    )


def _chrf_part(evidence: Evidence, values: Values) -> Part:
    said, references = _texts(evidence)
    chrf = _chrf(values)
    # The counts behind a chrF are nowhere public; a test holds their sum against `corpus_score`.
    (statistics,) = chrf._extract_corpus_statistics([said], [[text] for text in references])  # noqa: SLF001
    return (*map(int, statistics),)


def _chrf_whole(parts: Sequence[Part], values: Values) -> Score:
    chrf = _chrf(values)
    sums = [int(count) for count in _sums(parts)]
    return Score(float(chrf._compute_f_score(sums)))  # noqa: SLF001  # as in `_chrf_part`


def _ter_part(evidence: Evidence, values: Values) -> Part:
    if not reply(evidence).strip() and not any(text.strip() for text in evidence.references):
        return (0.0, 0.0)  # nothing was wanted and nothing was said
    said, references = _texts(evidence)
    longest = max(len(text.split()) for text in (said, *references))
    longest = max(
        longest, *(len(t) for t in (said, *references)) if values["asian_support"] else (0,)
    )
    if longest > _TER_WORDS:
        raise NotScored(f"TER of {longest:,} words would take minutes; {_TER_WORDS:,} is the most.")
    ter = library("sacrebleu.metrics.ter").TER(
        case_sensitive=values["case_sensitive"],
        normalized=values["normalized"],
        no_punct=values["no_punct"],
        asian_support=values["asian_support"],
    )
    found = ter.sentence_score(said, references)
    return (float(found.num_edits), float(found.ref_length))


def _ter_whole(parts: Sequence[Part], _: Values) -> Score:
    edits, words = _sums(parts)
    if edits and not words:
        raise NotScored("The references have no words.")
    found = 100 * edits / words if words else 0.0
    return Score(found, detail={"edits": edits, "reference_words": words})


def _sums(parts: Sequence[Part]) -> list[float]:
    return [sum(map(float, column)) for column in zip(*parts, strict=True)]
