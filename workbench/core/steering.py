"""Steering (experimental): a direction in the residual stream, added while a model reads or writes.

The direction of a layer is the mean residual behind that layer over one text less the mean over
another; strength 1 moves the second text's mean onto the first's.
"""

from __future__ import annotations

from dataclasses import dataclass

from workbench.core.sampling import Sampling
from workbench.core.tokens import Float32, TokenTable
from workbench.core.types import Finish


@dataclass(frozen=True, slots=True, eq=False)
class ControlVector:
    """Directions for the layers llama.cpp can steer: all but the first.

    Attributes:
        directions: float32 (n_layer - 1, n_embd); row i is added behind block i + 1.
        architecture: of the model it was made for.
    """

    directions: Float32
    architecture: str


@dataclass(frozen=True, slots=True)
class ResidualRequest:
    """Mean residuals behind every block over tokens `start` and later of a text."""

    ids: tuple[int, ...]
    start: int = 0


@dataclass(frozen=True, slots=True)
class SteerRequest:
    """Continue a prompt with a control vector added, and judge another reply with it.

    Attributes:
        vector: path of a GGUF control vector.
        strength: what the vector is multiplied with; below zero steers the other way.
        said: a reply to be judged under the vector; may be empty.
    """

    prompt_ids: tuple[int, ...]
    sampling: Sampling
    seed: int
    vector: str
    strength: float
    said: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Steered:
    """What became of a request.

    Attributes:
        tokens: the steered reply.
        logprob: float32 (n_said,), natural log of each token of `said` under the vector.
    """

    text: str
    finish: Finish
    tokens: TokenTable
    logprob: Float32
