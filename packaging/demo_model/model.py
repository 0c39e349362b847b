"""The Llama architecture in plain PyTorch, small enough for a laptop's processor.

RoPE turns adjacent pairs, as llama.cpp does for this architecture, so the exported query and key
weights need no permutation.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as nnf
from torch import Tensor, nn

HEAD_DIM = 32
ROPE_THETA = 10_000.0
NORM_EPS = 1e-5
CONTEXT = 1024
EMBEDDING_STD = 0.1
FFN_STD = 0.02
SHARPNESS = 6.0
Q4_BLOCK = 32


@dataclass(frozen=True)
class Shape:
    """The numbers that make one model size."""

    name: str
    label: str
    layers: int
    width: int
    heads: int
    kv_heads: int
    ffn: int
    vocab: int = 1024


SHAPES = {
    "demo-2m": Shape("demo-2m", "2M", layers=5, width=192, heads=6, kv_heads=2, ffn=448),
    "demo-0.5m": Shape("demo-0.5m", "0.5M", layers=4, width=96, heads=3, kv_heads=1, ffn=256),
}


class RMSNorm(nn.Module):
    """Root-mean-square norm with a learned gain."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x: Tensor) -> Tensor:
        """Normalise the last dimension."""
        return nnf.rms_norm(x, (x.shape[-1],), self.weight, NORM_EPS)


def rope_table(length: int) -> tuple[Tensor, Tensor]:
    """Cosines and sines for every position and adjacent pair."""
    steps = torch.arange(0, HEAD_DIM, 2, dtype=torch.float64)
    angles = torch.outer(
        torch.arange(length, dtype=torch.float64), ROPE_THETA ** (-steps / HEAD_DIM)
    )
    return angles.cos().float(), angles.sin().float()


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotate adjacent pairs of the head dimension by their position."""
    a, b = x.reshape(*x.shape[:-1], HEAD_DIM // 2, 2).unbind(-1)
    return torch.stack((a * cos - b * sin, a * sin + b * cos), -1).flatten(-2)


def as_q4_0(weight: Tensor) -> Tensor:
    """The values that llama.cpp's Q4_0 would store for a matrix: blocks of 32, sixteen steps."""
    blocks = weight.unflatten(-1, (-1, Q4_BLOCK))
    furthest = blocks.gather(-1, blocks.abs().argmax(-1, keepdim=True))
    step = furthest / -8
    inverse = torch.where(step == 0, 0.0, 1 / step)
    steps = (blocks * inverse + 8.5).floor().clamp(0, 15) - 8
    return (steps * step.half().to(step.dtype)).flatten(-2)


class Block(nn.Module):
    """One layer: grouped-query attention and a SwiGLU feed-forward part."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        kv = shape.kv_heads * HEAD_DIM
        self.attn_norm = RMSNorm(shape.width)
        self.attn_q = nn.Linear(shape.width, shape.heads * HEAD_DIM, bias=False)
        self.attn_k = nn.Linear(shape.width, kv, bias=False)
        self.attn_v = nn.Linear(shape.width, kv, bias=False)
        self.attn_output = nn.Linear(shape.heads * HEAD_DIM, shape.width, bias=False)
        self.ffn_norm = RMSNorm(shape.width)
        self.ffn_gate = nn.Linear(shape.width, shape.ffn, bias=False)
        self.ffn_up = nn.Linear(shape.width, shape.ffn, bias=False)
        self.ffn_down = nn.Linear(shape.ffn, shape.width, bias=False)

    @torch.no_grad()
    def start(self, constant: Tensor | None) -> None:
        """Random weights that already copy content and look for it.

        Values and outputs start as transposes of each other, so attention copies what a token is.
        Queries start close to keys, so a token looks for its like; given the constant direction of
        the embeddings, each head instead starts out looking a fixed number of tokens back. These
        are the parts a look-up in the context is made of.
        """
        shape, width = self.shape, self.shape.width
        group = shape.heads // shape.kv_heads
        scale = width**-0.5
        keys = torch.randn(shape.kv_heads, HEAD_DIM, width) * scale
        values = torch.randn(shape.kv_heads, HEAD_DIM, width) * scale
        queries = 0.8 * keys.repeat_interleave(group, 0)
        queries += 0.4 * scale * torch.randn(queries.shape)
        reach = 0.7 / group
        if constant is not None:
            keys, queries = self._look_back(constant)
            values -= (values @ constant)[..., None] * constant
            reach = 0.7
        back = values.repeat_interleave(group, 0).reshape(-1, width).T
        self.attn_k.weight.copy_(keys.reshape(-1, width))
        self.attn_v.weight.copy_(values.reshape(-1, width))
        self.attn_q.weight.copy_(queries.reshape(-1, width))
        self.attn_output.weight.copy_(reach * back + 0.01 * torch.randn(back.shape))
        for layer in (self.ffn_gate, self.ffn_up, self.ffn_down):
            nn.init.normal_(layer.weight, std=FFN_STD)

    def _look_back(self, constant: Tensor) -> tuple[Tensor, Tensor]:
        """Keys and queries whose rotated product peaks 1, 2, 3... tokens back, head by head."""
        shape, width = self.shape, self.shape.width
        size = (SHARPNESS * HEAD_DIM**0.5 / (0.5 * width)) ** 0.5
        keys = 0.02 * torch.randn(shape.kv_heads, HEAD_DIM, width)
        queries = 0.02 * torch.randn(shape.heads, HEAD_DIM, width)
        for pair in range(3):
            speed = ROPE_THETA ** (-2 * pair / HEAD_DIM)
            keys[:, 2 * pair] += size * constant
            for head in range(shape.heads):
                angle = (head + 1) * speed
                queries[head, 2 * pair] += size * math.cos(angle) * constant
                queries[head, 2 * pair + 1] -= size * math.sin(angle) * constant
        return keys, queries

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, mask: Tensor | None) -> Tensor:
        """Add this layer's contribution to the residual stream."""
        batch, length, _ = x.shape
        h = self.attn_norm(x)
        q = self.attn_q(h).view(batch, length, -1, HEAD_DIM).transpose(1, 2)
        k = self.attn_k(h).view(batch, length, -1, HEAD_DIM).transpose(1, 2)
        v = self.attn_v(h).view(batch, length, -1, HEAD_DIM).transpose(1, 2)
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        group = self.shape.heads // self.shape.kv_heads
        k, v = k.repeat_interleave(group, 1), v.repeat_interleave(group, 1)
        mixed = nnf.scaled_dot_product_attention(q, k, v, mask, is_causal=mask is None)
        x = x + self.attn_output(mixed.transpose(1, 2).reshape(batch, length, -1))
        h = self.ffn_norm(x)
        out: Tensor = x + self.ffn_down(nnf.silu(self.ffn_gate(h)) * self.ffn_up(h))
        return out


class DemoModel(nn.Module):
    """Token ids in, logits out; the embedding table is also the output matrix."""

    cos: Tensor
    sin: Tensor

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.token_embd = nn.Embedding(shape.vocab, shape.width)
        blocks = [Block(shape) for _ in range(shape.layers)]
        self.blk = nn.ModuleList(blocks)
        self.output_norm = RMSNorm(shape.width)
        cos, sin = rope_table(CONTEXT)
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)
        nn.init.normal_(self.token_embd.weight, std=EMBEDDING_STD)
        constant = torch.randn(shape.width)
        constant /= constant.norm()
        with torch.no_grad():
            self.token_embd.weight += EMBEDDING_STD * shape.width**0.5 * constant
        for index, block in enumerate(blocks):
            block.start(None if index else constant)

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> Tensor:
        """Logits of every position; without a mask every position sees all before it."""
        length = ids.shape[1]
        x = self.token_embd(ids)
        for block in self.blk:
            x = block(x, self.cos[:length], self.sin[:length], mask)
        return nnf.linear(self.output_norm(x), self.token_embd.weight)

    def size(self) -> int:
        """How many parameters the model has."""
        return sum(p.numel() for p in self.parameters())
