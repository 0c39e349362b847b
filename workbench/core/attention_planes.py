"""One matrix out of a capture: of a head, of a layer's mean, or the mean of everything."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.core.attention import Attention, Bools
from workbench.core.tokens import Float32


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
    """A matrix over a whole text.

    Attributes:
        weights: float32 (queries, keys), 0 to 1; 0 where the query cannot look.
        visible: bool, same shape: where it can.
        reason: why there is no matrix; empty when there is.
    """

    weights: Float32
    visible: Bools
    reason: str = ""


def plane_of(attention: Attention, layer: int | None, head: int | None) -> Plane:
    """The matrix of a layer's head.

    Args:
        layer: None for the mean over every layer that has a matrix; a cell is visible if it is
            in any of them.
        head: None for the mean over heads; counts only with a layer.
    """
    if layer is None:
        weights = np.zeros(attention.values.shape[2:], np.float32)
        visible = np.zeros(weights.shape, bool)
        for held in attention.layers:
            weights += attention.plane(held)
            visible |= attention.visible(held)
        return Plane(weights / np.float32(len(attention.layers)), visible)
    if layer not in attention.layers:
        why = attention.missing.get(layer, f"Layer {layer} was not captured.")
        nothing = np.zeros((0, 0), np.float32)
        return Plane(nothing, nothing.astype(bool), why)
    return Plane(attention.plane(layer, head), attention.visible(layer))
