"""A forward pass in NumPy that shares no code with llama.cpp, to check the engine against.

Written from the papers and the GGUF conventions: llama (also with experts), qwen2, qwen2moe and
gemma2. It works in float64. Where ggml's CPU kernels deliberately round (inputs of quantised
mat-muls, the KV cache, the GELU table) it rounds in the same places unless asked to be `exact`,
so that what is left between the two is the order of float32 sums.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
from reference.attention import attend, log_softmax, soft_cap
from reference.weights import Floats, GgufWeights, Matrix, through_f16

_PAIRED = ("llama",)
_HALVED = ("qwen2", "qwen2moe", "gemma2")


@dataclass(frozen=True, slots=True)
class Forward:
    """What one pass computed.

    Attributes:
        logits: shape (tokens, vocabulary).
        attention: shape (layers, heads, queries, keys); rows sum to 1, unreachable keys are 0.
        residuals: shape (layers + 1, tokens, width): what enters the first block, then what
            leaves each block.
    """

    logits: Floats
    attention: Floats
    residuals: Floats

    @property
    def logprobs(self) -> Floats:
        """Natural log of the softmax of the logits, same shape."""
        return log_softmax(self.logits)


class ReferenceModel:
    """A GGUF file that can be run."""

    def __init__(self, path: Path) -> None:
        self.weights = weights = GgufWeights(path)
        if weights.architecture not in _PAIRED + _HALVED:
            raise ValueError(f"architecture {weights.architecture} is not modelled")
        if weights.number("rope.scaling.factor", 1.0) != 1.0:
            raise ValueError("RoPE scaling is not modelled")
        self.gemma = weights.architecture == "gemma2"
        self.n_layer = int(weights.number("block_count"))
        self.n_embd = int(weights.number("embedding_length"))
        self.n_head = int(weights.number("attention.head_count"))
        self.n_head_kv = int(weights.number("attention.head_count_kv", self.n_head))
        self.head_dim = int(weights.number("attention.key_length", self.n_embd / self.n_head))
        self.epsilon = weights.number("attention.layer_norm_rms_epsilon")
        self.n_expert = int(weights.number("expert_count", 0))
        self.n_expert_used = int(weights.number("expert_used_count", 0))

    def forward(
        self,
        tokens: Sequence[int],
        *,
        kv: Literal["f32", "f16"] = "f32",
        flash: bool = False,
        exact: bool = False,
    ) -> Forward:
        """Run `tokens` from an empty context, as one micro-batch.

        Args:
            kv: the type of the KV cache; "f16" also rounds what the cache is multiplied with.
            flash: round as ggml's flash attention does.
            exact: leave out every rounding of ggml, those of the cache included.
        """
        step = _Pass(
            self,
            len(tokens),
            half_cache=kv == "f16" and not exact,
            flash=flash and not exact,
            exact=exact,
        )
        x = self.weights.matrix("token_embd.weight").values[list(tokens)]
        if self.gemma:
            x = x * np.float64(np.float32(math.sqrt(self.n_embd)))
        residuals, attention = [x], []
        for layer in range(self.n_layer):
            x, rows = step.block(layer, x)
            residuals.append(x)
            attention.append(rows)
        return Forward(self.unembed(x, exact=exact), np.stack(attention), np.stack(residuals))

    def unembed(self, residual: Floats, *, exact: bool = False) -> Floats:
        """Logits of a residual stream, shape (tokens, width): final norm, output, soft cap."""
        x = rms_norm(residual, self.weights.vector("output_norm.weight"), self.epsilon)
        name = "output.weight" if "output.weight" in self.weights else "token_embd.weight"
        logits = self.weights.matrix(name).apply(x, exact=exact)
        if self.gemma:
            logits = soft_cap(logits, self.weights.number("final_logit_softcapping"))
        return logits


class _Pass:
    """One sequence on its way through the blocks."""

    def __init__(
        self,
        model: ReferenceModel,
        n_tokens: int,
        *,
        half_cache: bool,
        flash: bool,
        exact: bool,
    ) -> None:
        self.model = model
        self.weights = model.weights
        self.half_cache = half_cache
        self.flash = flash
        self.exact = exact
        self.angles = _rope_angles(model, n_tokens)
        position = np.arange(n_tokens)
        self.distance = position[:, None] - position[None, :]

    def block(self, layer: int, x: Floats) -> tuple[Floats, Floats]:
        """The residual after block `layer`, and its attention (heads, queries, keys)."""
        gemma = self.model.gemma
        mixed, rows = self._attention(layer, self._norm(layer, "attn_norm", x))
        x = x + (self._norm(layer, "post_attention_norm", mixed) if gemma else mixed)
        normed = self._norm(layer, "ffn_norm", x)
        grown = (
            self._experts(layer, normed) if self.model.n_expert else self._ffn(layer, "", normed)
        )
        return x + (self._norm(layer, "post_ffw_norm", grown) if gemma else grown), rows

    def _attention(self, layer: int, x: Floats) -> tuple[Floats, Floats]:
        model = self.model
        q = self._heads(layer, "attn_q", x, model.n_head)
        k = self._heads(layer, "attn_k", x, model.n_head_kv)
        v = self._heads(layer, "attn_v", x, model.n_head_kv)
        q, k = self._rotate(q), self._rotate(k)
        scale, cap = model.head_dim**-0.5, None
        if model.gemma:  # it scales the query, before any rounding; the others scale the scores
            q, scale = q * scale, 1.0
            cap = self.weights.number("attn_logit_softcapping")
        out, rows = attend(
            q,
            k,
            v,
            self._visible(layer),
            scale=scale,
            cap=cap,
            half_cache=self.half_cache,
            flash=self.flash,
        )
        joined = out.transpose(1, 0, 2).reshape(len(x), -1)
        return self._linear(layer, "attn_output", joined), rows

    def _visible(self, layer: int) -> npt.NDArray[np.bool_]:
        seen = self.distance >= 0
        if self.model.gemma and layer % 2 == 0:
            seen &= self.distance < self.weights.number("attention.sliding_window")
        return seen

    def _heads(self, layer: int, name: str, x: Floats, count: int) -> Floats:
        """Project and split: (heads, tokens, head width)."""
        return self._linear(layer, name, x).reshape(len(x), count, -1).transpose(1, 0, 2)

    def _rotate(self, x: Floats) -> Floats:
        cos, sin = np.cos(self.angles), np.sin(self.angles)
        turned = x.copy()
        half = self.angles.shape[-1]
        first, second = slice(0, half), slice(half, 2 * half)
        if self.weights.architecture in _PAIRED:
            first, second = slice(0, 2 * half, 2), slice(1, 2 * half, 2)
        turned[..., first] = x[..., first] * cos - x[..., second] * sin
        turned[..., second] = x[..., first] * sin + x[..., second] * cos
        return turned

    def _ffn(self, layer: int, suffix: str, x: Floats) -> Floats:
        gate = self._linear(layer, f"ffn_gate{suffix}", x)
        gate = self._gelu(gate) if self.model.gemma else silu(gate)
        return self._linear(
            layer, f"ffn_down{suffix}", gate * self._linear(layer, f"ffn_up{suffix}", x)
        )

    def _gelu(self, x: Floats) -> Floats:
        """GELU by tanh; ggml looks it up in a table of half-precision values within ±10."""
        if self.exact:
            return gelu(x)
        return np.where(np.abs(x) < 10, through_f16(gelu(through_f16(x))), np.maximum(x, 0))

    def _experts(self, layer: int, x: Floats) -> Floats:
        """The chosen experts' outputs weighted by the router's softmax over all experts.

        Mixtral's (llama) weights are renormalised over the chosen ones; Qwen2's are not, and a
        shared expert with a sigmoid gate comes on top.
        """
        model, prefix = self.model, f"blk.{layer}."
        router = np.exp(log_softmax(self._linear(layer, "ffn_gate_inp", x)))
        chosen = np.argsort(-router, axis=-1, kind="stable")[:, : model.n_expert_used]
        shares = np.take_along_axis(router, chosen, axis=-1)
        if self.weights.architecture == "llama":
            shares = shares / shares.sum(axis=-1, keepdims=True)
        gates, ups, downs = (
            self.weights.matrix(f"{prefix}ffn_{part}_exps.weight")
            for part in ("gate", "up", "down")
        )
        total = np.zeros_like(x)
        for expert in range(model.n_expert):
            token, slot = np.nonzero(chosen == expert)
            if len(token):
                inner = silu(self._apply(gates.expert(expert), x[token]))
                inner = inner * self._apply(ups.expert(expert), x[token])
                out = self._apply(downs.expert(expert), inner)
                total[token] += out * shares[token, slot, None]
        if f"{prefix}ffn_gate_inp_shexp.weight" in self.weights:
            gate = x @ self.weights.vector(f"{prefix}ffn_gate_inp_shexp.weight")
            total += self._ffn(layer, "_shexp", x) / (1 + np.exp(-gate))[:, None]
        return total

    def _norm(self, layer: int, name: str, x: Floats) -> Floats:
        return rms_norm(x, self.weights.vector(f"blk.{layer}.{name}.weight"), self.model.epsilon)

    def _linear(self, layer: int, name: str, x: Floats) -> Floats:
        y = self._apply(self.weights.matrix(f"blk.{layer}.{name}.weight"), x)
        bias = f"blk.{layer}.{name}.bias"
        return y + self.weights.vector(bias) if bias in self.weights else y

    def _apply(self, matrix: Matrix, x: Floats) -> Floats:
        return matrix.apply(x, exact=self.exact)


def rms_norm(x: Floats, weight: Floats, epsilon: float) -> Floats:
    """Root-mean-square norm along the last axis."""
    normed: Floats = x / np.sqrt((x * x).mean(axis=-1, keepdims=True) + epsilon) * weight
    return normed


def silu(x: Floats) -> Floats:
    """x times its logistic."""
    gated: Floats = x / (1 + np.exp(-x))
    return gated


def gelu(x: Floats) -> Floats:
    """The tanh form that ggml and Gemma use."""
    gated: Floats = 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * x * (1 + 0.044715 * x * x)))
    return gated


def _rope_angles(model: ReferenceModel, n_tokens: int) -> Floats:
    """Shape (tokens, rotated pairs)."""
    weights = model.weights
    width = int(weights.number("rope.dimension_count", model.head_dim))
    base = weights.number("rope.freq_base", 10_000.0)
    frequency = base ** (-np.arange(0, width, 2) / width)
    if "rope_freqs.weight" in weights:
        frequency = frequency / weights.vector("rope_freqs.weight")
    return np.arange(n_tokens)[:, None] * frequency[None, :]
