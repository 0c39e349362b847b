"""Looking inside a model, in this process or in the engine's child, with the same calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from workbench.core.attention import Attention, AttentionRequest, HeadSummaries
    from workbench.core.cancel import CancelToken
    from workbench.core.lens import Lens, LensRequest
    from workbench.core.types import ModelInfo
    from workbench.engine.base import Progress
    from workbench.engine.client import EngineClient
    from workbench.engine.jobs import Job
    from workbench.engine.llama import LlamaEngine


class Looker(Protocol):
    """One loaded model, asked from one thread at a time; every call waits for its answer.

    All calls raise UserError when the model shows nothing of the kind or the text does not fit,
    and Cancelled or StoppedError when somebody asked to stop.
    """

    @property
    def model(self) -> ModelInfo:
        """The model's header."""

    @property
    def pieces(self) -> Mapping[int, bytes]:
        """Bytes of every token an answer mentioned."""

    def attention(
        self, request: AttentionRequest, progress: Progress, cancel: CancelToken
    ) -> Attention:
        """Attention weights; `progress` counts prompt tokens."""

    def head_summaries(
        self, ids: tuple[int, ...], progress: Progress, cancel: CancelToken
    ) -> HeadSummaries:
        """Summaries of all heads; `progress` counts prompt tokens."""

    def lens(self, request: LensRequest, progress: Progress, cancel: CancelToken) -> Lens:
        """The logit lens; `progress` counts layers times prompt tokens."""


class DirectLooker:
    """Asks an engine of this process, on the engine's thread."""

    def __init__(self, engine: LlamaEngine) -> None:
        self._engine = engine

    @property
    def model(self) -> ModelInfo:
        """The model's header."""
        return self._engine.loaded.model

    @property
    def pieces(self) -> Mapping[int, bytes]:
        """Bytes of every token."""
        return self._engine.pieces

    def attention(
        self, request: AttentionRequest, progress: Progress, cancel: CancelToken
    ) -> Attention:
        """See `Looker`."""
        return self._engine.inside.attention(request, progress, cancel)

    def head_summaries(
        self, ids: tuple[int, ...], progress: Progress, cancel: CancelToken
    ) -> HeadSummaries:
        """See `Looker`."""
        return self._engine.inside.head_summaries(ids, progress, cancel)

    def lens(self, request: LensRequest, progress: Progress, cancel: CancelToken) -> Lens:
        """See `Looker`."""
        return self._engine.inside.lens(request, progress, cancel)


class ClientLooker:
    """Asks the engine's child, from any thread."""

    def __init__(
        self,
        client: EngineClient | Callable[[], EngineClient],
        model: ModelInfo | None = None,
    ) -> None:
        """`client` may be a call that is made at every question and loads the model then; `model`
        is its header if that is known before.
        """
        self._ask = client if callable(client) else (lambda: client)
        self._model = model

    @property
    def model(self) -> ModelInfo:
        """The model's header; waits until it is loaded if it was not known."""
        if self._model is None:
            self._model = self._ask().load().result().model
        return self._model

    @property
    def pieces(self) -> Mapping[int, bytes]:
        """Bytes of every token an answer mentioned."""
        return self._ask().pieces

    def attention(
        self, request: AttentionRequest, progress: Progress, cancel: CancelToken
    ) -> Attention:
        """See `Looker`."""
        found: Attention = _answer(self._ask().attention(request, progress), cancel)
        return found

    def head_summaries(
        self, ids: tuple[int, ...], progress: Progress, cancel: CancelToken
    ) -> HeadSummaries:
        """See `Looker`."""
        found: HeadSummaries = _answer(self._ask().head_summaries(ids, progress), cancel)
        return found

    def lens(self, request: LensRequest, progress: Progress, cancel: CancelToken) -> Lens:
        """See `Looker`."""
        found: Lens = _answer(self._ask().lens(request, progress), cancel)
        return found


def _answer(job: Job, cancel: CancelToken) -> Any:
    cancel.when_cancelled(job.cancel)
    try:
        return job.future.result()
    finally:
        cancel.when_cancelled(None)
