"""Random models whose attention is not a plain matrix in every layer.

`write_hybrid`: Jamba, whose layers take turns between Mamba and attention. `write_sinks`: the
gpt-oss architecture, whose heads have a learned sink beside the keys.
"""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np
from reference.gguf_models import BOS, CONTROL_TOKENS, EOS, MERGES, N_VOCAB

from workbench.engine.bench_model import byte_alphabet

HYBRID_KV_HEADS = (0, 2, 0, 2)
"""KV heads per layer of the hybrid model; 0 is a Mamba layer."""

SINK_WINDOW = 12
"""Tokens that the even layers of the sink model see."""

_WIDTH, _HEADS, _FF = 64, 4, 96
_FFN = (("gate", _FF, _WIDTH), ("up", _FF, _WIDTH), ("down", _WIDTH, _FF))


def write_hybrid(path: Path, seed: int = 5) -> Path:
    """A Jamba model of four layers and return `path`."""
    maker = _Maker(path, "jamba", seed, n_layer=len(HYBRID_KV_HEADS))
    writer = maker.writer
    writer.add_head_count_kv(list(HYBRID_KV_HEADS))
    writer.add_ssm_conv_kernel(4)
    writer.add_ssm_inner_size(2 * _WIDTH)
    writer.add_ssm_state_size(16)
    writer.add_ssm_time_step_rank(8)
    for layer, kv_heads in enumerate(HYBRID_KV_HEADS):
        at = f"blk.{layer}."
        maker.norm(f"{at}attn_norm")
        if kv_heads:
            maker.attention(at, _WIDTH // _HEADS, kv_heads)
        else:
            maker.mamba(at)
        maker.norm(f"{at}ffn_norm")
        for part, out, into in _FFN:
            maker.matrix(f"{at}ffn_{part}.weight", out, into)
    return maker.finish()


def write_sinks(path: Path, seed: int = 6) -> Path:
    """A gpt-oss model of two layers and return `path`."""
    maker = _Maker(path, "gpt-oss", seed, n_layer=2)
    writer, experts, head = maker.writer, 4, 32
    writer.add_head_count_kv(2)
    writer.add_key_length(head)
    writer.add_value_length(head)
    writer.add_rope_dimension_count(head)
    writer.add_rope_freq_base(10_000.0)
    writer.add_expert_count(experts)
    writer.add_expert_used_count(2)
    writer.add_expert_feed_forward_length(_FF)
    writer.add_sliding_window(SINK_WINDOW)
    for layer in range(2):
        at = f"blk.{layer}."
        maker.norm(f"{at}attn_norm")
        maker.norm(f"{at}post_attention_norm")
        maker.attention(at, head, 2)
        maker.vector(f"{at}attn_sinks.weight", _HEADS, 1.0)
        for name, size in (("q", _HEADS * head), ("k", 2 * head), ("v", 2 * head)):
            maker.vector(f"{at}attn_{name}.bias", size, 0.3)
        maker.vector(f"{at}attn_output.bias", _WIDTH, 0.1)
        maker.matrix(f"{at}ffn_gate_inp.weight", experts, _WIDTH)
        maker.vector(f"{at}ffn_gate_inp.bias", experts, 0.1)
        for part, out, into in _FFN:
            maker.matrix(f"{at}ffn_{part}_exps.weight", experts, out, into)
            maker.matrix(f"{at}ffn_{part}_exps.bias", experts, out)
    return maker.finish()


class _Maker:
    """A writer with the header and the vocabulary that both models share."""

    def __init__(self, path: Path, architecture: str, seed: int, n_layer: int) -> None:
        self._path = path
        self._random = np.random.default_rng(seed)
        self.writer = writer = gguf.GGUFWriter(path, architecture)
        writer.add_name(f"random {architecture}")
        writer.add_vocab_size(N_VOCAB)
        writer.add_context_length(1024)
        writer.add_embedding_length(_WIDTH)
        writer.add_block_count(n_layer)
        writer.add_feed_forward_length(_FF)
        writer.add_head_count(_HEADS)
        writer.add_layer_norm_rms_eps(1e-5)
        words = [merge.replace(" ", "") for merge in MERGES]
        writer.add_tokenizer_model("gpt2")
        writer.add_tokenizer_pre("gpt-2")
        writer.add_token_list([*byte_alphabet(), *words, *CONTROL_TOKENS])
        kinds = [gguf.TokenType.NORMAL] * (256 + len(words))
        writer.add_token_types(kinds + [gguf.TokenType.CONTROL] * len(CONTROL_TOKENS))
        writer.add_token_merges(list(MERGES))
        writer.add_bos_token_id(BOS)
        writer.add_eos_token_id(EOS)
        self.matrix("token_embd.weight", N_VOCAB, _WIDTH, gain=2.0)
        self.matrix("output.weight", N_VOCAB, _WIDTH, gain=2.0)
        self.norm("output_norm")

    def matrix(self, name: str, *size: int, gain: float = 1.0) -> None:
        """Normal weights that keep the size of what they are applied to."""
        values = self._random.standard_normal(size) * gain * size[-1] ** -0.5
        self.writer.add_tensor(name, values.astype(np.float32))

    def vector(self, name: str, size: int, spread: float, middle: float = 0.0) -> None:
        """A vector around `middle`."""
        values = middle + spread * self._random.standard_normal(size)
        self.writer.add_tensor(name, values.astype(np.float32))

    def norm(self, name: str, size: int = _WIDTH) -> None:
        """Weights of a norm."""
        self.vector(f"{name}.weight", size, 0.2, 1.0)

    def attention(self, at: str, head: int, kv_heads: int) -> None:
        """Projections of one attention layer."""
        self.matrix(f"{at}attn_q.weight", _HEADS * head, _WIDTH, gain=1.5)
        self.matrix(f"{at}attn_k.weight", kv_heads * head, _WIDTH, gain=1.5)
        self.matrix(f"{at}attn_v.weight", kv_heads * head, _WIDTH)
        self.matrix(f"{at}attn_output.weight", _WIDTH, _HEADS * head)

    def mamba(self, at: str) -> None:
        """One Mamba layer."""
        inner, state, rank = 2 * _WIDTH, 16, 8
        self.matrix(f"{at}ssm_in.weight", 2 * inner, _WIDTH)
        self.matrix(f"{at}ssm_conv1d.weight", inner, 4)
        self.vector(f"{at}ssm_conv1d.bias", inner, 0.1)
        self.matrix(f"{at}ssm_x.weight", rank + 2 * state, inner)
        self.norm(f"{at}ssm_dt_norm", rank)
        self.matrix(f"{at}ssm_dt.weight", inner, rank)
        self.vector(f"{at}ssm_dt.bias", inner, 0.1)
        self.norm(f"{at}ssm_b_norm", state)
        self.norm(f"{at}ssm_c_norm", state)
        decay = -np.tile(np.arange(1, state + 1, dtype=np.float32), (inner, 1))
        self.writer.add_tensor(f"{at}ssm_a", decay)
        self.vector(f"{at}ssm_d", inner, 0.1, 1.0)
        self.matrix(f"{at}ssm_out.weight", _WIDTH, inner)

    def finish(self) -> Path:
        """Write the file."""
        self.writer.write_header_to_file()
        self.writer.write_kv_data_to_file()
        self.writer.write_tensors_to_file()
        self.writer.close()
        return self._path
