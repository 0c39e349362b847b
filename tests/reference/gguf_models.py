"""Small random-weight GGUF files of several architectures, written with the `gguf` package.

Byte-level vocabulary, so that every text can be tokenised. Weights are scaled so that attention
is neither flat nor one-hot and logits have a standard deviation of about 2 (gemma2: 1).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import gguf
import numpy as np
import numpy.typing as npt

from workbench.engine.bench_model import byte_alphabet

CONTROL_TOKENS = ("<s>", "</s>", "<|im_start|>", "<|im_end|>")
"""The last ids of the vocabulary: BOS, EOS and two marks for chat templates."""

MERGES = (
    "Ġ t", "Ġ a", "h e", "i n", "r e", "o n", "Ġt he", "e r", "Ġ s", "a t", "Ġ w", "Ġ o",
    "e n", "Ġ c", "i t", "i s", "a n", "o r", "e s", "Ġ b", "e d", "Ġ f", "in g", "Ġ p",
    "o u", "Ġa n", "a l", "a r", "Ġt o", "Ġ m", "Ġo f", "Ġ in", "Ġ d", "Ġ h", "Ġan d",
)  # fmt: skip

SEED = 3
"""Of the models of `ModelFolder`."""

N_VOCAB = 256 + len(MERGES) + len(CONTROL_TOKENS)
BOS = 256 + len(MERGES)
EOS = BOS + 1

_TYPES = {
    "f32": gguf.GGMLQuantizationType.F32,
    "f16": gguf.GGMLQuantizationType.F16,
    "q8_0": gguf.GGMLQuantizationType.Q8_0,
    "q4_0": gguf.GGMLQuantizationType.Q4_0,
}


@dataclass(frozen=True, slots=True)
class ModelShape:
    """Sizes and features of a model.

    Attributes:
        architecture: llama, qwen2, gemma2 or qwen2moe, as the GGUF header spells it.
        head_dim: width of a head; only llama and gemma2 let it differ from n_embd / n_head.
        tied: whether the output matrix is the embedding; gemma2 always, qwen2moe never.
        n_expert: 0 for a dense model; llama with experts is Mixtral.
        sliding_window: tokens a query of an even layer can see, itself included; gemma2 only.
        attn_soft_cap, final_soft_cap: gemma2 only.
        weights: type of the matrices: f32, f16, q8_0 or q4_0.
    """

    architecture: str = "llama"
    n_layer: int = 3
    n_embd: int = 64
    n_head: int = 4
    n_head_kv: int = 2
    head_dim: int = 32
    n_ff: int = 96
    n_ctx: int = 1024
    tied: bool = True
    rope_base: float = 10_000.0
    rms_epsilon: float = 1e-5
    n_expert: int = 0
    n_expert_used: int = 0
    sliding_window: int = 16
    attn_soft_cap: float = 5.0
    final_soft_cap: float = 4.0
    weights: str = "f32"

    def stored_as(self, weights: str) -> ModelShape:
        """The same model with matrices of another type."""
        return replace(self, weights=weights)


SHAPES = {
    "llama": ModelShape(tied=False),
    "qwen2": ModelShape("qwen2", n_embd=128, n_ff=160, rope_base=1e6, rms_epsilon=1e-6),
    "gemma2": ModelShape("gemma2", n_layer=4, rms_epsilon=1e-6),
    "mixtral": ModelShape(n_expert=4, n_expert_used=2),
    "qwen2moe": ModelShape(
        "qwen2moe", n_embd=128, tied=False, n_expert=6, n_expert_used=2, rms_epsilon=1e-6
    ),
}
"""One small model per feature set: grouped heads and a head width of its own; biases; soft caps,
sliding windows and post norms; experts with renormalised weights; experts beside a shared one."""


class ModelFolder:
    """The models of `SHAPES` in a folder, each written when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, name: str, weights: str = "f32") -> Path:
        """The file of model `name` with matrices of type `weights`."""
        path = self._folder / f"{name}-{weights}.gguf"
        if not path.exists():
            write_model(path, SHAPES[name].stored_as(weights), SEED)
        return path


def write_model(path: Path, shape: ModelShape, seed: int = 0) -> Path:
    """Write the model and return `path`. The same seed gives the same file."""
    writer = gguf.GGUFWriter(path, shape.architecture)
    _add_header(writer, shape)
    _add_tokenizer(writer)
    for name, values in _tensors(shape, np.random.default_rng(seed)):
        # ggml keeps everything one-dimensional and the experts' router in float32
        small = values.ndim == 1 or "ffn_gate_inp" in name
        kind = _TYPES["f32" if small else shape.weights]
        writer.add_tensor(name, gguf.quants.quantize(values, kind), raw_dtype=kind)
    _finish(writer)
    return path


def copy_as_f32(source: Path, target: Path) -> Path:
    """Write `source` again with every tensor dequantised to float32, and return `target`.

    llama.cpp then multiplies the same weights with unrounded activations.
    """
    reader = gguf.GGUFReader(source)
    fields = {name: field for name, field in reader.fields.items() if "GGUF." not in name}
    writer = gguf.GGUFWriter(target, str(fields.pop("general.architecture").contents()))
    for name, field in fields.items():
        sub_type = field.types[-1] if len(field.types) > 1 else None
        writer.add_key_value(name, field.contents(), field.types[0], sub_type)
    for tensor in reader.tensors:
        writer.add_tensor(tensor.name, gguf.quants.dequantize(tensor.data, tensor.tensor_type))
    _finish(writer)
    return target


def _finish(writer: gguf.GGUFWriter) -> None:
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _add_header(writer: gguf.GGUFWriter, shape: ModelShape) -> None:
    writer.add_name(f"random {shape.architecture}")
    writer.add_vocab_size(N_VOCAB)
    writer.add_context_length(shape.n_ctx)
    writer.add_embedding_length(shape.n_embd)
    writer.add_block_count(shape.n_layer)
    writer.add_feed_forward_length(shape.n_ff)
    writer.add_head_count(shape.n_head)
    writer.add_head_count_kv(shape.n_head_kv)
    writer.add_key_length(shape.head_dim)
    writer.add_value_length(shape.head_dim)
    writer.add_rope_dimension_count(shape.head_dim)
    writer.add_rope_freq_base(shape.rope_base)
    writer.add_layer_norm_rms_eps(shape.rms_epsilon)
    if shape.n_expert:
        writer.add_expert_count(shape.n_expert)
        writer.add_expert_used_count(shape.n_expert_used)
    if shape.architecture == "qwen2moe":
        writer.add_expert_feed_forward_length(shape.n_ff)
        writer.add_expert_shared_feed_forward_length(shape.n_ff + 32)
    if shape.architecture == "gemma2":
        writer.add_sliding_window(shape.sliding_window)
        writer.add_attn_logit_softcapping(shape.attn_soft_cap)
        writer.add_final_logit_softcapping(shape.final_soft_cap)


def _add_tokenizer(writer: gguf.GGUFWriter) -> None:
    words = [merge.replace(" ", "") for merge in MERGES]
    plain = 256 + len(words)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list([*byte_alphabet(), *words, *CONTROL_TOKENS])
    writer.add_token_types(
        [gguf.TokenType.NORMAL] * plain + [gguf.TokenType.CONTROL] * len(CONTROL_TOKENS)
    )
    writer.add_token_merges(list(MERGES))
    writer.add_bos_token_id(BOS)
    writer.add_eos_token_id(EOS)
    writer.add_add_bos_token(True)


Tensor = tuple[str, npt.NDArray[np.float32]]


def _tensors(shape: ModelShape, random: np.random.Generator) -> list[Tensor]:
    """Names and values, matrices as (outputs, inputs) or (experts, outputs, inputs)."""
    gemma = shape.architecture == "gemma2"
    attended, kv = shape.n_head * shape.head_dim, shape.n_head_kv * shape.head_dim
    made: list[Tensor] = []

    def matrix(name: str, *size: int, gain: float = 1.0) -> None:
        values = random.standard_normal(size) * gain * size[-1] ** -0.5
        made.append((f"{name}.weight", values.astype(np.float32)))

    def vector(name: str, size: int, middle: float, spread: float) -> None:
        values = middle + spread * random.standard_normal(size)
        made.append((name, values.astype(np.float32)))

    def norm(name: str) -> None:
        vector(f"{name}.weight", shape.n_embd, 1.0, 0.2)

    # The residual stream starts small beside what the blocks add, or a tied model would only
    # ever repeat the token it has just read. Gemma multiplies its embedding by sqrt(n_embd).
    matrix("token_embd", N_VOCAB, shape.n_embd, gain=1.0 if gemma else 2.0)
    norm("output_norm")
    if not shape.tied and not gemma:
        matrix("output", N_VOCAB, shape.n_embd, gain=2.0)
    for layer in range(shape.n_layer):
        at = f"blk.{layer}."
        norm(f"{at}attn_norm")
        matrix(f"{at}attn_q", attended, shape.n_embd, gain=1.5)
        matrix(f"{at}attn_k", kv, shape.n_embd, gain=1.5)
        matrix(f"{at}attn_v", kv, shape.n_embd)
        matrix(f"{at}attn_output", shape.n_embd, attended)
        if shape.architecture in ("qwen2", "qwen2moe"):
            for part, size in (("q", attended), ("k", kv), ("v", kv)):
                vector(f"{at}attn_{part}.bias", size, 0.0, 0.5)
        norm(f"{at}ffn_norm")
        if gemma:
            norm(f"{at}post_attention_norm")
            norm(f"{at}post_ffw_norm")
        experts = (shape.n_expert,) if shape.n_expert else ()
        suffix = "_exps" if shape.n_expert else ""
        matrix(f"{at}ffn_gate{suffix}", *experts, shape.n_ff, shape.n_embd)
        matrix(f"{at}ffn_up{suffix}", *experts, shape.n_ff, shape.n_embd)
        matrix(f"{at}ffn_down{suffix}", *experts, shape.n_embd, shape.n_ff)
        if shape.n_expert:
            matrix(f"{at}ffn_gate_inp", shape.n_expert, shape.n_embd, gain=2.0)
        if shape.architecture == "qwen2moe":
            shared = shape.n_ff + 32
            vector(f"{at}ffn_gate_inp_shexp.weight", shape.n_embd, 0.0, 0.2)
            matrix(f"{at}ffn_gate_shexp", shared, shape.n_embd)
            matrix(f"{at}ffn_up_shexp", shared, shape.n_embd)
            matrix(f"{at}ffn_down_shexp", shape.n_embd, shared)
    return made
