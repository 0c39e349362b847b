"""Model files on a machine of a cluster: the file that is there already, or a copy kept for later.

A copy is named by its SHA-256 and appears whole or not at all, so that finding one is enough.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from workbench.core.errors import UserError
from workbench.core.ids import file_sha256


@dataclass(frozen=True, slots=True)
class WantedFile:
    """A file as the machine knows it from which it is asked for. `sha256` is hexadecimal."""

    path: str
    size_bytes: int
    sha256: str


class NodeFiles:
    """The copies in one folder. One thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, wanted: WantedFile) -> str | None:
        """Where the file is on this machine; None when it must be sent.

        A file at the same path counts when it has the same bytes.
        """
        kept = self._kept(wanted)
        if _size(kept) == wanted.size_bytes:
            return str(kept)
        here = Path(wanted.path)
        if _size(here) == wanted.size_bytes and _has_hash(here, wanted.sha256):
            return str(here)
        return None

    def add(self, wanted: WantedFile, offset: int, data: bytes) -> None:
        """Take in a part of a file that is being sent; parts arrive in order.

        Raises:
            UserError: it cannot be written.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with self._partial(wanted).open("r+b" if offset else "wb") as file:
                file.seek(offset)
                file.write(data)
        except OSError as error:
            raise UserError(
                f"{self._folder} cannot be written: {error.strerror or error}.",
                "Make room there, or put the model at the same path on every machine.",
            ) from error

    def keep(self, wanted: WantedFile) -> str:
        """The whole file has arrived: where it is.

        Raises:
            UserError: it is not what was meant to arrive.
        """
        partial = self._partial(wanted)
        if not _has_hash(partial, wanted.sha256):
            partial.unlink(missing_ok=True)
            raise UserError(f"{Path(wanted.path).name} was damaged on its way.", "Try again.")
        kept = self._kept(wanted)
        partial.replace(kept)
        return str(kept)

    def _kept(self, wanted: WantedFile) -> Path:
        # The name is the hash alone: nothing of a path that came over the network is used.
        return self._folder / f"{int(wanted.sha256, 16):064x}{_suffix(wanted.path)}"

    def _partial(self, wanted: WantedFile) -> Path:
        return self._kept(wanted).with_suffix(f".part-{os.getpid()}")


def _suffix(path: str) -> str:
    return ".gguf" if path.casefold().endswith(".gguf") else ".bin"


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _has_hash(path: Path, sha256: str) -> bool:
    try:
        return file_sha256(path) == sha256
    except OSError:
        return False
