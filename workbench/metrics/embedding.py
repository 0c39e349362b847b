"""Vectors of texts: similarity, and retrieval by it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from workbench.core.metric import Argument, Direction, Evidence, MetricInfo, Need, Score
from workbench.metrics.base import ItemMetric, Metric, NotScored, Part, Values, WholeMetric

_RETRIEVAL = frozenset({Need.EMBEDDINGS, Need.REFERENCES, Need.WRONG})
_K = Argument("k", "integer", "How far down the list is looked.", 10, low=1, high=100_000)


def metrics() -> list[Metric]:
    """The metrics of this family."""
    return [
        ItemMetric(
            MetricInfo(
                name="embedding_similarity",
                label="Embedding similarity",
                unit="-1 to 1",
                direction=Direction.HIGHER,
                needs=frozenset({Need.EMBEDDINGS}),
                means="cosine between the vectors of the reply and the nearest reference, made by "
                "an embedding model.",
                means_not="a scale: what counts as near differs from model to model, and opposite "
                "statements are often near.",
                source="cosine similarity",
                low=-1,
                high=1,
            ),
            _similarity,
        ),
        ItemMetric(
            MetricInfo(
                name="ndcg",
                label="nDCG",
                unit="0 to 1",
                direction=Direction.HIGHER,
                needs=_RETRIEVAL,
                means="how high the references stand when references and wrong answers are sorted "
                "by their cosine with the query; low places count less.",
                means_not="retrieval from a whole corpus: only the listed texts compete. Equal "
                "cosines share their places.",
                source="Järvelin and Kekäläinen 2002; MTEB's nDCG@10",
                low=0,
                high=1,
                arguments=(_K,),
            ),
            _ndcg,
        ),
        ItemMetric(
            MetricInfo(
                name="average_precision",
                label="Average precision",
                unit="0 to 1",
                direction=Direction.HIGHER,
                needs=_RETRIEVAL,
                means="mean over the references of the precision down to their place in the list "
                "sorted by cosine; the mean over items is MAP.",
                means_not="retrieval from a whole corpus: only the listed texts compete.",
                source="MTEB reranking MAP",
                low=0,
                high=1,
            ),
            _average_precision,
        ),
        WholeMetric(
            MetricInfo(
                name="similarity_spearman",
                label="Likeness as people see it",
                unit="-1 to 1",
                direction=Direction.HIGHER,
                needs=frozenset({Need.EMBEDDINGS, Need.RATING}),
                means="Spearman's rank correlation of the cosine of two texts with what people say "
                "of their likeness, over all items.",
                means_not="how near the cosines are to the ratings: only their order counts. One "
                "item has none.",
                source="STS benchmarks, MTEB; Spearman 1904, ties share their ranks",
                low=-1,
                high=1,
                whole=True,
            ),
            _rated,
            _spearman,
        ),
    ]


def _cosines(evidence: Evidence) -> npt.NDArray[np.float64]:
    """Of the first vector with each of the others."""
    first, *others = evidence.embeddings
    if not first or any(len(vector) != len(first) for vector in others):
        raise NotScored("The vectors have different lengths, so they are of different models.")
    rows = np.array(evidence.embeddings, dtype=np.float64)
    if not np.isfinite(rows).all():
        raise NotScored("A vector holds something that is no number.")
    largest = np.abs(rows).max(axis=1, keepdims=True)
    if not largest.all():
        raise NotScored("A vector is all zeros and points nowhere.")
    rows = rows / largest
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    cosines: npt.NDArray[np.float64] = np.clip(rows[1:] @ rows[0], -1.0, 1.0)
    return cosines


def _rated(evidence: Evidence, values: Values) -> Part:
    """The likeness of an item's two texts by the model and by people."""
    rating = evidence.rating
    if rating is None or not math.isfinite(rating):
        raise NotScored(f"{rating} is no rating.")
    return (_similarity(evidence, values), rating)


def _spearman(parts: Sequence[Part], _: Values) -> float:
    if len(parts) < 2:
        raise NotScored("One item has no correlation.")
    model, people = (_ranks([float(part[side]) for part in parts]) for side in (0, 1))
    spreads = float(np.square(model).sum()) * float(np.square(people).sum())
    if not spreads:
        raise NotScored("All items have the same likeness, so nothing can go together.")
    return float(model @ people) / math.sqrt(spreads)


def _ranks(values: Sequence[float]) -> npt.NDArray[np.float64]:
    """Ranks about their mean; equal values share the mean of their places."""
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks = (last - (counts - 1) / 2)[places]
    return np.asarray(ranks - ranks.mean(), np.float64)


def _similarity(evidence: Evidence, _: Values) -> float:
    n = len(evidence.references) or len(evidence.embeddings) - 1
    return float(_cosines(evidence)[:n].max())


def _ranked(evidence: Evidence) -> tuple[npt.NDArray[np.float64], int]:
    """Cosines, those of the right texts first; how many those are."""
    cosines = _cosines(evidence)
    right = len(evidence.references)
    if len(cosines) != right + len(evidence.wrong):
        raise NotScored(
            f"There are {len(cosines):,} vectors for {right + len(evidence.wrong):,} texts."
        )
    return cosines, right


def _ndcg(evidence: Evidence, values: Values) -> Score:
    cosines, right = _ranked(evidence)
    k = int(str(values["k"]))
    discount = np.zeros(len(cosines))
    shown = min(k, len(cosines))
    discount[:shown] = 1 / np.log2(np.arange(2, shown + 2))
    gained = 0.0
    place = 0
    for cosine in np.unique(cosines)[::-1]:
        # Texts that tie share the mean of the places they fill together.
        tied = np.flatnonzero(cosines == cosine)
        mean = discount[place : place + len(tied)].mean()
        gained += float(mean) * int((tied < right).sum())
        place += len(tied)
    return Score(gained / float(discount[:right].sum()))


def _average_precision(evidence: Evidence, _: Values) -> Score:
    cosines, right = _ranked(evidence)
    total = 0.0
    for cosine in cosines[:right]:
        # Of texts that tie the wrong ones come first: no luck is counted.
        above = int((cosines > cosine).sum() + (cosines == cosine).sum())
        hits = int((cosines[:right] >= cosine).sum())
        total += hits / above
    value = total / right
    if not math.isfinite(value):
        raise NotScored("The list is empty.")
    return Score(value)
