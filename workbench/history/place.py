"""Whether the file under a path is still the one that was opened. Any thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workbench.history.errors import StorageError


@dataclass(frozen=True, slots=True)
class Place:
    """A file as it was when it was opened.

    An open database that somebody deletes or moves goes on taking writes, and what it took is gone
    when the program ends.
    """

    path: Path
    device: int
    inode: int

    @classmethod
    def of(cls, path: Path) -> Place:
        """The file that is under `path` now.

        Raises:
            OSError: there is none.
        """
        found = path.stat()
        return cls(path, found.st_dev, found.st_ino)

    def is_kept(self) -> bool:
        """Whether the same file is still there."""
        try:
            return Place.of(self.path) == self
        except OSError:
            return False

    def check(self) -> None:
        """Refuse to write into a file that nobody will find again.

        Raises:
            StorageError: it was moved, deleted or replaced.
        """
        if not self.is_kept():
            raise StorageError(
                f"The history file {self.path} was moved, deleted or replaced while it was open.",
                "Put it back, or restart; what is new stays in memory until then.",
            )
