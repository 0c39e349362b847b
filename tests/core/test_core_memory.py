"""Memory of processor and GPUs: what fits, and what is said about it."""

from __future__ import annotations

import pytest

from workbench.core.memory import (
    Device,
    DeviceKind,
    Need,
    Room,
    gpu_memory,
    has_gpu,
    memory_words,
    room,
)

MB = 2**20
CPU = Device("CPU", "a processor", DeviceKind.CPU, 5 * MB, 9 * MB)
CARD = Device("CUDA0", "a card", DeviceKind.GPU, 30 * MB, 80 * MB)
OTHER_CARD = Device("CUDA1", "another", DeviceKind.GPU, 40 * MB, 80 * MB)
SILENT = Device("Vulkan0", "does not tell", DeviceKind.GPU)
METAL = Device("Metal", "Apple M9", DeviceKind.GPU, 20 * MB, 20 * MB)
INSIDE = Device("Vulkan1", "in the processor", DeviceKind.SHARED_GPU, 20 * MB, 20 * MB)


def test_cards_add_up_and_a_silent_one_makes_it_unknown() -> None:
    assert gpu_memory([CPU, CARD, OTHER_CARD]) == (70 * MB, 160 * MB)
    assert gpu_memory([CPU]) is None
    assert gpu_memory([CARD, SILENT]) is None
    assert has_gpu([SILENT])
    assert not has_gpu([CPU])


@pytest.mark.parametrize(
    ("free", "need", "fits"),
    [
        (Room(10), Need(10), True),
        (Room(10), Need(11), False),
        (Room(None), Need(10**15, 10**15), True),
        (Room(10, 5), Need(10, 5), True),
        (Room(10, 5), Need(1, 6), False),
        (Room(10, 5), Need(11, 1), False),
        (Room(10, None), Need(1, 10**15), True),  # a driver that does not tell
        (Room(10, 10, shared=True), Need(6, 6), False),
        (Room(10, 10, shared=True), Need(5, 5), True),
    ],
)
def test_what_fits(free: Room, need: Need, fits: bool) -> None:
    assert free.holds(need) is fits


def test_a_gpu_in_the_processors_memory_has_none_of_its_own() -> None:
    assert room(7, [CPU, CARD]) == Room(7, 30 * MB)
    assert room(7, [CPU]) == Room(7)
    assert room(7, [METAL]).shared
    assert room(7, [INSIDE]).shared


def test_the_numbers_are_said() -> None:
    assert memory_words(Need(5 * MB), Room(8 * MB)) == "needs about 5.0 MiB of 8.0 MiB free"
    said = memory_words(Need(MB, 3 * MB), Room(8 * MB, 2 * MB))
    assert said == "needs about 1.0 MiB of 8.0 MiB free, on the GPU about 3.0 MiB of 2.0 MiB free"
    assert "5.0 GiB" in memory_words(Need(5 * 2**30), Room(8 * 2**30))
    assert memory_words(Need(), Room(MB)) == "needs no more memory"
    assert "unknown" in memory_words(None, Room(None))
    assert "unknown" in memory_words(Need(MB), Room(None))
