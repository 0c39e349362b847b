"""Looking inside a loaded model: attention, head summaries, the logit lens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol, TypeVar

from workbench.core.attention import Attention, AttentionRequest, HeadSummaries
from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.lens import Lens, LensRequest
from workbench.core.steering import ResidualRequest
from workbench.core.tokens import Float32
from workbench.core.types import Loaded
from workbench.engine.analysis import Analysis
from workbench.engine.base import Progress
from workbench.engine.capture import capture
from workbench.engine.capture_shapes import checked
from workbench.engine.head_summaries import head_summaries
from workbench.engine.lens import lens
from workbench.engine.residuals import residual_means

T = TypeVar("T")


class Ask(Protocol):
    """Runs an answer so that a cancel reaches into it; the engine's own way."""

    def __call__(self, cancel: CancelToken, answer: Callable[[], T]) -> T: ...


class Inside:
    """What can be watched while a model reads a given text. Belongs to the engine's thread."""

    def __init__(
        self,
        analysis: Analysis,
        loaded: Loaded,
        check_prompt: Callable[[tuple[int, ...], int], None],
        ask: Ask,
    ) -> None:
        self._analysis = analysis
        self._info = loaded.model
        self._n_threads = loaded.engine.n_threads
        self._check = check_prompt
        self._ask = ask

    def close(self) -> None:
        """Free the analysis context. Doing it twice is harmless."""
        self._analysis.close()

    def attention(
        self,
        request: AttentionRequest,
        progress: Progress,
        cancel: CancelToken,
        room: Float32 | None = None,
    ) -> Attention:
        """Attention weights of a given text.

        Args:
            progress: of prompt tokens.
            room: zeros of `answer_shape` to be filled; made here when None.

        Raises:
            UserError: the text is empty or longer than the context, the request asks for what
                does not exist or for more than the budget, or the model shows no matrix.
            Cancelled: somebody asked to stop.
        """
        self._check(request.ids, 0)
        wanted = checked(request, self._info)
        return self._ask(
            cancel, lambda: capture(self._analysis, self._info, wanted, progress, cancel, room)
        )

    def head_summaries(
        self,
        ids: tuple[int, ...],
        progress: Progress,
        cancel: CancelToken,
        room: Float32 | None = None,
    ) -> HeadSummaries:
        """A few numbers for every head over a given text.

        Args:
            progress: of prompt tokens.
            room: zeros of `table_shape` to be filled; made here when None.

        Raises:
            UserError: the text is empty or longer than the context, or the model shows no matrix.
            Cancelled: somebody asked to stop.
        """
        self._check(ids, 0)
        return self._ask(
            cancel, lambda: head_summaries(self._analysis, self._info, ids, progress, cancel, room)
        )

    def residual_means(
        self, request: ResidualRequest, progress: Progress, cancel: CancelToken
    ) -> Float32:
        """Mean residual behind every block, float32 (n_layer, n_embd).

        Raises:
            UserError: the text is empty or longer than the context, or the graph does not name
                its residuals.
            Cancelled: somebody asked to stop.
        """
        self._check(request.ids, 0)
        if not 0 <= request.start < len(request.ids):
            raise UserError(f"start must lie in the text of {len(request.ids)} tokens.")
        return self._ask(
            cancel, lambda: residual_means(self._analysis, self._info, request, progress, cancel)
        )

    def lens(self, request: LensRequest, progress: Progress, cancel: CancelToken) -> Lens:
        """The logit lens over a given text.

        Args:
            progress: of layers times prompt tokens.

        Raises:
            UserError: the text is empty or longer than the context, or the lens does not fit
                this model; says why.
            Cancelled: somebody asked to stop.
        """
        self._check(request.ids, 0)
        if not 0 <= request.start < len(request.ids):
            raise UserError(f"start must lie in the text of {len(request.ids)} tokens.")
        info = replace(self._info, n_layer=self._analysis.n_layer)
        return self._ask(
            cancel,
            lambda: lens(self._analysis, info, request, self._n_threads, progress, cancel),
        )
