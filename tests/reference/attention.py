"""Causal attention in NumPy, plain and the way ggml's flash attention kernel for CPUs rounds."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from reference.weights import Floats, through_f16

_TILE = 64  # from this many queries in a micro-batch, ggml's kernel works in float32 tiles


def log_softmax(logits: Floats) -> Floats:
    """Along the last axis."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    logprobs: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return logprobs


def soft_cap(x: Floats, cap: float) -> Floats:
    """Squeeze into -cap..cap."""
    capped: Floats = np.tanh(x / cap) * cap
    return capped


def attend(
    q: Floats,
    k: Floats,
    v: Floats,
    visible: npt.NDArray[np.bool_],
    *,
    scale: float,
    cap: float | None = None,
    half_cache: bool = False,
    flash: bool = False,
) -> tuple[Floats, Floats]:
    """Outputs (heads, queries, width) and rows (heads, queries, keys).

    Args:
        q: shape (heads, queries, width); k, v: (KV heads, keys, width), each serving a run of
            neighbouring query heads.
        visible: which keys a query may look at, shape (queries, keys).
        cap: soft cap of the scores; None for none.
        half_cache: k and v are kept in half precision, and so are the operands they meet.
        flash: round as the flash attention kernel, which converts any float cache to half.
    """
    tiled = flash and q.shape[1] >= _TILE
    if half_cache or flash:
        q, k, v = q if tiled else through_f16(q), through_f16(k), through_f16(v)
    group = len(q) // len(k)
    k, v = k.repeat(group, axis=0), v.repeat(group, axis=0)
    scores = q @ k.transpose(0, 2, 1) * scale
    if cap is not None:
        scores = soft_cap(scores, cap)
    scores = np.where(visible, scores, -np.inf)
    rows = np.exp(log_softmax(scores))
    if flash and not tiled:
        return _running_mix(scores, v), rows
    if half_cache and not flash:
        return through_f16(rows) @ v, rows
    return rows @ v, rows


def _running_mix(scores: Floats, v: Floats) -> Floats:
    """The kernel for few queries: key after key, into a sum kept in half precision."""
    best = np.full(scores.shape[:2], -np.inf)
    weight = np.zeros(scores.shape[:2])
    mix = np.zeros((*scores.shape[:2], v.shape[-1]))
    for key in range(scores.shape[-1]):
        score = scores[..., key]
        grows = score > best
        top = np.maximum(best, score)
        with np.errstate(invalid="ignore"):  # -inf - -inf, before the first visible key
            shrink = np.where(grows, np.exp(best - top), 1.0)
            share = np.where(np.isneginf(score), 0.0, np.exp(score - top))
        mix = np.where(grows[..., None], through_f16(mix * shrink[..., None]), mix)
        mix = through_f16(mix + v[:, None, key] * share[..., None])
        weight = weight * shrink + share
        best = top
    return mix / weight[..., None]
