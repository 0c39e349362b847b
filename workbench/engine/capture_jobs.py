"""Captures under way in an engine's process: the answer's arrays arrive in shared memory."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from workbench.core.attention import Attention, HeadSummaries
from workbench.engine.base import Progress
from workbench.engine.capture_shapes import from_table
from workbench.engine.jobs import Job
from workbench.engine.shared import SharedBlock, SharedRoom


class CaptureJob(Job):
    """A capture under way. The block is freed with the arrays of the answer.

    Attributes:
        room: what the child is told.
    """

    def __init__(
        self,
        number: int,
        name: str,
        stop: Callable[[int], None],
        progress: Progress,
        shape: tuple[int, ...],
    ) -> None:
        super().__init__(number, name, stop, progress)
        self._shape = shape
        self._block = block = SharedBlock(max(1, math.prod(shape)))
        self.room: SharedRoom = block.room
        # Not through `self`: a circle would keep the memory until the garbage is collected.
        self.future.add_done_callback(lambda _: block.release())

    def answer(self, value: object) -> object:
        """The child's answer with the values it wrote into the block."""
        values = self._block.values[: math.prod(self._shape)].reshape(self._shape)
        if isinstance(value, Attention):
            return replace(value, values=values[: len(value.layers)])
        if isinstance(value, HeadSummaries):
            return from_table(values, value)
        return value
