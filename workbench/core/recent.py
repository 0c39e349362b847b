"""What was opened lately: models and prompts, newest first, kept in the profile. Any thread."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from workbench.core.path_lists import PathLists
from workbench.core.paths import Profile

MOST = 12
"""So many of each kind are kept."""


class RecentKind(StrEnum):
    """What was opened."""

    MODELS = "models"
    PROMPTS = "prompts"


class Recent:
    """The lists of one profile, the same in every window."""

    def __init__(self, profile: Profile) -> None:
        self._lists = PathLists(profile.recent_file)

    def list(self, kind: RecentKind) -> tuple[Path, ...]:
        """What was opened, newest first, without files that are gone."""
        return tuple(path for path in self._lists.get(kind) if _is_there(path))

    def add(self, kind: RecentKind, path: Path) -> None:
        """`path` was opened now.

        Raises:
            UserError: the list cannot be written.
        """
        whole = path.absolute()
        known = self._lists.get(kind)
        if known[:1] != (whole,):
            self._lists.put(kind, [whole, *(old for old in known if old != whole)][:MOST])

    def clear(self, kind: RecentKind) -> None:
        """Forget the list; the files stay.

        Raises:
            UserError: the list cannot be written.
        """
        self._lists.put(kind, [])


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False
