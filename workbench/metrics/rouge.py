"""ROUGE through rouge-score, with words of every script (its own tokenizer knows only a-z)."""

from __future__ import annotations

from workbench.core.metric import Argument, Direction, Evidence, MetricInfo, Need, Score
from workbench.metrics.base import ItemMetric, Measure, Metric, NotScored, Values
from workbench.metrics.library import library
from workbench.metrics.texts import best, words

_MOST_CELLS = 4_000_000
"""Longest common subsequences take words times words steps, here about a second."""

_UNSTEMMED = 3
"""rouge-score leaves words of up to three letters alone."""

_ARGUMENTS = (
    Argument("stemmer", "boolean", "Porter's stemmer first, as many papers do.", False),
    Argument("figure", "choice", "Which of the three.", "f1", ("f1", "precision", "recall")),
)


def metrics() -> list[Metric]:
    """The metrics of this family."""
    return [
        _rouge(
            "rouge_1",
            "ROUGE-1",
            "rouge1",
            "how many single words reply and reference share (F1).",
            "that they stand in any order.",
        ),
        _rouge(
            "rouge_2",
            "ROUGE-2",
            "rouge2",
            "how many pairs of neighbouring words reply and reference share (F1).",
            "meaning: a paraphrase shares few pairs.",
        ),
        _rouge(
            "rouge_l",
            "ROUGE-L",
            "rougeL",
            "the longest sequence of words, gaps allowed, that reply and reference share (F1).",
            "ROUGE-Lsum: line breaks are ignored.",
        ),
        _rouge(
            "rouge_lsum",
            "ROUGE-Lsum",
            "rougeLsum",
            "as ROUGE-L, line by line: every line of the reference against all lines of the "
            "reply. For summaries with one sentence per line.",
            "anything beyond ROUGE-L when the texts have no line breaks; they are not split into "
            "sentences here.",
        ),
    ]


def _rouge(name: str, label: str, kind: str, means: str, means_not: str) -> Metric:
    return ItemMetric(
        MetricInfo(
            name=name,
            label=label,
            unit="0 to 1",
            direction=Direction.HIGHER,
            needs=frozenset({Need.PREDICTION, Need.REFERENCES}),
            means=means,
            means_not=means_not,
            source="Lin 2004, rouge-score; words of any script, characters where there are no "
            "spaces",
            low=0,
            high=1,
            arguments=_ARGUMENTS,
        ),
        _measure(kind),
    )


class _Words:
    """The tokenizer that rouge-score is handed."""

    def __init__(self, stemmer: bool) -> None:
        self._stem = library("nltk.stem.porter").PorterStemmer().stem if stemmer else None

    def tokenize(self, text: str) -> list[str]:
        """Words; stemmed from four letters on, as rouge-score does."""
        found = words(text)
        stem = self._stem
        return (
            found if stem is None else [stem(w) if len(w) > 3 else w for w in found]
        )  # as rouge-score


def _measure(kind: str) -> Measure:
    def measure(evidence: Evidence, values: Values) -> Score:
        tokenizer = _Words(bool(values["stemmer"]))
        scorer = library("rouge_score.rouge_scorer").RougeScorer([kind], tokenizer=tokenizer)

        def against(said: str, reference: str) -> Score:
            wanted, got = tokenizer.tokenize(reference), tokenizer.tokenize(said)
            if not wanted:
                raise NotScored("The reference has no words (letters or digits).")
            if kind == "rouge2" and len(wanted) == 1:
                raise NotScored("The reference has one word and so no pair of neighbours.")
            if kind.startswith("rougeL") and len(wanted) * len(got) > _MOST_CELLS:
                raise NotScored(
                    f"{len(got):,} against {len(wanted):,} words is too long for {kind}."
                )
            found = scorer.score(reference, said)[kind]
            figures = {
                "precision": float(found.precision),
                "recall": float(found.recall),
                "f1": float(found.fmeasure),
            }
            return Score(figures[str(values["figure"])], detail=figures)

        return best(evidence, against)

    return measure
