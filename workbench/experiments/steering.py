"""Steering (experimental): a control vector out of two texts, as a GGUF file, and replies with it.

The vector is a plain difference of means, unadjusted: strength 1 moves the mean of the second text
onto that of the first. The first token is left out of both, because models park huge values there
that would drown everything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from workbench.core.errors import UserError
from workbench.core.steering import ControlVector, ResidualRequest, Steered, SteerRequest

if TYPE_CHECKING:
    from workbench.core.cancel import CancelToken
    from workbench.core.tokens import Float32
    from workbench.core.types import ModelInfo
    from workbench.engine.base import Progress
    from workbench.engine.client import EngineClient
    from workbench.engine.jobs import Job
    from workbench.engine.llama import LlamaEngine


class Steerer(Protocol):
    """One loaded model, asked from one thread at a time; every call waits.

    All raise UserError when the model cannot be steered or a text does not fit, and Cancelled or
    StoppedError when somebody asked to stop.
    """

    @property
    def model(self) -> ModelInfo:
        """The model's header."""

    def tokenize(self, text: str, *, add_bos: bool) -> tuple[int, ...]:
        """Token ids of a text."""

    def residual_means(
        self, request: ResidualRequest, progress: Progress, cancel: CancelToken
    ) -> Float32:
        """Mean residual behind every block, float32 (n_layer, n_embd)."""

    def steer(self, request: SteerRequest, progress: Progress, cancel: CancelToken) -> Steered:
        """A reply with a control vector added."""


class DirectSteerer:
    """Asks an engine of this process, on the engine's thread."""

    def __init__(self, engine: LlamaEngine) -> None:
        self._engine = engine

    @property
    def model(self) -> ModelInfo:
        """The model's header."""
        return self._engine.loaded.model

    def tokenize(self, text: str, *, add_bos: bool) -> tuple[int, ...]:
        """See `Steerer`."""
        return self._engine.tokenize(text, add_bos=add_bos).ids

    def residual_means(
        self, request: ResidualRequest, progress: Progress, cancel: CancelToken
    ) -> Float32:
        """See `Steerer`."""
        return self._engine.inside.residual_means(request, progress, cancel)

    def steer(self, request: SteerRequest, progress: Progress, cancel: CancelToken) -> Steered:
        """See `Steerer`."""
        return self._engine.steer(request, progress, cancel)


class ClientSteerer:
    """Asks the engine's child, from any thread."""

    def __init__(self, client: EngineClient) -> None:
        self._client = client

    @property
    def model(self) -> ModelInfo:
        """The model's header; waits until it is loaded."""
        return self._client.load().result().model

    def tokenize(self, text: str, *, add_bos: bool) -> tuple[int, ...]:
        """See `Steerer`."""
        return self._client.tokenize(text, add_bos=add_bos).result().ids

    def residual_means(
        self, request: ResidualRequest, progress: Progress, cancel: CancelToken
    ) -> Float32:
        """See `Steerer`."""
        found: Float32 = _answer(self._client.residual_means(request, progress), cancel)
        return found

    def steer(self, request: SteerRequest, progress: Progress, cancel: CancelToken) -> Steered:
        """See `Steerer`."""
        found: Steered = _answer(self._client.steer(request, progress), cancel)
        return found


def make_vector(
    steerer: Steerer, toward: str, away: str, progress: Progress, cancel: CancelToken
) -> ControlVector:
    """The difference of the mean residuals of two texts.

    Raises:
        UserError: a text is empty, both are the same, or the model cannot be steered.
        Cancelled, StoppedError: somebody asked to stop.
    """
    means = [
        _mean(steerer, text, which, progress, cancel)
        for text, which in ((toward, "toward"), (away, "away"))
    ]
    directions = means[0][1:] - means[1][1:]
    if not len(directions):
        raise UserError("llama.cpp steers all layers but the first, and this model has only one.")
    if not directions.any():
        raise UserError("Both texts are the same to the model.", "Steer between two others.")
    return ControlVector(directions, steerer.model.architecture)


def write_vector(path: Path, vector: ControlVector) -> None:
    """A GGUF control vector as llama.cpp's own tools write it: tensors direction.1, direction.2 …

    Raises:
        UserError: the file cannot be written.
    """
    import gguf

    try:
        writer = gguf.GGUFWriter(path, "controlvector")
        writer.add_string("controlvector.model_hint", vector.architecture)
        writer.add_uint32("controlvector.layer_count", len(vector.directions))
        for layer, direction in enumerate(vector.directions, 1):
            writer.add_tensor(f"direction.{layer}", np.ascontiguousarray(direction))
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
    except OSError as error:
        raise UserError(
            f"{path.name} cannot be written: {error.strerror or error}.", "Choose another folder."
        ) from error


def norms(vector: ControlVector) -> tuple[float, ...]:
    """Length of each layer's direction, for layers 1 and up."""
    return tuple(float(x) for x in np.linalg.norm(vector.directions, axis=1))


def _mean(
    steerer: Steerer, text: str, which: str, progress: Progress, cancel: CancelToken
) -> Float32:
    ids: Sequence[int] = steerer.tokenize(text, add_bos=True)
    # Without a BOS the first word is the sink; two tokens are the least that leaves one.
    if not text.strip() or len(ids) < 2:
        raise UserError(
            f"The text to steer {which} has {len(ids)} tokens; it needs at least two.",
            "Write a sentence.",
        )
    return steerer.residual_means(ResidualRequest(tuple(ids), 1), progress, cancel)


def _answer(job: Job, cancel: CancelToken) -> Any:
    cancel.when_cancelled(job.cancel)
    try:
        return job.future.result()
    finally:
        cancel.when_cancelled(None)
