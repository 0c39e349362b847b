"""Large arrays between the engine's process and its parent: memory both map, nothing copied.

The parent makes the block and names it in the call; the child fills it. The memory is freed with
the last array that looks into it. Without llama_cpp; either process.
"""

from __future__ import annotations

import contextlib
import math
import mmap
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from workbench.core.errors import UserError
from workbench.core.tokens import Float32


@dataclass(frozen=True, slots=True)
class SharedRoom:
    """Where a block is, as a message says it.

    Attributes:
        path: a name under which another process of this user can open it.
        n_values: float32 values it has room for.
    """

    path: str
    n_values: int

    def attach(self, shape: tuple[int, ...]) -> Float32:
        """The beginning of the block as an array, in the process that was given the name."""
        with Path(self.path).open("r+b") as file:
            values = np.frombuffer(mmap.mmap(file.fileno(), 4 * self.n_values), np.float32)
        return values[: math.prod(shape)].reshape(shape)


class SharedBlock:
    """Zeroed memory that a child can be asked to fill.

    Raises:
        UserError: there is no room for it.
    """

    def __init__(self, n_values: int) -> None:
        n_bytes = 4 * n_values
        if hasattr(os, "memfd_create"):  # nothing is left behind, whoever dies
            self._fd = os.memfd_create("workbench-capture")
            self._file = ""
            path = f"/proc/{os.getpid()}/fd/{self._fd}"
        else:
            self._fd, path = tempfile.mkstemp(prefix="workbench-capture-")
            self._file = path
        try:
            os.truncate(self._fd, n_bytes)
            if hasattr(os, "posix_fallocate"):  # a page that is not there would kill the process
                os.posix_fallocate(self._fd, 0, n_bytes)
            self.values: Float32 = np.frombuffer(mmap.mmap(self._fd, n_bytes), np.float32)
        except OSError as error:
            self.release()
            raise UserError(
                f"There is no room for {n_bytes / 2**20:,.0f} MB of captured values: "
                f"{error.strerror or error}.",
                "Ask for fewer layers or heads, or close other programs.",
            ) from error
        self.room = SharedRoom(path, n_values)

    def release(self) -> None:
        """Give up the name; arrays that look into the block stay valid. Twice is harmless."""
        fd, self._fd = self._fd, -1
        if fd >= 0:
            os.close(fd)
            if self._file:
                with contextlib.suppress(OSError):  # Windows keeps a file that is still mapped
                    Path(self._file).unlink()
