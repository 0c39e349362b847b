"""A random BERT, the kind of model that embeds texts, and its pass in NumPy."""

from __future__ import annotations

import math
from pathlib import Path

import gguf
import numpy as np
import numpy.typing as npt
from reference.gguf_models import BOS, CONTROL_TOKENS, EOS, MERGES, N_VOCAB

from workbench.engine.bench_model import byte_alphabet

Floats = npt.NDArray[np.float64]

_WIDTH, _HEADS, _FF, _LAYERS, _CONTEXT = 64, 4, 96, 2, 256
_EPSILON = 1e-12
_NORMS = ("attn_output_norm", "layer_output_norm")


class RandomBert:
    """Weights by name, as float32; `write` puts them into a GGUF file."""

    def __init__(self, seed: int = 11) -> None:
        random = np.random.default_rng(seed)
        self.weights: dict[str, npt.NDArray[np.float32]] = {}

        def matrix(name: str, out: int, into: int) -> None:
            values = random.standard_normal((out, into)) * into**-0.5
            self.weights[f"{name}.weight"] = values.astype(np.float32)

        def bias(name: str, size: int) -> None:
            self.weights[f"{name}.bias"] = (0.1 * random.standard_normal(size)).astype(np.float32)

        def norm(name: str) -> None:
            values = 1 + 0.2 * random.standard_normal(_WIDTH)
            self.weights[f"{name}.weight"] = values.astype(np.float32)
            bias(name, _WIDTH)

        matrix("token_embd", N_VOCAB, _WIDTH)
        matrix("position_embd", _CONTEXT, _WIDTH)
        matrix("token_types", 2, _WIDTH)
        norm("token_embd_norm")
        for layer in range(_LAYERS):
            at = f"blk.{layer}."
            for part in ("q", "k", "v", "output"):
                matrix(f"{at}attn_{part}", _WIDTH, _WIDTH)
                bias(f"{at}attn_{part}", _WIDTH)
            for name in _NORMS:
                norm(f"{at}{name}")
            matrix(f"{at}ffn_up", _FF, _WIDTH)
            bias(f"{at}ffn_up", _FF)
            matrix(f"{at}ffn_down", _WIDTH, _FF)
            bias(f"{at}ffn_down", _WIDTH)

    def write(self, path: Path, pooling: int) -> Path:
        """Write a file that declares llama.cpp's pooling `pooling` (1 mean, 2 CLS, 3 last)."""
        writer = gguf.GGUFWriter(path, "bert")
        writer.add_name("random bert")
        writer.add_vocab_size(N_VOCAB)
        writer.add_context_length(_CONTEXT)
        writer.add_embedding_length(_WIDTH)
        writer.add_block_count(_LAYERS)
        writer.add_feed_forward_length(_FF)
        writer.add_head_count(_HEADS)
        writer.add_layer_norm_eps(_EPSILON)
        writer.add_causal_attention(False)  # gguf's own signature
        writer.add_pooling_type(gguf.PoolingType(pooling))
        words = [merge.replace(" ", "") for merge in MERGES]
        writer.add_tokenizer_model("gpt2")
        writer.add_tokenizer_pre("gpt-2")
        writer.add_token_list([*byte_alphabet(), *words, *CONTROL_TOKENS])
        kinds = [gguf.TokenType.NORMAL] * (256 + len(words))
        writer.add_token_types(kinds + [gguf.TokenType.CONTROL] * len(CONTROL_TOKENS))
        writer.add_token_merges(list(MERGES))
        writer.add_token_type_count(2)
        writer.add_bos_token_id(BOS)
        writer.add_eos_token_id(EOS)
        writer.add_add_bos_token(True)
        writer.add_add_eos_token(True)
        for name, values in self.weights.items():
            writer.add_tensor(name, values)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
        return path

    def vectors(self, ids: list[int]) -> Floats:
        """The last layer's vector of every token, (tokens, width); all look at all."""
        w = {name: values.astype(np.float64) for name, values in self.weights.items()}

        def norm(x: Floats, name: str) -> Floats:
            x = x - x.mean(axis=1, keepdims=True)
            x = x / np.sqrt((x * x).mean(axis=1, keepdims=True) + _EPSILON)
            found: Floats = x * w[f"{name}.weight"] + w[f"{name}.bias"]
            return found

        def apply(x: Floats, name: str) -> Floats:
            found: Floats = x @ w[f"{name}.weight"].T + w[f"{name}.bias"]
            return found

        x = w["token_embd.weight"][ids] + w["token_types.weight"][0]
        x = norm(x + w["position_embd.weight"][: len(ids)], "token_embd_norm")
        head = _WIDTH // _HEADS
        for layer in range(_LAYERS):
            at = f"blk.{layer}."
            q, k, v = (
                apply(x, f"{at}attn_{part}").reshape(len(ids), _HEADS, head) for part in "qkv"
            )
            scores = np.einsum("qhd,khd->hqk", q, k) / math.sqrt(head)
            p = np.exp(scores - scores.max(axis=2, keepdims=True))
            p /= p.sum(axis=2, keepdims=True)
            mixed = np.einsum("hqk,khd->qhd", p, v).reshape(len(ids), _WIDTH)
            x = norm(x + apply(mixed, f"{at}attn_output"), f"{at}attn_output_norm")
            up = apply(x, f"{at}ffn_up")
            up = 0.5 * up * (1 + np.tanh(math.sqrt(2 / math.pi) * (up + 0.044715 * up**3)))
            x = norm(x + apply(up, f"{at}ffn_down"), f"{at}layer_output_norm")
        return x
