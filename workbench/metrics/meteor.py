"""METEOR without WordNet: exact words and Porter stems, and named so."""

from __future__ import annotations

import regex

from workbench.core.metric import Argument, Direction, Evidence, MetricInfo, Need, Score
from workbench.metrics.base import ItemMetric, Metric, NotScored, Values
from workbench.metrics.library import library
from workbench.metrics.texts import best

_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}_]+|[^\s\p{L}\p{M}\p{N}_]")
_MOST_CELLS = 2_000_000


def metrics() -> list[Metric]:
    """The metrics of this family."""
    return [
        ItemMetric(
            MetricInfo(
                name="meteor_exact_stem",
                label="METEOR (exact + stem)",
                unit="0 to 1",
                direction=Direction.HIGHER,
                needs=frozenset({Need.PREDICTION, Need.REFERENCES}),
                means="words matched exactly or by their English stem, recall counting nine times "
                "as much as precision, less a penalty for matches that are torn apart.",
                means_not="full METEOR, which also matches WordNet's synonyms. Equal texts do not "
                "reach 1: one equal word scores 0.5, six score 0.998.",
                source="Banerjee and Lavie 2005, nltk without WordNet data",
                low=0,
                high=1,
                arguments=(
                    Argument("alpha", "number", "Weight of recall.", 0.9, low=0.01, high=0.99),
                    Argument("beta", "number", "Shape of the penalty.", 3.0, low=0, high=10),
                    Argument("gamma", "number", "Size of the penalty.", 0.5, low=0, high=1),
                ),
            ),
            _meteor,
        )
    ]


class _NoWordNet:
    """Stands where nltk looks for synonyms and has none."""

    def synsets(self, word: str) -> list[object]:
        """No synonyms of `word`."""
        return []


def _meteor(evidence: Evidence, values: Values) -> Score:
    meteor = library("nltk.translate.meteor_score")

    def against(said: str, reference: str) -> Score:
        got, wanted = _TOKEN.findall(said), _TOKEN.findall(reference)
        if not wanted:
            raise NotScored("The reference has no words.")
        if len(got) * len(wanted) > _MOST_CELLS:
            raise NotScored(f"{len(got):,} against {len(wanted):,} words is too long for METEOR.")
        if not got:
            return Score(0.0)
        return Score(
            float(
                meteor.single_meteor_score(
                    wanted,
                    got,
                    wordnet=_NoWordNet(),
                    alpha=values["alpha"],
                    beta=values["beta"],
                    gamma=values["gamma"],
                )
            )
        )

    return best(evidence, against)
