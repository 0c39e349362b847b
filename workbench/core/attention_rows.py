"""One row or column of attention out of a capture: of a head, a layer's mean, or everything's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.core.attention import Attention
from workbench.core.tokens import Float32


@dataclass(frozen=True, slots=True, eq=False)
class TokenWeights:
    """Weights spread over the whole text.

    Attributes:
        weights: float32 (n,), 0 to 1; NaN for tokens that cannot be seen (or cannot see, in a
            column).
        reason: why there are none; empty when there are.
    """

    weights: Float32
    reason: str = ""


def row_weights(attention: Attention, layer: int | None, head: int | None) -> TokenWeights:
    """Where one query of a capture looked: all keys, and the first query held.

    Args:
        layer: None for the mean over every layer that has a matrix.
        head: None for the mean over heads; counts only with a layer.
    """
    n = len(attention.ids)
    plane, seen, reason = _plane(attention, layer, head)
    weights = np.full(n, np.nan, np.float32)
    if plane is not None and seen is not None:
        weights[attention.keys] = np.where(seen[0], plane[0], np.float32(np.nan))
    return TokenWeights(weights, reason)


def column_weights(attention: Attention, layer: int | None, head: int | None) -> TokenWeights:
    """Who looked at one key of a capture: all queries from it on, and the first key held."""
    n = len(attention.ids)
    plane, seen, reason = _plane(attention, layer, head)
    weights = np.full(n, np.nan, np.float32)
    if plane is not None and seen is not None:
        weights[attention.queries] = np.where(seen[:, 0], plane[:, 0], np.float32(np.nan))
    return TokenWeights(weights, reason)


def head_name(layer: int | None, head: int | None) -> str:
    """What is shown, in words."""
    if layer is None:
        return "mean over all layers and heads"
    return f"layer {layer}, mean over heads" if head is None else f"layer {layer}, head {head}"


def _plane(
    attention: Attention, layer: int | None, head: int | None
) -> tuple[Float32 | None, np.ndarray[tuple[int, ...], np.dtype[np.bool_]] | None, str]:
    """Weights (q, k), which of them can be seen, and why there are none."""
    if layer is not None:
        if layer in attention.missing:
            return None, None, attention.missing[layer]
        return attention.plane(layer, head), attention.visible(layer), ""
    if not attention.layers:
        return None, None, "No layer of this model has an attention matrix."
    planes = attention.values.mean(axis=(0, 1), dtype=np.float64).astype(np.float32)
    # Seen by the mean is what any layer sees.
    seen = np.any([attention.visible(one) for one in attention.layers], axis=0)
    return planes, seen, ""
