"""The logit lens: what each layer would say if it were the last one. Frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.core.tokens import Float32, Int32

LENS_IDENTITY_BOUND = 1e-3
"""How far the last layer's lens may be from the model's real logits."""


@dataclass(frozen=True, slots=True)
class LensRequest:
    """Look at a text through the logit lens.

    Attributes:
        ids: the whole text, at least one token.
        top: how many tokens are kept per layer and position.
        start: the first position wanted.
    """

    ids: tuple[int, ...]
    top: int = 10
    start: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Lens:
    """Layers x positions, unadjusted: the model's own final norm, output matrix, scale and soft
    cap put behind every block. Early layers of many models were never trained for that.

    Row l is the residual stream after block l; the last row is the model itself. Column p is what
    stands behind token `start + p`, so it predicts the token after it.

    Attributes:
        top_ids: int32 (layers, positions, k), likeliest first.
        top_logprob: float32, same shape, natural log under the full softmax.
        entropy: float32 (layers, positions), nats over the full vocabulary.
        kl_to_final: float32 (layers, positions), nats: KL(layer || last layer).
        final_rank: int32 (layers, positions): 0-based rank of the last layer's likeliest token.
        final_logprob: float32 (layers, positions): natural log of that token's probability.
        next_rank, next_logprob: the same for the token that really follows; NO_RANK and NaN
            behind the last token.
        identity_error: largest difference between the lens of the last layer and the model's own
            logits; at most LENS_IDENTITY_BOUND, or there is no Lens.
    """

    ids: tuple[int, ...]
    start: int
    top_ids: Int32
    top_logprob: Float32
    entropy: Float32
    kl_to_final: Float32
    final_rank: Int32
    final_logprob: Float32
    next_rank: Int32
    next_logprob: Float32
    identity_error: float

    @property
    def n_layer(self) -> int:
        """How many layers there are."""
        return int(self.top_ids.shape[0])
