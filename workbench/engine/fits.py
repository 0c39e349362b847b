"""What a model will take of the processor's and the GPUs' memory, and whether that is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from workbench.core.engine_settings import EngineSettings, KvType
from workbench.core.errors import UserError
from workbench.core.memory import Device, Need, gpu_memory
from workbench.engine.gguf import Header, default_ctx
from workbench.engine.hardware import memory_bytes

_MANY_CELLS = 1 << 20

_GPU_PROCESS_BYTES = 512 << 20
"""What a driver takes for each process and its buffers, about."""


def memory_need(header: Header, settings: EngineSettings, *, gpu: bool) -> Need:
    """Estimated memory to run a model, on a build with a GPU or without.

    A layer takes its share of weights and KV cache with it; what is on no GPU is counted as the
    processor's, and both sides need working memory.
    """
    n_ctx = settings.n_ctx or default_ctx(header.info)
    empty = header.memory_needed(0, settings.kv_type)
    working = empty - header.weight_bytes
    held = header.memory_needed(n_ctx, settings.kv_type) - working
    layers = header.info.n_layer + 1  # the output counts as one
    wanted = layers if settings.n_gpu_layers < 0 else min(layers, settings.n_gpu_layers)
    moved = held * wanted // layers if gpu else 0
    if not moved:
        return Need(held + working)
    return Need(held - moved + working, moved + working + _GPU_PROCESS_BYTES)


def check_fits(header: Header, settings: EngineSettings, devices: Sequence[Device] = ()) -> None:
    """Refuse a model that needs more memory than there is; `devices` are those with layers.

    Raises:
        UserError: naming what it needs and what is available.
    """
    memory = memory_bytes()
    n_ctx = settings.n_ctx or default_ctx(header.info)
    if settings.n_gpu_layers != 0:
        _check_gpu(header, settings, n_ctx, gpu_memory(devices))
        return
    if memory is None:
        return
    if not fits_memory(header, n_ctx, settings.kv_type, memory):
        needed = header.memory_needed(n_ctx, settings.kv_type)
        raise UserError(
            f"{header.info.name} needs about {_gib(needed)} with a context of {n_ctx:,} tokens, "
            f"and {_gib(memory[1])} of {_gib(memory[0])} are available.",
            "Choose a smaller quantization, a smaller n_ctx, or a smaller KV type.",
        )


def fits_memory(header: Header, n_ctx: int, kv_type: KvType, memory: tuple[int, int]) -> bool:
    """Whether a model on the processor would be loaded; `memory`: in all and free, in bytes.

    Weights are mapped from the file and may take more than is free, never more than there is.
    """
    needed = header.memory_needed(n_ctx, kv_type)
    return needed <= memory[0] and needed - header.weight_bytes <= memory[1]


def spare_cells(header: Header, settings: EngineSettings) -> int:
    """KV cells for which memory is free now, half of it left to others.

    Of a GPU that nobody asks: llama.cpp refuses what does not fit there.
    """
    memory = memory_bytes()
    if memory is None or settings.n_gpu_layers != 0:
        return _MANY_CELLS
    bytes_of_cells = header.memory_needed(_MANY_CELLS, settings.kv_type)
    bytes_of_cells -= header.memory_needed(0, settings.kv_type)
    # Mapped weights count as free, and must not be pushed out.
    free = max(0, memory[1] - header.weight_bytes) // 2
    return free * _MANY_CELLS // max(1, bytes_of_cells)


def _check_gpu(
    header: Header, settings: EngineSettings, n_ctx: int, memory: tuple[int, int] | None
) -> None:
    if memory is None:
        return
    needed = memory_need(header, settings, gpu=True).gpu
    # Only what is certain counts here: weights and cache, without what drivers take.
    if needed - _GPU_PROCESS_BYTES > memory[0]:
        layers = header.info.n_layer + 1
        whole = memory_need(header, replace(settings, n_gpu_layers=-1), gpu=True).gpu
        fit = max(0, int(layers * (memory[0] - _GPU_PROCESS_BYTES) / whole))
        raise UserError(
            f"{header.info.name} needs about {_gib(needed)} of GPU memory with a context of "
            f"{n_ctx:,} tokens, and {_gib(memory[0])} of {_gib(memory[1])} are free.",
            f"Set n_gpu_layers to {fit}, or choose a smaller quantization or n_ctx.",
        )


def _gib(n_bytes: int) -> str:
    return f"{n_bytes / 2**30:,.1f} GiB"
