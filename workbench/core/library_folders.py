"""Which folders hold prompts: the person's own, the bundled one, and those the person added.

The added ones are kept in the profile, so that the window and the command line know the same.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from workbench.core.files import write_whole
from workbench.core.paths import Profile, prompts_folder

_KEY = "folders"


class LibraryFolders:
    """The prompt folders of one profile. Reads its file at every call; any thread."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile

    def all(self) -> tuple[Path, ...]:
        """Every folder, the person's own first; a prompt of an earlier one hides a later one's."""
        return (self._profile.prompts, prompts_folder(), *self.added())

    def added(self) -> tuple[Path, ...]:
        """The added folders, oldest first; none when their file cannot be read."""
        try:
            data = json.loads(self._profile.library_file.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return ()
        rows = data.get(_KEY) if isinstance(data, dict) else None
        texts = [row for row in rows if isinstance(row, str)] if isinstance(rows, list) else []
        return tuple(dict.fromkeys(Path(text) for text in texts if text and "\0" not in text))

    def add(self, folder: Path) -> None:
        """Keep one more folder.

        Raises:
            UserError: the file cannot be written.
        """
        self._write([*self.added(), folder.absolute()])

    def forget(self, folder: Path) -> None:
        """Keep a folder no longer; its files stay.

        Raises:
            UserError: the file cannot be written.
        """
        self._write([known for known in self.added() if known != folder])

    def replace(self, folders: Sequence[Path]) -> None:
        """Keep these folders instead of the added ones.

        Raises:
            UserError: the file cannot be written.
        """
        self._write([folder.absolute() for folder in folders])

    def _write(self, folders: Sequence[Path]) -> None:
        texts = list(dict.fromkeys(map(str, folders)))
        text = json.dumps({_KEY: texts}, indent=1, ensure_ascii=False)
        write_whole(self._profile.library_file, text + "\n")
