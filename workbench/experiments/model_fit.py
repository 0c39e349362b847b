"""Whether a model fits this machine, with numbers. No Qt; any thread."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from workbench.core.engine_settings import EngineSettings, KvType
from workbench.core.memory import Need, Room, has_gpu, room, size_words
from workbench.engine.diagnose import probe_build
from workbench.engine.fits import fits_memory, memory_need
from workbench.engine.gguf import Header, default_ctx
from workbench.engine.hardware import memory_bytes
from workbench.engine.native.binding import built_for_gpu

SMALLEST_CTX = 512
"""A model that cannot read so many tokens is of no use."""
_UNKNOWN_TRAIN = 131_072
_SPARE = 0.9
"""More than this share of the free memory is tight: other programs want some too."""


class Verdict(StrEnum):
    """Whether a model fits."""

    FITS = "fits"
    TIGHT = "tight"
    """It runs, with little to spare, a shorter context, or fewer layers on the GPU."""
    TOO_LARGE = "does not fit"
    UNKNOWN = "not known"
    """The system does not tell how much memory there is."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What there is to fit into.

    Attributes:
        room: memory that is free now.
        total_ram: in bytes; None where the system does not tell.
        gpu: whether layers go to a GPU.
    """

    room: Room
    total_ram: int | None
    gpu: bool


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a model fits, at which context.

    Attributes:
        need: at a context of `n_ctx` tokens, which is what is taken when none is asked for.
        greatest_ctx: the longest context that fits into what is free, at most what the model was
            trained for; None when not even the shortest does, or nobody knows.
        n_ctx_train: what the model was trained for; 0 where it does not say.
    """

    verdict: Verdict
    need: Need
    n_ctx: int
    greatest_ctx: int | None
    n_ctx_train: int

    @property
    def words(self) -> str:
        """In a few words, for a table."""
        if self.verdict is Verdict.FITS and self.greatest_ctx != self.n_ctx_train:
            return f"fits up to {self.greatest_ctx:,} tokens"
        return str(self.verdict)


@dataclass(frozen=True, slots=True)
class MemoryRow:
    """What a context costs.

    Attributes:
        needs: by type of the KV cache; all layers where the machine wants them.
        fits: the same, whether it fits into what is free; None where nobody knows.
    """

    n_ctx: int
    needs: dict[KvType, Need]
    fits: dict[KvType, bool | None]


def this_machine() -> Machine:
    """The memory of this machine, now; a build with a GPU is asked in a process of its own."""
    devices = probe_build().devices if built_for_gpu() else ()
    return machine(room(_free_ram(), devices), gpu=has_gpu(devices))


def machine(free: Room, *, gpu: bool) -> Machine:
    """A machine with this much free memory and the memory in all that this one has."""
    memory = memory_bytes()
    return Machine(free, None if memory is None else memory[0], gpu)


def fit(header: Header, machine: Machine, settings: EngineSettings | None = None) -> Fit:
    """Whether a model fits into what is free on a machine, loaded with these settings."""
    chosen = settings or EngineSettings()
    n_ctx = chosen.n_ctx or default_ctx(header.info)
    need = _need(header, machine, chosen, n_ctx)
    train = header.info.n_ctx_train
    if machine.room.ram is None and machine.room.gpu is None:
        return Fit(Verdict.UNKNOWN, need, n_ctx, None, train)
    greatest = _greatest(header, machine, chosen)
    return Fit(_verdict(header, machine, chosen, n_ctx), need, n_ctx, greatest, train)


def memory_table(header: Header, machine: Machine) -> tuple[MemoryRow, ...]:
    """What the usual contexts cost, up to the one the model was trained for."""
    train = header.info.n_ctx_train or _UNKNOWN_TRAIN
    lengths = [n for n in (512, 2048, 4096, 8192, 16384, 32768, 65536, 131072, 262144) if n < train]
    rows = []
    for n_ctx in (*lengths, train):
        settings = {kv: EngineSettings(kv_type=kv) for kv in (KvType.F16, KvType.Q8_0, KvType.Q4_0)}
        needs = {kv: _need(header, machine, made, n_ctx) for kv, made in settings.items()}
        free = machine.room
        known = free.ram is not None or free.gpu is not None
        fits = {kv: free.holds(need) if known else None for kv, need in needs.items()}
        rows.append(MemoryRow(n_ctx, needs, fits))
    return tuple(rows)


def fit_sentence(fit: Fit, machine: Machine) -> str:
    """The numbers behind a verdict, in one sentence."""
    need, free = fit.need, machine.room
    ram, free_ram = size_words(need.ram), size_words(free.ram)
    gpu, free_gpu = size_words(need.gpu), size_words(free.gpu)
    n_ctx = f"{fit.n_ctx:,}"
    sentence = (
        f"With a context of {n_ctx} tokens it needs about {ram} of memory ({free_ram} are free)."
    )
    if need.gpu:
        sentence = (
            f"With a context of {n_ctx} tokens it needs about {ram} of memory ({free_ram} are "
            f"free) and {gpu} on the GPU ({free_gpu} are free)."
        )
    if fit.verdict is Verdict.UNKNOWN:
        return f"{sentence} The system does not tell what is free."
    if fit.greatest_ctx is None:
        words = f"Not even {SMALLEST_CTX:,} tokens fit into what is free now."
        if fit.verdict is Verdict.TIGHT:
            words += " It runs from the disk, or with fewer layers on the GPU, and slowly."
        return f"{sentence} {words}"
    longest = f"The longest context that fits is {fit.greatest_ctx:,} tokens."
    if fit.greatest_ctx == fit.n_ctx_train:
        longest = f"It fits with all it was trained for, {fit.greatest_ctx:,} tokens."
    return f"{sentence} {longest}"


def _verdict(header: Header, machine: Machine, settings: EngineSettings, n_ctx: int) -> Verdict:
    need = _need(header, machine, settings, n_ctx)
    if machine.room.holds(Need(int(need.ram / _SPARE), int(need.gpu / _SPARE))):
        return Verdict.FITS
    shortest = min(n_ctx, SMALLEST_CTX)
    if machine.room.holds(_need(header, machine, settings, shortest)):
        return Verdict.TIGHT
    if machine.gpu:
        alone = replace(settings, n_gpu_layers=0)
        holds = machine.room.holds(_need(header, machine, alone, shortest))
        return Verdict.TIGHT if holds else Verdict.TOO_LARGE
    memory = (machine.total_ram or 0, machine.room.ram or 0)
    loads = fits_memory(header, shortest, settings.kv_type, memory)
    return Verdict.TIGHT if loads else Verdict.TOO_LARGE


def _greatest(header: Header, machine: Machine, settings: EngineSettings) -> int | None:
    """The longest context that fits; the need grows with it, so that halving finds it."""
    low, high = SMALLEST_CTX, header.info.n_ctx_train or _UNKNOWN_TRAIN
    low = min(low, high)
    if not machine.room.holds(_need(header, machine, settings, low)):
        return None
    while low < high:
        middle = (low + high + 1) // 2
        if machine.room.holds(_need(header, machine, settings, middle)):
            low = middle
        else:
            high = middle - 1
    return low


def _need(header: Header, machine: Machine, settings: EngineSettings, n_ctx: int) -> Need:
    return memory_need(header, replace(settings, n_ctx=n_ctx), gpu=machine.gpu)


def _free_ram() -> int | None:
    memory = memory_bytes()
    return None if memory is None else memory[1]
