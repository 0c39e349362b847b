"""Muon for many small matrices: all of one shape are updated together.

`torch.optim.Muon` takes one matrix after the other, about 1,400 tiny kernels a step for these
models, and the graphics card waits for them most of the time. The update is the same (K. Jordan,
"Muon: An optimizer for hidden layers in neural networks", 2024; the step is scaled to AdamW's as in
Liu et al., "Muon is scalable for LLM training", 2025).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import torch
from torch import Tensor

COEFFICIENTS = (3.4445, -4.7750, 2.0315)
ROUNDS = 5
MOMENTUM = 0.95
WEIGHT_DECAY = 0.1
RMS_OF_ADAMW = 0.2


def orthogonal(updates: Tensor) -> Tensor:
    """The nearest matrices (n, rows, columns) with singular values of about one."""
    x = updates.bfloat16()
    wide = x.shape[1] <= x.shape[2]
    x = x if wide else x.mT
    x = x / x.norm(dim=(1, 2), keepdim=True).clamp(min=1e-7)
    a, b, c = COEFFICIENTS
    for _ in range(ROUNDS):
        gram = x @ x.mT
        x = a * x + (b * gram + c * gram @ gram) @ x
    return (x if wide else x.mT).float()


class Muon(torch.optim.Optimizer):
    """Momentum whose direction is made orthogonal, matrix by matrix."""

    def __init__(self, matrices: Iterable[Tensor], rate: float) -> None:
        by_shape: dict[torch.Size, list[Tensor]] = {}
        for matrix in matrices:
            by_shape.setdefault(matrix.shape, []).append(matrix)
        super().__init__([{"params": same} for same in by_shape.values()], {"lr": rate})

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]  # no loss
        """One update of every matrix; `closure` is not used and no loss comes back."""
        for group in self.param_groups:
            matrices: list[Tensor] = group["params"]
            rows, columns = matrices[0].shape
            gradient = torch.stack([matrix.grad for matrix in matrices if matrix.grad is not None])
            kept = self.state[matrices[0]]
            if "momentum" not in kept:
                kept["momentum"] = torch.zeros_like(gradient)
            momentum: Tensor = kept["momentum"]
            momentum.lerp_(gradient, 1 - MOMENTUM)
            update = orthogonal(gradient.lerp(momentum, MOMENTUM))
            size = group["lr"] * RMS_OF_ADAMW * max(rows, columns) ** 0.5
            torch._foreach_mul_(matrices, 1 - group["lr"] * WEIGHT_DECAY)
            torch._foreach_add_(matrices, list(update), alpha=-size)
