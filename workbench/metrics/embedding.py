"""Vectors of texts: similarity, and retrieval by it."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from workbench.core.metric import Argument, Direction, Evidence, MetricInfo, Need, Score
from workbench.metrics.base import ItemMetric, Metric, NotScored, Values

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
