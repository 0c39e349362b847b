"""How much memory a model needs and how much there is, on the processor's side and on GPUs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class DeviceKind(StrEnum):
    """What llama.cpp says a device is."""

    CPU = "cpu"
    GPU = "gpu"
    SHARED_GPU = "shared gpu"
    """A GPU that lives in the processor's own memory."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Device:
    """Something llama.cpp can compute on.

    Attributes:
        description: its maker's name for it.
        free_bytes, total_bytes: of its memory; 0 where the driver does not tell.
    """

    name: str
    description: str
    kind: DeviceKind
    free_bytes: int = 0
    total_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Need:
    """Estimated memory of one loaded model, in bytes."""

    ram: int = 0
    gpu: int = 0

    def __add__(self, other: Need) -> Need:
        return Need(self.ram + other.ram, self.gpu + other.gpu)


@dataclass(frozen=True, slots=True)
class Room:
    """Memory that is free, in bytes.

    Attributes:
        ram: None where the system does not tell.
        gpu: of all GPUs together; None where there is none, or the driver does not tell.
        shared: whether GPU and processor share one memory.
    """

    ram: int | None
    gpu: int | None = None
    shared: bool = False

    def holds(self, need: Need) -> bool:
        """Whether `need` fits; what is unknown is never too little."""
        if self.shared:
            return self.ram is None or need.ram + need.gpu <= self.ram
        if self.gpu is not None and need.gpu > self.gpu:
            return False
        return self.ram is None or need.ram <= self.ram


def gpu_memory(devices: Sequence[Device]) -> tuple[int, int] | None:
    """Free and total memory of all GPUs together; None without a GPU, or if one does not tell."""
    gpus = _gpus(devices)
    if not gpus or not all(d.total_bytes for d in gpus):
        return None
    return sum(d.free_bytes for d in gpus), sum(d.total_bytes for d in gpus)


def has_gpu(devices: Sequence[Device]) -> bool:
    """Whether layers can be put on a GPU."""
    return bool(_gpus(devices))


def room(ram: int | None, devices: Sequence[Device]) -> Room:
    """What is free: `ram` bytes for the processor, and what the devices say."""
    found = gpu_memory(devices)
    shared = any(d.kind is DeviceKind.SHARED_GPU or _is_apple(d) for d in _gpus(devices))
    return Room(ram, None if found is None else found[0], shared)


def _gpus(devices: Sequence[Device]) -> list[Device]:
    return [d for d in devices if d.kind in (DeviceKind.GPU, DeviceKind.SHARED_GPU)]


def _is_apple(device: Device) -> bool:
    """Metal calls its device a GPU, and its memory is the processor's."""
    return device.name.startswith(("Metal", "MTL"))


def memory_words(need: Need | None, free: Room) -> str:
    """What is needed of what is free, for reading: "needs about 5.0 GiB of 8.0 GiB free"."""
    if need is None:
        return "needs an unknown amount of memory"
    if need == Need():
        return "needs no more memory"
    parts = [f"about {size_words(need.ram)} of {size_words(free.ram)} free"]
    if need.gpu:
        parts.append(f"on the GPU about {size_words(need.gpu)} of {size_words(free.gpu)} free")
    return f"needs {', '.join(parts)}"


def size_words(n_bytes: int | None) -> str:
    """A size for reading."""
    if n_bytes is None:
        return "an unknown amount"
    if n_bytes >= 1 << 30:
        return f"{n_bytes / 2**30:,.1f} GiB"
    return f"{n_bytes / 2**20:,.0f} MiB" if n_bytes >= 10 << 20 else f"{n_bytes / 2**20:.1f} MiB"
