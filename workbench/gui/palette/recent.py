"""What was used in the palette lately, kept in the profile. Any thread."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from workbench.core.errors import UserError
from workbench.core.files import write_whole

_MOST = 30


class RecentlyUsed:
    """Keys of entries, the last one first. Only a convenience: what cannot be kept is not."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def all(self) -> list[str]:
        """Every key; none when the file cannot be read."""
        try:
            data = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return []
        return [key for key in data if isinstance(key, str)] if isinstance(data, list) else []

    def add(self, key: str) -> None:
        """This was used now."""
        keys = [key, *(old for old in self.all() if old != key)][:_MOST]
        with suppress(UserError):
            write_whole(self._file, json.dumps(keys, ensure_ascii=False, indent=1) + "\n")
