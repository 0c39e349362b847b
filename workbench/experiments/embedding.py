"""Evidence with the vectors of its texts, from an embedding model in the engine's process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from workbench.core.cancel import CancelToken
from workbench.core.embedding import Embeddings
from workbench.core.errors import StoppedError
from workbench.core.metric import Evidence
from workbench.core.types import EngineSettings
from workbench.experiments.session import Session

Progress = Callable[[int, int], None]

NOT_DECLARED = (
    "The model does not say how it makes one vector of a text, so it is the mean; it may never "
    "have been trained to embed texts."
)
_AT_ONCE = 64


def text_vectors(
    session: Session,
    model: Path,
    settings: EngineSettings,
    texts: Sequence[str],
    progress: Progress,
    cancel: CancelToken,
) -> tuple[dict[str, tuple[float, ...]], bool]:
    """The vector of every text that is not empty, and whether the model says how it pools.

    Raises:
        UserError: the model cannot be loaded, a text does not fit, or it gives no vectors.
        StoppedError: somebody asked to stop.
    """
    wanted = list(dict.fromkeys(text for text in texts if text))
    info = session.load(model, settings).model
    client = session.client(info, settings)
    found: dict[str, tuple[float, ...]] = {}
    declared = True
    for start in range(0, len(wanted), _AT_ONCE):
        if cancel:
            raise StoppedError("Stopped.")
        some = tuple(wanted[start : start + _AT_ONCE])
        job = client.embed(some)
        cancel.when_cancelled(job.cancel)
        try:
            answer: Embeddings = job.future.result()
        finally:
            cancel.when_cancelled(None)
        declared = declared and not answer.unnamed
        found |= {t: tuple(v) for t, v in zip(some, answer.vectors.tolist(), strict=True)}
        progress(len(found), len(wanted))
    return found, declared


def with_vectors(
    evidences: Sequence[Evidence], vectors: dict[str, tuple[float, ...]]
) -> list[Evidence]:
    """The evidence with `embeddings` of reply, references and wrong answers.

    Where one of its texts is empty there are none.
    """
    return [_with_vectors(evidence, vectors) for evidence in evidences]


def _with_vectors(evidence: Evidence, vectors: dict[str, tuple[float, ...]]) -> Evidence:
    texts = texts_of(evidence)
    if evidence.prediction is None or any(text not in vectors for text in texts):
        return evidence
    return replace(evidence, embeddings=tuple(vectors[text] for text in texts))


def texts_of(evidence: Evidence) -> tuple[str, ...]:
    """Reply, references and wrong answers, in the order of `Evidence.embeddings`."""
    return (evidence.prediction or "", *evidence.references, *evidence.wrong)
