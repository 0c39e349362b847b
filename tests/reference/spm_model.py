"""A small random-weight model with a SentencePiece vocabulary, as Llama 2 and Mistral have it.

Such a tokenizer puts a space in front of every text; a space is a letter of its own in its pieces.
"""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np
from reference.gguf_models import ModelShape

SPACE = "\N{LOWER ONE EIGHTH BLOCK}"
WORDS = ("the", "cat", "sat", "on", "mat", "a", "red", "ball", "Zoe", "saw")
_HEAD = ("<unk>", "<s>", "</s>")
_SHAPE = ModelShape(n_layer=1, n_embd=32, n_head=2, n_head_kv=1, head_dim=16, n_ff=32, n_ctx=256)


def pieces() -> list[str]:
    """The vocabulary: three marks, every byte, letters, and words with and without a space."""
    found = [*_HEAD, *(f"<0x{byte:02X}>" for byte in range(256)), SPACE]
    letters = [chr(code) for code in range(33, 127)]
    steps: list[str] = []
    for word in (*WORDS, *(SPACE + word for word in WORDS)):
        steps += [word[:end] for end in range(2, len(word) + 1)]
    steps += [SPACE + letter for letter in letters]
    return list(dict.fromkeys([*found, *letters, *steps]))


def write_spm(path: Path, seed: int = 4) -> Path:
    """Write the model and return `path`."""
    words, random = pieces(), np.random.default_rng(seed)
    kinds = [gguf.TokenType.UNKNOWN, gguf.TokenType.CONTROL, gguf.TokenType.CONTROL]
    kinds += [gguf.TokenType.BYTE] * 256
    kinds += [gguf.TokenType.NORMAL] * (len(words) - len(kinds))
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("random spm")
    writer.add_vocab_size(len(words))
    writer.add_context_length(_SHAPE.n_ctx)
    writer.add_embedding_length(_SHAPE.n_embd)
    writer.add_block_count(_SHAPE.n_layer)
    writer.add_feed_forward_length(_SHAPE.n_ff)
    writer.add_head_count(_SHAPE.n_head)
    writer.add_head_count_kv(_SHAPE.n_head_kv)
    writer.add_rope_dimension_count(_SHAPE.head_dim)
    writer.add_layer_norm_rms_eps(_SHAPE.rms_epsilon)
    writer.add_tokenizer_model("llama")
    writer.add_token_list(words)
    # Longer pieces are likelier: merges then build whole words.
    writer.add_token_scores([float(len(word)) for word in words])
    writer.add_token_types(kinds)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_add_bos_token(True)
    writer.add_add_space_prefix(True)

    def matrix(name: str, *size: int, gain: float = 1.0) -> None:
        values = random.standard_normal(size) * gain * size[-1] ** -0.5
        writer.add_tensor(f"{name}.weight", values.astype(np.float32))

    def norm(name: str) -> None:
        values = 1 + 0.2 * random.standard_normal(_SHAPE.n_embd)
        writer.add_tensor(f"{name}.weight", values.astype(np.float32))

    wide, attended = _SHAPE.n_embd, _SHAPE.n_head * _SHAPE.head_dim
    kv = _SHAPE.n_head_kv * _SHAPE.head_dim
    matrix("token_embd", len(words), wide, gain=2.0)
    matrix("output", len(words), wide, gain=2.0)
    norm("output_norm")
    norm("blk.0.attn_norm")
    norm("blk.0.ffn_norm")
    matrix("blk.0.attn_q", attended, wide, gain=1.5)
    matrix("blk.0.attn_k", kv, wide, gain=1.5)
    matrix("blk.0.attn_v", kv, wide)
    matrix("blk.0.attn_output", wide, attended)
    matrix("blk.0.ffn_gate", _SHAPE.n_ff, wide)
    matrix("blk.0.ffn_up", _SHAPE.n_ff, wide)
    matrix("blk.0.ffn_down", wide, _SHAPE.n_ff)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path
