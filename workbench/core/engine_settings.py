"""How a model is loaded. Free of numpy, so that a child can be launched before anything heavy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class KvType(StrEnum):
    """Element type of the KV cache."""

    F32 = "f32"
    F16 = "f16"
    BF16 = "bf16"
    Q8_0 = "q8_0"
    Q4_0 = "q4_0"


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """How a model is loaded.

    Attributes:
        n_ctx: context length in tokens; 0 takes the model's own, at most 8,192.
        n_threads: CPU threads; 0 takes one per physical core.
        n_gpu_layers: layers on the GPU; -1 all of them where llama.cpp was built with one, 0 none.
        flash_attention: on by default; the attention view turns it off for itself.
        use_mmap: map the file instead of reading it.
        n_batch: prompt tokens per decode call; a cancel waits for one such chunk at most.
        lora: adapters as (path, scale).
        control_vectors: GGUF control vectors as (path, strength), added up.
    """

    n_ctx: int = 0
    n_threads: int = 0
    n_gpu_layers: int = -1
    flash_attention: bool = True
    kv_type: KvType = KvType.F16
    use_mmap: bool = True
    n_batch: int = 512
    lora: tuple[tuple[str, float], ...] = ()
    control_vectors: tuple[tuple[str, float], ...] = ()
