"""Folders with models that the person added, kept in the profile. Any thread."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from workbench.core.path_lists import PathLists
from workbench.core.paths import Profile, assets_folder

_KEY = "folders"


class ModelFolders:
    """The added model folders of one profile; the window and the command line know the same."""

    def __init__(self, profile: Profile) -> None:
        self._lists = PathLists(profile.models_file)

    def added(self) -> tuple[Path, ...]:
        """The added folders, oldest first; none when their file cannot be read."""
        return self._lists.get(_KEY)

    def add(self, folder: Path) -> None:
        """Keep one more folder.

        Raises:
            UserError: the file cannot be written.
        """
        self._lists.put(_KEY, [*self.added(), folder.absolute()])

    def forget(self, folder: Path) -> None:
        """Keep a folder no longer; its files stay.

        Raises:
            UserError: the file cannot be written.
        """
        self._lists.put(_KEY, [known for known in self.added() if known != folder])

    def replace(self, folders: Sequence[Path]) -> None:
        """Keep these folders instead of the added ones.

        Raises:
            UserError: the file cannot be written.
        """
        self._lists.put(_KEY, [folder.absolute() for folder in folders])


def model_folders(profile: Profile) -> list[Path]:
    """Folders that are searched for models named without a path, the person's own first."""
    return [profile.models, *ModelFolders(profile).added(), assets_folder() / "models"]
