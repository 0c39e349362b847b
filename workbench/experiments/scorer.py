"""What influence and its relatives ask of a model: tokens of a text, log-probabilities of tokens.

The same question can go to an engine in this process (commands) or to its child (the window).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from workbench.core.types import ScoreRequest
from workbench.engine.jobs import ignore_progress

if TYPE_CHECKING:
    from workbench.core.cancel import CancelToken
    from workbench.core.tokens import Float32
    from workbench.engine.client import EngineClient
    from workbench.engine.llama import LlamaEngine


class Scorer(Protocol):
    """One loaded model, asked from one thread at a time."""

    def tokenize(self, text: str, *, add_bos: bool) -> tuple[int, ...]:
        """Token ids of a text."""

    def logprobs(self, ids: tuple[int, ...], start: int, cancel: CancelToken) -> Float32:
        """Log-probabilities of ids[start:], each behind all before it; start is at least 1.

        Raises:
            Cancelled, StoppedError: somebody asked to stop.
            UserError: the text does not fit the context, or the engine died.
        """


class DirectScorer:
    """Asks an engine of this process, on the engine's thread."""

    def __init__(self, engine: LlamaEngine) -> None:
        self._engine = engine

    def tokenize(self, text: str, *, add_bos: bool) -> tuple[int, ...]:
        """Token ids of a text."""
        return self._engine.tokenize(text, add_bos=add_bos).ids

    def logprobs(self, ids: tuple[int, ...], start: int, cancel: CancelToken) -> Float32:
        """See `Scorer.logprobs`."""
        table = self._engine.score(
            ScoreRequest(ids, start, top=0, exact=False), ignore_progress, cancel
        )
        return table.logprob


class ClientScorer:
    """Asks the engine's child; other requests may be answered in between."""

    def __init__(self, client: EngineClient) -> None:
        self._client = client

    def tokenize(self, text: str, *, add_bos: bool) -> tuple[int, ...]:
        """Token ids of a text."""
        return self._client.tokenize(text, add_bos=add_bos).result().ids

    def logprobs(self, ids: tuple[int, ...], start: int, cancel: CancelToken) -> Float32:
        """See `Scorer.logprobs`."""
        job = self._client.score(ScoreRequest(ids, start, top=0, exact=False))
        cancel.when_cancelled(job.cancel)
        try:
            logprob: Float32 = job.future.result().logprob
        finally:
            cancel.when_cancelled(None)
        return logprob
